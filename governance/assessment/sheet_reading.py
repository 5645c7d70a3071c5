"""A cycle's workbook as it came back: its rows by sheet, what it began with, and what is wrong with its build."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.assessment.sheet_cells import Written, shown
from governance.assessment.sheet_layout import (
    FIRST_ROW,
    FORMAT,
    MOST_ROWS,
    ORIGIN,
    Layout,
    Place,
    stage_headed,
)
from governance.documents.package import LARGEST_FILE, Package
from governance.documents.workbooks import GAVE_UP, column_letters, harmless, opened_book
from governance.kernel.errors import BadFile, Invalid, Problem, TooLarge

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format itself
BESIDE = 20  # columns beyond the asked ones that are looked at
MOST_BASE = 20_000
MOST_NAMED = 20  # of merged or hidden places in one sheet
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,25})"')
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
NUMBER = {name: re.compile(rb"\s" + name.encode() + rb'="(\d{1,7})"') for name in ("r", "min")}
BROKEN = {
    "file.encrypted": "sheet.locked",
    "file.bomb": "sheet.bomb",
    "file.macro": "sheet.macro",
    "file.not_docx": "sheet.kind",
}


@dataclass
class RowRead:
    """A row that holds anything: its cells by the column's key."""

    number: int
    cells: dict[str, Written] = field(default_factory=dict)


@dataclass
class BookRead:
    """What came: the rows of each sheet; `base` is what the workbook held when it was made."""

    rows: dict[str, list[RowRead]] = field(default_factory=dict)
    base: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(data: bytes, name: str, layouts: Sequence[Layout], cycle_id: int) -> BookRead:
    """The workbook; Invalid where it is none that can be opened or not this cycle's. Nothing in it is computed."""
    told = {"name": name[:80]}
    try:
        package = harmless(data)
        return _read(package, data, layouts, cycle_id)
    except TooLarge:
        raise Invalid(Problem("file", "sheet.large", told | {"limit": LARGEST_FILE // (1024 * 1024)})) from None
    except BadFile as wrong:
        raise Invalid(Problem("file", BROKEN.get(wrong.key, "sheet.broken"), told)) from None
    except GAVE_UP:
        raise Invalid(Problem("file", "sheet.broken", told)) from None


def _read(package: Package, data: bytes, layouts: Sequence[Layout], cycle_id: int) -> BookRead:
    book = opened_book(data)
    if ORIGIN not in book.sheetnames:
        raise Invalid(Problem("file", "sheet.no_origin", {"sheet": ORIGIN}))
    found = BookRead(base=_origin(book[ORIGIN], cycle_id))
    for layout in layouts:
        if layout.name not in book.sheetnames:
            found.problems.append(Problem(layout.name, "sheet.missing", {"sheet": layout.name}))
            continue
        sheet: Any = book[layout.name]
        sheet.reset_dimensions()  # What a file says of its own size is not believed.
        found.problems += _build_problems(layout, package.content(str(sheet._worksheet_path).lstrip("/")))
        _take(layout, sheet, found)
    return found


def _origin(sheet: Any, cycle_id: int) -> dict[Place, str]:
    """What the workbook began with; Invalid where it is another cycle's or of a format that is not known here."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_row=MOST_BASE, max_col=4, values_only=True)
    head = dict(_pair(next(rows, ())) for _line in range(2))
    if head.get("format") != FORMAT:
        raise Invalid(Problem("file", "sheet.format", {"sheet": ORIGIN}))
    if head.get("cycle") != str(cycle_id):
        raise Invalid(Problem("file", "sheet.other_cycle"))
    return {(str(row[0]), str(row[1]), str(row[2])): str(row[3]) for row in rows if len(row) == 4 and row[3]}


def _pair(row: Sequence[Any]) -> tuple[str, str]:
    return (str(row[0]), str(row[1])) if len(row) > 1 else ("", "")


def _build_problems(layout: Layout, content: bytes) -> Iterator[Problem]:
    """Merged cells and what is hidden: a person could not see what is taken from there."""
    for merged in MERGED.findall(content)[:MOST_NAMED]:
        cell = f"{layout.name}!{merged.decode()}"
        yield Problem(cell, "sheet.merged", {"cell": cell})
    for pattern, attribute, key in ((ROW, "r", "sheet.hidden_row"), (COLUMN, "min", "sheet.hidden_column")):
        hidden = [tag for tag in pattern.findall(content) if HIDDEN.search(tag)][:MOST_NAMED]
        for found in filter(None, (NUMBER[attribute].search(tag) for tag in hidden)):
            number = int(found[1])
            where = str(number) if attribute == "r" else column_letters(number)
            yield Problem(f"{layout.name}!{where}", key, {"sheet": layout.name, "where": where})


def _take(layout: Layout, sheet: Any, found: BookRead) -> None:
    heading = next(sheet.iter_rows(min_row=1, max_row=1, max_col=LAST_COLUMN), ())
    wrong = list(_heading_problems(layout, heading))
    found.problems += wrong
    if any(one.params["label"] for one in wrong):
        return  # A value would be read as another's.
    rows = found.rows.setdefault(layout.name, [])
    for number, row in enumerate(sheet.iter_rows(FIRST_ROW, LAST_ROW, 1, len(layout.columns) + BESIDE), FIRST_ROW):
        if not any(_holds(cell.value) for cell in row):
            continue
        if len(rows) >= MOST_ROWS:
            told = {"sheet": layout.name, "limit": MOST_ROWS}
            found.problems.append(Problem(layout.name, "sheet.too_many_rows", told))
            return
        rows.append(_row(layout, number, row, found.problems))


def _row(layout: Layout, number: int, row: Sequence[Any], problems: list[Problem]) -> RowRead:
    kept = RowRead(number)
    for place, cell in enumerate(row):
        if not _holds(cell.value):
            continue
        at = f"{layout.name}!{column_letters(place + 1)}{number}"
        if place < len(layout.columns):
            kept.cells[layout.columns[place].key] = Written(at, cell.value, cell.data_type)
        else:
            problems.append(Problem(at, "sheet.beyond", {"cell": at, "value": shown(cell.value)}))
    return kept


def _holds(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


def _heading_problems(layout: Layout, heading: Sequence[Any]) -> Iterator[Problem]:
    known = [_loose(column.label) for column in layout.columns]
    for place in range(max(len(known), len(heading))):
        written = shown(heading[place].value or "") if place < len(heading) else ""
        asked = layout.columns[place].label if place < len(known) else ""
        if _loose(written) == _loose(asked):
            continue
        cell = f"{layout.name}!{column_letters(place + 1)}1"
        told = {"cell": cell, "value": written, "label": asked}
        if _loose(written) not in known and stage_headed(written) is not None:
            yield Problem(cell, "sheet.other_stage", told)
        elif not asked:
            yield Problem(cell, "sheet.beyond", told)
        else:
            yield Problem(cell, "sheet.heading" if written else "sheet.heading_missing", told)


def _loose(text: str) -> str:
    return " ".join(text.split()).casefold()
