"""Leaving a notice or a job: rows of the verb's own transaction; nothing is sent here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, literal, null, select

from governance.kernel.clock import day_in
from governance.kernel.db import Json, Key, Moment, db, insert_new, within
from governance.notices.models import Doing, Job, Message, Notice, Sending
from governance.people.actors import Actor
from governance.people.models import Holding, Person
from governance.people.queries import acts_on


def leave(
    posts: Collection[int] | Select[tuple[int]], key: str, *, by: Actor, at: datetime, cause: str, **about: Any
) -> None:
    """Tell whoever holds these posts today; `cause` makes it once per person.

    `posts` are their keys, or the select that finds them where they may be many. `about` takes document_id, task_id,
    obligation_id and `params` (plain JSON). Set-based: one INSERT ... SELECT for the inbox, one for the outbox (only
    persons with an e-mail address), however many are told.
    """
    db.session.flush()
    told = (
        within(by.institution_id, Holding, Holding.institution_id, Holding.person_id, literal(cause).label("cause"))
        .where(Holding.post_id.in_(posts), acts_on(day_in(by.timezone, at)))
        .distinct()
        .subquery()
    )
    values: dict[str, Any] = {
        "institution_id": literal(by.institution_id, Key),
        "person_id": told.c.person_id,
        "cause": literal(cause),
        "key": literal(key),
        "params": literal(about.get("params") or {}, Json),
        "document_id": _or_null(about.get("document_id")),
        "task_id": _or_null(about.get("task_id")),
        "obligation_id": _or_null(about.get("obligation_id")),
        "created_at": literal(at, Moment),
    }
    rows = select(*values.values()).select_from(told).where(told.c.person_id.is_not(None))
    db.session.execute(insert_new(Notice).from_select(list(values), rows).on_conflict_do_nothing())
    post_out(told, at)


def post_out(told: FromClause, at: datetime) -> None:
    """Put the notices of `told` (institution_id, person_id, cause) into the outbox, for persons with an address.

    They are found by person and cause, which is a key: what was told in other years is never looked through.
    """
    values = {
        "institution_id": Notice.institution_id,
        "notice_id": Notice.id,
        "state": literal(Sending.CREATED.value),
        "due_at": literal(at, Moment),
        "attempts": literal(0),
        "answer": literal(""),
    }
    same = (Notice.person_id == told.c.person_id) & (Notice.cause == told.c.cause)
    rows = (
        select(*values.values())
        .select_from(told)
        .join(Notice, (Notice.institution_id == told.c.institution_id) & same)
        .join(Person, Person.id == Notice.person_id)
        .where(Person.email.is_not(None))
    )
    db.session.execute(insert_new(Message).from_select(list(values), rows).on_conflict_do_nothing())


def leave_job(verb: str, *, key: str, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave work for another verb; the same key is left once."""
    db.session.execute(
        insert_new(Job)
        .values(
            institution_id=by.institution_id,
            verb=verb,
            key=key,
            payload=payload,
            state=Doing.WAITING,
            due_at=at,
            attempts=0,
            answer="",
        )
        .on_conflict_do_nothing()
    )


def _or_null(value: int | None) -> ColumnElement[Any]:
    return null() if value is None else literal(value, Key)
