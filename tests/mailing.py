"""A mail server of the tests' own, which takes, defers, refuses and drops as it is told; and notices left for it."""

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller

from governance.kernel.db import transaction
from governance.notices.leaving import leave
from governance.people.actors import system
from tests.founded import NOW
from tests.world import Someone, World
from web.letters import letter_told
from workflows import notice_wishes, notices
from workflows.notice_wishes import Wish
from workflows.outside.mail import MailSettings

WIB = ZoneInfo("Asia/Jakarta")


@dataclass
class Office:
    """A mail server that answers as it is told: one answer per letter, then it takes everything."""

    answers: list[str] = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    to_sender: str = ""
    meanwhile: Callable[[], None] = lambda: None
    seconds: float = 0.0

    async def from_whom(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self.to_sender or "250 OK"

    handle_MAIL = from_whom  # noqa: N815 - the name that aiosmtpd calls

    async def answer(self, server: Any, session: Any, envelope: Any) -> str:
        self.lines.add(session.peer[1])
        await asyncio.sleep(self.seconds)
        await asyncio.to_thread(self.meanwhile)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer in ("250 OK", "taken, then dropped"):
            self.taken.append(message_from_bytes(envelope.content))
        if "dropped" in answer:
            server.transport.abort()
        return answer if answer[0].isdigit() else "250 OK"

    handle_DATA = answer  # noqa: N815 - the name that aiosmtpd calls


@contextmanager
def opened() -> Iterator[tuple[Office, MailSettings]]:
    """A real SMTP server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Office()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, MailSettings("mandat@serang.example", "https://mandat.example", "127.0.0.1", port, timeout=5)
    controller.stop()


def deliver(mail: MailSettings, now: datetime = NOW) -> int:
    return notices.deliver(now=now, mail=mail, written=letter_told)


def body(letter: Message, kind: str = "plain") -> str:
    """What a letter says as text, or as HTML."""
    (part,) = [one for one in letter.walk() if one.get_content_type() == f"text/{kind}"]
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Serang."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB).astimezone(UTC)


def tell(someone: Someone, key: str, moment: datetime = NOW, cause: str = "", **params: Any) -> None:
    """What a verb leaves for the holder of a post."""
    actor = someone.actor
    with transaction():
        by = system(actor.institution_id, actor.timezone)
        told = cause or sha256(f"{key}:{moment.isoformat()}:{params}".encode()).hexdigest()
        leave([actor.post_id or 0], key, by=by, at=moment, cause=told, params=params)


def remind(someone: Someone, moment: datetime = NOW, which: str = "a") -> None:
    """A reminder of the ladder, known by one word."""
    params = {"mandate": f"Mandat {which}", "stage": "", "year": 2026, "due_on": "2026-12-01"}
    tell(someone, "reminder.due", moment, **params)


def choose(someone: Someone, wish: Wish, now: datetime = NOW) -> None:
    """What a person chooses of e-mail."""
    notice_wishes.choose(wish, by=someone.actor, now=now)


def states(world: World) -> list[str]:
    """Where each letter stands, the oldest first."""
    return [state for (state,) in world.rows("SELECT state FROM message ORDER BY id")]


def reminded(letter: Message) -> list[str]:
    """Which reminders stand in a letter."""
    return re.findall(r"Mandat (\w+) tahun", body(letter))
