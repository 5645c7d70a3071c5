"""A person's inbox, and the last time each bell ran."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, null, select

from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.notices.models import Doing, Job, Message, Notice, NoticeSetting, Pulse, Sending
from governance.notices.timing import Quiet
from governance.notices.topics import Topic, topics_in
from governance.people.actors import Actor
from governance.people.models import Institution, Person


@dataclass(frozen=True)
class Told:
    """A notice as pages and API show it; the sentence comes from `wording` in the reader's language."""

    id: int
    key: str
    params: dict[str, Any]
    document_id: int | None
    task_id: int | None
    obligation_id: int | None
    created_at: datetime
    read_at: datetime | None


def inbox(actor: Actor, *, after: int | None = None, limit: int = 50) -> tuple[list[Told], int | None]:
    """The person's notices, newest first, with the key of the next page (None at the end)."""
    rows = within(actor.institution_id, Notice).where(Notice.person_id == actor.person_id)
    if after is not None:
        rows = rows.where(Notice.id < after)
    found = db.session.scalars(rows.order_by(Notice.id.desc()).limit(limit + 1)).all()
    told = [_told(notice) for notice in found[:limit]]
    return told, (told[-1].id if len(found) > limit else None)


def notice(actor: Actor, notice_id: int) -> Told:
    """One of the person's own notices, or NotFound."""
    rows = within(actor.institution_id, Notice).where(Notice.id == notice_id, Notice.person_id == actor.person_id)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return _told(found)


def unread_count(institution_id: int, person_id: int) -> int:
    """How many notices the person has not read."""
    rows = within(institution_id, Notice, func.count(Notice.id))
    return db.session.scalar(rows.where(Notice.person_id == person_id, Notice.read_at.is_(None))) or 0


def head_and_foot(
    institution_id: int, person_id: int, also: ColumnElement[Any] | None = None
) -> tuple[int, datetime | None, Any]:
    """What stands on every page, in one statement: how many notices are unread, when the last scan was, and `also`."""
    scanned = select(Pulse.at).where(Pulse.bell == "scan").scalar_subquery()
    rows = within(institution_id, Notice, func.count(Notice.id), scanned, null() if also is None else also)
    unread, last_scan, more = db.session.execute(
        rows.where(Notice.person_id == person_id, Notice.read_at.is_(None))
    ).one()
    return unread, last_scan, more


@dataclass(frozen=True)
class Chosen:
    """What holds for a person's e-mail; `quiet` is None where he keeps the institution's."""

    email: str | None
    digest_at: int | None
    quiet: Quiet | None
    house_quiet: Quiet
    off: frozenset[Topic]


def chosen(actor: Actor) -> Chosen:
    """What the person chose, or what holds where he chose nothing."""
    own = NoticeSetting
    rows = (
        within(actor.institution_id, Person, Person.email, Institution.quiet_from, Institution.quiet_to, own)
        .join(Institution, Institution.id == Person.institution_id)
        .outerjoin(own, own.person_id == Person.id)
        .where(Person.id == actor.person_id)
    )
    email, quiet_from, quiet_to, row = db.session.execute(rows).one()
    house = Quiet(quiet_from, quiet_to)
    if row is None:
        return Chosen(email, None, None, house, frozenset())
    quiet = None if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_to)
    return Chosen(email, row.digest_at, quiet, house, topics_in(row.off))


def pulses() -> dict[str, datetime]:
    """When each bell last ran."""
    return dict(db.session.execute(select(Pulse.bell, Pulse.at)).all())


def left_by_scan() -> int:
    """How many rows the last scan had to leave, because they could not be done."""
    return db.session.scalar(select(Pulse.failed).where(Pulse.bell == "scan")) or 0


def standing() -> dict[str, dict[str, int]]:
    """How many messages and jobs of all institutions stand in each state; a state without any is 0."""
    told: dict[str, dict[str, int]] = {}
    for what, model, states in (("message", Message, Sending), ("job", Job, Doing)):
        rows = select(model.state, func.count()).group_by(model.state).execution_options(across=True)
        told[what] = {state.value: 0 for state in states} | {row[0].value: row[1] for row in db.session.execute(rows)}
    return told


@dataclass(frozen=True)
class Trouble:
    """Letters that did not go out, for the same reason; no names, for operators look at it."""

    state: Sending
    answer: str
    messages: int
    attempts: int
    due_at: datetime | None


def troubles() -> list[Trouble]:
    """What keeps letters of all institutions from going out, the commonest first; `due_at` is the next attempt."""
    count = func.count()
    rows = (
        select(Message.state, Message.answer, count, func.max(Message.attempts), func.min(Message.due_at))
        .where(Message.state.in_([Sending.FAILED_TEMPORARY, Sending.FAILED_PERMANENT]))
        .group_by(Message.state, Message.answer)
        .order_by(count.desc(), Message.state, Message.answer)
        .execution_options(across=True)
    )
    return [Trouble(*row) for row in db.session.execute(rows)]


def _told(notice: Notice) -> Told:
    return Told(
        id=notice.id,
        key=notice.key,
        params=notice.params,
        document_id=notice.document_id,
        task_id=notice.task_id,
        obligation_id=notice.obligation_id,
        created_at=notice.created_at,
        read_at=notice.read_at,
    )
