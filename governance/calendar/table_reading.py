"""Reading closed days from a table (csv): day, name, kind. Every row is a day, or a fault with its line and reason."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.calendar.entering import LONGEST_TEXT, NewDay
from governance.calendar.models import DayKind
from governance.calendar.words import MONTHS
from governance.kernel.errors import BadFile, TooLarge
from governance.kernel.texts import FORBIDDEN

LARGEST_FILE, MOST_ROWS = 256 * 1024, 400
FORMULA = ("=", "+", "-", "@")
DATED = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2}|[A-Za-z]+)[/.\-\s](\d{4})")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
COLUMNS = {
    "day": ("tanggal", "hari", "day", "date"),
    "name": ("nama", "keterangan", "name", "summary"),
    "kind": ("jenis", "kind"),
    "estimated": ("perkiraan", "estimated"),
    "source": ("sumber", "source"),
}
KINDS = {
    DayKind.PUBLIC: ("public", "libur nasional", "nasional"),
    DayKind.JOINT_LEAVE: ("joint_leave", "cuti bersama"),
    DayKind.LOCAL: ("", "local", "libur daerah", "daerah", "lokal"),
    DayKind.OPEN: ("open", "hari kerja", "tetap masuk"),
}


@dataclass(frozen=True)
class Row:
    """A day that was read, with the line of the file where it stands."""

    line: int
    new: NewDay


@dataclass(frozen=True)
class Fault:
    """A line from which no day was taken, and why (key, params)."""

    line: int
    key: str
    params: dict[str, Any] = field(default_factory=dict)


def text_of(data: bytes) -> str:
    """The file as text, or why it is none; UTF-8 alone, so that no name is garbled without a word."""
    if len(data) > LARGEST_FILE:
        raise TooLarge("calendar.file_large", limit=LARGEST_FILE // 1024)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("calendar.not_utf8") from None
    if "\x00" in text:
        raise BadFile("calendar.not_utf8")
    return text


def read_table(data: bytes) -> list[Row | Fault]:
    """The rows of a csv file with comma, semicolon or tab; a first line of column names may order them anew."""
    text = text_of(data)
    first = text.split("\n", 1)[0]
    mark = max(";\t,", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    read, places = list[Row | Fault](), {"day": 0, "name": 1, "kind": 2}
    try:
        for number, cells in enumerate(reader):
            if number == 0 and _names(cells):
                places = _names(cells)
            elif any(cell.strip() for cell in cells):
                read.append(_row(reader.line_num, cells, places))
            _require_few(len(read))
    except csv.Error:
        raise BadFile("calendar.not_csv", line=reader.line_num) from None
    if not read:
        raise BadFile("calendar.no_rows")
    return read


def _require_few(count: int) -> None:
    if count > MOST_ROWS:
        raise TooLarge("calendar.many_rows", limit=MOST_ROWS)


def _names(cells: list[str]) -> dict[str, int]:
    """Where each column stands, by a line of names; empty where the line is none."""
    found = dict[str, int]()
    for place, cell in enumerate(cells):
        for column, names in COLUMNS.items():
            if cell.strip().casefold() in names:
                found.setdefault(column, place)
    return found if "day" in found and "name" in found else {}


def _row(line: int, cells: list[str], places: dict[str, int]) -> Row | Fault:
    said = {name: cells[at].strip() for name, at in places.items() if at < len(cells)}
    day, name, kind = day_of(said.get("day", "")), plain(said.get("name", "")), kind_of(said.get("kind", ""))
    if said.get("estimated"):
        return Fault(line, "calendar.row_estimate")
    if day is None:
        return Fault(line, "calendar.row_day", {"said": _short(said.get("day", ""))})
    if kind is None:
        return Fault(line, "calendar.row_kind", {"said": _short(said.get("kind", ""))})
    return row_of(line, NewDay(day, name, kind, plain(said.get("source", ""))))


def row_of(line: int, new: NewDay) -> Row | Fault:
    """The row, or what is wrong with its words."""
    if not new.name:
        return Fault(line, "calendar.row_name")
    if len(new.name) > LONGEST_TEXT or len(new.source) > LONGEST_TEXT:
        return Fault(line, "calendar.row_long", {"limit": LONGEST_TEXT})
    if FORBIDDEN.search(new.name + new.source):
        return Fault(line, "calendar.row_characters")
    return Row(line, new)


def day_of(said: str) -> date | None:
    """2027-08-17, 17/8/2027, 17-08-2027 or 17 Agustus 2027; the day stands before the month, as it is written here."""
    try:
        if ISO.fullmatch(said):
            return date.fromisoformat(said)
        if found := DATED.fullmatch(said):
            return date(int(found[3]), _month(found[2]), int(found[1]))
    except ValueError:
        pass
    return None


def kind_of(said: str) -> DayKind | None:
    """The kind by its word; a day of which none is said is the region's own."""
    word = " ".join(said.casefold().split())
    return next((kind for kind, words in KINDS.items() if word in words), None)


def plain(text: str) -> str:
    """Words in one line, without the mark that keeps a spreadsheet from taking them for a formula."""
    text = " ".join(text.split())
    return text[1:] if text.startswith("'") and text[1:2] in FORMULA else text


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    names: Iterator[str] = (name.casefold() for name in MONTHS)
    return next((number for number, name in enumerate(names, 1) if name.startswith(said.casefold()[:3])), 0)


def _short(said: str) -> str:
    return FORBIDDEN.sub("?", said)[:40]
