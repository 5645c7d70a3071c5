"""Notices: read by their person; delivered by e-mail as claim, send, mark, the one exception to one transaction."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from governance.kernel.db import db, transaction, within
from governance.kernel.errors import NotFound
from governance.notices.models import Message, Notice, Pulse, Sending
from governance.people.actors import Actor
from governance.people.models import Institution, Person
from governance.trail.record import record
from workflows.outside.mail import Letter, MailSettings, Refused, TryLater, send

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 10
AT_ONCE = 4
LINK = "{link}"
AT_A_BELL = 600  # messages that one bell carries
IN_FLIGHT = 100  # claimed, sent and marked together: what a sudden death can repeat
LONGEST_BELL = timedelta(minutes=2)  # a slow mail server leaves the rest to the next bell

Written = Callable[[str, dict[str, Any], str], tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt."""

    message_id: int
    state: Sending
    answer: str = ""
    due_at: datetime | None = None


def mark_read(notice_id: int, *, by: Actor, now: datetime) -> None:
    """The person has read a notice; a second time changes nothing."""
    with transaction():
        rows = within(by.institution_id, Notice).where(Notice.id == notice_id, Notice.person_id == by.person_id)
        notice = db.session.scalar(rows)
        if notice is None:
            raise NotFound
        if notice.read_at is None:
            notice.read_at = now
            record("notice.read", by=by, about=("notice", notice.id), at=now)


def mark_all_read(*, by: Actor, now: datetime) -> None:
    """The person has read everything up to now."""
    with transaction():
        mine = (Notice.institution_id == by.institution_id) & (Notice.person_id == by.person_id)
        db.session.execute(update(Notice).where(mine, Notice.read_at.is_(None)).values(read_at=now))
        record("notice.all_read", by=by, about=("person", by.person_id or 0), at=now)


def deliver(*, now: datetime, mail: MailSettings, written: Written, most: int = AT_A_BELL) -> int:
    """Send due messages: claimed in one transaction, sent outside any, marked in another; returns how many were sent.

    A part is claimed only when it is its turn, so that a lease outlasts its part however slow the server is.

    `written` turns (key, params, language) into subject and text, and is handed the link as params["link"].
    """
    began, taken, sent = time.monotonic(), 0, 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while taken < most and (passed := timedelta(seconds=time.monotonic() - began)) < LONGEST_BELL:
            claimed = _claimed(now, now + passed + LEASE, min(IN_FLIGHT, most - taken))
            if not claimed:
                break
            letters = _letters(claimed, mail, written)
            outcomes = list(pool.map(lambda one: _sent(one[0], one[1], one[2], now, mail), letters))
            with transaction():
                _mark(outcomes)
            taken += len(claimed)
            sent += sum(outcome.state is Sending.SENT for outcome in outcomes)
    return sent


def pulse(bell: str, *, now: datetime) -> None:
    """Remember that a bell ran, for /healthz; no line in the trail, for nothing of an institution changes."""
    with transaction():
        row = db.session.get(Pulse, bell)
        if row is None:
            db.session.add(Pulse(bell=bell, at=now))
        else:
            row.at = now


def _claimed(now: datetime, lease_until: datetime, most: int) -> Sequence[int]:
    free = or_(Message.state == Sending.CREATED, (Message.state == Sending.SENDING) & (Message.lease_until < now))
    due = select(Message.id).where(free, Message.due_at <= now).order_by(Message.due_at, Message.id).limit(most)
    if not db.session.scalars(due.execution_options(across=True)).first():
        return []
    with transaction():
        ids = db.session.scalars(due.with_for_update(skip_locked=True).execution_options(across=True)).all()
        taken = {"state": Sending.SENDING, "lease_until": lease_until, "attempts": Message.attempts + 1}
        db.session.execute(update(Message).where(Message.id.in_(ids)).values(**taken))
    return ids


def _letters(ids: Sequence[int], mail: MailSettings, written: Written) -> list[tuple[int, int, Letter]]:
    """The letters of these messages. Many are told the same: that is put into words once, with a place for the link."""
    rows = (
        select(Message.id, Message.attempts, Notice.id, Notice.key, Notice.params)
        .add_columns(Person.email, Person.language, Institution.name)
        .join(Notice, Notice.id == Message.notice_id)
        .join(Person, Person.id == Notice.person_id)
        .join(Institution, Institution.id == Message.institution_id)
        .where(Message.id.in_(ids))
        .order_by(Message.id)
        .execution_options(across=True)
    )
    letters, known = [], dict[tuple[str, str, str, str], tuple[str, str]]()
    for message_id, attempts, notice_id, key, params, email, language, institution in db.session.execute(rows).all():
        same = (key, repr(params), language, institution)
        if same not in known:
            known[same] = written(key, params | {"link": LINK, "institution": institution}, language)
        subject, text = known[same]
        text = text.replace(LINK, f"{mail.base_url}/notices/{notice_id}")
        letters.append((message_id, attempts, Letter(f"mandat-{message_id}", email or "", subject, text)))
    return letters


def _sent(message_id: int, attempts: int, letter: Letter, now: datetime, mail: MailSettings) -> Outcome:
    try:
        send(letter, mail)
    except Refused as refusal:
        return Outcome(message_id, Sending.FAILED, str(refusal))
    except TryLater as delay:
        if attempts >= MOST_ATTEMPTS:
            return Outcome(message_id, Sending.FAILED, str(delay))
        return Outcome(message_id, Sending.CREATED, str(delay), now + timedelta(seconds=30 * 2 ** min(attempts, 8)))
    return Outcome(message_id, Sending.SENT)


def _mark(outcomes: Sequence[Outcome]) -> None:
    """One UPDATE for all that went the same way."""
    same: dict[tuple[Sending, str, datetime | None], list[int]] = defaultdict(list)
    for outcome in outcomes:
        same[outcome.state, outcome.answer[:400], outcome.due_at].append(outcome.message_id)
    for (state, answer, due_at), ids in same.items():
        values: dict[str, Any] = {"state": state, "answer": answer, "lease_until": None}
        if due_at is not None:
            values["due_at"] = due_at
        db.session.execute(update(Message).where(Message.id.in_(ids)).values(**values))
