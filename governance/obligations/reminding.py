"""Climbing the ladder for many institutions at once: sets of rows, never one at a time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, null, select

from governance.kernel.db import Key, Moment, db, insert_new, json_of
from governance.notices.leaving import post_out
from governance.notices.models import Notice
from governance.obligations.ladder import LADDER, Rung, Step
from governance.obligations.models import Fulfilment, Obligation, Reminder
from governance.people.models import Holding, Post
from governance.people.queries import held_on
from governance.people.roles import Role

TOLD = (Role.DIGITAL,)
TOLD_WHEN_LATE = (Role.DIGITAL, Role.SECRETARY)


def climb(institution_ids: Sequence[int], today: date, at: datetime) -> list[tuple[int, int]]:
    """Send each open obligation's one due reminder; returns (institution id, how many) for those that got any.

    The same rule as `ladder.due_rung`, said in SQL: from the highest rung down, a rung that has begun and that neither
    it nor a higher one was sent for. A test holds the two against each other.
    """
    for height in reversed(range(len(LADDER))):
        db.session.execute(
            _rung_rows(LADDER[height], [step.rung for step in LADDER[height:]], institution_ids, today, at)
        )
    sent = (Reminder.institution_id.in_(institution_ids)) & (Reminder.sent_at == at)
    _tell(sent & (Reminder.rung != Rung.LATE), TOLD, "reminder.due", today, at)
    _tell(sent & (Reminder.rung == Rung.LATE), TOLD_WHEN_LATE, "reminder.late", today, at)
    post_out(institution_ids, Notice.created_at == at, at)
    counts = select(Reminder.institution_id, func.count()).where(sent).group_by(Reminder.institution_id)
    return [(institution_id, count) for institution_id, count in db.session.execute(counts)]


def _rung_rows(step: Step, higher: list[Rung], institution_ids: Sequence[int], today: date, at: datetime) -> Any:
    climbed = exists().where(
        Reminder.obligation_id == Obligation.id, Reminder.due_on == Obligation.due_on, Reminder.rung.in_(higher)
    )
    begun = Obligation.due_on <= today + timedelta(days=step.days_before)
    estimate = Obligation.estimated.is_(False) | (Obligation.due_on >= today)
    values = {
        "institution_id": Obligation.institution_id,
        "obligation_id": Obligation.id,
        "due_on": Obligation.due_on,
        "rung": literal(step.rung.value),
        "sent_at": literal(at, Moment),
    }
    rows = select(*values.values()).where(
        Obligation.institution_id.in_(institution_ids),
        Obligation.fulfilment == Fulfilment.OPEN,
        begun,
        estimate,
        ~climbed,
    )
    return insert_new(Reminder).from_select(list(values), rows).on_conflict_do_nothing()


def _tell(sent: ColumnElement[bool], roles: Sequence[Role], key: str, today: date, at: datetime) -> None:
    due_on = cast(Obligation.due_on, String)
    params = json_of(
        mandate=Obligation.mandate,
        stage=Obligation.stage,
        year=Obligation.year,
        due_on=due_on,
        estimated=Obligation.estimated,
    )
    values = {
        "institution_id": Reminder.institution_id,
        "person_id": Holding.person_id,
        "cause": literal("reminder:") + cast(Reminder.id, String),
        "key": literal(key),
        "params": params,
        "document_id": null(),
        "task_id": null(),
        "obligation_id": cast(Reminder.obligation_id, Key),
        "created_at": literal(at, Moment),
    }
    rows = (
        select(*values.values())
        .select_from(Reminder)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .join(Post, (Post.institution_id == Reminder.institution_id) & Post.role.in_(roles))
        .join(Holding, (Holding.post_id == Post.id) & held_on(today))
        .where(sent)
    )
    db.session.execute(insert_new(Notice).from_select(list(values), rows).on_conflict_do_nothing())
