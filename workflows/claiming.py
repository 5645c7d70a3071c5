"""Which letters of the outbox go now: claimed with a lease, put off to their hour, or needing to go no more."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, case, select, update

from governance.documents.models import Document, Secrecy
from governance.kernel.db import among, db
from governance.notices.models import Enclosure, Message, Notice, NoticeSetting, Sending
from governance.notices.timing import Quiet, Wishes, earliest
from governance.notices.topics import TERMS, topic_of
from governance.people.models import Institution, Person
from workflows.letters import Claim, Said

ACROSS = {"across": True}  # Letters of all institutions are sent by one hand.
PLAIN = {"synchronize_session": False}  # No letter is held as an object here.


@dataclass(frozen=True)
class Part:
    """Letters claimed together, in the hands of this process until their lease runs out; `looked`: at how many."""

    claims: Sequence[Claim]
    lease_until: datetime
    looked: int = 0


NOTHING = Part((), datetime.min.replace(tzinfo=UTC))


def claimed(now: datetime, lease_until: datetime, most: int) -> Part:
    """Take what is due and may go now, and what was in the hands of a process whose lease has run out."""
    due = select(Message.id).where(Message.due_at <= now).order_by(Message.due_at, Message.id).limit(most)
    ids = db.session.scalars(due.with_for_update(skip_locked=True).execution_options(**ACROSS)).all()
    if not ids:
        return NOTHING
    letters = db.session.execute(_letters(ids).execution_options(**ACROSS)).all()
    early = {row.id: moment for row in letters if (moment := _may_go(row, now)) > now}
    _put_off(early)
    ready = [row for row in letters if row.id not in early]
    said = _said(ready)
    _need_no_letter([row.id for row in ready if not said[row.id]])
    ready = [row for row in ready if said[row.id]]
    _take([row.id for row in ready], lease_until)
    claims = [
        Claim(row.id, row.attempts + 1, row.email, row.language, row.place, row.sort, tuple(said[row.id]))
        for row in ready
    ]
    return Part(claims, lease_until, len(ids))


def _letters(ids: Collection[int]) -> Select[Any]:
    """Each letter with its person, what holds for him, and its notice where it is of one."""
    own = NoticeSetting
    columns: tuple[Any, ...] = (
        Message.id, Message.attempts, Message.sort, Message.day, Message.notice_id,
        Person.email, Person.language, Institution.name.label("place"), Institution.timezone,
        Institution.quiet_from, Institution.quiet_to,
        own.digest_at, own.quiet_from.label("own_from"), own.quiet_to.label("own_to"),
        Notice.key, Notice.params, Document.secrecy,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Message)
        .join(Person, Person.id == Message.person_id)
        .join(Institution, Institution.id == Message.institution_id)
        .outerjoin(own, own.person_id == Message.person_id)
        .outerjoin(Notice, Notice.id == Message.notice_id)
        .outerjoin(Document, Document.id == Notice.document_id)
        .where(among(Message.id, ids))
        .order_by(Message.id)
    )


def _may_go(row: Row[Any], now: datetime) -> datetime:
    own = row.own_from is not None
    quiet = Quiet(row.own_from, row.own_to) if own else Quiet(row.quiet_from, row.quiet_to)
    if row.key is not None and TERMS[topic_of(row.key)].urgent:
        return now
    return earliest(now, row.timezone, Wishes(row.digest_at, quiet), row.sort, row.day)


def _said(rows: Collection[Row[Any]]) -> dict[int, list[Said]]:
    """What stands in each letter. What was read since is left out of one of several."""
    said = {row.id: [_one(row, row.notice_id)] if row.sort is None else [] for row in rows}
    several = [row.id for row in rows if row.sort is not None]
    if several:
        enclosed = (
            select(Enclosure.message_id, Notice.id, Notice.key, Notice.params, Document.secrecy)
            .join(Notice, Notice.id == Enclosure.notice_id)
            .outerjoin(Document, Document.id == Notice.document_id)
            .where(among(Enclosure.message_id, several), Notice.read_at.is_(None))
            .order_by(Notice.id)
        )
        for row in db.session.execute(enclosed.execution_options(**ACROSS)):
            said[row.message_id].append(_one(row, row.id))
    return said


def _one(row: Row[Any], notice_id: int) -> Said:
    return Said(notice_id, row.key, row.params, row.secrecy in (Secrecy.TERBATAS, Secrecy.RAHASIA))


def _put_off(early: dict[int, datetime]) -> None:
    same: dict[datetime, list[int]] = defaultdict(list)
    for key, moment in early.items():
        same[moment].append(key)
    for moment, ids in same.items():
        _change(ids, due_at=moment)


def _need_no_letter(ids: Sequence[int]) -> None:
    """All that they would say was read before they left."""
    if ids:
        _change(ids, state=Sending.DELIVERED, due_at=None)


def _take(ids: Sequence[int], lease_until: datetime) -> None:
    """What another process had in hand may be with the mail server already."""
    firm = case((Message.state == Sending.SENDING, True), else_=Message.firm)
    if ids:
        _change(ids, state=Sending.SENDING, due_at=lease_until, attempts=Message.attempts + 1, firm=firm)


def _change(ids: Sequence[int], **values: Any) -> None:
    db.session.execute(update(Message).where(among(Message.id, ids)).values(**values), execution_options=PLAIN)
