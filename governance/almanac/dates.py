"""What falls on which day: obligations, tasks and the terms of route steps of an audience, one statement each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy.orm import aliased

from governance.almanac.audience import Audience
from governance.documents.models import Act, Document, Secrecy, Waiting
from governance.kernel.db import db, within
from governance.obligations.models import Fulfilment, Obligation
from governance.obligations.queries import Due, due_of
from governance.people.models import Post, Unit
from governance.tasks import wants
from governance.tasks.lifecycle import ENDED, OPEN, State
from governance.tasks.models import Assignment, Task
from governance.tasks.wants import Want

MOST = 1_000  # rows of one kind that one answer holds


@dataclass(frozen=True)
class Wish:
    """Which days, and of these only a group's mandates, a unit (its key), what is open, an undated year's too."""

    first: date
    last: date
    mandates: frozenset[str] | None = None
    unit: str = ""
    open_only: bool = False
    year: int | None = None
    limit: int = MOST


@dataclass(frozen=True)
class Owed:
    """An obligation with who answers for it."""

    due: Due
    unit_id: int | None
    unit_key: str
    unit_name: str
    fulfilment: Fulfilment
    version: int
    changed_at: datetime | None


@dataclass(frozen=True)
class AskedOf:
    """A unit's copy of what was asked. `mandate` is that of its decree or its obligation, "" where it has none."""

    id: int
    assignment_id: int
    what: str
    why: str
    place: str
    number: str
    mandate: str
    secrecy: Secrecy
    unit_key: str
    unit_name: str
    due_on: date | None
    state: State
    wants: tuple[Want, ...]
    version: int
    moved_at: datetime
    wished_until: date | None
    asked_by: str  # a post, never a person
    revoked_on: date | None

    def lapsed(self, today: date) -> bool:
        """Whether the act that asked for it was ended by a later one: nothing is asked any more."""
        return self.revoked_on is not None and self.revoked_on <= today

    def is_open(self, today: date) -> bool:
        """Whether the unit still has something to do."""
        return self.state in OPEN and not self.lapsed(today)


@dataclass(frozen=True)
class StepDue:
    """A paper that waits for a post, with the last day of that step."""

    id: int
    document_id: int
    kind: str
    title: str
    secrecy: Secrecy
    asked: str
    since: datetime
    due_on: date
    post_title: str
    unit_key: str
    unit_name: str


def obligations(audience: Audience, wish: Wish, today: date) -> list[Owed]:
    """Obligations whose day or window touches these days, by date; with a year also its undated ones, last."""
    rows = (
        within(audience.institution_id, Obligation, Obligation, Unit.key, Unit.name)
        .outerjoin(Unit, and_(Unit.institution_id == Obligation.institution_id, Unit.id == Obligation.unit_id))
        .where(audience.obligations, _touches(wish))
        .order_by(Obligation.due_on.is_(None), Obligation.due_on, Obligation.id)
    )
    if wish.open_only:
        rows = rows.where(Obligation.fulfilment == Fulfilment.OPEN)
    if wish.mandates is not None:
        rows = rows.where(Obligation.mandate.in_(wish.mandates))
    if wish.unit:
        rows = rows.where(Unit.key == wish.unit)
    found = db.session.execute(rows.limit(wish.limit))
    return [
        Owed(
            due=due_of(one, today),
            unit_id=one.unit_id,
            unit_key=key or "",
            unit_name=name or "",
            fulfilment=one.fulfilment,
            version=one.version,
            changed_at=one.changed_at,
        )
        for one, key, name in found
    ]


def tasks(audience: Audience, wish: Wish) -> list[AskedOf]:
    """Tasks whose day lies among these, by date."""
    rows = task_rows(audience, wish).where(Task.due_on.between(wish.first, wish.last))
    if wish.open_only:
        rows = rows.where(Task.state.not_in(ENDED))
    return asked_of(rows.order_by(Task.due_on, Assignment.id, Unit.name, Task.id).limit(wish.limit))


def open_tasks(audience: Audience, today: date, limit: int) -> list[AskedOf]:
    """What its units still have to do, by date, what has none last; what an ended act asked is left out."""
    lapsed = Act.revoked_on.is_not(None) & (Act.revoked_on <= today)
    rows = task_rows(audience, Wish(date.min, date.max)).where(Task.state.in_(OPEN), ~lapsed)
    return asked_of(rows.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(limit))


def task_rows(audience: Audience, wish: Wish) -> Select[Any]:
    """Tasks of the audience, of any day; for `asked_of`."""
    asked = aliased(Obligation)
    mandate = func.coalesce(Document.kind, asked.mandate, "")
    columns = (Task, Assignment, mandate, Document.secrecy, Act.number, Act.revoked_on, Unit.key, Unit.name)
    rows = (
        within(audience.institution_id, Task, *columns)
        .join(Assignment, and_(Assignment.institution_id == Task.institution_id, Assignment.id == Task.assignment_id))
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Document, Document.id == Assignment.document_id)
        .outerjoin(Act, Act.id == Document.act_id)
        .outerjoin(asked, asked.id == Assignment.obligation_id)
        .where(audience.tasks)
    )
    if wish.mandates is not None:
        rows = rows.where(mandate.in_(wish.mandates))
    return rows.where(Unit.key == wish.unit) if wish.unit else rows


def asked_of(rows: Select[Any]) -> list[AskedOf]:
    """The tasks that these rows hold."""
    return [
        AskedOf(
            id=task.id,
            assignment_id=asked.id,
            what=asked.what,
            why=asked.why,
            place=asked.place,
            number=number or "",
            mandate=mandate,
            secrecy=secrecy or Secrecy.BIASA,
            unit_key=key,
            unit_name=name,
            due_on=task.due_on,
            state=task.state,
            wants=wants.read(asked.wants),
            version=task.version,
            moved_at=task.moved_at,
            wished_until=task.wished_until,
            asked_by=asked.by_title,
            revoked_on=revoked_on,
        )
        for task, asked, mandate, secrecy, number, revoked_on, key, name in db.session.execute(rows)
    ]


def steps(audience: Audience, wish: Wish) -> list[StepDue]:
    """Papers whose step ends on one of these days, by date; a step without a term has no day."""
    columns = (Waiting, Document.kind, Document.title, Document.secrecy, Post.title, Unit.key, Unit.name)
    rows = (
        within(audience.institution_id, Waiting, *columns)
        .join(Document, Document.id == Waiting.document_id)
        .join(Post, Post.id == Waiting.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(audience.steps, Waiting.due_on.between(wish.first, wish.last))
        .order_by(Waiting.due_on, Waiting.id)
    )
    if wish.mandates is not None:
        rows = rows.where(Document.kind.in_(wish.mandates))
    if wish.unit:
        rows = rows.where(Unit.key == wish.unit)
    return [
        StepDue(
            row.id, row.document_id, kind, title, secrecy, row.asked, row.since, row.due_on, post, unit_key, unit_name
        )
        for row, kind, title, secrecy, post, unit_key, unit_name in db.session.execute(rows.limit(wish.limit))
    ]


def _touches(wish: Wish) -> ColumnElement[bool]:
    dated = and_(
        Obligation.due_on >= wish.first,
        or_(Obligation.due_on <= wish.last, Obligation.begins_on.is_not(None) & (Obligation.begins_on <= wish.last)),
    )
    if wish.year is None:
        return dated
    return or_(dated, and_(Obligation.year == wish.year, Obligation.due_on.is_(None)))
