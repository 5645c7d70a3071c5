"""What is handed in: wants as data, tables checked cell by cell, files told by their content."""

import io
import zipfile

import pytest

from governance.kernel.errors import Problem
from governance.tasks.handing_in import LARGEST_MB, MOST_FILES, FilePart, file_problems, media_of
from governance.tasks.wants import MOST_ROWS, Cell, Column, Kind, Want, checked_rows, letters, read, want_problems

APPS = Want(
    "apps",
    "Daftar aplikasi",
    Kind.TABLE,
    columns=(
        Column("name", "Nama", required=True),
        Column("since", "Sejak", Cell.DAY),
        Column("users", "Pengguna", Cell.NUMBER),
        Column("state", "Keadaan", Cell.CHOICE, required=True, options=("beroperasi", "dibangun", "dihentikan")),
    ),
)
GOOD = {"name": "SIMPUS", "since": "2024-02-29", "users": "1,5", "state": "beroperasi"}


def test_wants_come_back_as_they_were_kept() -> None:
    assert read([APPS.as_data(), Want("letter", "Surat").as_data()]) == (APPS, Want("letter", "Surat"))


def test_good_rows_are_kept_as_texts_and_blank_rows_left_out() -> None:
    kept, problems = checked_rows(
        APPS, [GOOD, {"name": "  "}, {"name": " e-Resep ", "users": 12.0, "state": "dibangun"}]
    )
    assert problems == []
    assert kept == [GOOD, {"name": "e-Resep", "users": "12", "state": "dibangun"}]


@pytest.mark.parametrize(
    ("change", "cell", "key"),
    [
        ({"name": ""}, "A2", "task.cell_empty"),
        ({"state": ""}, "D2", "task.cell_empty"),
        ({"state": "aktif"}, "D2", "task.cell_choice"),
        ({"since": "2023-02-29"}, "B2", "task.cell_day"),
        ({"since": "kemarin"}, "B2", "task.cell_day"),
        ({"users": "banyak"}, "C2", "task.cell_number"),
        ({"users": "NaN"}, "C2", "task.cell_number"),
        ({"name": "a\x07b"}, "A2", "task.cell_unreadable"),
        ({"name": "x" * 2001}, "A2", "task.cell_long"),
    ],
)
def test_a_wrong_cell_is_named_as_its_sheet_names_it(change: dict[str, str], cell: str, key: str) -> None:
    _kept, problems = checked_rows(APPS, [GOOD | change])
    assert [(problem.place, problem.key, problem.params["cell"]) for problem in problems] == [
        (f"apps.{cell}", key, cell)
    ]


def test_an_empty_or_endless_table_is_refused() -> None:
    assert [problem.key for problem in checked_rows(APPS, [])[1]] == ["task.table_empty"]
    assert [problem.key for problem in checked_rows(APPS, [GOOD] * (MOST_ROWS + 1))[1]] == ["task.too_many_rows"]


def test_columns_have_the_letters_of_a_sheet() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_what_cannot_be_asked_for_is_said() -> None:
    wrong = [Want("Berkas 1", ""), Want("a", "x" * 201), Want("a", "Tabel", Kind.TABLE)]
    assert {problem.key for problem in want_problems(wrong)} == {
        "task.want_key",
        "field.missing",
        "draft.too_long",
        "task.columns",
    }
    no_choice = Want("t", "T", Kind.TABLE, columns=(Column("c", "C", Cell.CHOICE),))
    assert want_problems([no_choice]) == [Problem("wants.0.columns", "task.no_options", {"label": "C"})]
    assert want_problems([APPS]) == []


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("a.exe", b"%PDF-1.7", "application/pdf"),
        ("a.pdf", b"MZ\x90\x00", ""),
        (
            "a.docx",
            zipped("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.xlsm", zipped("xl/workbook.xml", "xl/vbaProject.bin"), ""),
        ("a.zip", zipped("a.txt"), ""),
        ("a.zip", b"PK\x03\x04broken", ""),
        ("a.csv", b"a;b\r\n", "text/csv"),
        ("a.csv", b"\xff\xfe\x00a", ""),
        ("a.html", b"<script>", ""),
        ("a.txt", b"a\x00b", ""),
    ],
)
def test_a_file_is_known_by_its_content(name: str, data: bytes, media: str) -> None:
    assert media_of(FilePart(name, data)) == media


def test_files_that_are_not_taken_are_named() -> None:
    large = FilePart("besar.pdf", b"%PDF-" + bytes(LARGEST_MB * 1024 * 1024))
    strange = FilePart("a\u202epdf.exe", b"%PDF-")
    problems = file_problems([large, strange, FilePart("a.exe", b"MZ")])
    assert [problem.key for problem in problems] == ["task.file_large", "task.file_name", "task.file_kind"]
    many = [FilePart("a.pdf", b"%PDF-")] * (MOST_FILES + 1)
    assert [problem.key for problem in file_problems(many)] == ["task.too_many_files"]
