"""Reminding among a million obligations: finding what is due, and writing the reminders as sets of rows."""

import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from config.settings import ROOT
from governance.kernel.db import db, transaction
from governance.mandates.climbing import Climb, Night, of_obligations
from governance.mandates.ladder import STANDARD, Step, Term, due_rung
from governance.mandates.law import Law
from governance.mandates.reminder_shapes import UNIT
from governance.notices.models import Message, Notice, Sending
from governance.obligations.models import Obligation, Reminder
from governance.obligations.reminding import climb, within_reach
from governance.people.models import Holding, Institution, Person, Post
from governance.people.queries import held_on
from tests.bench.measure import seconds
from tests.bench.seeded import ALL, NOW, OBLIGATIONS, inside, vacuumed

TODAY = NOW.date()
LADDERS = Law.read(ROOT / "config" / "law").ladders
ACROSS = {"across": True}
ROUNDS = 7
SETS, ONE_BY_ONE = 100, 4  # institutions whose reminders are written as sets, and row by row
FLOOR = sa.select(Obligation.id).where(
    within_reach(Climb(of_obligations(LADDERS), Obligation.ladder, Obligation.due_on, TODAY))
)


class TakenBack(Exception):
    """Leaves a transaction without a trace."""


def scan_vs_floor() -> float:
    """A scan of the whole country on a day that was scanned before, against only selecting the ids that are due."""
    with inside(ALL, OBLIGATIONS):
        ids = _institutions()
        with transaction():
            climb(Night(ids, TODAY, NOW), LADDERS)
        vacuumed()
        assert _count(Obligation) >= 1_000_000
        scans, floors = [], []
        for turn in range(1, ROUNDS + 1):
            scans.append(seconds(lambda at=NOW + timedelta(hours=turn): _scanned(ids, at)))  # type: ignore[misc]
            floors.append(seconds(_floor))
        return statistics.median(scans) / statistics.median(floors)


def reminders_set_vs_row() -> float:
    """Reminders per second, written as sets, against the same rule applied and written one obligation at a time."""
    with inside(ALL, OBLIGATIONS):
        ids = _institutions()
        with transaction():  # A scan of its own: whatever other measurements sent is not in the way.
            db.session.execute(sa.update(Reminder).values(due_on=date(2000, 1, 1)))
        as_set = _rate(
            lambda: sum(count for _, count in climb(Night(ids[:SETS], TODAY, NOW + timedelta(days=1)), LADDERS))
        )
        by_row = _rate(lambda: _one_by_one(ids[:ONE_BY_ONE]))
        return as_set / by_row


def _rate(act: Any) -> float:
    """Reminders per second; nothing of it is kept."""
    made: list[int] = []

    def written() -> None:
        try:
            with transaction():
                made.append(act())
                raise TakenBack
        except TakenBack:
            pass

    spent = seconds(written)
    return made[0] / spent


def _scanned(ids: Sequence[int], at: Any) -> None:
    with transaction():
        assert climb(Night(ids, TODAY, at), LADDERS) == []


def _floor() -> None:
    db.session.rollback()
    db.session.scalars(FLOOR.execution_options(**ACROSS)).all()


def _institutions() -> list[int]:
    return list(db.session.scalars(sa.select(Institution.id).order_by(Institution.id)))


def _count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count(model.id)).execution_options(**ACROSS)) or 0


def _one_by_one(ids: Sequence[int]) -> int:
    """As a program would write it that asks the pure rule: one obligation, its reminders, its holders, their rows."""
    made = 0
    due = FLOOR.with_only_columns(Obligation).where(Obligation.institution_id.in_(ids))
    for obligation in db.session.scalars(due).all():
        assert obligation.due_on is not None
        sent = sa.select(Reminder.rung).where(
            Reminder.obligation_id == obligation.id, Reminder.due_on == obligation.due_on
        )
        climbed = db.session.scalars(sent.execution_options(**ACROSS)).all()
        term = Term(obligation.due_on, obligation.estimated, obligation.acknowledged_due == obligation.due_on)
        step = due_rung(LADDERS.get(obligation.ladder, LADDERS[STANDARD]), term, TODAY, climbed)
        if step is not None:
            _remind(obligation, step)
            made += 1
    return made


def _remind(obligation: Obligation, step: Step) -> None:
    reminder = Reminder(institution_id=obligation.institution_id, obligation_id=obligation.id, sent_at=NOW)
    reminder.rung = step.rung
    reminder.due_on = obligation.due_on or TODAY
    db.session.add(reminder)
    db.session.flush()
    roles = [whom for whom in step.tells if whom != UNIT]
    holders = (
        sa.select(Person)
        .join(Holding, Holding.person_id == Person.id)
        .join(Post, Post.id == Holding.post_id)
        .where(Post.institution_id == obligation.institution_id, Post.role.in_(roles), held_on(TODAY))
    )
    for person in db.session.scalars(holders).all():
        notice = Notice(institution_id=obligation.institution_id, person_id=person.id, key="reminder.due")
        notice.cause, notice.obligation_id, notice.created_at = f"reminder:{reminder.id}", obligation.id, NOW
        notice.params = {"mandate": obligation.mandate, "stage": obligation.stage, "year": obligation.year}
        db.session.add(notice)
        db.session.flush()
        message = Message(
            institution_id=obligation.institution_id, notice_id=notice.id, person_id=person.id, due_at=NOW
        )
        message.state = Sending.CREATED
        db.session.add(message)
        db.session.flush()
