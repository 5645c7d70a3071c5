"""A table that is asked for, as an .xlsx: the form an office fills in, and what came back, judged cell by cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from governance.documents import workbooks
from governance.documents.package import Package
from governance.documents.workbooks import GAVE_UP, choices_from, day_of_serial, harmless, new_book, opened_book, saved
from governance.kernel.errors import BadFile, Problem, TooLarge
from governance.tasks.handing_in import LARGEST_MB
from governance.tasks.wants import FIRST_ROW, MOST_ROWS, Cell, Column, Want, letters

FILLED_IN, GUIDE, CHOICES = "Isian", "Petunjuk", "Pilihan"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format itself
BESIDE = 20  # columns beyond the asked ones that are looked at in every row
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number and no more
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,25})"')
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
THOUSANDS = re.compile(r"-?\d{1,3}([.,]\d{3})+", re.ASCII)
BROKEN = {
    "file.encrypted": "task.sheet_locked",
    "file.bomb": "task.sheet_bomb",
    "file.macro": "task.sheet_macro",
    "file.not_docx": "task.sheet_kind",
}
TAKES = {
    Cell.TEXT: "teks",
    Cell.NUMBER: "bilangan, tanpa titik ribuan",
    Cell.DAY: "tanggal, misalnya 30/11/2026",
    Cell.CHOICE: "pilih salah satu",
}


@dataclass
class Sheet:
    """What a file holds: rows as texts, blank ones kept so that each cell keeps its name; and what no row can hold."""

    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def template(want: Want, rows: Iterable[Mapping[str, str]] = ()) -> bytes:
    """The form to fill in: headings, a list to choose from where a column has one, what each takes, and `rows`."""
    book = new_book()
    sheet, guide, choices = book.active, book.create_sheet(GUIDE), book.create_sheet(CHOICES)
    sheet.title, choices.sheet_state, sheet.freeze_panes = FILLED_IN, "hidden", "A2"
    _write(guide, 1, ("Kolom", "Judul", "Diisi dengan", "Wajib", "Pilihan"), bold=True)
    for place, column in enumerate(want.columns):
        _lay_out(sheet, choices, place, column)
        told = (letters(place), column.label, TAKES[column.cell], "ya" if column.required else "tidak")
        _write(guide, place + 2, (*told, "; ".join(column.options)))
    for name, width in zip("ABCDE", (8, 34, 30, 8, 60), strict=True):
        guide.column_dimensions[name].width = width
    for number, row in enumerate(rows, FIRST_ROW):
        _write(sheet, number, [_value(column, row.get(column.key, "")) for column in want.columns])
    return saved(book)


def read(want: Want, data: bytes, name: str = "") -> Sheet:
    """The rows of an office's file. What is wrong is told by cell; nothing that came in is computed or believed."""
    told = {"name": name[:80] or want.label}
    try:
        return _read(want, data, harmless(data))
    except TooLarge:
        return Sheet(problems=[Problem(want.key, "task.file_large", told | {"limit": LARGEST_MB})])
    except BadFile as wrong:
        key = BROKEN.get(wrong.key, "task.sheet_broken")
        return Sheet(problems=[Problem(want.key, key, told)])
    except GAVE_UP:
        return Sheet(problems=[Problem(want.key, "task.sheet_broken", told)])  # The reader gave up: it is no sheet.


def _read(want: Want, data: bytes, package: Package) -> Sheet:
    book = opened_book(data)
    if not book.worksheets:
        raise BadFile("file.broken", member="")
    sheet: Any = book[FILLED_IN] if FILLED_IN in book.sheetnames else book.worksheets[0]
    sheet.reset_dimensions()  # What a file says of its own size is not believed.
    heading = next(sheet.iter_rows(min_row=1, max_row=1, max_col=LAST_COLUMN), ())
    found = Sheet(problems=_heading_problems(want, heading))
    if found.problems:
        return found
    path = str(sheet._worksheet_path).lstrip("/")  # The reader's only word on which part this is.
    for merged in MERGED.findall(package.content(path))[:BESIDE]:
        found.problems.append(Problem(want.key, "task.sheet_merged", {"cell": merged.decode()}))
    for number, row in _filled(sheet, len(want.columns)):
        if number >= FIRST_ROW + MOST_ROWS:
            return Sheet(problems=[Problem(want.key, "task.too_many_rows", {"limit": MOST_ROWS})])
        found.rows += [{} for _blank in range(number - FIRST_ROW - len(found.rows))]
        found.rows.append(_row(want, number, row, found.problems))
    return found


def _filled(sheet: Any, width: int) -> Iterator[tuple[int, Sequence[Any]]]:
    """Every row below the headings that holds anything, with its number."""
    rows = sheet.iter_rows(min_row=FIRST_ROW, max_row=LAST_ROW, max_col=width + BESIDE)
    for number, row in enumerate(rows, FIRST_ROW):
        if any(_holds(cell.value) for cell in row):
            yield number, row


def _holds(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


def _heading_problems(want: Want, heading: Sequence[Any]) -> list[Problem]:
    """The headings must be those that were asked, in their order: else a value would be read as another's."""
    problems = []
    for place, column in enumerate(want.columns):
        written = _plain(heading[place].value) if place < len(heading) else ""
        if written.casefold() != _plain(column.label).casefold():
            told = {"cell": f"{letters(place)}1", "label": column.label, "value": written[:60]}
            key = "task.sheet_heading" if written else "task.sheet_heading_missing"
            problems.append(Problem(f"{want.key}.{told['cell']}", key, told))
    beyond = [(place, cell) for place, cell in enumerate(heading) if place >= len(want.columns) and _holds(cell.value)]
    for place, cell in beyond[:BESIDE]:
        told = {"cell": f"{letters(place)}1", "value": _plain(cell.value)[:60]}
        problems.append(Problem(f"{want.key}.{told['cell']}", "task.sheet_beyond", told))
    return problems


def _plain(value: Any) -> str:
    return " ".join(str(value if value is not None else "").split()).removesuffix("*").strip()


def _row(want: Want, number: int, row: Sequence[Any], problems: list[Problem]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for place, cell in enumerate(row):
        if not _holds(cell.value):
            continue
        name = f"{letters(place)}{number}"
        if place >= len(want.columns):
            told = {"cell": name, "value": _plain(cell.value)[:60]}
            problems.append(Problem(f"{want.key}.{name}", "task.sheet_beyond", told))
            continue
        column = want.columns[place]
        kept[column.key], key, params = _judged(column, cell)
        if key:
            told = {"cell": name, "label": column.label, **params}
            problems.append(Problem(f"{want.key}.{name}", key, told))
    return kept


def _judged(column: Column, cell: Any) -> tuple[str, str, dict[str, Any]]:
    """A cell's text, and the key and parameters of what only a spreadsheet can get wrong ("" where nothing is)."""
    value = cell.value
    if cell.data_type == "f":
        return "", "task.cell_formula", {}
    if cell.data_type == "e":
        return "", "task.cell_error", {"value": str(value)[:20]}
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat(), "", {}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _judged_number(column, value)
    text = " ".join(str(value).split())
    if column.cell is Cell.NUMBER and THOUSANDS.fullmatch(text):
        return text, "task.cell_thousands", {"value": text[:60]}
    return _meant(column, text), "", {}


def _judged_number(column: Column, value: float) -> tuple[str, str, dict[str, Any]]:
    text = str(int(value)) if abs(value) < 10**30 and int(value) == value else repr(value)
    if column.cell is Cell.DAY:
        return text, "task.cell_serial", {"value": text[:60]} | _perhaps(value)
    if column.cell is Cell.TEXT and abs(value) >= EXACT:
        return text, "task.cell_rounded", {"value": text[:60]}
    return text, "", {}


def _perhaps(value: float) -> dict[str, str]:
    """The day that a bare number stands for in a spreadsheet; the present day's example where it stands for none."""
    meant = day_of_serial(value)
    return {"meant": meant.strftime("%d/%m/%Y") if meant else "30/11/2026"}


def _meant(column: Column, text: str) -> str:
    """The text as the table keeps it: a day as an ISO text, a choice in the letters that were offered."""
    if column.cell is Cell.CHOICE:
        return next((option for option in column.options if option.casefold() == text.casefold()), text)
    if column.cell is Cell.DAY and (found := SLASHED.fullmatch(text)):
        day, month, year = map(int, found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return text
    return text


def _lay_out(sheet: Any, choices: Any, place: int, column: Column) -> None:
    """A column of the form: its heading, how its cells read what is typed, and its list of choices."""
    name = letters(place)
    _write(sheet, 1, (column.label,), bold=True, first=place + 1)
    dimension = sheet.column_dimensions[name]
    dimension.width = max(16, min(len(column.label) + 6, 50))
    dimension.number_format = {Cell.DAY: "dd/mm/yyyy", Cell.NUMBER: "General"}.get(column.cell, "@")
    if column.cell is Cell.CHOICE:
        for number, option in enumerate(column.options, 1):
            _write(choices, number, (option,), first=place + 1)
        span = f"'{CHOICES}'!${name}$1:${name}${len(column.options)}"
        title, error = column.label[:30], "Pilih salah satu dari daftar."
        listed = choices_from(span, title=title, error=error, blank=not column.required)
        sheet.add_data_validation(listed)
        listed.add(f"{name}{FIRST_ROW}:{name}{FIRST_ROW + MOST_ROWS - 1}")


def _write(sheet: Any, number: int, values: Sequence[Any], *, bold: bool = False, first: int = 1) -> None:
    """Cells of one row; a text is a text, whatever it begins with."""
    for place, value in enumerate(values, first):
        cell = sheet.cell(number, place)
        cell.value = value
        if isinstance(value, str):
            cell.data_type, cell.quotePrefix, cell.number_format = "s", True, "@"
        elif isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
        if bold:
            cell.font = workbooks.bold()


def _value(column: Column, text: str) -> Any:
    """What a kept text is in a sheet."""
    try:
        if column.cell is Cell.DAY and text:
            return date.fromisoformat(text)
        if column.cell is Cell.NUMBER and text:
            return float(text.replace(",", "."))
    except ValueError:
        return text
    return text or None
