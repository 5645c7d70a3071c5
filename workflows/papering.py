"""The papers of a cycle: drafted from what it holds, or said to be one that was drafted before."""

from datetime import datetime
from typing import Any

from governance.assessment import cycles
from governance.assessment.cycle_models import Cycle, CyclePaper
from governance.assessment.paper_facts import Facts, facts_of
from governance.assessment.papers import FROM_CYCLE, KINDS, Ground, fields_of
from governance.documents import fields as field_rules
from governance.documents.kinds import Kind
from governance.documents.lifecycle import State
from governance.documents.models import Document
from governance.documents.queries import readable
from governance.documents.starting import Began, Source
from governance.documents.values import cleaned_value
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import facts_of as institution_facts
from governance.people.queries import holders_on
from governance.trail.record import record
from workflows.drafting import NewDocument, Start, beginning_of, opened
from workflows.library import Library


def draft_paper(cycle_id: int, kind: str, *, by: Actor, now: datetime, library: Library) -> int:
    """Draft a paper of the cycle, filled with what the cycle holds; returns the document's id."""
    with transaction():
        cycle = cycles.for_change(cycle_id, by)
        _require(cycle, by)
        permissions.require(by, Act.DRAFT)
        _require_room(cycle, kind)
        asked, new = library.kind(kind), NewDocument(kind, cycle.year)
        began = beginning_of(asked, new, by=by, now=now, library=library)
        source = Source(FROM_CYCLE, {"year": cycle.year})
        filled = _filled(cycle, asked, by, now, library)
        began |= {key: Began(cleaned_value(value), source) for key, value in filled.items()}
        start = Start({key: one.value for key, one in began.items()}, began)
        document = opened(asked, new, start, by=by, now=now)
        _keep(cycle, document)
        told = {"paper": asked.title, "kind": kind, "document": document.id}
        record("paper.drafted", by=by, about=("cycle", cycle.id), at=now, **told)
        return document.id


def link_paper(cycle_id: int, document_id: int, *, by: Actor, now: datetime, library: Library) -> None:
    """Say that a document that was drafted elsewhere is a paper of the cycle."""
    with transaction():
        cycle = cycles.for_change(cycle_id, by)
        _require(cycle, by)
        rows = within(by.institution_id, Document).where(Document.id == document_id, readable(by))
        document: Document | None = db.session.scalar(rows)
        if document is None:
            raise NotFound
        if document.state is State.WITHDRAWN:
            raise Invalid(Problem("document", "paper.withdrawn"))
        _require_room(cycle, document.kind)
        _keep(cycle, document)
        told = {"paper": library.kind(document.kind).title, "kind": document.kind, "document": document.id}
        record("paper.linked", by=by, about=("cycle", cycle.id), at=now, **told)


def ground_of(cycle: Any, facts: Facts, *, by: Actor, now: datetime, library: Library) -> Ground:
    """What the cycle's papers are written from besides its rows."""
    posts = {int(one["post_id"]) for one in facts.seats}
    holders = holders_on(by.institution_id, posts, day_in(by.timezone, now))
    return Ground(
        instrument=library.instruments.instrument(cycle.instrument),
        year=cycle.year,
        names={post: found[0].name for post, found in holders.items() if found},
        zone_day=day_in(by.timezone, facts.reported_at) if facts.reported_at else None,
    )


def _filled(cycle: Cycle, kind: Kind, by: Actor, now: datetime, library: Library) -> dict[str, Any]:
    """What the cycle fills in; a field that it would fill wrongly keeps what a draft starts with."""
    facts = facts_of(by.institution_id, cycle.id)
    found = fields_of(kind, facts, ground_of(cycle, facts, by=by, now=now, library=library))
    institution = institution_facts(by.institution_id)
    wrong = field_rules.problems(kind, found, institution=institution, complete=False)
    refused = {problem.place.split(".")[0] for problem in wrong}
    return {key: value for key, value in found.items() if key not in refused}


def _require(cycle: Cycle, by: Actor) -> None:
    permissions.require(by, Act.RUN_CYCLE, cycles.matter_of(cycle, by))


def _require_room(cycle: Cycle, kind: str) -> None:
    """A cycle has one paper of each kind; one that was withdrawn leaves its place."""
    if kind not in KINDS:
        raise Invalid(Problem("kind", "paper.other_kind"))
    there = _paper(cycle, kind)
    if there is not None and one_within(cycle.institution_id, Document, there.document_id).state is not State.WITHDRAWN:
        raise Refusal("paper.there")


def _keep(cycle: Cycle, document: Document) -> None:
    row = _paper(cycle, document.kind)
    if row is None:
        row = CyclePaper(institution_id=cycle.institution_id, cycle_id=cycle.id, kind=document.kind)
        db.session.add(row)
    row.document_id = document.id


def _paper(cycle: Cycle, kind: str) -> CyclePaper | None:
    rows = within(cycle.institution_id, CyclePaper).where(CyclePaper.cycle_id == cycle.id, CyclePaper.kind == kind)
    found: CyclePaper | None = db.session.scalar(rows)
    return found
