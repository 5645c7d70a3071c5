"""A spreadsheet with more than sixty planted errors: each named by its cell, none of them false, nothing kept."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from governance.assessment.course import CycleRole
from governance.mandates.evaluation import Round
from tests.cycles import cycle_of, seat, share
from tests.workbooks import changed, downloaded, read, refused, spare_row
from tests.world import NOW, World
from workflows import importing


@pytest.fixture
def cycle_id(world: World) -> int:
    """An evaluation in which Diskominfo enters, rates and plans everything, and two offices have their shares."""
    made = cycle_of(world)
    for role in (CycleRole.DATA_ENTRY, CycleRole.ASSESSOR):
        seat(world, made, role, world.diskominfo)
    share(world, made, {"1": world.diskominfo, "2": world.dinkes})
    return made


# What is typed into a cell, and what is told of it; where another cell is the one that is wrong, its name stands third.
PLANTED: dict[str, tuple[Any, ...]] = {
    # Shares.
    "Pembagian!A2": ("99", "sheet.item_unknown"),
    "Pembagian!A3": (None, "sheet.unnamed"),
    "Pembagian!A5": ("3", "sheet.twice"),
    "Pembagian!B6": ("Nama lain", "sheet.name_differs"),
    "Pembagian!A7": (date(2026, 5, 6), "sheet.is_day"),
    "Pembagian!A8": ("7\u200b", "sheet.item_unknown"),
    "Pembagian!C10": ("Dinas Khayalan", "sheet.office_unknown"),
    "Pembagian!C11": ("inspektora", "sheet.office_meant"),
    "Pembagian!C12": ("dinkes; inspektorat", "sheet.two_responsible"),
    "Pembagian!C13": ("=A1", "sheet.formula"),
    "Pembagian!C14": ("#REF!", "sheet.error"),
    "Pembagian!C15": (True, "sheet.truth"),
    "Pembagian!C16": (7, "sheet.office_unknown"),
    "Pembagian!D17": ("dinkes; Dinas Khayalan", "sheet.office_unknown"),
    "Pembagian!D18": ("dinkes; dinkes", "sheet.office_twice"),
    "Pembagian!D19": ("\u202einspektorat", "sheet.unreadable"),
    "Pembagian!E20": ("catatan", "sheet.beyond"),
    "Pembagian!F1": ("Keterangan", "sheet.beyond"),
    # Scores.
    "Nilai!A2": ("0", "sheet.item_unknown"),
    "Nilai!A3": ("abc", "sheet.item_unknown"),
    "Nilai!A5": (3, "sheet.twice"),
    "Nilai!E7": (6, "sheet.off_scale"),
    "Nilai!E8": (0, "sheet.off_scale"),
    "Nilai!E9": (-1, "sheet.off_scale"),
    "Nilai!E10": (2.5, "sheet.half_level"),
    "Nilai!E11": ("tiga", "sheet.not_number"),
    "Nilai!E12": ("\u0663", "sheet.not_number"),  # a three in Arabic digits
    "Nilai!E13": ("=2+1", "sheet.formula"),
    "Nilai!E14": ("#N/A", "sheet.error"),
    "Nilai!E15": (date(2026, 3, 1), "sheet.is_day"),
    "Nilai!E16": (time(9, 30), "sheet.is_day"),
    "Nilai!E17": (True, "sheet.truth"),
    "Nilai!E18": ("3/0", "sheet.not_number"),
    "Nilai!E19": (1e20, "sheet.not_number"),
    "Nilai!E20": ("3,5", "sheet.half_level"),
    "Nilai!M21": ("1.000.000", "sheet.not_number"),
    "Nilai!M22": ("10/3", "sheet.half_level"),
    "Nilai!F23": ("tanpa nilai", "sheet.words_alone"),
    "Nilai!F24": ("x" * 4001, "sheet.long"),
    "Nilai!F25": ("balik\u2066", "sheet.unreadable"),
    "Nilai!P26": ("nilai", "sheet.beyond"),
    "Nilai!O1": ("Penilaian pusat", "sheet.beyond"),
    # Efforts.
    "Upaya!A2": ("48", "sheet.item_unknown"),
    "Upaya!C3": (6, "sheet.level"),
    "Upaya!C4": (1, "sheet.level"),
    "Upaya!C5": ("dua", "sheet.level"),
    "Upaya!C7": (2, "sheet.twice"),
    "Upaya!D8": ("banyak", "sheet.effort_no_number"),
    "Upaya!D9": (-2, "sheet.effort_span"),
    "Upaya!D10": (2_000_000, "sheet.effort_span"),
    "Upaya!D11": ("=D10", "sheet.formula"),
    "Upaya!E12": ("Dinas Khayalan", "sheet.office_unknown"),
    "Upaya!F13": ("31 Februari", "sheet.no_day"),
    "Upaya!F14": (46082, "sheet.serial"),
    "Upaya!F15": (date(1900, 1, 5), "sheet.far_day"),
    "Upaya!G16": ("1-2", "sheet.need"),
    "Upaya!G17": ("99:2", "sheet.need"),
    "Upaya!H18": ("tidak_ada", "sheet.because"),
    "Upaya!I19": ("n" * 1001, "sheet.long"),
    "Upaya!G20": ("1:2", "sheet.effort_missing", "Upaya!D20"),
}
# What has to stand beside them, so that each is wrong in one way only.
BESIDE = {
    "Pembagian!B5": None,
    "Nilai!B5": None,
    "Upaya!D18": 1,
}


def in_documents(row: int) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What is typed into the spare rows of the sheet of documents, and what is told of it."""
    typed = {
        f"Dokumen!A{row}": "a;b",
        f"Dokumen!D{row + 1}": 3,
        f"Dokumen!A{row + 2}": "own:mahal",
        f"Dokumen!D{row + 2}": "mahal",
        f"Dokumen!A{row + 3}": "own:judul",
        f"Dokumen!C{row + 3}": "Judul saja",
        f"Dokumen!A{row + 4}": "own:sama",
        f"Dokumen!A{row + 5}": "own:sama",
        f"Dokumen!A{row + 6}": "own:tanpa_judul",
        f"Dokumen!D{row + 6}": 2,
    }
    told = [
        (f"Dokumen!A{row}", "sheet.key"),
        (f"Dokumen!A{row + 1}", "sheet.unnamed"),
        (f"Dokumen!D{row + 2}", "sheet.not_number"),
        (f"Dokumen!D{row + 3}", "sheet.effort_missing"),
        (f"Dokumen!A{row + 5}", "sheet.twice"),
        (f"Dokumen!D{row + 6}", "sheet.because"),
    ]
    return typed, told


RIGHT = {"Nilai!E30": 3, "Nilai!F30": "Benar", "Pembagian!C30": "dinkes", "Upaya!D30": 1}


def spoiled(book: Any) -> None:
    """What no cell says: merged cells, a hidden row, a hidden column."""
    book["Pembagian"].merge_cells("C40:D40")
    book["Upaya"]["F14"].number_format = "General"
    book["Nilai"].row_dimensions[41].hidden = True
    book["Upaya"].column_dimensions["I"].hidden = True


BUILT = [
    ("Nilai!41", "sheet.hidden_row"),
    ("Pembagian!C40:D40", "sheet.merged"),
    ("Upaya!I", "sheet.hidden_column"),
]


def test_sixty_planted_errors_are_each_named_by_cell_and_none_is_false(world: World, cycle_id: int) -> None:
    typed = {cell: value for cell, (value, *_told) in PLANTED.items()}
    plain = downloaded(world, cycle_id)
    in_papers, of_papers = in_documents(spare_row(plain))
    data = changed(plain, typed | BESIDE | RIGHT | in_papers, spoiled)
    expected = [(told[2] if len(told) > 2 else cell, told[1]) for cell, told in PLANTED.items()] + of_papers
    assert len(expected) >= 60
    assert refused(world, cycle_id, data) == sorted(expected + BUILT)


def test_what_is_right_among_sixty_errors_is_taken_in_once_they_are_mended(world: World, cycle_id: int) -> None:
    table = read(world, cycle_id, changed(downloaded(world, cycle_id), RIGHT))
    assert importing.confirm(table, by=world.diskominfo.actor, now=NOW) == 3


def without(name: str) -> Callable[[Any], None]:
    return lambda book: book.remove(book[name])


def headed(cell: str, value: str | None) -> Callable[[Any], None]:
    def act(book: Any) -> None:
        sheet, _, at = cell.partition("!")
        book[sheet][at] = value

    return act


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (without("Nilai"), ("Nilai", "sheet.missing")),
        (without("Asal"), ("file", "sheet.no_origin")),
        (headed("Asal!B1", "9"), ("file", "sheet.format")),
        (headed("Asal!B2", "999999"), ("file", "sheet.other_cycle")),
        (headed("Nilai!E1", "Penilaian pusat"), ("Nilai!E1", "sheet.heading")),
        (headed("Nilai!E1", None), ("Nilai!E1", "sheet.heading_missing")),
    ],
)
def test_a_workbook_that_is_built_otherwise_is_refused(
    world: World, cycle_id: int, act: Callable[[Any], None], told: tuple[str, str]
) -> None:
    assert refused(world, cycle_id, changed(downloaded(world, cycle_id), {}, act)) == [told]


def test_a_stage_that_the_round_does_not_have_is_named(world: World) -> None:
    cycle_id = cycle_of(world, round=Round.MONITORING)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.diskominfo)
    data = changed(downloaded(world, cycle_id), {"Nilai!K1": "Interviu", "Nilai!K2": 3})
    assert refused(world, cycle_id, data) == [("Nilai!K1", "sheet.other_stage"), ("Nilai!K2", "sheet.beyond")]


# ---------------------------------------------------------------- hostile files


def packed(data: bytes, **members: bytes) -> bytes:
    """The workbook with members replaced or added."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in members:
                new.writestr(info.filename, old.read(info))
        for name, content in members.items():
            new.writestr(name, content)
    return kept.getvalue()


SHEET = "xl/worksheets/sheet4.xml"  # of the scores
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
OTHER_LETTERS = "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")
HOSTILE: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda data: b"", "sheet.kind"),
    (lambda data: b"%PDF-1.7", "sheet.kind"),
    (lambda data: data[: len(data) // 2], "sheet.kind"),
    (lambda data: packed(data, **{"xl/vbaProject.bin": b"makro"}), "sheet.macro"),
    (lambda data: packed(data, **{"xl/media/bom.xml": b"<a>" + b" " * 90_000_000 + b"</a>"}), "sheet.bomb"),
    (lambda data: packed(data, **{SHEET: ENTITY}), "sheet.broken"),
    (lambda data: packed(data, **{SHEET: b"<worksheet>"}), "sheet.broken"),
    (
        lambda data: packed(data, **{SHEET: "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")}),
        "sheet.broken",
    ),
    (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "sheet.locked"),
    (lambda data: b"PK\3\4" + b"0" * (21 * 1024 * 1024), "sheet.large"),
]


@pytest.mark.parametrize(("spoil", "key"), HOSTILE)
def test_a_hostile_file_gets_a_sentence_and_changes_nothing(
    world: World, cycle_id: int, spoil: Callable[[bytes], bytes], key: str
) -> None:
    assert refused(world, cycle_id, spoil(downloaded(world, cycle_id))) == [("file", key)]


def test_what_a_file_says_of_its_own_size_is_not_believed(world: World, cycle_id: int) -> None:
    data = changed(downloaded(world, cycle_id), {"Nilai!E7": 6})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read(SHEET)
    lying = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)
    assert lying != content
    assert refused(world, cycle_id, packed(data, **{SHEET: lying})) == [("Nilai!E7", "sheet.off_scale")]
