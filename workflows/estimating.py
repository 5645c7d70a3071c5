"""Estimating: what raising an indicator and working on a document ask in a cycle, entered, changed and taken back."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from governance.assessment import cycles
from governance.assessment.cycle_models import Cycle
from governance.assessment.effort_check import LONGEST_KEY, document_problems, step_problems, told
from governance.assessment.efforts import EnteredDocument, EnteredStep, entered_steps
from governance.assessment.instruments import Instrument
from governance.assessment.score_models import DocumentEffort, StepEffort
from governance.assessment.scoring import as_fraction
from governance.assessment.steps import Rung
from governance.assessment.usual_costs import OWN, Usual
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.library import Library


def enter_step(cycle_id: int, new: EnteredStep, *, by: Actor, now: datetime, library: Library) -> None:
    """Say what a step asks, or rule it out; `new.version` is the one that was shown, 0 where nothing was entered."""
    with transaction():
        cycle = _plannable(cycle_id, by)
        instrument = library.instruments.instrument(cycle.instrument)
        others = entered_steps(by.institution_id, cycle.id)
        known = {*_usual_keys(library, instrument), *_entered_keys(cycle, by)}
        if problems := [*step_problems(new, instrument, known, others), *_unit_problems(new, by)]:
            raise Invalid(*problems)
        rows = within(by.institution_id, StepEffort).where(StepEffort.cycle_id == cycle.id)
        row = db.session.scalar(rows.where(StepEffort.item == new.item, StepEffort.level == new.level))
        _require_seen(row, new.version)
        if row is None:
            row = StepEffort(institution_id=by.institution_id, cycle_id=cycle.id, item=new.item, level=new.level)
            row.version = 0
            db.session.add(row)
        _write(row, new)
        row.by_title, row.at, row.version = by.title, now, row.version + 1
        what = "effort.step_ruled_out" if row.effort is None else "effort.step_entered"
        record(what, by=by, about=("cycle", cycle.id), at=now, rung=told(new.rung), effort=row.effort or "")


def take_step_back(cycle_id: int, rung: Rung, version: int, *, by: Actor, now: datetime) -> None:
    """Let the usual effort of a step stand again."""
    with transaction():
        cycle = _plannable(cycle_id, by)
        rows = within(by.institution_id, StepEffort).where(StepEffort.cycle_id == cycle.id)
        row = db.session.scalar(rows.where(StepEffort.item == rung[0], StepEffort.level == rung[1]))
        if row is None:
            raise NotFound
        _require_seen(row, version)
        db.session.delete(row)
        record("effort.step_taken_back", by=by, about=("cycle", cycle.id), at=now, rung=told(rung))


def enter_document(cycle_id: int, new: EnteredDocument, *, by: Actor, now: datetime, library: Library) -> str:
    """Say what a work on a document asks once; without a key it is a new one of the institution's own. Its key."""
    with transaction():
        cycle = _plannable(cycle_id, by)
        usual = _usual_keys(library, library.instruments.instrument(cycle.instrument))
        key = new.key or _own_key(new.title)
        if problems := document_problems(replace(new, key=key), usual):
            raise Invalid(*problems)
        row = _document(cycle, key, by)
        if row is None and key not in usual and not key.startswith(OWN):
            raise Invalid(Problem("key", "effort.no_document", {"document": key[:60]}))
        if row is not None and not new.key:
            raise Invalid(Problem("title", "effort.document_there", {"title": row.title}))
        _require_seen(row, new.version)
        if row is None:
            row = DocumentEffort(institution_id=by.institution_id, cycle_id=cycle.id, key=key, version=0)
            db.session.add(row)
        row.title, row.effort = new.title, as_fraction(new.effort)
        row.by_title, row.at, row.version = by.title, now, row.version + 1
        about = ("cycle", cycle.id)
        record("effort.document_entered", by=by, about=about, at=now, document=new.title or key, effort=row.effort)
        return key


def take_document_back(cycle_id: int, key: str, version: int, *, by: Actor, now: datetime) -> None:
    """Let the usual effort of a work stand again; one of the institution's own goes, unless a step needs it."""
    with transaction():
        cycle = _plannable(cycle_id, by)
        row = _document(cycle, key, by)
        if row is None:
            raise NotFound
        _require_seen(row, version)
        steps = entered_steps(by.institution_id, cycle.id).values()
        users = [told(one.rung) for one in steps if key in one.documents]
        if users and key.startswith(OWN):
            raise Refusal("effort.document_used", title=row.title, steps=", ".join(users))
        db.session.delete(row)
        record("effort.document_taken_back", by=by, about=("cycle", cycle.id), at=now, document=row.title or key)


def _write(row: StepEffort, new: EnteredStep) -> None:
    row.effort = None if new.effort is None else as_fraction(new.effort)
    row.unit_id, row.earliest_on, row.note = new.unit_id, new.earliest_on, new.note
    row.needs, row.documents = [told(one) for one in new.needs], list(new.documents)


def _plannable(cycle_id: int, by: Actor) -> Cycle:
    """The cycle, locked, where the actor may say what its steps ask."""
    cycle = cycles.for_change(cycle_id, by)
    permissions.require(by, Act.PLAN_EFFORT, cycles.matter_of(cycle, by))
    return cycle


def _require_seen(row: Any, version: int) -> None:
    """Stale where somebody else entered, changed or took back what the actor saw."""
    stands = row.version if row is not None else 0
    if stands != version:
        raise Stale((f"effort:{stands}",))


def _usual_keys(library: Library, instrument: Instrument) -> Collection[str]:
    return Usual(library.law, instrument).costs.documents


def _entered_keys(cycle: Cycle, by: Actor) -> set[str]:
    rows = within(by.institution_id, DocumentEffort, DocumentEffort.key).where(DocumentEffort.cycle_id == cycle.id)
    return set(db.session.scalars(rows))


def _document(cycle: Cycle, key: str, by: Actor) -> DocumentEffort | None:
    rows = within(by.institution_id, DocumentEffort).where(DocumentEffort.cycle_id == cycle.id)
    found: DocumentEffort | None = db.session.scalar(rows.where(DocumentEffort.key == key))
    return found


def _unit_problems(new: EnteredStep, by: Actor) -> list[Problem]:
    if new.unit_id is None:
        return []
    known = within(by.institution_id, Unit, Unit.id).where(Unit.id == new.unit_id)
    return [] if db.session.scalar(known) is not None else [Problem("unit", "task.unit_unknown")]


def _own_key(title: str) -> str:
    """A key for a work that the institution names itself: "own:portal_layanan"."""
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    return f"{OWN}{words}"[:LONGEST_KEY]
