"""Files kept by their sha256: written, forced to disk and renamed before the row that names them is committed.

The right to read a file hangs on the row that names it, never on knowing its hash.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from governance.kernel.errors import NotFound

PREFIXES = tuple(f"{number:02x}" for number in range(256))
NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Files:
    """The folder of content-addressed files."""

    folder: Path

    def keep(self, data: bytes) -> str:
        """Store `data` durably and return its sha256 in hex; the same bytes twice are stored once."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self.place(sha256)
        if _touched(place):
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{uuid4().hex}")
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place)
        force(place.parent)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes with that sha256, or NotFound."""
        try:
            return self.place(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("refused.file_gone") from None

    def kept_under(self, prefix: str) -> Iterator[str]:
        """The names of the files that begin with these two letters."""
        folder = self.folder / prefix
        if folder.is_dir():
            yield from (entry.name for entry in folder.iterdir() if NAME.fullmatch(entry.name))

    def unfinished_under(self, prefix: str) -> Iterator[Path]:
        """What a process that died while it wrote or swept has left there."""
        yield from (self.folder / prefix).glob(".*")

    def is_whole(self, sha256: str) -> bool:
        """Whether the file's bytes still hash to its name."""
        try:
            with self.place(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def adopt(self, place: Path, sha256: str) -> None:
        """Take over a file already written and checked, from a folder on the same disk; a damaged one is replaced."""
        force(place)
        kept = self.place(sha256)
        kept.parent.mkdir(parents=True, exist_ok=True)
        place.rename(kept)
        force(kept.parent)

    def remove(self, sha256: str, *, older_than: float) -> int:
        """Remove a file that nobody has kept since that moment; the bytes freed.

        It is first moved aside: whoever keeps the same bytes meanwhile either finds the file gone and writes it anew,
        or has touched it, and then it is put back.
        """
        kept = self.place(sha256)
        aside = kept.with_name(f".{uuid4().hex}")
        try:
            kept.rename(aside)
        except FileNotFoundError:
            return 0
        found = aside.stat()
        if found.st_mtime >= older_than:
            aside.rename(kept)
            return 0
        aside.unlink()
        return found.st_size

    def place(self, sha256: str) -> Path:
        """Where the file with that sha256 stands, or would."""
        return self.folder / sha256[:2] / sha256


def _touched(place: Path) -> bool:
    """Whether the file is there; it is marked as wanted just now, so that no sweep takes it before its row commits."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def force(place: Path) -> None:
    """Force a file to disk, or a folder: only then is a rename in it durable."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
