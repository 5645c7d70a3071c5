"""Reminding of tasks before and after their day: sets of rows; each rung is a step of the task, once for each day."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union,
)  # fmt: skip
from sqlalchemy.orm import aliased

from governance.documents.models import Act, Document
from governance.kernel.db import Key, Moment, db, insert_new, json_of
from governance.mandates.climbing import Climb, Ladders, Night, audience_of, height_of, height_of_step, of_tasks
from governance.mandates.ladder import STANDARD, Rung
from governance.mandates.reminder_shapes import ASKER, UNIT
from governance.notices.leaving import leave_many
from governance.people.actors import system
from governance.people.models import Holding, Post, Unit
from governance.people.queries import acts_on
from governance.tasks.lifecycle import OPEN, Move
from governance.tasks.models import Assignment, Task, TaskStep

WHAT_TOLD = 300
OF_STEP = (Task.institution_id == TaskStep.institution_id) & (Task.id == TaskStep.task_id)
OF_TASK = (Assignment.institution_id == Task.institution_id) & (Assignment.id == Task.assignment_id)


def climb(night: Night, ladders: Ladders) -> list[tuple[int, int]]:
    """Remind of each open task that is due to be reminded of; returns (institution id, how many).

    What is handed in, verified, declined or cancelled is not reminded of, nor what an act asked that was revoked.
    """
    names, rows = due_rows(night, ladders)
    inserted = insert_new(TaskStep).from_select(names, rows).on_conflict_do_nothing()
    written = db.session.execute(inserted, execution_options={"preserve_rowcount": True})
    assert isinstance(written, CursorResult)  # of an INSERT, so it counts its rows
    if written.rowcount == 0:
        return []
    sent = TaskStep.institution_id.in_(night.institution_ids) & (TaskStep.at == night.at)
    sent &= TaskStep.rung.is_not(None) & night.among(TaskStep.task_id)
    _tell(sent, night, ladders)
    counts = select(TaskStep.institution_id, func.count()).where(sent).group_by(TaskStep.institution_id)
    return [(institution_id, count) for institution_id, count in db.session.execute(counts)]


def due_rows(night: Night, ladders: Ladders) -> tuple[list[str], Select[Any]]:
    """The steps to be written today, as the rows of an INSERT."""
    climbing = _climbing(night, ladders)
    climbed = exists().where(
        TaskStep.task_id == Task.id,
        TaskStep.until == Task.due_on,
        TaskStep.rung.is_not(None),
        height_of(TaskStep.rung) >= climbing.of_due_rung(height_of_step),
    )
    values = {
        "institution_id": Task.institution_id,
        "task_id": Task.id,
        "move": literal(Move.REMIND.value),
        "words": literal(""),
        "until": Task.due_on,
        "rung": climbing.of_due_rung(lambda step: step.rung.value),
        "by_title": literal(system(0, "").title),
        "at": literal(night.at, Moment),
    }
    meant = Task.institution_id.in_(night.institution_ids) & night.among(Task.id)
    rows = select(*values.values()).where(meant, still_asked(night), climbing.begun(), ~climbed)
    return list(values), rows.order_by(Task.id)


def still_asked(night: Night) -> ColumnElement[bool]:
    """Whether the asked unit still has something to do: open, and not asked by an act that was revoked."""
    lapsed = (
        select(Act.id)
        .join(Document, Document.act_id == Act.id)
        .join(Assignment, Assignment.document_id == Document.id)
        .where(OF_TASK, Document.institution_id == Task.institution_id, Act.institution_id == Task.institution_id)
        .where(Act.revoked_on <= night.today)
        .exists()
    )
    return Task.state.in_(OPEN) & ~lapsed


def due_ids(night: Night, ladders: Ladders) -> Sequence[int]:
    """The tasks that a reminder is due of, one by one: where a set of them failed."""
    _names, rows = due_rows(night, ladders)
    return db.session.scalars(rows.with_only_columns(Task.id)).all()


def _climbing(night: Night, ladders: Ladders) -> Climb:
    return Climb(of_tasks(ladders), literal(STANDARD), Task.due_on, night.today)


def _tell(sent: ColumnElement[bool], night: Night, ladders: Ladders) -> None:
    told = _told(sent, night, ladders)
    values = {
        "institution_id": TaskStep.institution_id,
        "person_id": told.c.person_id,
        "cause": (literal("task.reminder:") + cast(told.c.step_id, String)).label("cause"),
        "key": case((TaskStep.rung.in_([Rung.LATE, Rung.VERY_LATE]), "reminder.task_late"), else_="reminder.task"),
        "params": json_of(
            what=func.substr(Assignment.what, 1, WHAT_TOLD), unit=Unit.name, due_on=cast(TaskStep.until, String)
        ),
        "document_id": null(),
        "task_id": cast(TaskStep.task_id, Key),
        "obligation_id": null(),
        "created_at": literal(night.at, Moment),
    }
    whole = (
        select(*values.values())
        .select_from(told)
        .join(TaskStep, (TaskStep.id == told.c.step_id) & TaskStep.institution_id.in_(night.institution_ids))
        .join(Task, OF_STEP)
        .join(Unit, (Unit.institution_id == Task.institution_id) & (Unit.id == Task.unit_id))
        .join(Assignment, OF_TASK)
    )
    leave_many(list(values), whole, night.institution_ids, night.at)


def _told(sent: ColumnElement[bool], night: Night, ladders: Ladders) -> Any:
    """Each of these steps with each person who is told, once."""
    climbing = _climbing(night, ladders)
    roles = [whom for whom in audience_of(list(climbing.ladders.values())) if whom not in (UNIT, ASKER)]
    of_role = or_(*[(Post.role == role) & climbing.told(role, TaskStep.rung) for role in roles])
    parts = [_rows(Post.role.in_(roles), night).where(sent, of_role)] if roles else []
    for whom, unit_id in ((UNIT, Task.unit_id), (ASKER, Assignment.unit_id)):
        first = aliased(Post)
        head = (
            select(func.min(first.id))
            .where(first.institution_id == Task.institution_id, first.unit_id == unit_id)
            .scalar_subquery()
        )
        parts.append(_rows(Post.id == head, night).where(sent, climbing.told(whom, TaskStep.rung)))
    return union(*parts).subquery()


def _rows(post: ColumnElement[bool], night: Night) -> Select[int, int]:
    return (
        select(TaskStep.id.label("step_id"), Holding.person_id)
        .select_from(TaskStep)
        .join(Task, OF_STEP)
        .join(Assignment, OF_TASK)
        .join(Post, (Post.institution_id == TaskStep.institution_id) & post)
        .join(Holding, (Holding.post_id == Post.id) & acts_on(night.today))
    )
