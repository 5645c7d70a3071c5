"""Reading deliveries: those of one document, what a unit is asked to acknowledge, and what is still to be chased."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func

from governance.documents.delivery_models import Delivery, DeliveryWay
from governance.documents.models import Act, Document, Secrecy
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor

ON_A_PAGE = 50


@dataclass(frozen=True)
class Delivered:
    """A delivery as pages show it; `mine`: it goes to the reader's own unit, which may acknowledge it here."""

    id: int
    document_id: int
    document_title: str
    number: str
    recipient: str
    unit_id: int | None
    due_on: date
    received_on: date | None
    way: DeliveryWay | None
    received_by: str
    scan_sha256: str | None
    recorded_at: datetime | None
    by_title: str
    mine: bool


def deliveries_of(actor: Actor, document_id: int) -> list[Delivered]:
    """The deliveries of a document that the actor was shown, in the decree's order."""
    return _delivered(actor, _rows(actor).where(Delivery.document_id == document_id).order_by(Delivery.place))


def delivery(actor: Actor, delivery_id: int) -> Delivered:
    """One delivery of the institution; who may see it follows from its document."""
    found = _delivered(actor, _rows(actor).where(Delivery.id == delivery_id))
    if not found:
        raise NotFound
    return found[0]


def counted(actor: Actor, document_id: int) -> tuple[int, int]:
    """(received, all) of a document's deliveries."""
    rows = within(actor.institution_id, Delivery, func.count(Delivery.received_on), func.count(Delivery.id))
    received, every = db.session.execute(rows.where(Delivery.document_id == document_id)).one()
    return received, every


def chased(actor: Actor, after: tuple[date, int] | None = None, limit: int = ON_A_PAGE) -> list[Delivered]:
    """What was not received yet, the earliest day first; all for posts that watch, else the own unit's.

    One more than `limit` is read, so that the caller knows whether there is another page.
    """
    rows = _rows(actor).where(Delivery.received_on.is_(None), _visible(actor))
    if after is not None:
        later = (Delivery.due_on > after[0]) | ((Delivery.due_on == after[0]) & (Delivery.id > after[1]))
        rows = rows.where(later)
    return _delivered(actor, rows.order_by(Delivery.due_on, Delivery.id).limit(limit + 1))


def undelivered(actor: Actor, limit: int) -> Select[Any]:
    """The decrees that have not reached everyone: document, title, number, the earliest day, how many still miss it."""
    due_on = func.min(Delivery.due_on)
    columns = (Delivery.document_id, Document.title, Act.number, due_on.label("day"), func.count(Delivery.id))
    return (
        within(actor.institution_id, Delivery, *columns)
        .join(Document, Document.id == Delivery.document_id)
        .join(Act, Act.id == Delivery.act_id)
        .where(Delivery.received_on.is_(None))
        .group_by(Delivery.document_id, Document.title, Act.number)
        .order_by(due_on, Delivery.document_id)
        .limit(limit)
    )


def _visible(actor: Actor) -> ColumnElement[bool]:
    """What is not biasa is brought by Bagian Hukum and shown to those alone who watch."""
    if permissions.may(actor, permissions.Act.WATCH):
        return Delivery.id.is_not(None)
    return (Delivery.unit_id == actor.unit_id) & (Document.secrecy == Secrecy.BIASA)


def _rows(actor: Actor) -> Select[Any]:
    return (
        within(actor.institution_id, Delivery, Delivery, Document.title, Document.secrecy, Act.number)
        .join(Document, Document.id == Delivery.document_id)
        .join(Act, Act.id == Delivery.act_id)
    )


def _delivered(actor: Actor, rows: Select[Any]) -> list[Delivered]:
    return [_one(actor, *row) for row in db.session.execute(rows)]


def _one(actor: Actor, row: Delivery, title: str, secrecy: Secrecy, number: str) -> Delivered:
    return Delivered(
        id=row.id,
        document_id=row.document_id,
        document_title=title,
        number=number,
        recipient=row.recipient,
        unit_id=row.unit_id,
        due_on=row.due_on,
        received_on=row.received_on,
        way=row.way,
        received_by=row.received_by,
        scan_sha256=row.scan_sha256,
        recorded_at=row.recorded_at,
        by_title=row.by_title,
        mine=secrecy is Secrecy.BIASA and permissions.may(actor, permissions.Act.ACKNOWLEDGE, _addressed(row)),
    )


def _addressed(row: Delivery) -> permissions.Matter:
    return permissions.Matter(addressed_unit_id=row.unit_id)
