"""The archive of a backup: a tar that says what it is first, lists the sha256 of every member last, and ends in a seal.

The seal is one block: the sha256 of all bytes before it, so that a cut or changed archive is refused before anything
is read from it, whether it is encrypted or not. `tar` and `sha256sum -c SHA256SUMS` read a plain one.
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from governance.kernel import passphrase as locks
from governance.kernel.errors import BadFile

FORMAT = 1
ABOUT, SUMS = "mandat-backup.json", "SHA256SUMS"
SEAL = b"MANDAT BACKUP sha256 "
BLOCK = 512  # tar's own, so that a plain archive stays whole blocks
CHUNK = 1024 * 1024
LONGEST_ABOUT = 64 * 1024


class Source(Protocol):
    """Anything that is read."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""


@dataclass(frozen=True)
class About:
    """What an archive says of itself, first of all."""

    made_at: str
    database: str
    migration: str
    format: int = FORMAT


class Writer:
    """Takes members one after the other; `close` writes their list."""

    def __init__(self, sink: BinaryIO, about: About) -> None:
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._tar: Any = tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)  # noqa: SIM115
        text = json.dumps(asdict(about), indent=2).encode()
        with tempfile.TemporaryFile() as file:
            file.write(text)
            file.seek(0)
            self.add(ABOUT, file, len(text))

    def add(self, name: str, source: Source, size: int) -> str:
        """Add `size` bytes of `source` under `name`; their sha256."""
        hashing = _Hashing(source)
        self._tar.addfile(_entry(name, size), hashing)
        self._tar.members.clear()  # It would remember every member it ever wrote.
        self._sums.write(_line(name, hashing.sha256))
        return hashing.sha256

    def close(self) -> None:
        """Write the list, and the end of the tar."""
        size = self._sums.tell()
        self._sums.seek(0)
        self._tar.addfile(_entry(SUMS, size), self._sums)
        self._sums.close()
        self._tar.close()


@contextmanager
def writing(place: Path, about: About, passphrase: str | None) -> Iterator[Writer]:
    """Write an archive to a new file at `place` that only its owner reads; `seal` completes it."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        if passphrase is None:
            writer = Writer(file, about)
            yield writer
            writer.close()
        else:
            with locks.locking(file, passphrase) as locked:
                writer = Writer(locked, about)
                yield writer
                writer.close()


def seal(place: Path) -> str:
    """Append the seal; the sha256 it names."""
    with place.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with place.open("ab") as file:
        file.write(_seal(sha256))
    return sha256


class Reader:
    """Gives members one after the other and checks each against the list, which must end the archive."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115 - `_compare` closes it
        try:
            self._tar: Any = tarfile.open(fileobj=cast(BinaryIO, source), mode="r|", bufsize=CHUNK)  # noqa: SIM115
        except tarfile.TarError:
            raise BadFile("backup.changed") from None
        self.about = self._read_about()

    def members(self) -> Iterator[tuple[str, "_Hashing"]]:
        """(name, stream) of each member; a stream must be read before the next is asked for."""
        while (entry := self._next()).name != SUMS:
            content = self._content(entry)
            yield entry.name, content
            while content.read(CHUNK):
                pass
            self._sums.write(_line(entry.name, content.sha256))
        self._compare(self._content(entry))
        while self._source.read(CHUNK):  # Only at its very end is an encrypted stream known to be whole.
            pass

    def _next(self) -> tarfile.TarInfo:
        try:
            entry: tarfile.TarInfo | None = self._tar.next()
        except (tarfile.TarError, ValueError):
            raise BadFile("backup.changed") from None
        if entry is None:
            raise BadFile("backup.changed")
        self._tar.members.clear()  # It would remember every member it ever saw.
        return entry

    def _content(self, entry: tarfile.TarInfo) -> "_Hashing":
        content = self._tar.extractfile(entry) if entry.isreg() else None
        if content is None:
            raise BadFile("backup.changed")
        return _Hashing(content)

    def _read_about(self) -> About:
        entry = self._next()
        if entry.name != ABOUT or entry.size > LONGEST_ABOUT:
            raise BadFile("backup.not_an_archive")
        content = self._content(entry)
        try:
            said: dict[str, Any] = json.loads(content.read(LONGEST_ABOUT))
            if said["format"] != FORMAT:
                raise BadFile("backup.newer_format")
            about = About(**said)
        except (ValueError, KeyError, TypeError):
            raise BadFile("backup.changed") from None
        self._sums.write(_line(ABOUT, content.sha256))
        return about

    def _compare(self, listed: "_Hashing") -> None:
        self._sums.seek(0)
        while True:
            ours = self._sums.read(CHUNK)
            if listed.read(max(len(ours), 1)) != ours:
                raise BadFile("backup.changed")
            if not ours:
                self._sums.close()
                return


@contextmanager
def reading(place: Path, passphrase: str | None) -> Iterator[Reader]:
    """Read an archive whose seal holds; BadFile says what is wrong with it."""
    locked = _require_sealed(place)
    if locked and passphrase is None:
        raise BadFile("backup.needs_passphrase")
    with place.open("rb") as file:
        source = _First(file, place.stat().st_size - BLOCK)
        if locked and passphrase is not None:
            with locks.unlocking(source, passphrase) as opened:
                yield Reader(opened)
        else:
            yield Reader(source)


def _require_sealed(place: Path) -> bool:
    """Whether it is encrypted; BadFile where it is no archive, was cut or was changed."""
    with place.open("rb") as file:
        start = file.read(BLOCK)
        locked = start.startswith(locks.BEGIN)
        if not locked and not start.startswith(ABOUT.encode() + b"\0"):
            raise BadFile("backup.not_an_archive")
        size = place.stat().st_size - BLOCK
        file.seek(max(size, 0))
        found = file.read()
        if size < BLOCK or not found.startswith(SEAL):
            raise BadFile("backup.cut")
        file.seek(0)
        sealed = _Hashing(_First(file, size))
        while sealed.read(CHUNK):
            pass
        if found != _seal(sealed.sha256):
            raise BadFile("backup.changed")
    return locked


def _seal(sha256: str) -> bytes:
    return (SEAL + sha256.encode()).ljust(BLOCK - 1) + b"\n"


def _line(name: str, sha256: str) -> bytes:
    return f"{sha256}  {name}\n".encode()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


class _First:
    """The first bytes of a file, up to its seal."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file, self._left = file, left

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def readline(self, size: int = -1) -> bytes:
        """The next line."""
        line = self._file.readline(self._left if size < 0 else min(size, self._left))
        self._left -= len(line)
        return line


class _Hashing:
    """A stream that is hashed as it is read."""

    def __init__(self, source: Source) -> None:
        self._source, self._digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        try:
            data = self._source.read(size)
        except tarfile.TarError:  # The archive ends in the middle of this member.
            raise BadFile("backup.changed") from None
        self._digest.update(data)
        return data

    @property
    def sha256(self) -> str:
        """Of all that was read."""
        return self._digest.hexdigest()

    def pour(self, place: Path) -> None:
        """Write all that is left to a new file."""
        with place.open("xb") as file:
            shutil.copyfileobj(self, file, CHUNK)
