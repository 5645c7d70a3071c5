"""A zip written while it is sent: file by file, never whole in memory."""

import hashlib
import zipfile
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path

CHUNK = 64 * 1024


class _Pipe:
    """What a zip is written into: it is emptied again and again by whoever sends it on."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take what the zip writes."""
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """Nothing is open here."""

    def emptied(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self.waiting)
        self.waiting.clear()
        return found


class StreamedZip:
    """A zip under way; each act yields the bytes that can be sent on."""

    def __init__(self, made_at: datetime) -> None:
        self._pipe = _Pipe()
        self._zip = zipfile.ZipFile(self._pipe, "w", zipfile.ZIP_STORED)
        self._made_at = made_at

    def file(self, name: str, place: Path) -> Generator[bytes, None, str]:
        """A file as it lies on disk; its sha256 is what `yield from` gives."""
        digest = hashlib.sha256()
        with place.open("rb") as source, self._zip.open(self._info(name), "w") as member:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                member.write(chunk)
                yield self._pipe.emptied()
        yield self._pipe.emptied()
        return digest.hexdigest()

    def text(self, name: str, content: str) -> Generator[bytes, None, str]:
        """A text, packed; its sha256 is what `yield from` gives."""
        info, data = self._info(name), content.encode()
        info.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(info, data)
        yield self._pipe.emptied()
        return hashlib.sha256(data).hexdigest()

    def end(self) -> Iterator[bytes]:
        """The directory: without it there is no zip."""
        self._zip.close()
        yield self._pipe.emptied()

    def _info(self, name: str) -> zipfile.ZipInfo:
        made = self._made_at
        return zipfile.ZipInfo(name, (made.year, made.month, made.day, made.hour, made.minute, made.second))
