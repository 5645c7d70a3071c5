"""Reading what an office hands in: files under the key of what they answer, tables typed row by row or as a sheet."""

from collections.abc import Sequence
from typing import Any

from flask import request

from governance.kernel.errors import Problem
from governance.tasks import sheets
from governance.tasks.handing_in import FilePart
from governance.tasks.wants import Column, Kind, Want
from workflows.handing import Handed

MOST_ROWS_TYPED = 200
MOST_CELLS_TYPED = 800  # in all tables of a form: a browser sends each as a part, and a form may have a thousand
Rows = list[dict[str, str]]


def handed_of(task_id: int, version: int, wants: Sequence[Want], note: str) -> Handed:
    """What the form hands in. A sheet that came for a table stands for the rows typed into it."""
    tables: dict[str, Rows] = {}
    wrong: list[Problem] = []
    for want in wants:
        if want.kind is Kind.TABLE:
            tables[want.key], found = table_of(want)
            wrong += found
    return Handed(task_id, version, note, tables, files_of(wants), tuple(wrong))


def table_of(want: Want) -> tuple[Rows, list[Problem]]:
    """The rows of one table, and what is wrong with the sheet they came in."""
    came = request.files.get(f"{want.key}.sheet")
    if came is not None and came.filename:
        read = sheets.read(want, came.read(), name_of(came.filename))
        return read.rows, read.problems
    return rows_of(want.key, want.columns), []


def files_of(wants: Sequence[Want]) -> tuple[FilePart, ...]:
    """The files, each under the key of what it answers; "" where it only comes along."""
    keys = ("files", *(want.key for want in wants if want.kind is Kind.FILE))
    return tuple(
        FilePart(name_of(file.filename), file.read(), key if key != "files" else "")
        for key in keys
        for file in request.files.getlist(key)
        if file.filename
    )


def rows_of(key: str, columns: Sequence[Column]) -> Rows:
    """The rows that were typed into a table."""
    return [
        {column.key: request.form.get(f"{key}.{row}.{column.key}", "") for column in columns}
        for row in range(MOST_ROWS_TYPED)
        if any(f"{key}.{row}.{column.key}" in request.form for column in columns)
    ]


def table_shapes(wants: Sequence[Want], kept: dict[str, Rows], given: Handed | None) -> dict[str, dict[str, Any]]:
    """Each table as its form shows it: what came now, else what was handed in last, and one blank row more.

    A table of more cells than a form can send back is not typed: its office mends it in the sheet.
    """
    tables = [want for want in wants if want.kind is Kind.TABLE]
    room = MOST_CELLS_TYPED // max(len(tables), 1)
    shapes = {}
    for want in tables:
        rows = (given.tables.get(want.key) if given else None) or kept.get(want.key, [])
        long = (len(rows) + 1) * len(want.columns) > room or len(rows) >= MOST_ROWS_TYPED
        shapes[want.key] = {"rows": [] if long else [*rows, {}], "long": len(rows) if long else 0}
    return shapes


def name_of(name: str | None) -> str:
    """A browser's file name without the folders some still send."""
    return (name or "").replace("\\", "/").rpartition("/")[2]
