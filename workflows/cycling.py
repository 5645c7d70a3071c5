"""A year's assessment as a whole: set up, changed, opened, handed on, sent back, and closed for good."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from governance.assessment import closing, course, cycles, freezing, readiness
from governance.assessment.closing import Standing
from governance.assessment.course import CycleMove, CycleRole
from governance.assessment.cycle_models import Cycle, CycleSeat, CycleStep
from governance.assessment.instruments import Instrument
from governance.assessment.opening import YEARS, Lack, target_of
from governance.assessment.scoring import as_fraction
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Stale
from governance.kernel.texts import unprintable
from governance.mandates.evaluation import Round
from governance.notices.leaving import leave, leave_job
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.carrying import Brought, bring
from workflows.library import Library

NOTE_LIMIT, WORDS_LIMIT = 2000, 4000
TOLD = {
    CycleMove.OPEN: "cycle.opened",
    CycleMove.REPORT: "cycle.handed_on",
    CycleMove.SEND_BACK: "cycle.sent_back",
    CycleMove.CLOSE: "cycle.was_closed",
}


@dataclass(frozen=True)
class Plan:
    """What is decided of a cycle: `target` (the IKD) as it was typed, "" for none; the rest as it is chosen."""

    round: Round
    target: str = ""
    ready_by: date | None = None
    note: str = ""


@dataclass(frozen=True)
class NewCycle:
    """A cycle to be set up; `carry_from` is the key of an earlier one whose seats, shares and evidence come along."""

    year: int
    instrument: str
    plan: Plan
    carry_from: int | None = None


@dataclass(frozen=True)
class Edited:
    """A cycle as it is to be, by someone who saw it in this version."""

    cycle_id: int
    version: int
    plan: Plan


@dataclass(frozen=True)
class Moved:
    """A move of a cycle that was seen in `version`, with what its author says about it."""

    cycle_id: int
    version: int
    words: str = ""


def set_up(new: NewCycle, *, by: Actor, now: datetime, library: Library) -> tuple[int, Brought]:
    """Set a year's cycle up; its usual seats and shares are laid out by a job. Returns its id and what came along."""
    with transaction() as after_commit:
        permissions.require(by, Act.RUN_CYCLE)
        instrument = _known(new, by, library)
        problems = plan_problems(new.plan, instrument)
        before = _carried(new, by, problems)
        if problems:
            raise Invalid(*problems)
        row = Cycle(institution_id=by.institution_id, year=new.year, instrument=new.instrument, made_at=now)
        _write(row, new.plan)
        db.session.add(row)
        db.session.flush()
        brought = bring(before, row, by=by, now=now, library=library) if before is not None else Brought()
        leave_job("sharing.lay_out", key=f"cycle:{row.id}", by=by, at=now, cycle_id=row.id)
        told = {"year": row.year, "instrument": row.instrument, "evidence": brought.evidence}
        record("cycle.set_up", by=by, about=("cycle", row.id), at=now, **told, gone=dict(brought.gone or {}))
        after_commit(ring("jobs.run"))
        return row.id, brought


def change(edited: Edited, *, by: Actor, now: datetime, library: Library) -> None:
    """Change round, target, last day and note on the version that was seen; year and instrument stay."""
    with transaction():
        cycle = cycles.for_change(edited.cycle_id, by)
        permissions.require(by, Act.RUN_CYCLE, cycles.matter_of(cycle, by))
        _require_seen(cycle, edited.version)
        if problems := plan_problems(edited.plan, library.instruments.instrument(cycle.instrument)):
            raise Invalid(*problems)
        before = _told(cycle)
        _write(cycle, edited.plan)
        changed = {name: value for name, value in _told(cycle).items() if before[name] != value}
        if not changed:
            return
        cycle.version += 1
        was = {name: before[name] for name in changed}
        record("cycle.changed", by=by, about=("cycle", cycle.id), at=now, before=was, after=changed)


def open_cycle(moved: Moved, *, by: Actor, now: datetime, library: Library) -> None:
    """Open the cycle: a job sends each office its tasks, and who takes a part is told."""
    with transaction() as after_commit:
        cycle = _moving(moved, CycleMove.OPEN, Act.RUN_CYCLE, by)
        _require_ready(cycle, by, library)
        cycle.opened_at = cycle.opened_at or now
        step = _move(cycle, CycleMove.OPEN, moved, by, now)
        leave_job("sharing.hand_out", key=f"cycle:{cycle.id}", by=by, at=now, cycle_id=cycle.id)
        _tell(cycle, step, _seated(cycle), by)
        record("cycle.opened", by=by, about=("cycle", cycle.id), at=now, year=cycle.year)
        after_commit(ring("jobs.run"))
        after_commit(ring("notices.deliver"))


def hand_on(moved: Moved, *, by: Actor, now: datetime, library: Library) -> None:
    """Hand the self-assessment to who answers for it; a second time after it was sent back."""
    with transaction() as after_commit:
        cycle = _moving(moved, CycleMove.REPORT, Act.RUN_CYCLE, by)
        _require_ready(cycle, by, library)
        step = _move(cycle, CycleMove.REPORT, moved, by, now)
        _tell(cycle, step, _seated(cycle, CycleRole.ANSWERABLE, CycleRole.COORDINATOR), by)
        record("cycle.handed_on", by=by, about=("cycle", cycle.id), at=now, year=cycle.year)
        after_commit(ring("notices.deliver"))


def send_back(moved: Moved, *, by: Actor, now: datetime) -> None:
    """Who answers for it, or the coordinator, is not content: the reason is told to who runs it and who rates."""
    with transaction() as after_commit:
        cycle = _moving(moved, CycleMove.SEND_BACK, Act.SEND_BACK_CYCLE, by)
        if not moved.words.strip():
            raise Invalid(Problem("words", "cycle.reason_missing"))
        step = _move(cycle, CycleMove.SEND_BACK, moved, by, now)
        _tell(cycle, step, _seated(cycle, CycleRole.ASSESSOR, CycleRole.DATA_ENTRY) | _running(by), by)
        said = moved.words.strip()[:200]
        record("cycle.sent_back", by=by, about=("cycle", cycle.id), at=now, year=cycle.year, words=said)
        after_commit(ring("notices.deliver"))


def close(moved: Moved, *, by: Actor, now: datetime, library: Library) -> str:
    """Close the cycle: all of it is written into one file, and nothing of it changes any more. The file's sha256."""
    with transaction() as after_commit:
        cycle = _moving(moved, CycleMove.CLOSE, Act.CLOSE_CYCLE, by)
        _require_ready(cycle, by, library)
        step = _step(cycle, CycleMove.CLOSE, moved, by, now)
        db.session.flush()
        instrument = library.instruments.instrument(cycle.instrument)
        content = freezing.frozen(by.institution_id, cycle.id, instrument, library.law.release)
        sha256 = library.files.keep(freezing.written(content))
        cycle.stage, cycle.version = course.after(cycle.stage, CycleMove.CLOSE), cycle.version + 1
        cycle.closed_at, cycle.closed_by, cycle.frozen_sha256 = now, by.title, sha256
        _tell(cycle, step, _seated(cycle) | _running(by), by)
        record("cycle.closed", by=by, about=("cycle", cycle.id), at=now, year=cycle.year, sha256=sha256)
        after_commit(ring("notices.deliver"))
        return sha256


def plan_problems(plan: Plan, instrument: Instrument) -> list[Problem]:
    """What is wrong with a plan: the target lies within the instrument's scale, and texts can be read."""
    problems = unprintable("note", plan.note)
    if len(plan.note) > NOTE_LIMIT:
        problems.append(Problem("note", "draft.too_long", {"limit": NOTE_LIMIT}))
    if not plan.target.strip():
        return problems
    target = target_of(plan.target)
    low, high = instrument.min_value, instrument.max_value
    if target is None:
        problems.append(Problem("target", "cycle.target_not_number"))
    elif not Fraction(low) <= target <= high:
        problems.append(Problem("target", "cycle.target_beyond", {"low": low, "high": high}))
    return problems


def _known(new: NewCycle, by: Actor, library: Library) -> Instrument:
    if not YEARS[0] <= new.year <= YEARS[1]:
        raise Invalid(Problem("year", "cycle.year", {"first": YEARS[0], "last": YEARS[1]}))
    if new.instrument not in library.instruments.by_key:
        raise Invalid(Problem("instrument", "cycle.no_instrument"))
    if db.session.scalar(within(by.institution_id, Cycle, Cycle.id).where(Cycle.year == new.year)) is not None:
        raise Invalid(Problem("year", "cycle.year_there", {"year": new.year}))
    return library.instruments.instrument(new.instrument)


def _carried(new: NewCycle, by: Actor, problems: list[Problem]) -> Cycle | None:
    if new.carry_from is None:
        return None
    row: Cycle | None = db.session.scalar(within(by.institution_id, Cycle).where(Cycle.id == new.carry_from))
    if row is None:
        raise NotFound
    if row.year >= new.year:
        problems.append(Problem("carry", "cycle.carry_later", {"year": row.year}))
    return row


def _moving(moved: Moved, move: CycleMove, act: Act, by: Actor) -> Cycle:
    """The locked cycle, seen as it is now, whose stage knows the move, by someone who may make it."""
    cycle = cycles.for_change(moved.cycle_id, by)
    permissions.require(by, act, cycles.matter_of(cycle, by))
    _require_seen(cycle, moved.version)
    course.after(cycle.stage, move)
    problems = unprintable("words", moved.words)
    if len(moved.words) > WORDS_LIMIT:
        problems.append(Problem("words", "draft.too_long", {"limit": WORDS_LIMIT}))
    if problems:
        raise Invalid(*problems)
    return cycle


def _require_seen(cycle: Cycle, version: int) -> None:
    if cycle.version != version:
        raise Stale((f"cycle:{cycle.version}",))


def _require_ready(cycle: Cycle, by: Actor, library: Library) -> None:
    """Invalid, with everything that holds the next move up."""
    instrument = library.instruments.instrument(cycle.instrument)
    lacks = lacking(cycles.seen(cycle.id, by), by, instrument)
    if blocking := [Problem(lack.way, lack.key, dict(lack.params or {})) for lack in lacks if lack.blocks]:
        raise Invalid(*blocking)


def lacking(cycle: cycles.Seen, by: Actor, instrument: Instrument) -> list[Lack]:
    """What is missing before the cycle's next move."""
    standing: Standing = readiness.standing_of(by.institution_id, cycle, instrument)
    return closing.missing(cycle.stage, standing, instrument, cycle.round)


def _move(cycle: Cycle, move: CycleMove, moved: Moved, by: Actor, now: datetime) -> CycleStep:
    cycle.stage, cycle.version = course.after(cycle.stage, move), cycle.version + 1
    return _step(cycle, move, moved, by, now)


def _step(cycle: Cycle, move: CycleMove, moved: Moved, by: Actor, now: datetime) -> CycleStep:
    row = CycleStep(institution_id=cycle.institution_id, cycle_id=cycle.id, move=move, at=now)
    row.words, row.by_title = moved.words.strip(), by.title
    db.session.add(row)
    return row


def _seated(cycle: Cycle, *roles: CycleRole) -> set[int]:
    """The posts that take a part, or one of these."""
    rows = within(cycle.institution_id, CycleSeat, CycleSeat.post_id).where(CycleSeat.cycle_id == cycle.id)
    return set(db.session.scalars(rows.where(CycleSeat.role.in_(roles)) if roles else rows))


def _running(by: Actor) -> set[int]:
    """The posts that run a cycle: those with Diskominfo's role."""
    return set(db.session.scalars(within(by.institution_id, Post, Post.id).where(Post.role == Role.DIGITAL)))


def _tell(cycle: Cycle, step: CycleStep, posts: set[int], by: Actor) -> None:
    """Tell these posts of a move, once; who made it knows."""
    key, others = TOLD[step.move], posts - {by.post_id or 0}
    params = {"cycle": cycle.id, "year": cycle.year, "by": by.title, "words": step.words[:300] or "–"}
    leave(others, key, by=by, at=step.at, cause=f"{key}:{cycle.id}:{cycle.version}", params=params)


def _write(row: Cycle, plan: Plan) -> None:
    target = target_of(plan.target)
    row.round, row.ready_by, row.note = plan.round, plan.ready_by, plan.note.strip()
    row.target = as_fraction(target) if target is not None else None


def _told(row: Cycle) -> dict[str, Any]:
    ready_by = row.ready_by.isoformat() if row.ready_by else None
    return {"round": row.round.value, "target": row.target, "ready_by": ready_by, "note": row.note}
