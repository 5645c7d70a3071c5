"""Recounting: what is still open is counted again after the calendar changed, and those whose days move are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from governance.calendar.calendars import Calendar, calendar_of
from governance.documents.delivering import DEADLINE
from governance.documents.delivery_models import Delivery
from governance.documents.laying import offices_of
from governance.documents.models import Act, Document, Waiting
from governance.documents.recounting import MovedDelivery, MovedStep, deliveries_moved, steps_moved
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.notices.leaving import leave, leave_job
from governance.people.actors import Actor
from governance.people.roles import Role
from governance.tasks.models import Task
from governance.tasks.recounting import Counted, MovedTask, counted_tasks, tasks_moved
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library
from workflows.tasking import text_of


@dataclass(frozen=True)
class Foreseen:
    """What a calendar moves among that which is open; what has ended is never counted again."""

    deliveries: tuple[MovedDelivery, ...]
    steps: tuple[MovedStep, ...]
    tasks: tuple[MovedTask, ...]

    def __bool__(self) -> bool:
        return bool(self.deliveries or self.steps or self.tasks)


@dataclass(frozen=True)
class Change:
    """What was changed in the calendar: its own key, and how those are told whose days move (key, params)."""

    cause: str
    key: str
    params: Mapping[str, Any]


def foreseen(by: Actor, calendar: Calendar, library: Library) -> Foreseen:
    """What would move if this were the institution's calendar; it changes nothing."""
    deadline = library.law.deadlines[DEADLINE]
    tasks = counted_tasks(by.institution_id)
    return Foreseen(
        tuple(deliveries_moved(by.institution_id, calendar, deadline)),
        tuple(steps_moved(by.institution_id, calendar, by.timezone)),
        tuple(tasks_moved(tasks, _working_days(by, tasks, library), calendar)),
    )


def after_closed_day(change: Change, *, by: Actor, now: datetime, library: Library) -> int:
    """Count again what is open by the calendar as it is now; returns how much moved. Twice moves nothing more."""
    with transaction() as after_commit:
        moved = foreseen(by, calendar_of(by.institution_id, library.law.holidays), library)
        if not moved:
            return 0
        _write(moved, day_in(by.timezone, now), by)
        _tell(moved, change, by, now)
        for one in moved.deliveries:
            key = f"document:{one.document_id}:{change.cause}"
            leave_job("delivering.follow", key=key, by=by, at=now, document_id=one.document_id)
        counts = {"deliveries": len(moved.deliveries), "steps": len(moved.steps), "tasks": len(moved.tasks)}
        about = ("institution", by.institution_id)
        record("calendar.recounted", by=by, about=about, at=now, cause=change.cause, **counts)
        after_commit(ring("notices.deliver", "jobs.run"))
        return sum(counts.values())


def _working_days(by: Actor, tasks: Iterable[Counted], library: Library) -> dict[tuple[int, str], int]:
    """In how many working days each dictum is due, by document and place, as the decree itself says."""
    ids = {one.document_id for one in tasks}
    rows = within(by.institution_id, Document, Document, Act).join(Act, Act.id == Document.act_id)
    found = {}
    for document, act in db.session.execute(rows.where(Document.id.in_(ids))).all():
        text = text_of(document, act, library) if document.kind in library.kinds else None
        for task in text.unit_tasks if text else ():
            found[document.id, task.dictum] = task.working_days
    return found


def _write(moved: Foreseen, today: date, by: Actor) -> None:
    for delivery in moved.deliveries:
        still = (Delivery.institution_id == by.institution_id) & Delivery.received_on.is_(None)
        where = still & (Delivery.act_id == delivery.act_id)
        db.session.execute(update(Delivery).where(where).values(due_on=delivery.to_on))
    for step in moved.steps:
        # A day that is still to come is warned of and escalated anew.
        asked_anew = {"warned_at": None} if step.term.warn_on and step.term.warn_on > today else {}
        asked_anew |= {"escalated_at": None} if step.to_on >= today else {}
        mine = (Waiting.institution_id == by.institution_id) & (Waiting.id == step.waiting_id)
        days = {"due_on": step.to_on, "warn_on": step.term.warn_on}
        db.session.execute(update(Waiting).where(mine).values(**days, **asked_anew))
    for one in moved.tasks:
        mine = (Task.institution_id == by.institution_id) & (Task.id == one.task.id)
        counted = mine & (Task.due_on == one.task.due_on)
        db.session.execute(update(Task).where(counted).values(due_on=one.to_on, version=Task.version + 1))


def _tell(moved: Foreseen, change: Change, by: Actor, now: datetime) -> None:
    """One notice to each post whose days move, whatever their number: how many, and the first of them."""
    told: dict[tuple[int, date, date], list[int]] = {}
    for post_id, moves in _touched(moved, by).items():
        from_on, to_on = min(moves)
        told.setdefault((len(moves), from_on, to_on), []).append(post_id)
    for (count, from_on, to_on), posts in sorted(told.items()):
        days = {"count": count, "from_on": from_on.isoformat(), "to_on": to_on.isoformat()}
        params = {**change.params, **days}
        leave(posts, change.key, by=by, at=now, cause=f"calendar.moved:{change.cause}", params=params)


def _touched(moved: Foreseen, by: Actor) -> dict[int, list[tuple[date, date]]]:
    """The moves of each post: whose step it is, whom a decree names and who delivers it, who is asked and who asks."""
    offices, found = offices_of(by.institution_id), dict[int, list[tuple[date, date]]]()
    legal = offices.with_role(Role.LEGAL)
    for delivery in moved.deliveries:
        for post_id in delivery.post_ids | ({legal.id} if legal else set()):
            found.setdefault(post_id, []).append((delivery.from_on, delivery.to_on))
    for step in moved.steps:
        if step.from_on == step.to_on:  # only its warning moves
            continue
        found.setdefault(step.post_id, []).append((step.from_on, step.to_on))
    for one in moved.tasks:
        heads = (offices.head_of(unit_id) for unit_id in (one.task.unit_id, one.task.asker_unit_id))
        for post_id in {head.id for head in heads if head is not None}:
            found.setdefault(post_id, []).append((one.task.due_on, one.to_on))
    return found
