"""What a whole institution's tasks and obligations stand at: counted by office and by mandate, in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from governance.almanac.audience import Audience
from governance.almanac.dates import AskedOf, Wish, asked_of, task_rows
from governance.documents.models import Act, Document
from governance.kernel.db import db, within
from governance.obligations.models import Fulfilment, Obligation
from governance.people.models import Unit
from governance.tasks.lifecycle import OPEN, State
from governance.tasks.models import Assignment, Task

SOON = timedelta(days=30)
STANDING = "standing"  # the column's own name: PostgreSQL takes two equal expressions with parameters for two


class Standing(StrEnum):
    """Where a task stands on the board: each in one of these, and what is late in no other."""

    LATE = "late"
    RECEIVED = "received"  # nobody has opened it
    RUNNING = "running"  # read, accepted or given back: the office is at it
    HANDED_IN = "handed_in"  # whoever asked has to look at it
    DECLINED = "declined"
    VERIFIED = "verified"


RUNNING = (State.READ, State.ACCEPTED, State.RETURNED)


@dataclass(frozen=True)
class OfficeTally:
    """One office: how many of its tasks stand where."""

    key: str
    name: str
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        """All its tasks."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class MandateTally:
    """One mandate: how many of its obligations stand where, and the first open day."""

    mandate: str
    counts: Mapping[str, int]
    next_on: date | None


@dataclass(frozen=True)
class Tallies:
    """Everything that is counted; offices with most that is late first."""

    offices: tuple[OfficeTally, ...] = ()
    mandates: tuple[MandateTally, ...] = ()
    counts: Mapping[Standing, int] = field(default_factory=dict)


def tallies(audience: Audience, wish: Wish, today: date) -> Tallies:
    """What is counted for these filters; days do not matter to it."""
    both = union_all(_of_offices(audience, wish, today), _of_mandates(audience, wish, today))
    rows = list(db.session.execute(both))
    offices = _offices([row for row in rows if row.what == "task"])
    return Tallies(
        offices=tuple(sorted(offices, key=lambda one: (-one.counts.get(Standing.LATE, 0), -one.total, one.name))),
        mandates=tuple(_mandates([row for row in rows if row.what == "obligation"])),
        counts={one: sum(office.counts.get(one, 0) for office in offices) for one in Standing},
    )


def tasks_standing(audience: Audience, wish: Wish, standing: Standing, today: date) -> list[AskedOf]:
    """The tasks that stand there, the oldest day first."""
    rows = task_rows(audience, wish).where(_standing(today) == standing.value, ~_lapsed(today))
    return asked_of(rows.order_by(Task.due_on.is_(None), Task.due_on, Task.assignment_id, Unit.name).limit(wish.limit))


def tasks_pressing(audience: Audience, wish: Wish, today: date) -> list[AskedOf]:
    """Open tasks that are late or end by the wish's last day, the oldest day first."""
    rows = task_rows(audience, wish).where(Task.state.in_(OPEN), Task.due_on <= wish.last, ~_lapsed(today))
    return asked_of(rows.order_by(Task.due_on, Task.assignment_id, Task.moved_at, Task.id).limit(wish.limit))


def late_now(audience: Audience, today: date) -> tuple[int, int]:
    """(late tasks, offices that are late): what whoever follows up finds on his home."""
    columns = (func.count(Task.id), func.count(func.distinct(Task.unit_id)))
    rows = (
        within(audience.institution_id, Task, *columns)
        .join(Assignment, Assignment.id == Task.assignment_id)
        .outerjoin(Document, Document.id == Assignment.document_id)
        .outerjoin(Act, Act.id == Document.act_id)
        .where(audience.tasks, Task.state.in_(OPEN), Task.due_on < today, ~_lapsed(today))
    )
    tasks, offices = db.session.execute(rows).one()
    return tasks, offices


def _of_offices(audience: Audience, wish: Wish, today: date) -> Select[Any]:
    asked = aliased(Obligation)
    standing = _standing(today)
    rows = (
        within(
            audience.institution_id,
            Task,
            literal("task").label("what"),
            Unit.key.label("key"),
            Unit.name.label("name"),
            standing.label(STANDING),
            func.count(Task.id).label("count"),
            null().label("next_on"),
        )
        .join(Assignment, Assignment.id == Task.assignment_id)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Document, Document.id == Assignment.document_id)
        .outerjoin(Act, Act.id == Document.act_id)
        .outerjoin(asked, asked.id == Assignment.obligation_id)
        .where(audience.tasks, Task.state != State.CANCELLED, ~_lapsed(today))
        .group_by(Unit.key, Unit.name, STANDING)
    )
    if wish.mandates is not None:
        rows = rows.where(func.coalesce(Document.kind, asked.mandate, "").in_(wish.mandates))
    return rows.where(Unit.key == wish.unit) if wish.unit else rows


def _of_mandates(audience: Audience, wish: Wish, today: date) -> Select[Any]:
    standing = case(
        (Obligation.fulfilment != Fulfilment.OPEN, cast(Obligation.fulfilment, String)),
        (Obligation.due_on.is_(None), "undated"),
        (Obligation.estimated, "estimate"),
        (Obligation.due_on < today, "late"),
        (Obligation.due_on <= today + SOON, "due"),
        else_="open",
    )
    still = (Obligation.fulfilment == Fulfilment.OPEN) & (Obligation.due_on >= today)
    rows = within(
        audience.institution_id,
        Obligation,
        literal("obligation").label("what"),
        Obligation.mandate.label("key"),
        literal("").label("name"),
        standing.label(STANDING),
        func.count(Obligation.id).label("count"),
        func.min(case((still, Obligation.due_on))).label("next_on"),
    ).where(
        audience.obligations,
        Obligation.fulfilment != Fulfilment.DROPPED,
        or_(Obligation.fulfilment == Fulfilment.OPEN, Obligation.year == today.year),
    )
    if wish.mandates is not None:
        rows = rows.where(Obligation.mandate.in_(wish.mandates))
    if wish.unit:
        units = select(Unit.id).where(Unit.institution_id == audience.institution_id, Unit.key == wish.unit)
        rows = rows.where(Obligation.unit_id.in_(units))
    return rows.group_by(Obligation.mandate, STANDING)


def _standing(today: date) -> ColumnElement[str]:
    return case(
        (and_(Task.state.in_(OPEN), Task.due_on < today), Standing.LATE.value),
        (Task.state.in_(RUNNING), Standing.RUNNING.value),
        else_=cast(Task.state, String),
    )


def _lapsed(today: date) -> ColumnElement[bool]:
    """Whether the act that asks was ended: nobody is called late for what is not asked any more."""
    return Act.revoked_on.is_not(None) & (Act.revoked_on <= today)


def _offices(rows: Iterable[Any]) -> list[OfficeTally]:
    found: dict[tuple[str, str], dict[Standing, int]] = {}
    for row in rows:
        found.setdefault((row.key, row.name), {})[Standing(row.standing)] = row.count
    return [OfficeTally(key, name, counts) for (key, name), counts in found.items()]


def _mandates(rows: Iterable[Any]) -> list[MandateTally]:
    counts: dict[str, dict[str, int]] = {}
    days: dict[str, list[date]] = {}
    for row in rows:
        counts.setdefault(row.key, {})[row.standing] = row.count
        if row.next_on is not None:
            days.setdefault(row.key, []).append(_day(row.next_on))
    return [MandateTally(key, found, min(days.get(key, []), default=None)) for key, found in counts.items()]


def _day(value: Any) -> date:
    """SQLite hands a date from a union back as its text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
