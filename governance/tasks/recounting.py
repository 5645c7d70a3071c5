"""What a changed calendar moves among tasks: those of decrees, which are due in working days from the signing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func

from governance.calendar.calendars import Calendar
from governance.documents.models import Act, Document, Secrecy
from governance.documents.recounting import User, user_of
from governance.kernel.db import db, within
from governance.tasks.lifecycle import OPEN, Move
from governance.tasks.models import Assignment, Source, Task, TaskStep


@dataclass(frozen=True)
class Counted:
    """An open task of a decree whose day still is the one that was counted: no extension was granted."""

    id: int
    unit_id: int
    asker_unit_id: int
    document_id: int
    title: str
    number: str
    is_open: bool  # everyone may know of the document (biasa)
    place: str
    signed_on: date
    due_on: date


@dataclass(frozen=True)
class MovedTask:
    """A task whose day is another by the calendar."""

    task: Counted
    to_on: date


def counted_tasks(institution_id: int) -> list[Counted]:
    """The open tasks of decrees that are due in working days; what an extension moved is nobody's count any more."""
    granted = within(institution_id, TaskStep, TaskStep.task_id).where(TaskStep.move == Move.GRANT_EXTENSION)
    columns = (Task.id, Task.unit_id, Assignment.unit_id.label("asker"), Document.id.label("document"), Document.title,
               Act.number, Document.secrecy, Assignment.place, Act.signed_on, Task.due_on)  # fmt: skip
    rows = (
        within(institution_id, Task, *columns)
        .join(Assignment, Assignment.id == Task.assignment_id)
        .join(Document, Document.id == Assignment.document_id)
        .join(Act, Act.id == Document.act_id)
        .where(Assignment.source == Source.DICTUM, Task.state.in_(OPEN), Task.due_on.is_not(None))
        .where(Task.id.not_in(granted))
        .order_by(Document.id, Task.id)
    )
    return [
        Counted(
            id=row.id,
            unit_id=row.unit_id,
            asker_unit_id=row.asker,
            document_id=row.document,
            title=row.title,
            number=row.number,
            is_open=row.secrecy is Secrecy.BIASA,
            place=row.place,
            signed_on=row.signed_on,
            due_on=row.due_on,
        )
        for row in db.session.execute(rows)
    ]


def tasks_moved(
    tasks: Iterable[Counted], working_days: Mapping[tuple[int, str], int], calendar: Calendar
) -> list[MovedTask]:
    """The tasks whose day is another; `working_days` by document and dictum: of what none are known, nothing moves."""
    found = []
    for one in tasks:
        days = working_days.get((one.document_id, one.place))
        to_on = one.due_on if days is None else calendar.working_days_after(one.signed_on, days)
        if to_on != one.due_on:
            found.append(MovedTask(one, to_on))
    return found


def tasks_over(institution_id: int, day: date) -> list[User]:
    """The decrees whose tasks, open or ended, were counted over a day."""
    open_ones = func.sum(case((Task.state.in_(OPEN), 1), else_=0))
    columns = (Document.id, Document.title, Act.number, Document.secrecy, func.count(Task.id), open_ones)
    rows = (
        within(institution_id, Task, *columns)
        .join(Assignment, Assignment.id == Task.assignment_id)
        .join(Document, Document.id == Assignment.document_id)
        .join(Act, Act.id == Document.act_id)
        .where(Assignment.source == Source.DICTUM, Act.signed_on < day, Task.due_on >= day)
        .group_by(Document.id, Document.title, Act.number, Document.secrecy)
        .order_by(Document.id)
    )
    return [user_of("task", row) for row in db.session.execute(rows)]
