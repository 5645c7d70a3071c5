"""Closing days: an institution enters and withdraws its closed days and sets its week; open terms follow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from governance.calendar.calendars import calendar_of
from governance.calendar.closed_days import closed_day
from governance.calendar.entering import WEEKS, Fate, NewDay, judged, problems_of
from governance.calendar.models import ClosedDay, DayKind
from governance.calendar.table_reading import MOST_ROWS
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave_job
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Institution
from governance.people.permissions import Act
from governance.people.queries import facts_changed
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library

LONGEST_REASON = 1000


def enter(days: Sequence[NewDay], *, by: Actor, now: datetime, library: Library) -> int:
    """Enter days that are closed, or kept open where the national list only estimates; returns how many.

    Invalid names what is wrong with which of them, and then none is entered.
    """
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_CALENDAR)
        _lock(by)
        _require_right(days, by, day_in(by.timezone, now), library)
        rows = [_row(one, by, now) for one in days]
        db.session.add_all(rows)
        db.session.flush()
        first = rows[0]
        cause = f"closed_day:{first.id}:{first.version}"
        _changed(cause, _told_of(rows), _because(rows), by=by, now=now)
        entered = [{"day": row.day.isoformat(), "kind": row.kind.value} for row in rows]
        told = {"day": first.day.isoformat(), "name": first.name, "count": len(rows), "days": entered}
        what = "calendar.day_entered" if len(rows) == 1 else "calendar.days_entered"
        record(what, by=by, about=("closed_day", first.id), at=now, **told)
        after_commit(ring("jobs.run"))
        return len(rows)


def withdraw(day_id: int, version: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Take a day back with a reason: it stays in the list, and what was counted by it and has ended stays as it was."""
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_CALENDAR)
        _lock(by)
        row = closed_day(by.institution_id, day_id)
        if row.withdrawn_at is not None:
            raise Refusal("calendar.withdrawn_already")
        if row.version != version:
            raise Stale((f"closed_day:{row.version}",))
        _require_reason(reason)
        row.withdrawn_at, row.withdrawn_by, row.reason = now, by.title, reason.strip()
        row.version += 1
        params = {"name": row.name, "day": row.day.isoformat(), "year": row.day.year}
        because = {"key": "because.closed_day_withdrawn", "params": {"name": row.name, "day": row.day.isoformat()}}
        told = {"key": "calendar.moved.withdrawn", "params": params}
        _changed(f"closed_day:{row.id}:{row.version}", told, because, by=by, now=now)
        record("calendar.day_withdrawn", by=by, about=("closed_day", row.id), at=now, **params, reason=row.reason)
        after_commit(ring("jobs.run"))


def set_week(week: int, seen: int, *, by: Actor, now: datetime) -> None:
    """Set how many days a working week has; `seen` is what the actor saw. The same week again changes nothing."""
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_CALENDAR)
        if week not in WEEKS:
            raise Invalid(Problem("week", "calendar.week"))
        before = _lock(by)
        if before == week:
            return
        if before != seen:
            raise Stale((f"week:{before}",))
        mine = update(Institution).where(Institution.id == by.institution_id)
        db.session.execute(mine.values(work_week=week))
        params = {"week": week, "year": day_in(by.timezone, now).year}
        because = {"key": "because.work_week", "params": {"week": week}}
        told = {"key": "calendar.moved.week", "params": params}
        _changed(f"institution:{by.institution_id}:{now.isoformat()}", told, because, by=by, now=now)
        about = ("institution", by.institution_id)
        record("calendar.week_set", by=by, about=about, at=now, before=before, week=week)
        after_commit(ring("jobs.run"))


def _lock(by: Actor) -> int:
    """The institution's week, with its row locked: two who enter the same day see each other."""
    mine = select(Institution.work_week).where(Institution.id == by.institution_id)
    return db.session.execute(mine.with_for_update()).scalar_one()


def _require_right(days: Sequence[NewDay], by: Actor, today: date, library: Library) -> None:
    """Invalid at the day, or at `days.<place>.day` where there are several."""
    if not 1 <= len(days) <= MOST_ROWS:
        raise Invalid(Problem("day", "calendar.many_rows", {"limit": MOST_ROWS}))
    calendar, found, seen = calendar_of(by.institution_id, library.law.holidays), list[Problem](), set[date]()
    for place, new in enumerate(days):
        at = f"days.{place}." if len(days) > 1 else ""
        found += [Problem(f"{at}{one.place}", one.key, one.params) for one in problems_of(new, today)]
        verdict = judged(new, calendar)
        if verdict.fate is not Fate.NEW:
            found.append(Problem(f"{at}day", verdict.key, verdict.params or {}))
        if new.day in seen:
            found.append(Problem(f"{at}day", "calendar.twice", {"day": new.day.isoformat()}))
        seen.add(new.day)
    if found:
        raise Invalid(*found)


def _row(new: NewDay, by: Actor, now: datetime) -> ClosedDay:
    row = ClosedDay(institution_id=by.institution_id, day=new.day, kind=new.kind, version=1)
    row.name, row.source = new.name.strip(), new.source.strip()
    row.by_title, row.entered_at, row.withdrawn_by, row.reason = by.title, now, "", ""
    return row


def _require_reason(reason: str) -> None:
    problems = unprintable("reason", reason)
    if not reason.strip():
        problems.append(Problem("reason", "calendar.reason_missing"))
    if len(reason.strip()) > LONGEST_REASON:
        problems.append(Problem("reason", "decision.reason_long", {"limit": LONGEST_REASON}))
    if problems:
        raise Invalid(*problems)


def _told_of(rows: Sequence[ClosedDay]) -> dict[str, Any]:
    first = rows[0]
    if len(rows) > 1:
        return {"key": "calendar.moved.days", "params": {"days": len(rows), "year": first.day.year}}
    key = "calendar.moved.opened" if first.kind is DayKind.OPEN else "calendar.moved.closed"
    return {"key": key, "params": {"name": first.name, "day": first.day.isoformat(), "year": first.day.year}}


def _because(rows: Sequence[ClosedDay]) -> dict[str, Any]:
    if len(rows) > 1:
        return {"key": "because.closed_days", "params": {"count": len(rows), "year": rows[0].day.year}}
    key = "because.opened_day" if rows[0].kind is DayKind.OPEN else "because.closed_day"
    return {"key": key, "params": {"name": rows[0].name, "day": rows[0].day.isoformat()}}


def _changed(cause: str, told: Mapping[str, Any], because: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """What is open is counted again by a job; the processes that keep the calendar learn that it is another."""
    facts_changed(by.institution_id)
    timetable_changed(cause, by=by, at=now, because=because)
    leave_job("recounting.after_closed_day", key=cause, by=by, at=now, cause=cause, told=dict(told))
