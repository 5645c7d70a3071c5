"""Timetabling: an institution's years laid out by the rules, compared with its rows, and told where dates moved."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy import Select, select, update

from governance.kernel.clock import day_in
from governance.kernel.db import db, insert_new, transaction, within
from governance.kernel.errors import Invalid, Problem
from governance.mandates.law import Law
from governance.mandates.mandates import Strength
from governance.notices.leaving import leave
from governance.obligations.changes import Change, Kind
from governance.obligations.facts import facts_of
from governance.obligations.laying_out import changes_of, laid_out_years
from governance.obligations.models import Obligation
from governance.obligations.recomputing import mark_of
from governance.people import permissions
from governance.people.actors import Actor, system
from governance.people.models import Institution, Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.asking import heads_of
from workflows.bells import ring
from workflows.library import Library

FIRST_YEAR = 2018  # The first year of the evaluation, and of Perpres 95/2018.
YEARS_AHEAD = 5
MOVES_TOLD = 3
MOVES_KEPT = 100  # in a line of the trail
SILENT = (Kind.MET, Kind.REASONED)  # Nobody must plan otherwise.

log = structlog.get_logger()


@dataclass(frozen=True)
class Cause:
    """Why a timetable is computed anew: `key` is new for every change, `because` its sentence with parameters."""

    key: str
    because: Mapping[str, Any] = field(default_factory=dict)
    quiet: bool = False  # nobody asked and nothing happened: the year turned, or it is laid out the first time


def recompute(cause: Cause, *, by: Actor, now: datetime, library: Library) -> tuple[Change, ...]:
    """Lay out this year, the next, and every year laid out before; returns what moved.

    What a rule asks no more is dropped, never deleted; rows of other rules and answers of persons stay as they are.
    Doing it twice changes nothing. Each post that it touches is told once.
    """
    with transaction() as after_commit:
        moves = _laid_out((), cause, by, now, library)
        after_commit(ring("notices.deliver"))
        return moves


def lay_out(year: int, *, by: Actor, now: datetime, library: Library) -> tuple[Change, ...]:
    """Lay out a year that somebody wants to look at: the next one's plan, or one long past."""
    with transaction():
        permissions.require(by, Act.LAY_OUT)
        last = day_in(by.timezone, now).year + YEARS_AHEAD
        if not FIRST_YEAR <= year <= last:
            raise Invalid(Problem("year", "document.year", {"first": FIRST_YEAR, "last": last}))
        return _laid_out((year,), Cause(f"year:{year}", quiet=True), by, now, library)


def catch_up(*, now: datetime, library: Library) -> int:
    """Recompute every institution whose timetable is not that of this law and year; returns how many there were.

    One select finds them: an institution that is up to date costs nothing more, and one that fails is left for the
    next hour and holds up no other.
    """
    rows = db.session.execute(select(Institution.id, Institution.timezone, Institution.timetable_mark)).all()
    wanted = {row.id: mark_of(library.law.release, day_in(row.timezone, now)) for row in rows}
    stale = [(row.id, row.timezone, row.timetable_mark) for row in rows if row.timetable_mark != wanted[row.id]]
    for institution_id, zone, mark in stale:
        try:
            cause = _cause_of(mark, wanted[institution_id], day_in(zone, now))
            recompute(cause, by=system(institution_id, zone), now=now, library=library)
        except Exception:  # A fault of one institution is logged and must not cost the others their night.
            log.exception("timetable failed", institution=institution_id)
    return len(stale)


def _cause_of(mark: str, wanted: str, today: date) -> Cause:
    """Why the scan finds it out of date: a change whose job is not done, another law, or only another year."""
    if mark == "":
        return Cause(f"scan:{today}", {"key": "because.facts", "params": {}})
    same_law = mark.rpartition(":")[0] == wanted.rpartition(":")[0]
    return Cause(f"law:{wanted}", {"key": "because.law", "params": {}}, quiet=same_law)


def _laid_out(years: Collection[int], cause: Cause, by: Actor, now: datetime, library: Library) -> tuple[Change, ...]:
    _hold(by.institution_id)
    today, law = day_in(by.timezone, now), library.law_of(by.institution_id)
    facts, before = facts_of(by.institution_id, law), laid_out_years(by.institution_id)
    moves = changes_of(by.institution_id, law, facts, {today.year, today.year + 1, *years, *facts.letters, *before})
    _write(moves, by.institution_id, now)
    if before and not cause.quiet:
        _tell(moves, cause, by, now, library)
    mark = mark_of(library.law.release, today)
    db.session.execute(update(Institution).where(Institution.id == by.institution_id).values(timetable_mark=mark))
    if moves:
        told = [[one.key, one.kind.value, _iso(one.before), _iso(one.after)] for one in moves[:MOVES_KEPT]]
        about = ("timetable", by.institution_id)
        because = dict(cause.because) if before else {}  # What is laid out first moved from nowhere.
        record("timetable.recomputed", by=by, about=about, at=now, cause=cause.key, because=because, moves=told)
    return tuple(moves)


def _hold(institution_id: int) -> None:
    """One computation at a time for an institution, and none beside a verb that changes what it rests on."""
    rows = select(Institution.id).where(Institution.id == institution_id)
    db.session.execute(rows.with_for_update(key_share=True))


def _write(moves: Sequence[Change], institution_id: int, now: datetime) -> None:
    new = [
        {"institution_id": institution_id, "key": one.key, **one.values, "changed_at": now}
        for one in moves
        if one.id is None
    ]
    if new:
        db.session.execute(insert_new(Obligation).values(new).on_conflict_do_nothing())
    for one in moves:
        if one.id is not None:
            row = update(Obligation).where(Obligation.institution_id == institution_id, Obligation.id == one.id)
            values = {**one.values, "version": Obligation.version + 1, "changed_at": now}
            db.session.execute(row.values(values).execution_options(synchronize_session=False))


def _tell(moves: Sequence[Change], cause: Cause, by: Actor, now: datetime, library: Library) -> None:
    """Diskominfo of every move, each unit of its own, the Sekda of what presses; one notice for each person."""
    told = [one for one in moves if one.kind not in SILENT]
    if not told:
        return
    of_units = defaultdict(list)
    for one in told:
        of_units[one.unit_id].append(one)
    today = day_in(by.timezone, now)
    audiences = [(_posts_of(by, Role.DIGITAL), told)]
    audiences += [(heads_of(by, [unit_id]), own) for unit_id, own in of_units.items() if unit_id is not None]
    audiences += [(_posts_of(by, Role.SECRETARY), [one for one in told if _presses(one, today, library.law)])]
    for posts, own in audiences:
        if own:
            params: dict[str, Any] = {"moves": [_told(one) for one in own[:MOVES_TOLD]], "because": dict(cause.because)}
            params |= {"count": len(own), "more": max(0, len(own) - MOVES_TOLD)}
            leave(posts, "timetable.moved", by=by, at=now, cause=f"timetable:{cause.key}", params=params)


def _posts_of(by: Actor, role: Role) -> Select[tuple[int]]:
    return within(by.institution_id, Post, Post.id).where(Post.role == role)


def _presses(one: Change, today: date, law: Law) -> bool:
    """Whether the Sekda must know: it is late already, or what binds by law is new or comes earlier."""
    if one.after is None or one.estimated:
        return False
    mandate = law.mandates.get(one.mandate)
    binds = mandate is None or mandate.strength_on(one.after) is Strength.REQUIRED
    return one.after < today or (binds and (one.before is None or one.after < one.before))


def _told(one: Change) -> dict[str, Any]:
    days = {"from_on": _iso(one.before), "to_on": _iso(one.after)}
    params = {"mandate": one.mandate, "stage": one.stage, "year": one.year}
    return {"kind": one.kind.value, **params, **{name: day for name, day in days.items() if day}}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
