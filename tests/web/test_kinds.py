"""The pages of the kinds: what the law asks on a date, who establishes it, what it proves and what it does not."""

import re
from collections.abc import Callable

import pytest

from tests.web.reader import Reader
from tests.world import World


@pytest.fixture
def read(world: World) -> Callable[[str], str]:
    """A page as the head of Diskominfo reads it, blanks made one."""
    reader = Reader(world.app, world.diskominfo)

    def ask(path: str) -> str:
        answer = reader.get(path)
        assert answer.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())

    return ask


def test_every_document_the_law_names_has_a_page_for_every_post(world: World) -> None:
    wrong = {}
    for someone in (world.sekda, world.provinsi.hukum):
        reader = Reader(world.app, someone)
        for key in world.library.law.mandates:
            status = reader.get(f"/kinds/{key}").status_code
            if status != 200:
                wrong[someone.username, key] = status
    assert wrong == {}


def test_an_unknown_kind_is_not_found(world: World) -> None:
    answer = Reader(world.app, world.sekda).get("/kinds/surat_cinta")
    assert answer.status_code == 404
    assert "<main" in answer.text


def test_a_stranger_signs_in_first(world: World) -> None:
    assert Reader(world.app, None).get("/kinds").status_code == 302


def test_who_establishes_follows_the_date(read: Callable[[str], str]) -> None:
    before, since = (read(f"/kinds/internal_assessor_team_decree?on={day}") for day in ("2026-06-04", "2026-06-05"))
    assert "Ditetapkan oleh Bupati Serang (naskahnya dibaca)" in before
    assert "Ditetapkan oleh Sekretaris Daerah Kabupaten Serang (dari kutipan atau ringkasan)" in since


@pytest.mark.parametrize("on", ["kemarin", "2026-13-40", "", "0000-00-00", "%00"])
def test_a_date_that_is_none_shows_the_law_of_today(read: Callable[[str], str], on: str) -> None:
    assert read(f"/kinds/spbe_roadmap?on={on}") == read("/kinds/spbe_roadmap")


def test_a_duty_is_named_with_its_article_and_how_sure_it_is(read: Callable[[str], str]) -> None:
    before, since = (read(f"/kinds/spbe_architecture?on={day}") for day in ("2024-09-03", "2024-09-04"))
    assert "Pasal 33-34" not in before
    assert "Peraturan Menteri Komunikasi dan Informatika Nomor 4 Tahun 2024, Pasal 33-34" in since


def test_a_kind_says_what_it_proves_and_under_which_conditions(read: Callable[[str], str]) -> None:
    page = read("/kinds/spbe_roadmap")
    assert "Indeks SPBE (47 indikator)" in page
    assert "Indikator 12 tingkat 5" in page
    assert "Tingkat 3: tujuh muatan peta rencana lengkap . Keadaan:" in page
    assert "Yang tidak dibuktikan anggaran tersedia" in page


def test_a_decree_that_proves_nothing_says_so(read: Callable[[str], str]) -> None:
    page = read("/kinds/internal_assessor_team_decree")
    assert "Dokumen ini tidak membuktikan tingkat indikator mana pun." in page
    assert "asesor menolak keputusan tim asesor sebagai penggantinya" in page


def test_the_route_of_a_kind_names_the_offices_of_the_region(read: Callable[[str], str]) -> None:
    page = read("/kinds/spbe_governance_regulation")
    assert "Kepala unit pemrakarsa: paraf Kepala Bagian Hukum : paraf" in page
    assert "Sekretaris Daerah : persetujuan konsep" in page


def test_what_comes_from_outside_is_recorded_and_not_drafted(world: World) -> None:
    hukum, diskominfo = Reader(world.app, world.hukum), Reader(world.app, world.diskominfo)
    assert "/documents/record?kind=audit_security" in hukum.get("/kinds/audit_security").text
    assert "/documents/new?kind=audit_security" not in diskominfo.get("/kinds/audit_security").text
    assert "/documents/new?kind=spbe_roadmap" in diskominfo.get("/kinds/spbe_roadmap").text


def test_the_list_leads_to_every_kind_and_the_new_document_to_the_list(world: World) -> None:
    reader = Reader(world.app, world.diskominfo)
    listed = set(re.findall(r'href="/kinds/(\w+)', reader.get("/kinds").text))
    assert listed == set(world.library.law.mandates)
    for place in ("/documents/new", "/documents"):
        assert 'href="/kinds"' in reader.get(place).text
