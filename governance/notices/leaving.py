"""Leaving a notice or a job: rows of the verb's own transaction; nothing is sent here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, exists, false, func, literal, null, or_, select

from governance.kernel.clock import day_in
from governance.kernel.db import Json, Key, Moment, db, insert_new, within
from governance.notices.gathering import gather
from governance.notices.models import Doing, Enclosure, Job, Message, Notice, NoticeSetting, Sending
from governance.notices.timing import Sort
from governance.notices.topics import TERMS, Topic, topic_of
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
    post_out(told, at, topic_of(key))


def post_out(told: FromClause, at: datetime, topic: Topic = Topic.REMINDERS) -> None:
    """Put the notices of `told` (institution_id, person_id, cause) into the outbox, for persons with an address.

    Each has its topic's way out: a letter of its own, a day's letter (what the ladder sends, unless it is said
    otherwise), or none where the person wants none. Notices are found by person and cause, which is a key: what was
    told in other years is never looked through.
    """
    terms = TERMS[topic]
    if terms.sort is not None:
        gather(told, at, terms.sort)
        return
    _post_one_by_one(told, at, topic)
    if terms.waits and _any_digest(told):
        gather(told, at, Sort.DIGEST, topic if terms.may_be_off else None)


def leave_many(names: list[str], rows: Select[Any], institution_ids: Collection[int], at: datetime) -> None:
    """Leave these notices of `at`, as the rows of an INSERT, and put each person's into the outbox.

    The new ones are found by their keys, which are higher than any there was: neither is it computed again who is
    told, nor looked through what was told before.
    """
    before = db.session.scalar(select(func.coalesce(func.max(Notice.id), 0)).execution_options(across=True))
    db.session.execute(insert_new(Notice).from_select(names, rows).on_conflict_do_nothing())
    told = select(Notice.institution_id, Notice.person_id, Notice.cause).where(
        Notice.id > before, Notice.institution_id.in_(institution_ids), Notice.created_at == at
    )
    post_out(told.subquery(), at)


def _post_one_by_one(told: FromClause, at: datetime, topic: Topic) -> None:
    values = {
        "institution_id": Notice.institution_id,
        "person_id": Notice.person_id,
        "notice_id": Notice.id,
        "state": literal(Sending.CREATED.value),
        "due_at": literal(at, Moment),
        "attempts": literal(0),
        "answer": literal(""),
        "firm": false(),
    }
    same = (Notice.person_id == told.c.person_id) & (Notice.cause == told.c.cause)
    rows = (
        select(*values.values())
        .select_from(told)
        .join(Notice, (Notice.institution_id == told.c.institution_id) & same)
        .join(Person, Person.id == Notice.person_id)
        .where(Person.email.is_not(None), *_not_wished_otherwise(topic))
    )
    db.session.execute(insert_new(Message).from_select(list(values), rows).on_conflict_do_nothing())


def _not_wished_otherwise(topic: Topic) -> list[ColumnElement[bool]]:
    """Nothing for a compulsory topic; else that it was neither put off nor switched off by the person."""
    terms = TERMS[topic]
    wishes: list[ColumnElement[bool]] = [NoticeSetting.digest_at.is_not(None)] if terms.waits else []
    wishes += [NoticeSetting.off.contains(f",{topic.value},")] if terms.may_be_off else []
    enclosed = exists().where(Enclosure.notice_id == Notice.id)
    return [~exists().where(NoticeSetting.person_id == Notice.person_id, or_(*wishes)), ~enclosed] if wishes else []


def _any_digest(told: FromClause) -> bool:
    """Whether anybody in these institutions has a digest at all; mostly none has, and all the rest is spared."""
    places = select(told.c.institution_id)
    wished = select(NoticeSetting.id).where(
        NoticeSetting.institution_id.in_(places), NoticeSetting.digest_at.is_not(None)
    )
    return db.session.scalar(wished.limit(1)) is not None


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
