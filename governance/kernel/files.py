"""Files kept by their sha256: written, forced to disk and renamed before the row that names them is committed.

The right to read a file hangs on the row that names it, never on knowing its hash.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from governance.kernel.errors import NotFound


@dataclass(frozen=True)
class Files:
    """The folder of content-addressed files."""

    folder: Path

    def keep(self, data: bytes) -> str:
        """Store `data` durably and return its sha256 in hex; the same bytes twice are stored once."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(sha256)
        if place.exists():
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{uuid4().hex}")
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place)
        _force(place.parent)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes with that sha256, or NotFound."""
        try:
            return self._place(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("refused.file_gone") from None

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _force(folder: Path) -> None:
    """Make a rename durable: the folder's own entry is forced to disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
