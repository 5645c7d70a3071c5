"""What may be handed in as a file: told by its content and its name's ending, never by what a browser says; pure."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable

MOST_FILES = 20
LARGEST_MB = 20
LONGEST_NAME = 200
OFFICE = "application/vnd.openxmlformats-officedocument"
BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
INSIDE = {
    "word/document.xml": f"{OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet",
}
TEXTS = {".csv": "text/csv", ".txt": "text/plain"}


@dataclass(frozen=True)
class FilePart:
    """A file that was handed in for `want`; "" where it only comes along."""

    name: str
    data: bytes
    want: str = ""


def media_of(file: FilePart) -> str:
    """The media type by its content; "" for what is not taken. Office files with macros are not taken."""
    for beginning, media in BEGINNINGS.items():
        if file.data.startswith(beginning):
            return media
    if file.data.startswith(b"PK\x03\x04"):
        return _office_media(file.data)
    return _text_media(file)


def file_problems(files: Sequence[FilePart]) -> list[Problem]:
    """What is wrong with the files, each with what to do."""
    problems = []
    if len(files) > MOST_FILES:
        problems.append(Problem("files", "task.too_many_files", {"limit": MOST_FILES}))
    for file in files:
        place, told = file.want or "files", {"name": file.name[:80]}
        if len(file.name) > LONGEST_NAME or not file.name or unprintable(place, file.name):
            problems.append(Problem(place, "task.file_name", {"name": ascii(file.name[:80])}))
        if len(file.data) > LARGEST_MB * 1024 * 1024:
            problems.append(Problem(place, "task.file_large", told | {"limit": LARGEST_MB}))
        elif not media_of(file):
            problems.append(Problem(place, "task.file_kind", told))
    return problems


def _office_media(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    return next((media for name, media in INSIDE.items() if name in names), "")


def _text_media(file: FilePart) -> str:
    media = next((media for ending, media in TEXTS.items() if file.name.lower().endswith(ending)), "")
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text else media
