"""Entering facts: the dated facts that an institution's timetable rests on, entered and withdrawn with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents.scans import kept
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.obligations.milestones import EARLIEST_YEAR, FACT_KINDS, YEARS_AHEAD, FactKind
from governance.obligations.models import Milestone
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library

LIMITS = {"number": 200, "note": 1000}
REASON_LIMIT = 1000


@dataclass(frozen=True)
class NewFact:
    """A dated fact as typed; `scan` is its document."""

    key: str
    day: date
    year: int | None = None
    until: date | None = None
    number: str = ""
    note: str = ""
    scan: bytes | None = None


def enter(new: NewFact, *, by: Actor, now: datetime, library: Library) -> int:
    """Enter a dated fact; a job moves the dates that rest on it. Returns its id."""
    with transaction() as after_commit:
        require_right(new, by=by, now=now)
        row = Milestone(institution_id=by.institution_id, key=new.key, day=new.day, until=new.until, year=new.year)
        row.number, row.note = new.number.strip(), new.note.strip()
        row.scan_sha256 = kept(new.scan, library.files)
        row.by_title, row.entered_at, row.withdrawn_by, row.reason, row.version = by.title, now, "", "", 1
        db.session.add(row)
        db.session.flush()
        _changed(row, "because.milestone", by, now)
        told = {"key": row.key, "day": row.day.isoformat(), "number": row.number, "scan": row.scan_sha256}
        record("milestone.entered", by=by, about=("milestone", row.id), at=now, **told)
        after_commit(ring("jobs.run"))
        return row.id


def withdraw(milestone_id: int, version: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Say that a fact does not hold, and why; it stays to be read, and what rested on it is computed anew."""
    with transaction() as after_commit:
        rows = within(by.institution_id, Milestone).where(Milestone.id == milestone_id).with_for_update()
        row: Milestone | None = db.session.scalar(rows)
        if row is None:
            raise NotFound
        permissions.require(by, kind_of(row.key).act)
        if row.withdrawn_at is not None:
            raise Refusal("milestone.withdrawn")
        if row.version != version:
            raise Stale((f"milestone:{row.version}",))
        row.reason = required_reason(reason)
        row.withdrawn_at, row.withdrawn_by, row.version = now, by.title, row.version + 1
        _changed(row, "because.milestone_withdrawn", by, now)
        told = {"key": row.key, "reason": row.reason}
        record("milestone.withdrawn", by=by, about=("milestone", row.id), at=now, **told)
        after_commit(ring("jobs.run"))


def require_right(new: NewFact, *, by: Actor, now: datetime) -> None:
    """NotAllowed or Invalid unless this post may enter that fact and it can be so: asked before a preview too."""
    kind = kind_of(new.key)
    permissions.require(by, kind.act)
    if problems := [*_text_problems(new, kind), *_day_problems(new, kind, day_in(by.timezone, now))]:
        raise Invalid(*problems)


def kind_of(key: str) -> FactKind:
    """The kind with that key, or Invalid."""
    if key not in FACT_KINDS:
        raise Invalid(Problem("key", "field.unknown_word", {"known": ", ".join(FACT_KINDS)}))
    return FACT_KINDS[key]


def required_reason(reason: str) -> str:
    """The reason without blanks at its ends; Invalid where there is none or it is too long."""
    problems = unprintable("reason", reason)
    if not reason.strip():
        problems.append(Problem("reason", "milestone.reason_missing"))
    if len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "draft.too_long", {"limit": REASON_LIMIT}))
    if problems:
        raise Invalid(*problems)
    return reason.strip()


def _text_problems(new: NewFact, kind: FactKind) -> list[Problem]:
    problems = []
    for name, limit in LIMITS.items():
        text = getattr(new, name)
        problems += unprintable(name, text)
        if len(text) > limit:
            problems.append(Problem(name, "draft.too_long", {"limit": limit}))
    if kind.numbered and not kind.ahead and not new.number.strip():
        problems.append(Problem("number", "field.missing"))
    return problems


def _day_problems(new: NewFact, kind: FactKind, today: date) -> list[Problem]:
    problems = []
    last_year = today.year + YEARS_AHEAD
    if not EARLIEST_YEAR <= new.day.year <= last_year:
        problems.append(Problem("day", "milestone.day_range", {"first": EARLIEST_YEAR, "last": last_year}))
    elif not kind.ahead and new.day > today:
        problems.append(Problem("day", "enact.future", {"today": today.isoformat()}))
    if kind.yearly and new.year is None:
        problems.append(Problem("year", "field.missing"))
    if new.year is not None and not EARLIEST_YEAR <= new.year <= last_year:
        problems.append(Problem("year", "document.year", {"first": EARLIEST_YEAR, "last": last_year}))
    if kind.spans and new.until is None:
        problems.append(Problem("until", "field.missing"))
    if new.until is not None and new.until < new.day:
        problems.append(Problem("until", "draft.end_before_start", {"start": new.day.isoformat()}))
    elif new.until is not None and new.until.year > today.year + 3 * YEARS_AHEAD:
        problems.append(Problem("until", "milestone.day_range", {"first": EARLIEST_YEAR, "last": last_year}))
    return problems


def _changed(row: Milestone, key: str, by: Actor, now: datetime) -> None:
    because = {"key": key, "params": {"milestone": row.key, "day": row.day.isoformat()}}
    timetable_changed(f"milestone:{row.id}:{row.version}", by=by, at=now, because=because)
