"""The page of a cycle's papers: what there is, what is drafted from the cycle, what changed since."""

import pytest

from governance.assessment.course import CycleRole
from governance.assessment.papers import MINUTES, REPORT
from tests.cycles import cycle_of, seat, share
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.workbooks import changed, downloaded, read
from tests.world import NOW, World
from workflows import drafting, importing
from workflows.drafting import NewDocument


@pytest.fixture
def cycle_id(world: World) -> int:
    made = cycle_of(world)
    seat(world, made, CycleRole.ASSESSOR, world.diskominfo)
    share(world, made, {"1": world.diskominfo, "2": world.dinkes})
    return rated(world, made, {f"Nilai!E{row}": 3 for row in range(2, 49)})


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


def rated(world: World, cycle_id: int, cells: dict[str, int]) -> int:
    table = read(world, cycle_id, changed(downloaded(world, cycle_id), cells))
    importing.confirm(table, by=world.diskominfo.actor, now=NOW)
    return cycle_id


def test_a_paper_is_drafted_from_the_cycle_and_found_again(cycle_id: int, reader: Reader) -> None:
    page = f"/cycles/{cycle_id}/papers"
    assert reader.get(page).text.count("Susun dari data siklus") == 3
    answer = reader.post(page, {"kind": REPORT})
    assert answer.status_code == 303
    assert "47 (empat puluh tujuh) butir" in reader.get(answer.location).text
    assert "Siklus penilaian tahun 2025" in reader.get(answer.location).text
    again = reader.get(page).text
    assert "Sama dengan data siklus sekarang." in again
    assert again.count("Susun dari data siklus") == 2
    assert reader.post(page, {"kind": REPORT}).status_code == 409
    assert reader.post(page, {"kind": "circular"}).status_code == 422


def test_what_changed_since_the_draft_is_told_on_the_page(world: World, cycle_id: int, reader: Reader) -> None:
    page = f"/cycles/{cycle_id}/papers"
    reader.post(page, {"kind": REPORT})
    rated(world, cycle_id, {"Nilai!E4": 4})
    told = reader.get(page).text
    assert "Data siklus berubah sejak naskah ini dibuat" in told
    assert "<del>3</del> → <b>4</b>" in told


def test_a_paper_drafted_elsewhere_is_linked_on_the_page(world: World, cycle_id: int, reader: Reader) -> None:
    by, page = world.diskominfo.actor, f"/cycles/{cycle_id}/papers"
    elsewhere = drafting.open_document(NewDocument(MINUTES, 2025), by=by, now=NOW, library=world.library)
    assert f'value="{elsewhere}"' in reader.get(page).text
    assert reader.post(f"{page}/link", {"document": "lain"}).status_code == 422
    assert reader.post(f"{page}/link", {"document": str(elsewhere)}).status_code == 303
    assert "Tidak disusun dari data siklus" in reader.get(page).text


def test_the_page_asks_little_and_others_read_only(world: World, cycle_id: int, reader: Reader) -> None:
    page = f"/cycles/{cycle_id}/papers"
    reader.post(page, {"kind": REPORT})
    assert reads(lambda: reader.get(page)) <= 7
    office = Reader(world.app, world.dinkes)
    assert "Susun dari data siklus" not in office.get(page).text
    assert "Naskahnya belum terbuka untuk jabatan Anda." in office.get(page).text
    assert office.post(page, {"kind": MINUTES}).status_code == 403
    assert Reader(world.app, world.kota.diskominfo).get(page).status_code == 404
