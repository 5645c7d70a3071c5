"""Cycles as they are read and changed: which one is at hand, what the reader's post does in it, and the lock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, func, select

from governance.assessment.course import CycleRole, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, Share
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound, Refusal
from governance.mandates.evaluation import Round
from governance.people.actors import Actor
from governance.people.permissions import Matter


@dataclass(frozen=True)
class Seen:
    """A cycle as an actor sees it: `seats` are what his post does in it, `shared` the items his office has a share in.

    `target` is the exact IKD target, None where none is set; `version` is for what is changed on its page.
    """

    id: int
    year: int
    instrument: str
    round: Round
    stage: Stage
    target: Fraction | None
    ready_by: date | None
    frozen_sha256: str | None
    version: int
    seats: frozenset[CycleRole]
    shared: frozenset[str]

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.stage is Stage.CLOSED

    def matter(self, actor: Actor, item: str | None = None) -> Matter:
        """What permissions are asked about: for an item, an office that shares in it is the one addressed."""
        return matter(actor, self.seats, self.shared if item is None else self.shared & {item})


def matter(actor: Actor, seats: Collection[CycleRole], shared: Collection[str]) -> Matter:
    """The actor's ties to a cycle, or to one item of it, in the words of permissions."""
    addressed = actor.unit_id if shared else None
    return Matter(addressed_unit_id=addressed, seats=frozenset(seat.value for seat in seats))


def seen(cycle_id: int, actor: Actor) -> Seen:
    """The cycle with that id, or NotFound. One statement."""
    row = db.session.execute(_told(actor).where(Cycle.id == cycle_id)).one_or_none()
    if row is None:
        raise NotFound
    return _seen(row)


def note_of(cycle_id: int, actor: Actor) -> str:
    """What is noted of the cycle. One statement."""
    return db.session.scalar(within(actor.institution_id, Cycle, Cycle.note).where(Cycle.id == cycle_id)) or ""


def at_hand(actor: Actor) -> Seen | None:
    """The cycle that the institution works on: the latest that is not closed, else the latest. One statement."""
    latest = _told(actor).order_by((Cycle.stage == Stage.CLOSED), Cycle.year.desc()).limit(1)
    row = db.session.execute(latest).one_or_none()
    return _seen(row) if row is not None else None


def for_change(cycle_id: int, by: Actor) -> Cycle:
    """The cycle, locked until the transaction ends; NotFound, or refused where it is closed.

    Every verb that writes what hangs on a cycle takes this lock first: so nothing slips in while it is being closed.
    """
    row: Cycle | None = db.session.scalar(
        within(by.institution_id, Cycle).where(Cycle.id == cycle_id).with_for_update()
    )
    if row is None:
        raise NotFound
    if row.stage is Stage.CLOSED:
        raise Refusal("cycle.closed", year=row.year)
    return row


def matter_of(cycle: Cycle, by: Actor, item: str | None = None) -> Matter:
    """The actor's ties to a locked cycle (or to one item of it): for `permissions.require` inside a verb."""
    row = db.session.execute(_told(by).where(Cycle.id == cycle.id)).one()
    return _seen(row).matter(by, item)


def _told(actor: Actor) -> Select[Any]:
    """The cycle's columns, what the actor's post does in it, and the items that his office shares in."""
    seats = (
        select(func.aggregate_strings(CycleSeat.role, ","))
        .where(
            CycleSeat.institution_id == actor.institution_id,
            CycleSeat.cycle_id == Cycle.id,
            CycleSeat.post_id == actor.post_id,
        )
        .scalar_subquery()
    )
    shared = (
        select(func.aggregate_strings(Share.item, ","))
        .where(Share.institution_id == actor.institution_id, Share.cycle_id == Cycle.id, Share.unit_id == actor.unit_id)
        .scalar_subquery()
    )
    return within(actor.institution_id, Cycle, Cycle, seats, shared)


def _seen(row: Any) -> Seen:
    cycle, seats, shared = row
    return Seen(
        id=cycle.id,
        year=cycle.year,
        instrument=cycle.instrument,
        round=cycle.round,
        stage=cycle.stage,
        target=Fraction(cycle.target) if cycle.target else None,
        ready_by=cycle.ready_by,
        frozen_sha256=cycle.frozen_sha256,
        version=cycle.version,
        seats=frozenset(CycleRole(one) for one in (seats or "").split(",") if one),
        shared=frozenset(one for one in (shared or "").split(",") if one),
    )
