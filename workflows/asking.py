"""Asking: what one unit asks of others by a task; Diskominfo and the asking unit remind those who are late."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal, select

from governance.documents.models import Document
from governance.documents.queries import readable
from governance.kernel.clock import day_in
from governance.kernel.db import Key, Moment, db, insert_new, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.obligations.models import Obligation
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.permissions import Act, Matter
from governance.tasks import wants
from governance.tasks.lifecycle import OPEN, Move, State
from governance.tasks.models import Assignment, Source, Task, TaskStep
from governance.tasks.wants import Want
from governance.trail.record import record
from workflows.bells import ring

LIMITS = {"what": 2000, "why": 2000, "place": 40}


@dataclass(frozen=True)
class NewAssignment:
    """What is asked: of which units, what, why, until when, and what to hand in."""

    source: Source
    what: str
    unit_ids: Collection[int]
    why: str = ""
    place: str = ""
    due_on: date | None = None
    wants: tuple[Want, ...] = ()
    document_id: int | None = None
    obligation_id: int | None = None


def ask(new: NewAssignment, *, by: Actor, now: datetime) -> int:
    """Give each of these units its own copy of what is asked, and tell it; returns the assignment's id."""
    with transaction() as after_commit:
        permissions.require(by, Act.ASK)
        _require_right(new, by, day_in(by.timezone, now))
        row = Assignment(institution_id=by.institution_id, source=new.source, created_at=now, due_on=new.due_on)
        row.what, row.why, row.place = new.what.strip(), new.why.strip(), new.place.strip()
        row.document_id, row.obligation_id = new.document_id, new.obligation_id
        row.wants = [want.as_data() for want in new.wants]
        row.unit_id, row.holding_id, row.by_title = by.unit_id or 0, by.holding_id, by.title
        db.session.add(row)
        db.session.flush()
        give(row, new.unit_ids, at=now)
        due_on = {"due_on": new.due_on.isoformat()} if new.due_on else {}
        params: dict[str, Any] = {"what": row.what[:300], "by": by.title, "assignment": row.id, **due_on}
        cause = f"task.asked:{row.id}"
        leave(heads_of(by, new.unit_ids), "task.asked", by=by, at=now, cause=cause, params=params)
        units = len(set(new.unit_ids))
        record("task.asked", by=by, about=("assignment", row.id), at=now, units=units, asked=row.what[:200])
        after_commit(ring("notices.deliver"))
        return row.id


def remind_late(assignment_id: int, *, by: Actor, now: datetime) -> int:
    """Remind every unit that is late with what was asked, once a day; returns how many are."""
    with transaction() as after_commit:
        asked = _assignment(assignment_id, by)
        permissions.require(by, Act.FOLLOW_UP, Matter(initiating_unit_id=asked.unit_id))
        late = _late_of(by, now).where(Task.assignment_id == asked.id)
        rows = [(task, asked) for task in db.session.scalars(late)]
        _remind(rows, by, now)
        after_commit(ring("notices.deliver"))
        return len(rows)


def remind_all_late(assignment_ids: Collection[int], *, by: Actor, now: datetime) -> int:
    """Remind every unit that is late with any of these that the actor follows up, once a day; returns how many are."""
    with transaction() as after_commit:
        known = within(by.institution_id, Assignment).where(Assignment.id.in_(assignment_ids))
        followed = {
            one.id: one
            for one in db.session.scalars(known.order_by(Assignment.id).with_for_update())
            if permissions.may(by, Act.FOLLOW_UP, Matter(initiating_unit_id=one.unit_id))
        }
        if assignment_ids and not followed:
            raise NotAllowed("refused.not_allowed", act=Act.FOLLOW_UP.value)
        late = _late_of(by, now).where(Task.assignment_id.in_(followed))
        rows = [(task, followed[task.assignment_id]) for task in db.session.scalars(late)]
        _remind(rows, by, now)
        after_commit(ring("notices.deliver"))
        return len(rows)


def _late_of(by: Actor, now: datetime) -> Select[Any]:
    today = day_in(by.timezone, now)
    return within(by.institution_id, Task).where(Task.state.in_(OPEN), Task.due_on < today).order_by(Task.id)


def _remind(late: Sequence[tuple[Task, Assignment]], by: Actor, now: datetime) -> None:
    """Tell each unit that was not reminded today, and write one line of the trail for each thing asked."""
    today = day_in(by.timezone, now)
    reminded: Counter[int] = Counter()
    before = _last_reminded([task.id for task, _asked in late], by)
    for task, asked in late:
        if (last := before.get(task.id)) is not None and day_in(by.timezone, last) >= today:
            continue
        params = {"what": asked.what[:300], "by": by.title, "due_on": str(task.due_on)}
        reminded[asked.id] += 1
        db.session.add(step_of(task, Move.REMIND, by, now))
        cause = f"task.reminded:{task.id}:{today}"
        heads = heads_of(by, [task.unit_id])
        leave(heads, "task.reminded", by=by, at=now, cause=cause, task_id=task.id, params=params)
    for assignment_id, units in reminded.items():
        record("task.reminded", by=by, about=("assignment", assignment_id), at=now, units=units)


def give(asked: Assignment, unit_ids: Collection[int], *, at: datetime) -> None:
    """A copy for each unit that has none yet: one INSERT ... SELECT, however many there are."""
    values = {
        "institution_id": Unit.institution_id,
        "assignment_id": literal(asked.id, Key),
        "unit_id": Unit.id,
        "due_on": literal(asked.due_on),
        "state": literal(State.RECEIVED.value),
        "created_at": literal(at, Moment),
        "moved_at": literal(at, Moment),
        "version": literal(1),
    }
    rows = within(asked.institution_id, Unit, *values.values()).where(Unit.id.in_(unit_ids)).order_by(Unit.id)
    db.session.execute(insert_new(Task).from_select(list(values), rows).on_conflict_do_nothing())


def heads_of(by: Actor, unit_ids: Collection[int]) -> Select[tuple[int]]:
    """The first post of each of these units: who answers for it."""
    first = (
        within(by.institution_id, Post, db.func.min(Post.id).label("id"))
        .where(Post.unit_id.in_(unit_ids))
        .group_by(Post.unit_id)
        .subquery()
    )
    return select(first.c.id)


def _require_right(new: NewAssignment, by: Actor, today: date) -> None:
    problems = [*_text_problems(new), *wants.want_problems(new.wants)]
    if not new.unit_ids:
        problems.append(Problem("units", "task.no_units"))
    known = within(by.institution_id, Unit, Unit.id).where(Unit.id.in_(new.unit_ids))
    if len(set(db.session.scalars(known))) != len(set(new.unit_ids)):
        problems.append(Problem("units", "task.unit_unknown"))
    if not (new.why.strip() or new.document_id or new.obligation_id):
        problems.append(Problem("why", "task.why_missing"))
    if new.document_id is not None and _is_taken(new, by):
        problems.append(Problem("place", "task.place_taken"))
    if new.due_on is not None and new.due_on < today:
        problems.append(Problem("due_on", "task.due_past", {"today": today.isoformat()}))
    if problems:
        raise Invalid(*problems)
    _require_there(new, by)


def _is_taken(new: NewAssignment, by: Actor) -> bool:
    """Whether something was asked from this very place of the document already."""
    rows = within(by.institution_id, Assignment, Assignment.id).where(Assignment.document_id == new.document_id)
    return db.session.scalar(rows.where(Assignment.place == new.place.strip())) is not None


def _text_problems(new: NewAssignment) -> list[Problem]:
    problems = []
    for name, limit in LIMITS.items():
        text = getattr(new, name)
        problems += unprintable(name, text)
        if len(text) > limit:
            problems.append(Problem(name, "draft.too_long", {"limit": limit}))
    if not new.what.strip():
        problems.append(Problem("what", "field.missing"))
    return problems


def _require_there(new: NewAssignment, by: Actor) -> None:
    """NotFound where what it rests on is not this institution's, or not for the one who asks to see."""
    if new.document_id is not None:
        rows = within(by.institution_id, Document, Document.id).where(Document.id == new.document_id, readable(by))
        if db.session.scalar(rows) is None:
            raise NotFound
    if new.obligation_id is not None:
        rows = within(by.institution_id, Obligation, Obligation.id).where(Obligation.id == new.obligation_id)
        if db.session.scalar(rows) is None:
            raise NotFound


def _assignment(assignment_id: int, by: Actor) -> Assignment:
    rows = within(by.institution_id, Assignment).where(Assignment.id == assignment_id).with_for_update()
    found: Assignment | None = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def _last_reminded(task_ids: Sequence[int], by: Actor) -> dict[int, datetime]:
    """When each of these tasks was last reminded of."""
    rows = within(by.institution_id, TaskStep, TaskStep.task_id, func.max(TaskStep.at))
    by_hand = TaskStep.rung.is_(None)  # The ladder's own reminders stand in no one's way.
    rows = rows.where(TaskStep.task_id.in_(task_ids), TaskStep.move == Move.REMIND, by_hand).group_by(TaskStep.task_id)
    return dict(db.session.execute(rows).all())


def step_of(task: Task, move: Move, by: Actor, now: datetime) -> TaskStep:
    """The line of a task's story that is being written."""
    step = TaskStep(institution_id=task.institution_id, task_id=task.id, move=move, at=now)
    step.holding_id, step.by_title = by.holding_id, by.title
    return step
