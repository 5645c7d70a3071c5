"""Asking for recommendations: what a year's result recommends, to whom, what became of it, and of its task."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case

from governance.assessment.result_models import FollowUp, Recommendation
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.tasks.lifecycle import OPEN, State
from governance.tasks.models import Task

MOST = 500  # of one list: an evaluation makes ten to forty a year


@dataclass(frozen=True)
class Recommended:
    """A recommendation as it is read; its task is None until the job has handed it out, or where none was needed."""

    id: int
    year: int
    number: int
    item: str
    what: str
    unit_id: int
    unit_name: str
    due_on: date | None
    state: FollowUp
    outcome: str
    followed_in: int | None
    by_title: str
    version: int
    assignment_id: int | None
    task_id: int | None
    task_state: State | None
    task_moved_at: datetime | None

    @property
    def may_be_closed(self) -> bool:
        """Whether its task was verified while it is still open: then it offers itself to be closed."""
        return self.state is FollowUp.OPEN and self.task_state is State.VERIFIED

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and nothing was done yet."""
        undone = self.task_state is None or self.task_state in OPEN
        return self.state is FollowUp.OPEN and undone and self.due_on is not None and self.due_on < today


def of_year(actor: Actor, year: int) -> list[Recommended]:
    """Every recommendation of a year's result, in order. One statement."""
    return _read(_rows(actor).where(Recommendation.year == year).order_by(Recommendation.number))


def unfinished(actor: Actor, unit_id: int | None = None, before: int | None = None) -> list[Recommended]:
    """What is open or was not done, of one office or all, of years before one or all: open first. One statement."""
    rows = _rows(actor).where(Recommendation.state != FollowUp.DONE)
    if unit_id is not None:
        rows = rows.where(Recommendation.unit_id == unit_id)
    if before is not None:
        rows = rows.where(Recommendation.year < before)
    order = (Unit.name, _open_first(), Recommendation.due_on, Recommendation.year, Recommendation.number)
    return _read(rows.order_by(*order).limit(MOST))


def _open_first() -> ColumnElement[int]:
    return case((Recommendation.state == FollowUp.OPEN, 0), else_=1)


def _rows(actor: Actor) -> Select[Any]:
    """The recommendations with their office and their task."""
    columns = (Recommendation, Unit.name, Task.id, Task.state, Task.moved_at)
    copy = and_(Task.assignment_id == Recommendation.assignment_id, Task.institution_id == actor.institution_id)
    return (
        within(actor.institution_id, Recommendation, *columns)
        .join(Unit, Unit.id == Recommendation.unit_id)
        .outerjoin(Task, copy)
    )


def _read(rows: Select[Any]) -> list[Recommended]:
    return [_recommended(*row) for row in db.session.execute(rows)]


def _recommended(
    row: Recommendation, unit_name: str, task_id: int | None, state: State | None, moved_at: datetime | None
) -> Recommended:
    names = ("id", "year", "number", "item", "what", "unit_id", "due_on", "state", "outcome", "followed_in")
    told = {name: getattr(row, name) for name in (*names, "by_title", "version", "assignment_id")}
    return Recommended(**told, unit_name=unit_name, task_id=task_id, task_state=state, task_moved_at=moved_at)
