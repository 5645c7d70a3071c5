"""A table as an .xlsx: the form an office gets, and what comes back, judged by cell."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from governance.kernel.errors import Problem
from governance.notices.task_wording import TASK_SENTENCES
from governance.tasks import sheets
from governance.tasks.ready_tables import READY
from governance.tasks.wants import MOST_ROWS, Cell, Column, Kind, Want, checked_rows, want_problems

STAFF = Want(
    "staff",
    "Pegawai",
    Kind.TABLE,
    columns=(
        Column("name", "Nama", required=True),
        Column("number", "NIP"),
        Column("count", "Jumlah", Cell.NUMBER),
        Column("since", "Sejak", Cell.DAY),
        Column("level", "Tingkat", Cell.CHOICE, options=("dasar", "mahir")),
    ),
)
RIGHT = {"name": "Ani", "number": "198501012010012001", "count": "3", "since": "2020-01-31", "level": "mahir"}


def changed(act: Callable[[Any], None], rows: tuple[dict[str, str], ...] = (RIGHT,)) -> bytes:
    """The form with these rows, changed by somebody's spreadsheet program."""
    book = load_workbook(io.BytesIO(sheets.template(STAFF, rows)))
    act(book[sheets.FILLED_IN])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def put(cell: str, value: Any) -> Callable[[Any], None]:
    def act(sheet: Any) -> None:
        sheet[cell] = value

    return act


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with one member replaced or added."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return kept.getvalue()


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.place, problem.key) for problem in problems]


def judged(data: bytes) -> list[tuple[str, str]]:
    return told(sheets.read(STAFF, data, "isian.xlsx").problems)


def sheet_part(data: bytes) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("want", [one.want for one in READY], ids=lambda want: want.key)
def test_every_ready_table_can_be_asked_filled_in_and_read_back(want: Want) -> None:
    assert want_problems((want,)) == []
    sample = {Cell.TEXT: "=SUM(A1:A2)", Cell.NUMBER: "12", Cell.DAY: "2026-01-31"}
    row = {column.key: sample.get(column.cell) or column.options[0] for column in want.columns}
    read = sheets.read(want, sheets.template(want, [row]))
    assert read.problems == []
    assert checked_rows(want, read.rows) == ([row], [])


def test_the_form_offers_the_choices_and_says_what_each_column_takes() -> None:
    book = load_workbook(io.BytesIO(sheets.template(STAFF)))
    sheet = book[sheets.FILLED_IN]
    assert [cell.value for cell in sheet[1]] == ["Nama", "NIP", "Jumlah", "Sejak", "Tingkat"]
    (listed,) = sheet.data_validations.dataValidation
    assert str(listed.sqref) == f"E2:E{MOST_ROWS + 1}"
    assert listed.formula1 == "'Pilihan'!$E$1:$E$2"
    assert [book["Pilihan"]["E1"].value, book["Pilihan"]["E2"].value] == ["dasar", "mahir"]
    assert [cell.value for cell in book["Petunjuk"][6]] == ["E", "Tingkat", "pilih salah satu", "tidak", "dasar; mahir"]


@pytest.mark.parametrize(
    ("cell", "value", "key"),
    [
        ("A2", "=1+1", "task.cell_formula"),
        ("A2", "#N/A", "task.cell_error"),
        ("B2", 198501012010012001, "task.cell_rounded"),
        ("C2", "1.250", "task.cell_thousands"),
        ("F2", "catatan", "task.sheet_beyond"),
        ("G1", "Keterangan", "task.sheet_beyond"),
        ("C1", "Banyaknya", "task.sheet_heading"),
        ("E1", None, "task.sheet_heading_missing"),
    ],
)
def test_what_a_spreadsheet_gets_wrong_is_named_by_its_cell(cell: str, value: Any, key: str) -> None:
    data = changed(put(cell, value))
    assert judged(data) == [(f"staff.{cell}", key)]
    problem = sheets.read(STAFF, data).problems[0]
    assert (TASK_SENTENCES[key] % problem.params).startswith(cell)


@pytest.mark.parametrize(
    ("cell", "value", "key", "kept"),
    [
        ("D2", date(2021, 2, 3), "since", "2021-02-03"),
        ("D2", "3/2/2021", "since", "2021-02-03"),
        ("D2", "31/02/2021", "since", "31/02/2021"),  # No day: the check of the cell says so.
        ("C2", "12", "count", "12"),
        ("C2", 1.5, "count", "1.5"),
        ("C2", 7.0, "count", "7"),
        ("E2", "MAHIR", "level", "mahir"),
        ("A2", "  Ani \n Sari ", "name", "Ani Sari"),
    ],
)
def test_what_is_meant_is_read_as_it_is_meant(cell: str, value: Any, key: str, kept: str) -> None:
    read = sheets.read(STAFF, changed(put(cell, value)))
    assert read.problems == []
    assert read.rows[0][key] == kept


def test_a_bare_number_is_no_day_and_the_day_it_stands_for_is_named() -> None:
    def act(sheet: Any) -> None:
        sheet["D2"], sheet["D2"].number_format = 45992, "General"

    (problem,) = sheets.read(STAFF, changed(act)).problems
    assert (problem.place, problem.key) == ("staff.D2", "task.cell_serial")
    assert "01/12/2025" in TASK_SENTENCES[problem.key] % problem.params


def test_blank_rows_keep_the_names_of_the_cells_below_them() -> None:
    def act(sheet: Any) -> None:
        sheet["A7"], sheet["E7"] = "Budi", "pakar"

    read = sheets.read(STAFF, changed(act))
    kept, problems = checked_rows(STAFF, read.rows)
    assert told(problems) == [("staff.E7", "task.cell_choice")]
    assert [row["name"] for row in kept] == ["Ani", "Budi"]


def test_merged_cells_are_named() -> None:
    assert judged(changed(lambda sheet: sheet.merge_cells("A2:B3"))) == [("staff", "task.sheet_merged")]


def test_more_rows_than_a_table_may_have_are_refused() -> None:
    data = changed(put(f"A{MOST_ROWS + 2}", "terlalu jauh"))
    assert judged(data) == [("staff", "task.too_many_rows")]
    assert judged(changed(put(f"A{MOST_ROWS + 1}", "terakhir"))) == []


def test_a_sheet_of_another_name_is_read_where_there_is_no_other() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["nama *", "NIP", " Jumlah", "Sejak", "Tingkat"])
    book.active.append(["Ani"])
    kept = io.BytesIO()
    book.save(kept)
    read = sheets.read(STAFF, kept.getvalue())
    assert (read.rows, read.problems) == ([{"name": "Ani"}], [])


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    good = sheets.template(STAFF, [RIGHT])
    name, part = sheet_part(good)
    word = with_member(b"PK\5\6" + b"\0" * 18, "word/document.xml", b"<a/>")
    far = re.sub(rb'<row r="2"', b'<row r="99999999999"', part)
    wide = re.sub(rb'r="A2"', b'r="XFD2"', part)
    entity = part.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet', 1)
    return {
        "empty": (b"", "task.sheet_kind"),
        "csv": (b"Nama;NIP\nAni;1\n", "task.sheet_kind"),
        "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "task.sheet_kind"),
        "word": (word, "task.sheet_kind"),
        "locked": (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "task.sheet_locked",
        ),
        "macro": (with_member(good, "xl/vbaProject.bin", b"macro"), "task.sheet_macro"),
        "bomb": (with_member(good, "xl/media/image1.png", b"\0" * (60 * 1024 * 1024)), "task.sheet_bomb"),
        "entities": (with_member(good, name, entity), "task.sheet_broken"),
        "cut": (good[: len(good) // 2], "task.sheet_kind"),
        "no xml": (with_member(good, name, b"rubbish"), "task.sheet_broken"),
        "half xml": (with_member(good, name, part[: len(part) // 2]), "task.sheet_broken"),
        "no sheet": (with_member(good, "xl/workbook.xml", b"<workbook/>"), "task.sheet_broken"),
        "wide": (with_member(good, name, wide), ""),
        "far": (with_member(good, name, far), ""),
        "large": (b"PK\3\4" + b"\0" * (21 * 1024 * 1024), "task.file_large"),
    }


@pytest.mark.parametrize("case", hostile())
def test_a_hostile_file_is_told_in_words_and_never_a_fault(case: str) -> None:
    data, key = hostile()[case]
    problems = sheets.read(STAFF, data, "isian.xlsx").problems
    assert [problem.key for problem in problems] == ([key] if key else [])
    for problem in problems:
        assert TASK_SENTENCES[problem.key] % problem.params
