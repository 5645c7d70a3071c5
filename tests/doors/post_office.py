"""An SMTP server as a process of its own: `python -m tests.doors.post_office PORT BOOK` writes down what it took."""

import sys
import threading
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO, Any

from aiosmtpd.controller import Controller


class Counter:
    """Takes every letter; its line is in the book before the answer leaves."""

    def __init__(self, book: IO[str]) -> None:
        self.book = book

    async def write(self, server: Any, session: Any, envelope: Any) -> str:
        head = BytesHeaderParser().parsebytes(envelope.content)
        self.book.write(f"{head['Message-ID']}\t{','.join(envelope.rcpt_tos)}\n")
        return "250 OK"

    handle_DATA = write  # noqa: N815 - the name that aiosmtpd calls


def main() -> None:
    """Serve until killed."""
    port, book = int(sys.argv[1]), Path(sys.argv[2])
    with book.open("a", encoding="utf-8", buffering=1) as lines:
        Controller(Counter(lines), hostname="127.0.0.1", port=port).start()
        threading.Event().wait()


if __name__ == "__main__":
    main()
