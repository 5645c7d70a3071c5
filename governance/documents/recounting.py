"""What a changed calendar moves among documents: the last days of open deliveries, and those of steps of routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func

from governance.calendar.calendars import Calendar
from governance.documents import delivering, route_due
from governance.documents.delivery_models import Delivery
from governance.documents.models import Act, Document, Secrecy, Waiting
from governance.documents.route import read
from governance.kernel.clock import day_in
from governance.kernel.db import db, within
from governance.mandates.rules import Deadline


@dataclass(frozen=True)
class MovedDelivery:
    """The open deliveries of an act whose last day is another by the calendar."""

    act_id: int
    document_id: int
    title: str
    number: str
    is_open: bool  # everyone may know of the document (biasa)
    post_ids: frozenset[int]
    from_on: date
    to_on: date


@dataclass(frozen=True)
class MovedStep:
    """A post's turn whose last day is another by the calendar."""

    waiting_id: int
    document_id: int
    title: str
    is_open: bool
    post_id: int
    from_on: date
    term: route_due.Term

    @property
    def to_on(self) -> date:
        """Its last day by the calendar."""
        assert self.term.due_on is not None  # only steps that have days are counted again
        return self.term.due_on


@dataclass(frozen=True)
class User:
    """A document whose days were counted over a day: how many of its terms, and how many of them are open."""

    document_id: int
    title: str
    number: str
    is_open: bool
    what: str  # "delivery", "step", "task"
    count: int
    open_count: int


def deliveries_moved(institution_id: int, calendar: Calendar, deadline: Deadline) -> list[MovedDelivery]:
    """The acts that not everyone has received, where the calendar gives another last day; UU 30/2014 Pasal 61-62."""
    waiting = within(institution_id, Delivery, Delivery.act_id).where(Delivery.received_on.is_(None))
    rows = (
        within(institution_id, Delivery, Delivery, Act, Document)
        .join(Act, Act.id == Delivery.act_id)
        .join(Document, Document.id == Delivery.document_id)
        .where(Delivery.act_id.in_(waiting))
        .order_by(Delivery.act_id, Delivery.place)
    )
    found = [
        _delivery(list(group), calendar, deadline)
        for _act, group in groupby(db.session.execute(rows).all(), key=lambda row: row.Act.id)
    ]
    return [one for one in found if one.from_on != one.to_on]


def steps_moved(institution_id: int, calendar: Calendar, timezone: str) -> list[MovedStep]:
    """The turns under way whose last day is another, counted again from the day on which they came."""
    rows = within(institution_id, Waiting, Waiting, Document).join(Document, Document.id == Waiting.document_id)
    found = []
    for waiting, document in db.session.execute(rows.where(Waiting.due_on.is_not(None)).order_by(Waiting.id)):
        term = route_due.term(read(document.route)[waiting.step].days, day_in(timezone, waiting.since), calendar)
        if term.due_on is not None and (term.due_on, term.warn_on) != (waiting.due_on, waiting.warn_on):
            public = document.secrecy is Secrecy.BIASA
            told = (waiting.id, document.id, document.title, public, waiting.post_id, waiting.due_on)
            found.append(MovedStep(*told, term))
    return found


def deliveries_over(institution_id: int, day: date) -> list[User]:
    """The documents whose deliveries, open or received, were counted over a day."""
    open_ones = func.count(Delivery.id) - func.count(Delivery.received_on)
    columns = (Document.id, Document.title, Act.number, Document.secrecy, func.count(Delivery.id), open_ones)
    rows = (
        within(institution_id, Delivery, *columns)
        .join(Act, Act.id == Delivery.act_id)
        .join(Document, Document.id == Delivery.document_id)
        .where(Act.signed_on < day, Delivery.due_on >= day)
        .group_by(Document.id, Document.title, Act.number, Document.secrecy)
        .order_by(Document.id)
    )
    return [user_of("delivery", row) for row in db.session.execute(rows)]


def steps_over(institution_id: int, day: date, timezone: str) -> list[User]:
    """The documents under way of which a turn's term is counted over a day."""
    midnight = datetime.combine(day, time(), ZoneInfo(timezone))
    count = func.count(Waiting.id)
    rows = (
        within(institution_id, Waiting, Document.id, Document.title, Document.title, Document.secrecy, count, count)
        .join(Document, Document.id == Waiting.document_id)
        .where(Waiting.since < midnight, Waiting.due_on >= day)
        .group_by(Document.id, Document.title, Document.secrecy)
        .order_by(Document.id)
    )
    return [user_of("step", (*row[:2], "", *row[3:])) for row in db.session.execute(rows)]


def user_of(what: str, row: Sequence[Any]) -> User:
    """A row (id, title, number, secrecy, count, open) as the user of a day."""
    document_id, title, number, secrecy, count, open_count = row
    return User(document_id, title, number, secrecy is Secrecy.BIASA, what, count, open_count)


def _delivery(rows: list[Any], calendar: Calendar, deadline: Deadline) -> MovedDelivery:
    act, document = rows[0].Act, rows[0].Document
    still = [row.Delivery for row in rows if row.Delivery.received_on is None]
    return MovedDelivery(
        act.id,
        document.id,
        document.title,
        act.number,
        document.secrecy is Secrecy.BIASA,
        frozenset(one.post_id for one in still if one.post_id is not None),
        max(one.due_on for one in still),
        delivering.term(act.signed_on, len(rows), deadline, calendar).due_on,
    )
