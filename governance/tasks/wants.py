"""What a task wants handed in: files, and tables with typed columns; read from data and checked, cell by cell; pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable

MOST_WANTS, MOST_COLUMNS, MOST_ROWS = 10, 30, 2000
LONGEST_LABEL, LONGEST_CELL = 200, 2000
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_ROW = 2  # of a sheet: the first one holds the headings


class Kind(StrEnum):
    """What is handed in."""

    FILE = "file"
    TABLE = "table"


class Cell(StrEnum):
    """What a column of a table holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """One column; `options` are the words to choose from."""

    key: str
    label: str
    cell: Cell = Cell.TEXT
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Want:
    """One thing to hand in."""

    key: str
    label: str
    kind: Kind = Kind.FILE
    required: bool = True
    columns: tuple[Column, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As it is kept with the assignment."""
        told: dict[str, Any] = {"key": self.key, "label": self.label, "kind": self.kind.value}
        told["required"] = self.required
        if self.kind is Kind.TABLE:
            told["columns"] = [_column_data(column) for column in self.columns]
        return told


def read(data: Iterable[Mapping[str, Any]]) -> tuple[Want, ...]:
    """The wants kept with an assignment."""
    return tuple(
        Want(one["key"], one["label"], Kind(one["kind"]), bool(one["required"]), _columns(one.get("columns", ())))
        for one in data
    )


def want_problems(wants: Sequence[Want]) -> list[Problem]:
    """What is wrong with the things that somebody means to ask for."""
    problems = []
    if len(wants) > MOST_WANTS:
        problems.append(Problem("wants", "task.too_many_wants", {"limit": MOST_WANTS}))
    for place, want in enumerate(wants):
        problems += _label_problems(f"wants.{place}.label", want.label)
        if not KEY.fullmatch(want.key) or [one.key for one in wants].count(want.key) > 1:
            problems.append(Problem(f"wants.{place}", "task.want_key"))
        if want.kind is Kind.TABLE and not 0 < len(want.columns) <= MOST_COLUMNS:
            problems.append(Problem(f"wants.{place}", "task.columns", {"limit": MOST_COLUMNS}))
        for column in want.columns:
            problems += _label_problems(f"wants.{place}.columns", column.label)
            if column.cell is Cell.CHOICE and not column.options:
                problems.append(Problem(f"wants.{place}.columns", "task.no_options", {"label": column.label}))
    return problems


def checked_rows(want: Want, rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, str]], list[Problem]]:
    """The rows as they are kept (texts, days as ISO texts; blank rows left out), and what is wrong, cell by cell.

    A problem's place is `want.CELL` as a sheet names it: the first row after the headings is row 2, so "apps.D7".
    """
    kept: list[dict[str, str]] = []
    problems: list[Problem] = []
    if len(rows) > MOST_ROWS:
        return [], [Problem(want.key, "task.too_many_rows", {"limit": MOST_ROWS})]
    for number, row in enumerate(rows, FIRST_ROW):
        cells = {column.key: _cell_text(row.get(column.key)) for column in want.columns}
        if not any(cells.values()):
            continue
        for place, column in enumerate(want.columns):
            cell = f"{letters(place)}{number}"
            if problem := _cell_problem(column, cells[column.key]):
                key, params = problem
                problems.append(Problem(f"{want.key}.{cell}", key, {"cell": cell, "label": column.label, **params}))
        kept.append({key: text for key, text in cells.items() if text})
    if want.required and not kept:
        problems.append(Problem(want.key, "task.table_empty", {"label": want.label}))
    return kept, problems


def letters(place: int) -> str:
    """A column's letters in a sheet: 0 is A, 26 is AA."""
    place += 1
    told = ""
    while place:
        place, rest = divmod(place - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def _columns(data: Iterable[Mapping[str, Any]]) -> tuple[Column, ...]:
    return tuple(
        Column(one["key"], one["label"], Cell(one["cell"]), bool(one["required"]), tuple(one.get("options", ())))
        for one in data
    )


def _column_data(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"key": column.key, "label": column.label, "cell": column.cell.value}
    return told | {"required": column.required, "options": list(column.options)}


def _label_problems(place: str, label: str) -> list[Problem]:
    if not label.strip():
        return [Problem(place, "field.missing")]
    if len(label) > LONGEST_LABEL:
        return [Problem(place, "draft.too_long", {"limit": LONGEST_LABEL})]
    return unprintable(place, label)


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value)[: LONGEST_CELL + 1].split())


def _cell_problem(column: Column, text: str) -> tuple[str, dict[str, Any]] | None:
    """The key and parameters of what is wrong with one cell, None where nothing is."""
    if not text:
        return ("task.cell_empty", {}) if column.required else None
    if unprintable("", text):
        return "task.cell_unreadable", {}
    if len(text) > LONGEST_CELL:
        return "task.cell_long", {"limit": LONGEST_CELL}
    told = {"value": text[:60]}
    if column.cell is Cell.CHOICE and text not in column.options:
        return "task.cell_choice", told | {"known": ", ".join(column.options)}
    if column.cell is Cell.NUMBER and not _is_number(text):
        return "task.cell_number", told
    if column.cell is Cell.DAY and not _is_day(text):
        return "task.cell_day", told
    return None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")).is_finite()
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        return bool(ISO_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
