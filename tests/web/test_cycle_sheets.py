"""The pages of a cycle's workbook: downloaded, refused cell by cell, confirmed, brought back out."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from governance.assessment.course import CycleRole
from tests.cycles import cycle_of, seat, share
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.workbooks import changed, downloaded, read
from tests.world import World


@pytest.fixture
def cycle_id(world: World) -> int:
    made = cycle_of(world)
    for role in (CycleRole.DATA_ENTRY, CycleRole.ASSESSOR):
        seat(world, made, role, world.diskominfo)
    share(world, made, {"1": world.diskominfo, "2": world.dinkes})
    return made


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


def sent(reader: Reader, cycle_id: int, data: bytes) -> tuple[int, str, str]:
    """What the page answers to a workbook: status, text, where it leads."""
    answer = reader.post(f"/cycles/{cycle_id}/sheets", {"file": (BytesIO(data), "siklus.xlsx")})
    return answer.status_code, answer.text, answer.headers.get("Location", "")


def test_the_workbook_is_locked_but_for_what_is_filled_in(cycle_id: int, reader: Reader) -> None:
    answer = reader.get(f"/cycles/{cycle_id}/sheets.xlsx")
    assert answer.headers["Content-Disposition"].endswith(".xlsx")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == ["Petunjuk", "Pilihan", "Pembagian", "Nilai", "Upaya", "Dokumen", "Bukti", "Asal"]
    assert [book[name].sheet_state for name in ("Pilihan", "Asal")] == ["hidden", "veryHidden"]
    scores = book["Nilai"]
    assert scores.protection.sheet
    assert [scores[cell].protection.locked for cell in ("E1", "A2", "B2", "E2")] == [True, True, True, False]
    ruled = {
        str(rule.sqref): (rule.type, rule.formula1, rule.formula2) for rule in scores.data_validations.dataValidation
    }
    assert ruled["E2:E48"] == ("whole", "1", "5")
    (offices,) = book["Pembagian"].data_validations.dataValidation
    assert (str(offices.sqref), offices.type) == ("C2:C48", "list")


def test_wrong_cells_are_named_on_the_page_and_nothing_is_kept(world: World, cycle_id: int, reader: Reader) -> None:
    cells = {"Nilai!E7": 6, "Pembagian!C9": "Dinas Khayalan", "Nilai!E8": date(2026, 5, 6), "Nilai!A9": "8\u200b"}
    data = changed(downloaded(world, cycle_id), cells)
    before = world.everything()
    status, page, _to = sent(reader, cycle_id, data)
    assert status == 422
    assert "Belum dimasukkan: 4 hal harus diperbaiki" in page
    assert "Nilai!E8 berisi tanggal atau jam (06/05/2026)" in page
    assert "Nilai!A9: butir &#34;8[U+200B]&#34; tidak ada" in page
    assert "Nilai!E7: 6 di luar skala 1 sampai 5" in page
    assert "Pembagian!C9: perangkat daerah &#34;Dinas Khayalan&#34; tidak dikenal" in page
    assert world.everything() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "bukan buku kerja Excel"),
        (b"%PDF-1.4", "bukan buku kerja Excel"),
        (b"PK\3\4" + b"0" * 40, "bukan buku kerja Excel"),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(cycle_id: int, reader: Reader, data: bytes, words: str) -> None:
    status, page, _to = sent(reader, cycle_id, data)
    assert status == 422
    assert words in page


def test_a_workbook_is_looked_at_confirmed_and_brought_back_out(world: World, cycle_id: int, reader: Reader) -> None:
    status, _page, to = sent(reader, cycle_id, changed(downloaded(world, cycle_id), {"Nilai!E2": 3, "Upaya!D2": 2.5}))
    assert status == 303
    page = reader.get(to).text
    assert "2 sel akan berubah" in page
    assert '<b lang="id">2,5</b>' in page
    assert world.rows("SELECT item FROM score") == []
    assert reader.post(f"{to}/confirm").status_code == 303
    assert "2 sel sudah diubah" in reader.get(to).text
    assert world.rows("SELECT value FROM score WHERE counts") == [("3/1",)]
    assert reader.post(f"{to}/undo").status_code == 303
    assert "2 sel dikembalikan" in reader.get(to).text
    assert world.rows("SELECT value FROM score WHERE counts") == [(None,)]
    assert "Sudah dikembalikan" in reader.get(f"/cycles/{cycle_id}/sheets").text


def test_a_cell_that_others_changed_meanwhile_is_named(world: World, cycle_id: int, reader: Reader) -> None:
    first = read(world, cycle_id, changed(downloaded(world, cycle_id), {"Nilai!E2": 3}))
    second = read(world, cycle_id, changed(downloaded(world, cycle_id), {"Nilai!E2": 4}))
    assert reader.post(f"/sheets/{second}/confirm").status_code == 303
    answer = reader.post(f"/sheets/{first}/confirm")
    assert answer.status_code == 409
    assert "orang lain mengubah sel berikut" in answer.text
    assert ">Nilai!E2</p>" in answer.text


def test_the_pages_ask_little_and_only_those_who_may(world: World, cycle_id: int, reader: Reader) -> None:
    table = read(world, cycle_id, changed(downloaded(world, cycle_id), {"Nilai!E2": 3}))
    for path in (f"/cycles/{cycle_id}/sheets", f"/sheets/{table}"):
        assert reads(lambda path=path: reader.get(path)) <= 7  # type: ignore[misc]
        for someone, status in ((world.sekda, 403), (world.kota.diskominfo, 404)):
            assert Reader(world.app, someone).get(path).status_code == status


def test_a_long_list_of_changes_goes_on_overleaf(world: World, cycle_id: int, reader: Reader) -> None:
    cells = {f"Upaya!D{row}": row for row in range(2, 190)} | {f"Nilai!E{row}": 3 for row in range(2, 49)}
    _status, _page, to = sent(reader, cycle_id, changed(downloaded(world, cycle_id), cells))
    page = reader.get(to).text
    assert "235 sel akan berubah" in page
    assert page.count('<th scope="row" lang="id">') == 200
    assert f'href="{to}?start=200"' in page
    assert reader.get(f"{to}?start=200").text.count('<th scope="row" lang="id">') == 35
