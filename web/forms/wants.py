"""Reading what is to be handed in: files by name, tables that stand ready, a table of one's own, column by column."""

from typing import Any

from flask import request

from governance.tasks.ready_tables import READY, ready_table
from governance.tasks.wants import Cell, Column, Kind, Want
from web.wording import marked

MOST_FILES_ASKED = 5
FIRST_COLUMNS, MOST_OWN_COLUMNS = 4, 20
CELLS = {
    Cell.TEXT: marked("Teks"),
    Cell.NUMBER: marked("Bilangan"),
    Cell.DAY: marked("Tanggal"),
    Cell.CHOICE: marked("Pilihan"),
}


def wants_sent() -> tuple[Want, ...]:
    """Everything that the form asks for, in its order."""
    labels = [label.strip() for label in request.form.getlist("want") if label.strip()][:MOST_FILES_ASKED]
    files = [Want(f"file_{number}", label) for number, label in enumerate(labels, 1)]
    ready = [want for key in dict.fromkeys(request.form.getlist("ready")) if (want := ready_table(key))]
    return (*files, *ready, *_own())


def form_of_wants() -> dict[str, Any]:
    """What the form shows: the files, the tables that stand ready, and the own table with its columns."""
    chosen = set(request.values.getlist("ready"))
    columns = _typed_columns()
    blank = {"label": "", "cell": Cell.TEXT.value, "options": "", "required": ""}
    more = FIRST_COLUMNS if request.form.get("add") == "own" else max(FIRST_COLUMNS - len(columns), 0)
    return {
        "labels": (request.form.getlist("want") + [""] * MOST_FILES_ASKED)[:MOST_FILES_ASKED],
        "ready": [(one.want, one.basis, one.want.key in chosen) for one in READY],
        "own_label": request.form.get("own.label", ""),
        "own": [*columns, *[dict(blank) for _one in range(more)]][:MOST_OWN_COLUMNS],
    }


def _own() -> list[Want]:
    label, columns = request.form.get("own.label", "").strip(), _typed_columns()
    columns = [one for one in columns if one["label"].strip()]
    if not label and not columns:
        return []
    told = tuple(_column(number, one) for number, one in enumerate(columns, 1))
    return [Want("own_table", label, Kind.TABLE, columns=told)]


def _column(number: int, typed: dict[str, str]) -> Column:
    cell = Cell(typed["cell"]) if typed["cell"] in set(Cell) else Cell.TEXT
    options = tuple(dict.fromkeys(one.strip() for one in typed["options"].split(";") if one.strip()))
    given = options if cell is Cell.CHOICE else ()
    return Column(f"column_{number}", typed["label"].strip(), cell, bool(typed["required"]), given)


def _typed_columns() -> list[dict[str, str]]:
    return [
        {name: request.form.get(f"own.{row}.{name}", "") for name in ("label", "cell", "options", "required")}
        for row in range(MOST_OWN_COLUMNS)
        if f"own.{row}.label" in request.form
    ]
