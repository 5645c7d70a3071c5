"""The heads of the trails, kept outside the database, so that a tail cut there is found."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from governance.trail.chain import Line


@dataclass
class Anchors:
    """A folder with one growing file per institution; each line is "number hash". Nothing is kept before `keep_in`."""

    folder: Path | None = None

    def keep_in(self, folder: Path) -> None:
        """Choose the folder; done once, when the program is put together."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def drop(self, institution_id: int, number: int, sha256: str) -> None:
        """Write down a head that is committed."""
        if self.folder is None:
            return
        with (self.folder / str(institution_id)).open("ab+") as file:
            if not _ends_whole(file):
                file.write(b"\n")
            file.write(f"{number} {sha256}\n".encode())
            file.flush()
            os.fsync(file.fileno())

    def newest(self, institution_id: int) -> Line | None:
        """The anchor with the highest number; an unfinished last line (power lost while writing) is passed over."""
        place = self.folder / str(institution_id) if self.folder else None
        if place is None or not place.exists():
            return None
        return max(read_anchors(place.read_text()), key=lambda line: line.number, default=None)

    def hashes(self, institution_id: int) -> dict[int, str]:
        """Every head that was written down, by its number; empty where none was."""
        place = self.folder / str(institution_id) if self.folder else None
        if place is None or not place.exists():
            return {}
        return {line.number: line.hash for line in read_anchors(place.read_text())}


def read_anchors(text: str) -> list[Line]:
    """The whole lines of a file of anchors."""
    entries = (line.split() for line in text.splitlines())
    return [
        Line(int(entry[0]), "", entry[1])
        for entry in entries
        if len(entry) == 2 and len(entry[1]) == 64 and entry[0].isdecimal()
    ]


def _ends_whole(file: BinaryIO) -> bool:
    """Whether the last line was written to its end; power may fail in the middle of one."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


anchors = Anchors()
