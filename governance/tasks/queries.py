"""Reading tasks: a unit's own, and all that a document handed out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select

from governance.documents.models import Act, Document
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.tasks.models import Task


@dataclass(frozen=True)
class Asked:
    """A unit's part as pages and API show it."""

    id: int
    document_id: int
    document_title: str
    number: str
    unit_id: int
    unit_name: str
    place: str
    what: str
    due_on: date | None
    created_at: datetime
    acknowledged_at: datetime | None
    mine: bool
    revoked_on: date | None = None

    def lapsed(self, today: date) -> bool:
        """Whether the act that asked for it was ended by a later one: nothing is asked any more."""
        return self.revoked_on is not None and self.revoked_on <= today

    def is_open(self, today: date) -> bool:
        """Whether its receipt is waited for."""
        return self.acknowledged_at is None and not self.lapsed(today)


def tasks_of_unit(actor: Actor) -> list[Asked]:
    """What the actor's unit is asked: what is not acknowledged first, then by date."""
    rows = _rows(actor).where(Task.unit_id == actor.unit_id)
    return _asked(actor, rows.order_by(Task.acknowledged_at.is_not(None), Task.due_on, Task.id))


def tasks_of_document(actor: Actor, document_id: int) -> list[Asked]:
    """What a document asked: every unit's copy for posts that watch and for its initiator, else the own unit's."""
    rows = _rows(actor).where(Task.document_id == document_id)
    if not permissions.may(actor, permissions.Act.WATCH):
        rows = rows.where((Task.unit_id == actor.unit_id) | (Document.initiating_unit_id == actor.unit_id))
    return _asked(actor, rows.order_by(Task.place, Unit.name))


def tasks_handed_out(actor: Actor, limit: int = 200) -> list[Asked]:
    """What all units were asked, what is not acknowledged first; for posts that watch."""
    return _asked(actor, _rows(actor).order_by(Task.acknowledged_at.is_not(None), Task.due_on, Unit.name).limit(limit))


def task(actor: Actor, task_id: int) -> Asked:
    """One task of the actor's unit, or of any unit for posts that watch; NotFound otherwise."""
    rows = _rows(actor).where(Task.id == task_id)
    if not permissions.may(actor, permissions.Act.WATCH):
        rows = rows.where((Task.unit_id == actor.unit_id) | (Document.initiating_unit_id == actor.unit_id))
    found = _asked(actor, rows)
    if not found:
        raise NotFound
    return found[0]


def _rows(actor: Actor) -> Select[Any]:
    return (
        within(actor.institution_id, Task, Task, Document.title, Act.number, Act.revoked_on, Unit.name)
        .join(Document, Document.id == Task.document_id)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Act, Act.id == Document.act_id)
    )


def _asked(actor: Actor, rows: Select[Any]) -> list[Asked]:
    return [
        Asked(
            id=row.id,
            document_id=row.document_id,
            document_title=title,
            number=number or "",
            unit_id=row.unit_id,
            unit_name=unit,
            place=row.place,
            what=row.what,
            due_on=row.due_on,
            created_at=row.created_at,
            acknowledged_at=row.acknowledged_at,
            mine=row.unit_id == actor.unit_id,
            revoked_on=revoked_on,
        )
        for row, title, number, revoked_on, unit in db.session.execute(rows)
    ]
