"""Notices: read by their person; delivered by e-mail as claim, send, mark, the one exception to one transaction."""

import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import exists, or_, select, update
from sqlalchemy.exc import OperationalError

from governance.kernel.db import among, db, transaction, within
from governance.kernel.errors import NotFound
from governance.notices.models import Enclosure, Message, Notice, Pulse, Sending
from governance.people.actors import Actor
from governance.trail.record import record
from workflows import letters
from workflows.claiming import ACROSS, NOTHING, PLAIN, Part, claimed
from workflows.letters import Outcome, Written
from workflows.outside.mail import MailSettings

LEASE = timedelta(minutes=5)
AT_A_BELL = 600  # messages that one bell carries
IN_FLIGHT = 200  # claimed, sent and marked together: what a sudden death can repeat
LONGEST_BELL = timedelta(minutes=2)  # No letter is begun later; a slow mail server leaves the rest to the next bell.
TRIES, PAUSE_SECONDS = 3, 0.5  # What went out is known here alone: a database that was away for a moment is told again.

log = structlog.get_logger("mandat.notices")


def mark_read(notice_id: int, *, by: Actor, now: datetime) -> None:
    """The person has read a notice, so it has reached him; a second time changes nothing."""
    with transaction():
        mine = within(by.institution_id, Notice).where(Notice.id == notice_id, Notice.person_id == by.person_id)
        notice = db.session.scalar(mine)
        if notice is None:
            raise NotFound
        if notice.read_at is None:
            notice.read_at = now
            db.session.flush()
            _reached([notice.id], by)
            record("notice.read", by=by, about=("notice", notice.id), at=now)


def mark_all_read(*, by: Actor, now: datetime) -> None:
    """The person has read everything up to now."""
    with transaction():
        mine = within(by.institution_id, Notice, Notice.id).where(Notice.person_id == by.person_id)
        unread = db.session.scalars(mine.where(Notice.read_at.is_(None))).all()
        db.session.execute(update(Notice).where(among(Notice.id, unread)).values(read_at=now))
        _reached(unread, by)
        record("notice.all_read", by=by, about=("person", by.person_id or 0), at=now)


def deliver(
    *, now: datetime, mail: MailSettings, written: Written, most: int = AT_A_BELL, longest: timedelta = LONGEST_BELL
) -> int:
    """Send due messages: claimed in one transaction, sent outside any, marked in the next; returns how many were sent.

    The transaction that marks a part claims the following one. A part is claimed only when it is its turn and no
    letter is begun late, so that a lease outlasts its part however slow the server is. What may not go yet (quiet
    hours, the hour of a digest) is put off. `written` puts what a letter holds into words.
    """
    if not _anything_due(now):
        return 0
    began, room, sent = time.monotonic(), most, 0
    part, outcomes = NOTHING, list[Outcome]()
    with letters.opened(mail, written, closes_at=began + longest.total_seconds()) as post:
        while True:
            moment = now + timedelta(seconds=time.monotonic() - began)
            wanted = 0 if moment - now > longest else min(IN_FLIGHT, room)
            part = _turned(part, outcomes, moment + LEASE, wanted, now)
            if not part.looked:
                return sent
            outcomes = post.take(part.claims, moment)
            room -= len(part.claims)
            sent += sum(outcome.state is Sending.SENT for outcome in outcomes)


def pulse(bell: str, *, now: datetime, failed: int = 0) -> None:
    """Remember for /healthz that a bell ran, and how many rows it had to leave.

    No line in the trail, for nothing of an institution changes.
    """
    with transaction():
        row = db.session.get(Pulse, bell)
        if row is None:
            db.session.add(Pulse(bell=bell, at=now, failed=failed))
        else:
            row.at, row.failed = now, failed


def _reached(notice_ids: Sequence[int], by: Actor) -> None:
    """Their messages have arrived, or need not go out any more. One that can never go out still says so.

    A letter of several has arrived when all it holds was read; one that has not left stays, for more may join it.
    """
    mine = within(by.institution_id, Enclosure, Enclosure.message_id).where(among(Enclosure.notice_id, notice_ids))
    left = Message.state.in_([Sending.SENDING, Sending.SENT])
    unread = exists().where(
        Enclosure.message_id == Message.id, Notice.id == Enclosure.notice_id, Notice.read_at.is_(None)
    )
    open_ones = within(by.institution_id, Message, Message.id).where(
        or_(among(Message.notice_id, notice_ids), Message.id.in_(mine) & left & ~unread),
        Message.state.not_in([Sending.DELIVERED, Sending.FAILED_PERMANENT]),
    )
    held = open_ones.order_by(Message.id).with_for_update().cte("held")
    arrived = update(Message).where(Message.institution_id == by.institution_id, Message.id.in_(select(held.c.id)))
    values = {"state": Sending.DELIVERED, "due_at": None}
    db.session.execute(arrived.values(**values), execution_options=PLAIN)


def _anything_due(now: datetime) -> bool:
    """A look without a write: on SQLite a write would make every page wait, each second."""
    due = select(Message.id).where(Message.due_at <= now).order_by(Message.due_at).limit(1)
    return db.session.scalar(due.execution_options(**ACROSS)) is not None


def _turned(last: Part, outcomes: Sequence[Outcome], lease_until: datetime, most: int, now: datetime) -> Part:
    """One transaction: what became of the last part is marked, the next one claimed."""
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction():
                _mark(outcomes, last.lease_until)
                return claimed(now, lease_until, most) if most else NOTHING
        except OperationalError:
            if not tries_left:
                raise
            log.warning("the database was away, told again", messages=len(outcomes))
            time.sleep(PAUSE_SECONDS)
    return NOTHING


def _mark(outcomes: Sequence[Outcome], lease_until: datetime) -> None:
    """One UPDATE for all that went the same way; what is no longer in this part's lease is not touched.

    Rows are locked in the order of their keys, as everywhere, so that no two transactions wait for each other.
    """
    ours = select(Message.id).where(among(Message.id, [outcome.message_id for outcome in outcomes]))
    ours = ours.where(Message.state == Sending.SENDING, Message.due_at == lease_until).order_by(Message.id)
    held = set(db.session.scalars(ours.with_for_update().execution_options(**ACROSS))) if outcomes else set()
    same: dict[tuple[Sending, str, datetime | None, bool, bool], list[int]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.message_id in held:
            alike = (outcome.state, outcome.answer[:400], outcome.due_at, outcome.tried, outcome.firm)
            same[alike].append(outcome.message_id)
    for (state, answer, due_at, tried, firm), ids in same.items():
        values: dict[str, Any] = {"state": state, "due_at": due_at} | ({"firm": True} if firm else {})
        values |= {"answer": answer} if tried else {"attempts": Message.attempts - 1}
        db.session.execute(update(Message).where(among(Message.id, ids)).values(**values), execution_options=PLAIN)
