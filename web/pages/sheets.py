"""A cycle's workbook: downloaded, read back, looked at before it is taken in, and brought back out again."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.assessment import cycles, sheets
from governance.assessment.cycle_models import TableImport
from governance.assessment.cycles import Seen
from governance.assessment.eyes import eyes_of
from governance.assessment.instruments import Instrument
from governance.assessment.sheet_export import exported, import_of, imports_of
from governance.assessment.sheet_layout import RULED_OUT, layouts_of
from governance.assessment.sheet_offices import Offices
from governance.assessment.sheet_rows import offices_of
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.hand_in import name_of
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.tasks import SHEET
from web.sheets import Download, handed
from web.wording import marked, problem_told
from workflows import importing
from workflows.importing import Uploaded

PER_PAGE, CELLS_PER_PAGE = 20, 200
EXACT = re.compile(r"-?\d+/[1-9]\d*", re.ASCII)
OFFICES = ("responsible", "contributors", "unit")
STATES = {
    "read": marked("Menunggu konfirmasi"),
    "imported": marked("Sudah dimasukkan"),
    "undone": marked("Sudah dikembalikan"),
}


@pages.get("/cycles/<int:cycle_id>/sheets")
def cycle_sheets(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return _sheets_page(actor, _seen(actor, cycle_id))


@pages.get("/cycles/<int:cycle_id>/sheets.xlsx")
def cycle_workbook(cycle_id: int) -> Response:
    actor = current_actor()
    seen = _seen(actor, cycle_id)
    today = today_of(actor)
    asked = exported(eyes_of(actor), seen, _instrument(seen), library().law, on=today)
    return handed(Download(sheets.workbook(asked), f"siklus-{seen.year}-{today:%Y%m%d}.xlsx", SHEET))


@pages.post("/cycles/<int:cycle_id>/sheets")
def read_sheets(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen, came = _seen(actor, cycle_id), request.files.get("file")
    if came is None or not came.filename:
        return _sheets_page(actor, seen, (Problem("file", "file.missing"),)), 422
    wish = Uploaded(cycle_id, name_of(came.filename), came.read())
    try:
        table_id = importing.read_table(wish, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _sheets_page(actor, seen, refusal.problems), 422
    return redirect(url_for("pages.table_import", table_id=table_id), 303)


@pages.get("/sheets/<int:table_id>")
def table_import(table_id: int) -> ResponseReturnValue:
    return _import_page(current_actor(), table_id)


@pages.post("/sheets/<int:table_id>/confirm")
def confirm_table(table_id: int) -> ResponseReturnValue:
    actor = current_actor()
    try:
        count = importing.confirm(table_id, by=actor, now=clock.now())
    except Stale as stale:
        return _import_page(actor, table_id, touched=stale.changed), 409
    flash(ngettext("%(num)s baris dimasukkan.", "%(num)s baris dimasukkan.", count), "good")
    return redirect(url_for("pages.table_import", table_id=table_id), 303)


@pages.post("/sheets/<int:table_id>/undo")
def undo_table(table_id: int) -> ResponseReturnValue:
    actor = current_actor()
    try:
        count = importing.undo(table_id, by=actor, now=clock.now())
    except Stale as stale:
        return _import_page(actor, table_id, touched=stale.changed), 409
    flash(ngettext("%(num)s baris dikembalikan.", "%(num)s baris dikembalikan.", count), "good")
    return redirect(url_for("pages.table_import", table_id=table_id), 303)


def _seen(actor: Actor, cycle_id: int) -> Seen:
    """The cycle, for whoever may bring a spreadsheet into it."""
    seen = cycles.seen(cycle_id, actor)
    permissions.require(actor, Act.ENTER_TABLE, seen.matter(actor))
    return seen


def _instrument(seen: Seen) -> Instrument:
    return library().instruments.instrument(seen.instrument)


def _sheets_page(actor: Actor, seen: Seen, problems: Sequence[Problem] = ()) -> str:
    asked = request.args.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    rows = imports_of(actor, seen.id, before=before, limit=PER_PAGE + 1)
    more = len(rows) > PER_PAGE
    return render_template(
        "cycle_sheets.html",
        cycle=seen,
        instrument=_instrument(seen),
        layouts=layouts_of(seen.round),
        imports=[_import_shape(row) for row in rows[:PER_PAGE]],
        next=url_for("pages.cycle_sheets", cycle_id=seen.id, before=rows[PER_PAGE - 1].id) if more else None,
        wrong=_by_sheet(problems),
        count=len(problems),
    )


def _by_sheet(problems: Sequence[Problem]) -> list[tuple[str, list[str]]]:
    """The sentences by the sheet that they speak of, in the order of the workbook; "" for the file as a whole."""
    named = groupby(problems, lambda one: "" if one.place == "file" else one.place.partition("!")[0])
    return [(sheet, [problem_told(one) for one in found]) for sheet, found in named]


def _state(row: TableImport) -> str:
    if row.undone_at is not None:
        return "undone"
    return "imported" if row.confirmed_at is not None else "read"


def _import_shape(row: TableImport) -> dict[str, Any]:
    state = _state(row)
    return {"row": row, "state": state, "said": _(STATES[state]), "rows": len(row.changes)}


def _import_page(actor: Actor, table_id: int, *, touched: Sequence[str] = ()) -> str:
    row = import_of(actor, table_id)
    seen = _seen(actor, row.cycle_id)
    cells = _cells_shape(row, seen, offices_of(actor.institution_id))
    asked = request.args.get("start", "")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    further = url_for("pages.table_import", table_id=row.id, start=start + CELLS_PER_PAGE)
    return render_template(
        "table_import.html",
        cycle=seen,
        table=_import_shape(row),
        cells=cells[start : start + CELLS_PER_PAGE],
        count=len(cells),
        next=further if len(cells) > start + CELLS_PER_PAGE else None,
        touched=touched,
    )


def _cells_shape(row: TableImport, seen: Seen, offices: Offices) -> list[dict[str, str]]:
    """Every cell that changes: its name, what it is about, what stood there and what is to stand there."""
    labels = {(one.name, column.key): column.label for one in layouts_of(seen.round) for column in one.columns}
    instrument = _instrument(seen)
    return [
        {
            "cell": at,
            "about": _about(change["row"], instrument),
            "column": labels.get((at.partition("!")[0], column), column),
            "before": _text(column, before, offices),
            "after": _text(column, after, offices),
        }
        for change in row.changes
        for at, column, before, after in change["cells"]
    ]


def _about(name: str, instrument: Instrument) -> str:
    """What a row is about."""
    kind, _colon, of = name.partition(":")
    key, _colon, rest = of.partition(":")
    if kind == "document":
        return of
    item = instrument.items.get(key)
    told = f"{key}. {item.name}" if item else key
    return _("%(item)s, ke tingkat %(level)s", item=told, level=rest) if kind == "effort" else told


def _text(column: str, text: str, offices: Offices) -> str:
    """A cell's text as people read it."""
    if column in OFFICES:
        return offices.shown(text)
    if column == "effort" and text == RULED_OUT:
        return _("tidak mungkin")
    return str(sheets.number(text)).replace(".", ",") if EXACT.fullmatch(text) else text
