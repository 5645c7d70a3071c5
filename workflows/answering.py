"""Answering: what an office does with its task, and what the office that asked does with the answer."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem, Stale
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.people.permissions import Act, Matter
from governance.tasks import lifecycle
from governance.tasks.lifecycle import NEEDS_DAY, NEEDS_REASON, SIDE, Move, Side, State
from governance.tasks.models import Assignment, Task, TaskStep
from governance.trail.record import record
from workflows.asking import step_of
from workflows.bells import ring
from workflows.handing import WORDS_LIMIT, Handed, take, tell
from workflows.library import Library
from workflows.screening import require_clean


@dataclass(frozen=True)
class TaskMove:
    """A move someone asks to make on the version he saw: with words, a day, or the unit it goes to."""

    task_id: int
    move: Move
    version: int
    words: str = ""
    until: date | None = None
    unit_id: int | None = None


def read(task_id: int, *, by: Actor, now: datetime) -> None:
    """The office has opened its task: the one who asked sees a sign of life. Nothing happens the second time."""
    with transaction():
        task, asked = _for_change(task_id, by)
        mine = permissions.may(by, Act.ACKNOWLEDGE, Matter(addressed_unit_id=task.unit_id))
        if not mine or task.state is not State.RECEIVED:
            return
        task.state, task.moved_at, task.version = State.READ, now, task.version + 1
        db.session.add(step_of(task, Move.READ, by, now))
        record("task.read", by=by, about=("assignment", asked.id), at=now, task=task.id)


def move(wish: TaskMove, *, by: Actor, now: datetime) -> None:
    """Accept, decline, ask for time, comment; or verify's opposite numbers: return, insist, grant, refuse, cancel."""
    with transaction() as after_commit:
        task, asked = _for_change(wish.task_id, by)
        _require_side(wish.move, task, asked, by)
        if _was_done(task, wish.move, by, wish.version):
            return
        _require_version(task, wish.version)
        state = lifecycle.after(State(task.state), wish.move)
        _require_told(wish, task, day_in(by.timezone, now))
        step = step_of(task, wish.move, by, now)
        step.words, step.until, step.unit_id = wish.words.strip(), wish.until, wish.unit_id
        _change(task, wish, state, by, now)
        db.session.add(step)
        db.session.flush()
        tell(task, asked, step, by)
        record(f"task.{wish.move.value}", by=by, about=("assignment", asked.id), at=now, task=task.id)
        after_commit(ring("notices.deliver"))


def hand_in(handed: Handed, *, by: Actor, now: datetime, library: Library) -> None:
    """Hand in what was asked; again while it is not verified yet."""
    require_clean(handed.files, library)
    with transaction() as after_commit:
        task, asked = _for_change(handed.task_id, by)
        permissions.require(by, Act.ACKNOWLEDGE, Matter(addressed_unit_id=task.unit_id))
        if _was_done(task, Move.HAND_IN, by, handed.version):
            return
        _require_version(task, handed.version)
        step = step_of(task, Move.HAND_IN, by, now)
        take(handed, (task, asked), step, by=by, library=library)
        after_commit(ring("notices.deliver"))


def _for_change(task_id: int, by: Actor) -> tuple[Task, Assignment]:
    task = db.session.scalar(within(by.institution_id, Task).where(Task.id == task_id).with_for_update())
    if task is None:
        raise NotFound
    asked = one_within(by.institution_id, Assignment, task.assignment_id)
    if not permissions.may(by, Act.WATCH) and by.unit_id not in (task.unit_id, asked.unit_id):
        raise NotFound
    return task, asked


def _require_side(wish: Move, task: Task, asked: Assignment, by: Actor) -> None:
    """The asked unit answers, the asking one follows up; both may comment, and nobody else."""
    mine = permissions.may(by, Act.ACKNOWLEDGE, Matter(addressed_unit_id=task.unit_id))
    follows_up = permissions.may(by, Act.FOLLOW_UP, Matter(initiating_unit_id=asked.unit_id))
    may = {Side.ASKED: mine, Side.ASKER: follows_up, None: mine or follows_up}
    if not may[SIDE.get(wish)] or wish in (Move.HAND_IN, Move.READ, Move.REMIND):
        raise NotAllowed("refused.not_allowed", act=wish.value)


def _was_done(task: Task, wish: Move, by: Actor, version: int) -> bool:
    """Whether this very move on the version seen is the last thing that was done, by the same hand."""
    rows = within(task.institution_id, TaskStep).where(TaskStep.task_id == task.id)
    last = db.session.scalar(rows.order_by(TaskStep.id.desc()).limit(1))
    same = last is not None and (last.move, last.holding_id, last.by_title) == (wish, by.holding_id, by.title)
    return same and task.version == version + 1


def _require_version(task: Task, version: int) -> None:
    if task.version != version:
        raise Stale((f"state:{task.state.value}",), task_id=task.id)


def _require_told(wish: TaskMove, task: Task, today: date) -> None:
    words = wish.words.strip()
    problems = unprintable("words", words)
    if wish.move in NEEDS_REASON and not words:
        problems.append(Problem("words", "task.words_missing"))
    if len(words) > WORDS_LIMIT:
        problems.append(Problem("words", "decision.reason_long", {"limit": WORDS_LIMIT}))
    if wish.move in NEEDS_DAY:
        problems += _day_problems(wish, task, today)
    if wish.move is Move.REASSIGN:
        problems += _unit_problems(wish, task)
    if problems:
        raise Invalid(*problems)
    if wish.move is Move.REFUSE_EXTENSION and task.wished_until is None:
        raise NotAllowed("refused.not_allowed", act=wish.move.value)


def _day_problems(wish: TaskMove, task: Task, today: date) -> list[Problem]:
    if task.due_on is None:
        return [Problem("until", "task.no_due")]
    until = wish.until or (task.wished_until if wish.move is Move.GRANT_EXTENSION else None)
    if until is None:
        return [Problem("until", "task.until_missing")]
    if until <= max(task.due_on, today):
        return [Problem("until", "task.until_early", {"due_on": max(task.due_on, today).isoformat()})]
    return []


def _unit_problems(wish: TaskMove, task: Task) -> list[Problem]:
    if wish.unit_id is None:
        return [Problem("unit", "task.no_units")]
    known = within(task.institution_id, Unit, Unit.id).where(Unit.id == wish.unit_id)
    if db.session.scalar(known) is None:
        return [Problem("unit", "task.unit_unknown")]
    held = within(task.institution_id, Task, Task.id).where(
        Task.assignment_id == task.assignment_id, Task.unit_id == wish.unit_id
    )
    return [Problem("unit", "task.no_change")] if db.session.scalar(held) is not None else []


def _change(task: Task, wish: TaskMove, state: State, by: Actor, now: datetime) -> None:
    task.state, task.moved_at, task.version = state, now, task.version + 1
    if wish.move is Move.ACCEPT:
        task.acknowledged_at, task.acknowledged_by_id = now, by.holding_id
    elif wish.move is Move.ASK_EXTENSION:
        task.wished_until = wish.until
    elif wish.move is Move.GRANT_EXTENSION:
        task.due_on, task.wished_until = wish.until or task.wished_until, None
    elif wish.move is Move.REFUSE_EXTENSION:
        task.wished_until = None
    elif wish.move is Move.REASSIGN:
        task.unit_id, task.wished_until = wish.unit_id or 0, None
        task.acknowledged_at = task.acknowledged_by_id = None
