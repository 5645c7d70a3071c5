"""Obligations: the ministry's letter entered, a stage reported done, and the nightly scan that reminds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import literal, or_, select, update

from governance.documents.scans import require_scan
from governance.kernel.clock import day_in
from governance.kernel.db import db, insert_new, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.mandates.evaluation import Round
from governance.notices.leaving import leave
from governance.obligations import evaluation
from governance.obligations.delivery import STAGE
from governance.obligations.evaluation import Expected
from governance.obligations.models import EvaluationLetter, Fulfilment, Obligation
from governance.obligations.reminding import climb
from governance.people import permissions
from governance.people.actors import Actor, system
from governance.people.models import Institution, Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library


@dataclass(frozen=True)
class Letter:
    """The ministry's letter as typed; `windows` are {stage, start, end} with ISO days or None; `version` 0 is new."""

    year: int
    round: Round
    number: str
    dated_on: date
    windows: Sequence[dict[str, Any]] = field(default_factory=tuple)
    scan: bytes | None = None
    version: int = 0


def enter_letter(letter: Letter, *, by: Actor, now: datetime, library: Library) -> None:
    """Enter or replace the ministry's letter of a year; the year's dates and their ladders follow it from now on."""
    with transaction() as after_commit:
        permissions.require(by, Act.ENTER_LETTER)
        _require_letter(letter, library, day_in(by.timezone, now))
        row = _letter_row(letter, by)
        row.round, row.number, row.dated_on = letter.round, letter.number.strip(), letter.dated_on
        row.windows, row.entered_at = [dict(window) for window in letter.windows], now
        if letter.scan:
            require_scan(letter.scan)
            row.scan_sha256 = library.files.keep(letter.scan)
        asked = [window for window in letter.windows if window.get("start") or window.get("end")]
        expected = evaluation.from_letter(letter.year, row.number, row.dated_on, asked)
        _set_year(by.institution_id, letter.year, expected, evaluation.basis(library.law, letter.dated_on))
        _tell_windows(letter, by, now)
        record(
            "obligation.letter_entered",
            by=by,
            about=("evaluation", letter.year),
            at=now,
            number=row.number,
            round=letter.round.value,
            windows=row.windows,
            scan=row.scan_sha256,
        )
        after_commit(ring("notices.deliver"))


def report_done(obligation_id: int, *, by: Actor, how: str, now: datetime) -> None:
    """Report a stage as done, saying how; its reminders end. A second time changes nothing."""
    with transaction():
        permissions.require(by, Act.ENTER_LETTER)
        rows = within(by.institution_id, Obligation).where(Obligation.id == obligation_id)
        obligation = db.session.scalar(rows.with_for_update())
        if obligation is None:
            raise NotFound
        if obligation.stage == STAGE:
            raise Refusal("delivery.met_by_receipts")
        if not how.strip():
            raise Invalid(Problem("how", "obligation.how_missing"))
        if problems := unprintable("how", how):
            raise Invalid(*problems)
        if obligation.fulfilment is not Fulfilment.OPEN:
            return
        obligation.fulfilment, obligation.met_by = Fulfilment.MET, how.strip()[:200]
        obligation.met_on = day_in(by.timezone, now)
        record("obligation.met", by=by, about=("obligation", obligation.id), at=now, how=obligation.met_by)


def scan(*, now: datetime, library: Library) -> int:
    """Lay out the years and send due reminders, in every institution whose local day has not been scanned yet.

    Returns how many institutions were scanned. Asks what is passed and not yet done, so a missed night heals itself.
    """
    with transaction() as after_commit:
        days = db.session.execute(select(Institution.id, Institution.timezone, Institution.scanned_on)).all()
        waiting = [
            (day_in(zone, now), zone, institution_id)
            for institution_id, zone, scanned_on in days
            if scanned_on is None or scanned_on < day_in(zone, now)
        ]
        for (today, zone), group in groupby(sorted(waiting), key=lambda one: one[:2]):
            _scan_day([institution_id for *_, institution_id in group], today, zone, now, library)
        after_commit(ring("notices.deliver"))
        return len(waiting)


def _scan_day(ids: list[int], today: date, zone: str, now: datetime, library: Library) -> None:
    for year in (today.year, today.year + 1):
        _lay_out(ids, evaluation.expected(library.law, year), year, evaluation.basis(library.law, today))
    for institution_id, reminders in climb(ids, today, now):
        by = system(institution_id, zone)
        record("obligation.reminded", by=by, about=("institution", institution_id), at=now, reminders=reminders)
    db.session.execute(update(Institution).where(Institution.id.in_(ids)).values(scanned_on=today))


def _lay_out(ids: Sequence[int], expected: Iterable[Expected], year: int, basis: str) -> None:
    """Add what is expected of a year to the institutions that have no letter of it; what is there stays as it is."""
    told = select(EvaluationLetter.institution_id).where(
        EvaluationLetter.institution_id.in_(ids), EvaluationLetter.year == year
    )
    for stage in expected:
        values = _values(stage, year, basis)
        columns = [literal(value, type_=getattr(Obligation, name).type) for name, value in values.items()]
        rows = select(Institution.id, *columns).where(Institution.id.in_(ids), Institution.id.not_in(told))
        db.session.execute(
            insert_new(Obligation).from_select(["institution_id", *values], rows).on_conflict_do_nothing()
        )


def _set_year(institution_id: int, year: int, expected: Iterable[Expected], basis: str) -> None:
    """Make the year's stages those of the letter; a stage it does not name is dropped, never deleted."""
    rows = within(institution_id, Obligation).where(Obligation.year == year, Obligation.mandate == evaluation.MANDATE)
    present = {obligation.key: obligation for obligation in db.session.scalars(rows)}
    for stage in expected:
        obligation = present.pop(stage.key, None)
        if obligation is None:
            obligation = Obligation(institution_id=institution_id, fulfilment=Fulfilment.OPEN)
            db.session.add(obligation)
        for name, value in _values(stage, year, basis).items():
            if name != "fulfilment" or obligation.fulfilment is Fulfilment.DROPPED:
                setattr(obligation, name, value)
    for obligation in present.values():
        if obligation.fulfilment is Fulfilment.OPEN:
            obligation.fulfilment = Fulfilment.DROPPED


def _values(stage: Expected, year: int, basis: str) -> dict[str, Any]:
    return {
        "key": stage.key,
        "mandate": evaluation.MANDATE,
        "stage": stage.stage,
        "year": year,
        "begins_on": stage.begins_on,
        "due_on": stage.due_on,
        "estimated": stage.estimated,
        "how_sure": stage.how_sure,
        "basis": basis[:1000],
        "computed": list(stage.computed),
        "fulfilment": Fulfilment.OPEN,
        "met_by": "",
    }


def _letter_row(letter: Letter, by: Actor) -> EvaluationLetter:
    rows = within(by.institution_id, EvaluationLetter).where(EvaluationLetter.year == letter.year)
    row: EvaluationLetter | None = db.session.scalar(rows.with_for_update())
    if (row.version if row else 0) != letter.version:
        raise Stale((f"letter:{row.number}",) if row else (), year=letter.year)
    if row is None:
        row = EvaluationLetter(institution_id=by.institution_id, year=letter.year, version=0)
        db.session.add(row)
    row.version += 1
    return row


def _require_letter(letter: Letter, library: Library, today: date) -> None:
    problems = unprintable("number", letter.number)
    if letter.year not in range(2018, today.year + 3):
        problems.append(Problem("year", "document.year", {"first": 2018, "last": today.year + 2}))
    if not letter.number.strip():
        problems.append(Problem("number", "draft.missing"))
    if letter.dated_on > today:
        problems.append(Problem("dated_on", "enact.future", {"today": today.isoformat()}))
    problems += _window_problems(letter.windows, library)
    if letter.round is not Round.NONE and not any(window.get("end") for window in letter.windows):
        problems.append(Problem("windows", "letter.no_window"))
    if problems:
        raise Invalid(*problems)


def _window_problems(windows: Sequence[dict[str, Any]], library: Library) -> list[Problem]:
    problems = []
    for index, window in enumerate(windows):
        if window.get("stage") not in library.law.stages:
            problems.append(Problem(f"windows.{index}.stage", "letter.unknown_stage"))
        start, end = window.get("start"), window.get("end")
        if start and end and start > end:
            problems.append(Problem(f"windows.{index}.end", "draft.end_before_start", {"start": start}))
    return problems


def _tell_windows(letter: Letter, by: Actor, now: datetime) -> None:
    posts = within(by.institution_id, Post, Post.id).where(or_(Post.role == Role.DIGITAL, Post.role == Role.SECRETARY))
    leave(
        posts,
        "obligation.letter_entered",
        by=by,
        at=now,
        cause=f"letter:{letter.year}:{letter.version + 1}",
        params={"year": letter.year, "number": letter.number.strip()[:200], "round": letter.round.value},
    )
