"""Streams under a passphrase, in the format of age (age-encryption.org): its library does all that is secret here.

A fresh key pair is made for each stream; its private half, locked with the passphrase, stands first as armoured text.
The stream follows, encrypted to that pair. Memory does not grow with it, and a cut or changed stream does not open.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import BinaryIO, Protocol

import pyrage

from governance.kernel.errors import BadFile

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----\n"
END = b"-----END AGE ENCRYPTED FILE-----\n"
LONGEST_KEY = 4096


class Lines(Protocol):
    """A stream that begins with lines."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line."""


@contextmanager
def locking(sink: BinaryIO, passphrase: str) -> Iterator[BinaryIO]:
    """A stream to write to; what is written there reaches `sink` encrypted."""
    pair = pyrage.x25519.Identity.generate()
    sink.write(pyrage.passphrase.encrypt(str(pair).encode(), passphrase, armored=True))
    reading, writing = _pipe()
    flow = _Flow(lambda: pyrage.encrypt_io(reading, sink, [pair.to_public()]), reading)
    try:
        with writing:
            yield writing
    except BrokenPipeError:
        flow.end()  # Its own fault (a full disk) says more than the pipe that broke with it.
        raise
    finally:
        flow.join()
    flow.end()


@contextmanager
def unlocking(source: Lines, passphrase: str) -> Iterator[BinaryIO]:
    """A stream to read from; it gives what was encrypted in `source`, and ends in BadFile where that was changed."""
    pair = _key_of(source, passphrase)
    reading, writing = _pipe()
    flow = _Flow(lambda: pyrage.decrypt_io(source, writing, [pair]), writing)
    try:
        with reading:
            yield reading
    finally:
        flow.join()
    flow.end()


def _key_of(source: Lines, passphrase: str) -> pyrage.x25519.Identity:
    lines = b""
    while not lines.endswith(END):
        line = source.readline(LONGEST_KEY)
        if not line or len(lines) > LONGEST_KEY:
            raise BadFile("backup.changed")
        lines += line
    try:
        return pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(lines, passphrase).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError):
        raise BadFile("backup.wrong_passphrase") from None


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


class _Flow:
    """The library at work on a thread of its own; its end of the pipe is closed with it, so that nobody waits."""

    def __init__(self, work: Callable[[], None], end: BinaryIO) -> None:
        self._fault: Exception | None = None
        self._work, self._end = work, end
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until it is done."""
        self._thread.join()

    def end(self) -> None:
        """Wait until it is done, and say what went wrong."""
        self.join()
        if isinstance(self._fault, pyrage.EncryptError):
            raise OSError(str(self._fault)) from self._fault
        if self._fault is not None:
            raise BadFile("backup.changed") from self._fault

    def _run(self) -> None:
        try:
            self._work()
        except (OSError, pyrage.EncryptError, pyrage.DecryptError) as fault:
            self._fault = fault
        finally:
            with contextlib.suppress(OSError):
                self._end.close()
