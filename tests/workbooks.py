"""A cycle's workbook for tests: downloaded as its page gives it, changed as a spreadsheet program would."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from openpyxl import load_workbook

from governance.assessment import cycles, sheets
from governance.assessment.eyes import eyes_of
from governance.assessment.sheet_export import exported
from governance.kernel.db import db
from governance.kernel.errors import Invalid
from governance.notices.sheet_wording import SHEET_SENTENCES
from tests.world import NOW, TODAY, Someone, World
from workflows import importing
from workflows.importing import Uploaded

NAME = "siklus.xlsx"


def downloaded(world: World, cycle_id: int, someone: Someone | None = None) -> bytes:
    """The workbook of a cycle as it stands."""
    db.session.rollback()
    actor = (someone or world.diskominfo).actor
    seen = cycles.seen(cycle_id, actor)
    instrument = world.library.instruments.instrument(seen.instrument)
    return sheets.workbook(exported(eyes_of(actor), seen, instrument, world.library.law, on=TODAY))


def spare_row(data: bytes) -> int:
    """The first row of the sheet of documents that names none."""
    rows = load_workbook(io.BytesIO(data))["Dokumen"].iter_rows(min_row=2, max_col=1, values_only=True)
    return next(number for number, (key,) in enumerate(rows, 2) if key is None)


def changed(data: bytes, cells: Mapping[str, Any] | None = None, act: Callable[[Any], None] | None = None) -> bytes:
    """The workbook with other cells ("Nilai!D7": 3), and whatever else `act` does to the book."""
    book = load_workbook(io.BytesIO(data))
    for name, value in (cells or {}).items():
        sheet, _, cell = name.partition("!")
        book[sheet][cell] = value
    if act is not None:
        act(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(world: World, cycle_id: int, data: bytes, someone: Someone | None = None) -> int:
    """Read into the cycle; returns the import's key."""
    by = (someone or world.diskominfo).actor
    return importing.read_table(Uploaded(cycle_id, NAME, data), by=by, now=NOW, library=world.library)


def refused(world: World, cycle_id: int, data: bytes) -> list[tuple[str, str]]:
    """What the dry run says is wrong; nothing of the database changes."""
    before = world.everything()
    with pytest.raises(Invalid) as told:
        read(world, cycle_id, data)
    assert world.everything() == before
    for problem in told.value.problems:
        sentence = SHEET_SENTENCES[problem.key] % problem.params
        assert sentence.startswith(problem.params.get("cell", ""))
    return sorted((problem.place, problem.key) for problem in told.value.problems)
