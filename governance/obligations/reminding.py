"""Climbing the ladders for many institutions at once: sets of rows, never one at a time."""

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

from governance.kernel.db import Key, Moment, db, insert_new, json_of
from governance.mandates.climbing import Climb, Ladders, Night, audience_of, height_of, height_of_step, of_obligations
from governance.mandates.ladder import Rung
from governance.mandates.reminder_shapes import UNIT
from governance.notices.leaving import leave_many
from governance.obligations.delivery import STAGE
from governance.obligations.models import Fulfilment, Obligation, Reminder
from governance.people.models import Holding, Post
from governance.people.queries import acts_on
from governance.people.roles import Role

OF_REMINDER = (Obligation.institution_id == Reminder.institution_id) & (Obligation.id == Reminder.obligation_id)


def climb(night: Night, ladders: Ladders) -> list[tuple[int, int]]:
    """Send each open obligation's one due reminder; returns (institution id, how many) for those that got any.

    The same rule as `ladder.due_rung`, said in SQL: the highest rung that has begun, if neither it nor a higher one
    was sent. A test holds the two against each other.
    """
    names, rows = due_rows(night, ladders)
    inserted = insert_new(Reminder).from_select(names, rows).on_conflict_do_nothing()
    written = db.session.execute(inserted, execution_options={"preserve_rowcount": True})
    assert isinstance(written, CursorResult)  # of an INSERT, so it counts its rows
    if written.rowcount == 0:  # Most of the day's scans end here.
        return []
    sent = Reminder.institution_id.in_(night.institution_ids) & (Reminder.sent_at == night.at)
    sent &= night.among(Reminder.obligation_id)
    _tell(sent, night, ladders)
    counts = select(Reminder.institution_id, func.count()).where(sent).group_by(Reminder.institution_id)
    return [(institution_id, count) for institution_id, count in db.session.execute(counts)]


def due_rows(night: Night, ladders: Ladders) -> tuple[list[str], Select[Any]]:
    """The reminders due today, as the rows of an INSERT: which columns, and the one select that finds them."""
    climbing = _climbing(night, ladders)
    climbed = exists().where(
        Reminder.obligation_id == Obligation.id,
        Reminder.due_on == Obligation.due_on,
        height_of(Reminder.rung) >= climbing.of_due_rung(height_of_step),
    )
    put_off = climbing.of_due_rung(lambda step: int(step.may_be_put_off))
    values = {
        "institution_id": Obligation.institution_id,
        "obligation_id": Obligation.id,
        "due_on": Obligation.due_on,
        "rung": climbing.of_due_rung(lambda step: step.rung.value),
        "sent_at": literal(night.at, Moment),
    }
    # In order, so that all are found before the first is written: a scan of a table that it fills itself grows with it.
    found = select(*values.values()).order_by(Obligation.id)
    rows = found.where(
        Obligation.institution_id.in_(night.institution_ids),
        *([night.among(Obligation.id)] if night.only is not None else []),
        within_reach(climbing),
        Obligation.estimated.is_(False) | (Obligation.due_on >= night.today),
        or_(Obligation.acknowledged_due.is_(None), Obligation.acknowledged_due != Obligation.due_on, put_off == 0),
        ~climbed,
    )
    return list(values), rows


def within_reach(climbing: Climb) -> ColumnElement[bool]:
    """Whether an obligation is open and its ladder has begun."""
    return (Obligation.fulfilment == Fulfilment.OPEN) & climbing.begun()


def _climbing(night: Night, ladders: Ladders) -> Climb:
    return Climb(of_obligations(ladders), Obligation.ladder, Obligation.due_on, night.today)


def _tell(sent: ColumnElement[bool], night: Night, ladders: Ladders) -> None:
    """Tell whom each rung tells, in the inbox and, where they have an address, by e-mail."""
    told = _told(sent, night, ladders)
    cause = literal("reminder:") + cast(told.c.reminder_id, String)
    values = {
        "institution_id": Reminder.institution_id,
        "person_id": told.c.person_id,
        "cause": cause.label("cause"),
        "key": _key(),
        "params": _params(),
        "document_id": null(),
        "task_id": null(),
        "obligation_id": cast(Reminder.obligation_id, Key),
        "created_at": literal(night.at, Moment),
    }
    whole = (
        select(*values.values())
        .select_from(told)
        .join(Reminder, (Reminder.id == told.c.reminder_id) & Reminder.institution_id.in_(night.institution_ids))
        .join(Obligation, OF_REMINDER)
    )
    leave_many(list(values), whole, night.institution_ids, night.at)


def _told(sent: ColumnElement[bool], night: Night, ladders: Ladders) -> Any:
    """Each of these reminders with each person who is told: once, also where he holds two of the posts."""
    climbing = _climbing(night, ladders)
    roles = [whom for whom in audience_of(list(climbing.ladders.values())) if whom != UNIT]
    of_role = or_(*[(Post.role == role) & climbing.told(role, Reminder.rung) for role in roles])
    delivered = (Post.role == Role.LEGAL) & (Obligation.stage == STAGE)  # of a delivery, Bagian Hukum too
    by_role = _rows(Post.role.in_([*roles, Role.LEGAL]), night).where(sent, of_role | delivered)
    first = aliased(Post)
    head = (
        select(func.min(first.id))
        .where(first.institution_id == Obligation.institution_id, first.unit_id == Obligation.unit_id)
        .scalar_subquery()
    )
    by_unit = _rows(Post.id == head, night).where(sent, climbing.told(UNIT, Reminder.rung))
    return union(by_role, by_unit).subquery()


def _rows(post: ColumnElement[bool], night: Night) -> Select[int, int]:
    return (
        select(Reminder.id.label("reminder_id"), Holding.person_id)
        .select_from(Reminder)
        .join(Obligation, OF_REMINDER)
        .join(Post, (Post.institution_id == Reminder.institution_id) & post)
        .join(Holding, (Holding.post_id == Post.id) & acts_on(night.today))
    )


def _key() -> ColumnElement[str]:
    late = [(Reminder.rung == Rung.LATE, "reminder.late"), (Reminder.rung == Rung.VERY_LATE, "reminder.very_late")]
    return case(*late, else_="reminder.due")


def _params() -> ColumnElement[Any]:
    return json_of(
        mandate=Obligation.mandate,
        stage=Obligation.stage,
        year=Obligation.year,
        due_on=cast(Obligation.due_on, String),
        estimated=Obligation.estimated,
    )


def due_ids(night: Night, ladders: Ladders) -> Sequence[int]:
    """The obligations that a reminder is due of, one by one: where a set of them failed."""
    _names, rows = due_rows(night, ladders)
    return db.session.scalars(rows.with_only_columns(Obligation.id)).all()
