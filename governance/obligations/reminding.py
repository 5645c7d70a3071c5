"""Climbing the ladder for many institutions at once: sets of rows, never one at a time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, String, case, cast, exists, func, literal, null, select

from governance.kernel.db import Key, Moment, db, insert_new, json_of
from governance.notices.leaving import post_out
from governance.notices.models import Notice
from governance.obligations.delivery import STAGE
from governance.obligations.ladder import LADDER, Rung
from governance.obligations.models import Fulfilment, Obligation, Reminder
from governance.people.models import Holding, Post
from governance.people.queries import acts_on
from governance.people.roles import Role

HEIGHT = {step.rung: height for height, step in enumerate(LADDER)}
TOLD = (Role.DIGITAL,)
TOLD_WHEN_LATE = (Role.DIGITAL, Role.SECRETARY)


def climb(institution_ids: Sequence[int], today: date, at: datetime) -> list[tuple[int, int]]:
    """Send each open obligation's one due reminder; returns (institution id, how many) for those that got any.

    The same rule as `ladder.due_rung`, said in SQL: the highest rung that has begun, if neither it nor a higher one
    was sent. A test holds the two against each other.
    """
    names, rows = due_rows(institution_ids, today, at)
    written = db.session.execute(insert_new(Reminder).from_select(names, rows).on_conflict_do_nothing())
    assert isinstance(written, CursorResult)  # of an INSERT, so it counts its rows
    if written.rowcount == 0:  # Most of the day's scans end here.
        return []
    sent = (Reminder.institution_id.in_(institution_ids)) & (Reminder.sent_at == at)
    _tell(sent & (Reminder.rung != Rung.LATE), TOLD, "reminder.due", today, at)
    _tell(sent & (Reminder.rung == Rung.LATE), TOLD_WHEN_LATE, "reminder.late", today, at)
    counts = select(Reminder.institution_id, func.count()).where(sent).group_by(Reminder.institution_id)
    return [(institution_id, count) for institution_id, count in db.session.execute(counts)]


def due_rows(institution_ids: Sequence[int], today: date, at: datetime) -> tuple[list[str], Select[Any]]:
    """The reminders due today, as the rows of an INSERT: which columns, and the one select that finds them."""
    begun = [(Obligation.due_on <= today + timedelta(days=step.days_before), step.rung) for step in reversed(LADDER)]
    due_height = case(*[(condition, HEIGHT[rung]) for condition, rung in begun])
    climbed = exists().where(
        Reminder.obligation_id == Obligation.id,
        Reminder.due_on == Obligation.due_on,
        case(*[(Reminder.rung == rung, height) for rung, height in HEIGHT.items()]) >= due_height,
    )
    values = {
        "institution_id": Obligation.institution_id,
        "obligation_id": Obligation.id,
        "due_on": Obligation.due_on,
        "rung": case(*[(condition, rung.value) for condition, rung in begun]),
        "sent_at": literal(at, Moment),
    }
    # In order, so that all are found before the first is written: a scan of a table that it fills itself grows with it.
    found = select(*values.values()).order_by(Obligation.id)
    rows = found.where(
        Obligation.institution_id.in_(institution_ids),
        Obligation.fulfilment == Fulfilment.OPEN,
        Obligation.due_on <= today + timedelta(days=max(step.days_before for step in LADDER)),
        Obligation.estimated.is_(False) | (Obligation.due_on >= today),
        Obligation.acknowledged_due.is_(None) | (Obligation.acknowledged_due != Obligation.due_on),
        ~climbed,
    )
    return list(values), rows


def _tell(sent: ColumnElement[bool], roles: Sequence[Role], key: str, today: date, at: datetime) -> None:
    """Tell the holders of these roles, in the inbox and, where they have an address, by e-mail."""
    values = {
        "institution_id": Reminder.institution_id,
        "person_id": Holding.person_id,
        "cause": (literal("reminder:") + cast(Reminder.id, String)).label("cause"),
        "key": literal(key),
        "params": _params(),
        "document_id": null(),
        "task_id": null(),
        "obligation_id": cast(Reminder.obligation_id, Key),
        "created_at": literal(at, Moment),
    }
    told = _told(sent, roles, today)
    rows = told.with_only_columns(*values.values())
    db.session.execute(insert_new(Notice).from_select(list(values), rows).on_conflict_do_nothing())
    keys = [values[name] for name in ("institution_id", "person_id", "cause")]
    post_out(told.with_only_columns(*keys).subquery(), at)


def _told(sent: ColumnElement[bool], roles: Sequence[Role], today: date) -> Select[Any]:
    """Each of these reminders with each holder of these roles; of a delivery, with Bagian Hukum too."""
    whose = Post.role.in_(roles) | ((Post.role == Role.LEGAL) & (Obligation.stage == STAGE))
    return (
        select(Reminder.id)
        .select_from(Reminder)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .join(Post, (Post.institution_id == Reminder.institution_id) & whose)
        .join(Holding, (Holding.post_id == Post.id) & acts_on(today))
        .where(sent)
    )


def _params() -> ColumnElement[Any]:
    return json_of(
        mandate=Obligation.mandate,
        stage=Obligation.stage,
        year=Obligation.year,
        due_on=cast(Obligation.due_on, String),
        estimated=Obligation.estimated,
    )
