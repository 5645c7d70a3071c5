"""An SMTP server as a process of its own: `python -m tests.doors.post_office PORT BOOK` writes down what it took.

With a third word, a seed, it is a bad one: it defers, refuses and drops at every stage, as chance has it, and writes
down what it did with each letter that came as far as its text. Who has "nobody" in his address it never knows.
"""

import random
import re
import sys
import threading
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO, Any

from aiosmtpd.controller import Controller

LINK = re.compile(r"/notices/(\d+)")
TAKEN, TAKEN_THEN_DROPPED = "taken", "taken, then dropped"
DEEDS = (TAKEN, TAKEN_THEN_DROPPED, "dropped", "452 no room", "421 closing")


class Counter:
    """Takes every letter; its line is in the book before the answer leaves."""

    def __init__(self, book: IO[str]) -> None:
        self.book = book

    async def write(self, server: Any, session: Any, envelope: Any) -> str:
        head = BytesHeaderParser().parsebytes(envelope.content)
        self.book.write(f"{head['Message-ID']}\t{','.join(envelope.rcpt_tos)}\n")
        return "250 OK"

    handle_DATA = write  # noqa: N815 - the name that aiosmtpd calls


class Bad:
    """Takes about every second letter. A line of its book: Message-ID, address, what it did, the links of the text."""

    def __init__(self, book: IO[str], seed: int) -> None:
        self.book, self.chance = book, random.Random(seed)

    async def from_whom(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        if self.chance.random() < 0.1:
            server.transport.abort()
        return self.chance.choices(["250 OK", "451 greylisted", "550 not from you"], [8, 1, 1])[0]

    async def to_whom(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if "nobody" in address:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return self.chance.choices(["250 OK", "450 mailbox busy"], [8, 1])[0]

    async def write(self, server: Any, session: Any, envelope: Any) -> str:
        deed = self.chance.choices(
            [TAKEN, TAKEN_THEN_DROPPED, "dropped", "452 no room", "421 closing"], [5, 1, 1, 1, 1]
        )[0]
        head = BytesHeaderParser().parsebytes(envelope.content)
        links = ",".join(sorted(set(LINK.findall(envelope.content.decode())), key=int))
        self.book.write(f"{head['Message-ID']}\t{envelope.rcpt_tos[0]}\t{deed}\t{links}\n")
        if "dropped" in deed:
            server.transport.abort()
        return deed if deed[0].isdigit() else "250 OK"

    handle_MAIL, handle_RCPT, handle_DATA = from_whom, to_whom, write  # noqa: N815 - the names that aiosmtpd calls


def main() -> None:
    """Serve until killed."""
    port, book = int(sys.argv[1]), Path(sys.argv[2])
    with book.open("a", encoding="utf-8", buffering=1) as lines:
        handler = Bad(lines, int(sys.argv[3])) if len(sys.argv) > 3 else Counter(lines)
        Controller(handler, hostname="127.0.0.1", port=port).start()
        threading.Event().wait()


if __name__ == "__main__":
    main()
