"""What an act proves, at the pages: told under each instrument, declared, offered, and what no document can raise."""

import html
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask, render_template

from governance.assessment import cycles
from governance.assessment.acts_offered import offers_for
from governance.assessment.course import Stage
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from tests.cycles import INSTRUMENT, cycle_of, share
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from web.pages.proof_shapes import item_offers_shape, under
from workflows import jobs

SIGNED = TODAY - timedelta(days=60)
REVIEW = {"state": "reviewed", "on": (TODAY - timedelta(days=5)).isoformat(), "pointer": "halaman 4"}
Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def act(make: Maker) -> Paper:
    return make.document(State.ENACTED, signed_on=SIGNED)


@pytest.fixture
def cycle_id(world: World) -> int:
    cycle_id = cycle_of(world, year=TODAY.year)
    share(world, cycle_id, {"10": world.dinkes})
    return cycle_id


def _offer(cycle_id: int, **more: str) -> dict[str, str]:
    return {"cycle": str(cycle_id), "item": "10", "place": "3:I10-L3-01", "pointer": "diktum KEDUA"} | more


def test_an_acts_page_leads_to_what_it_proves_and_what_it_does_not(
    world: World, sit: Sit, act: Paper, cycle_id: int
) -> None:
    reader = sit(world.dinkes)
    assert f'href="/documents/{act.id}/proofs"' in reader.get(f"/documents/{act.id}").text
    page = html.unescape(reader.get(f"/documents/{act.id}/proofs").text)
    assert "tingkat 1, 2, 3" in page
    assert "Hasil reviu ditindaklanjuti" in page
    assert "audit: keputusan ini bukan keputusan tim audit" in page
    assert "langsung dari teks kriteria" in page
    titles = [world.library.instruments.instrument(key).title for key in (INSTRUMENT, "permenpanrb-8-2026")]
    assert page.index(titles[0]) < page.index(titles[1]), "the cycle's own instrument comes first"
    assert page.count("instrumen yang sudah lewat") == 1, "2018's; 2020's is the cycle's own"
    assert f'action="/documents/{act.id}/declarations"' not in page, "the office neither initiated nor watches it"


def test_of_what_is_not_enacted_nothing_is_offered_and_the_kind_is_shown(world: World, sit: Sit, make: Maker) -> None:
    draft = make.document()
    page = sit(world.diskominfo).get(f"/documents/{draft.id}/proofs").text
    assert "Belum ditetapkan" in page
    assert 'href="/kinds/coordination_team_decree"' in page
    assert "bukan keputusan tim audit" in page


def test_a_kind_that_proves_nothing_under_the_cycles_instrument_says_so(
    world: World, sit: Sit, make: Maker, cycle_id: int
) -> None:
    reader = sit(world.diskominfo)
    for kind, says in (
        ("attendance_list", "Untuk instrumen penilaian"),
        ("internal_assessor_team_decree", "tidak membuktikan tingkat indikator mana pun"),
    ):
        old = {"kind": kind, "title": f"Lama {kind}", "number": kind, "signed_on": "2025-03-02"}
        document = reader.post("/documents/record", old).location
        page = reader.get(f"{document}/proofs").text
        assert says in page, kind
        assert "/offer" not in page.replace("/offers", "")


def test_a_yearly_document_of_an_earlier_year_is_marked_and_a_revoked_act_offers_nothing(
    world: World, sit: Sit, cycle_id: int
) -> None:
    reader = sit(world.diskominfo)
    old = {"kind": "spbe_budget_plan", "title": "Anggaran", "number": "9", "signed_on": "2025-03-02"}
    document = reader.post("/documents/record", old).location
    page = reader.get(f"{document}/proofs").text
    assert "Dokumen tahun 2025 dari jenis yang dibuat setiap tahun" in page
    assert f'action="{document}/offer"' in page
    world.change("UPDATE act SET in_force_to = :day", day=TODAY - timedelta(days=1))
    page = reader.get(f"{document}/proofs").text
    assert "habis masa berlakunya" in page
    assert f'action="{document}/offer"' not in page


def test_a_review_is_declared_with_its_file_and_taken_back(world: World, sit: Sit, act: Paper) -> None:
    reader = sit(world.diskominfo)
    file = {"file": (BytesIO(b"%PDF-1.7 reviu"), "laporan reviu.pdf")}
    answer = reader.post(f"/documents/{act.id}/declarations", REVIEW | file)
    assert (answer.status_code, answer.location) == (303, f"/documents/{act.id}/proofs#pernyataan")
    page = reader.get(f"/documents/{act.id}/proofs").text
    assert "laporan reviu.pdf, halaman 4" in page
    assert "Tingkat 2, 3 harus dibuktikan dengan yang lain" in page, "a review says nothing of the team's work"
    declaration = world.value("SELECT id FROM declaration")
    empty = reader.post(f"/declarations/{declaration}/withdraw", {"reason": ""})
    assert empty.status_code == 422
    assert reader.post(f"/declarations/{declaration}/withdraw", {"reason": "Salah berkas"}).status_code == 303
    page = reader.get(f"/documents/{act.id}/proofs").text
    assert "Salah berkas" in page
    assert "harus dibuktikan dengan yang lain" not in page
    assert "<del>" in page
    trail = reader.get(f"/documents/{act.id}/trail").text
    assert "menyatakan direviu dan dievaluasi pada" in trail
    assert "menarik pernyataan direviu dan dievaluasi" in trail


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"on": SIGNED.isoformat()}, "Harus sesudah penetapan"),
        ({"on": "2999-01-01"}, "belum tiba"),
        ({"on": "kemarin"}, "Tanggal"),
        ({"pointer": ""}, "Kurang, Halaman atau pasal"),
        ({"state": "terbang"}, "tidak membuktikan apa pun bagi jenis"),
        ({"state": "followed_up"}, "menyusul reviu"),
        ({"file": (BytesIO(b"MZ"), "a.exe")}, "a.exe"),
        ({"file": (BytesIO(b""), "")}, "Unggah buktinya"),
        ({"evidence": "999999"}, "Pilih satu"),
    ],
)
def test_a_wrong_declaration_is_told_at_its_field_and_what_was_typed_stays(
    world: World, sit: Sit, act: Paper, changed: dict[str, object], says: str
) -> None:
    file = {"file": (BytesIO(b"%PDF-1.7 reviu"), "laporan.pdf")}
    reader = sit(world.diskominfo)
    before = world.everything()
    answer = reader.post(f"/documents/{act.id}/declarations", REVIEW | file | changed)
    assert answer.status_code == 422
    assert says in html.unescape(answer.text)
    if "pointer" not in changed:
        assert 'value="halaman 4"' in answer.text
    assert world.everything() == before


def test_an_office_with_a_share_offers_the_act_and_then_it_says_so(
    world: World, sit: Sit, act: Paper, cycle_id: int
) -> None:
    reader = sit(world.dinkes)
    page = reader.get(f"/documents/{act.id}/proofs").text
    assert page.count(f'action="/documents/{act.id}/offer"') == 1, "of indicator 10 alone it has a share"
    answer = reader.post(f"/documents/{act.id}/offer", _offer(cycle_id))
    assert (answer.status_code, answer.location) == (303, f"/documents/{act.id}/proofs")
    assert "sudah ditawarkan" in reader.get(f"/documents/{act.id}/proofs").text
    assert world.rows("SELECT item, level, code, state FROM evidence_use") == [("10", 3, "I10-L3-01", "draft")]
    assert "menawarkannya sebagai bukti" in reader.get(f"/documents/{act.id}/trail").text
    assert f'action="/documents/{act.id}/offer"' in sit(world.diskominfo).get(f"/documents/{act.id}/proofs").text


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"pointer": ""}, 422, "Kurang, Halaman atau pasal"),
        ({"place": "5:"}, 422, "tidak membuktikan indikator 10 tingkat 5"),
        ({"place": "x"}, 422, "Kurang, Untuk"),
        ({"place": "3:I11-L3-01"}, 422, "Yang ada: I10-L3-01"),
        ({"item": "19"}, 403, ""),
        ({"cycle": "99999"}, 404, ""),
    ],
)
def test_a_wrong_offer_changes_nothing(
    world: World, sit: Sit, act: Paper, cycle_id: int, changed: dict[str, str], status: int, says: str
) -> None:
    reader = sit(world.dinkes)
    before = world.everything()
    answer = reader.post(f"/documents/{act.id}/offer", _offer(cycle_id, **changed))
    assert answer.status_code == status
    assert says in html.unescape(answer.text)
    if says.startswith("Kurang, Halaman"):
        assert answer.text.count('href="#f-pointer"') == answer.text.count('id="f-pointer"') == 1
    assert world.everything() == before


def test_after_the_offer_one_is_led_back_to_where_one_was_and_never_elsewhere(
    world: World, sit: Sit, act: Paper, cycle_id: int
) -> None:
    reader = sit(world.diskominfo)
    here = f"/cycles/{cycle_id}/offers"
    assert reader.post(f"/documents/{act.id}/offer", _offer(cycle_id, next=here)).location == here
    foreign = reader.post(f"/documents/{act.id}/offer", _offer(cycle_id, place="2:", next="//elsewhere.example/"))
    assert foreign.location == "/"


def test_the_cycles_list_has_what_is_left_and_what_no_document_can_raise(
    world: World, sit: Sit, act: Paper, cycle_id: int
) -> None:
    reader = sit(world.diskominfo)
    page = html.unescape(reader.get(f"/cycles/{cycle_id}/offers").text)
    assert f'href="/documents/{act.id}/proofs"' in page
    nobody = page[page.index('id="tanpa-dokumen"') :]
    assert nobody.count("<li>") == len(world.library.law.uncovered[INSTRUMENT]) + nobody.count("<li><")
    for item, level in (("10", "1"), ("10", "2"), ("10", "3"), ("19", "1")):
        reader.post(f"/documents/{act.id}/offer", _offer(cycle_id, item=item, place=f"{level}:"))
    assert "Tidak ada penetapan yang belum ditawarkan" in reader.get(f"/cycles/{cycle_id}/offers").text
    assert sit(world.kota.diskominfo).get(f"/cycles/{cycle_id}/offers").status_code == 404


def test_before_the_cycle_is_opened_nothing_can_be_offered_and_the_page_says_so(
    world: World, sit: Sit, act: Paper
) -> None:
    cycle_id = cycle_of(world, year=TODAY.year, stage=Stage.PREPARATION)
    page = sit(world.diskominfo).get(f"/cycles/{cycle_id}/offers").text
    assert "tidak sedang dilaksanakan" in page
    assert "/offer" not in page.replace("/offers", "")


def test_a_secret_act_is_not_in_the_list_of_who_may_not_see_it(
    world: World, sit: Sit, make: Maker, cycle_id: int
) -> None:
    secret = make.document(State.ENACTED, signed_on=SIGNED, secrecy=Secrecy.TERBATAS)
    assert f"/documents/{secret.id}/" not in sit(world.dinkes).get(f"/cycles/{cycle_id}/offers").text
    assert f"/documents/{secret.id}/" in sit(world.diskominfo).get(f"/cycles/{cycle_id}/offers").text
    assert sit(world.dinkes).get(f"/documents/{secret.id}/proofs").status_code == 404


def test_an_items_page_can_show_the_acts_that_offer_themselves_for_it(
    world: World, act: Paper, cycle_id: int, shown_as: Callable[[Someone, str], str]
) -> None:
    page = shown_as(world.dinkes, "10")
    assert "tingkat 1, 2, 3" in page
    assert f'action="/documents/{act.id}/offer"' in page
    assert 'name="next" value="/here"' in page
    assert "Tidak ada dokumen yang dapat menaikkan" in shown_as(world.dinkes, "47")
    assert "Belum ada penetapan" in shown_as(world.dinkes, "1")


@pytest.fixture
def shown_as(world: World, cycle_id: int) -> Callable[[Someone, str], str]:
    """The partial of an item's page as someone sees it."""

    def show(someone: Someone, item: str) -> str:
        app: Flask = world.app
        with app.test_request_context("/here"):
            cycle = cycles.seen(cycle_id, someone.actor)
            found = offers_for(someone.actor, cycle, item, under(INSTRUMENT), TODAY)
            shape = item_offers_shape(someone.actor, cycle, item, found)
            return render_template("partials/_item_offers.html", item_offers=shape)

    return show


def test_the_notice_leads_to_what_the_act_proves(world: World, sit: Sit, make: Maker, cycle_id: int) -> None:
    act = make.document(State.ENACTED, signed_on=SIGNED)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    reader = sit(world.dinkes)
    told = world.value(
        "SELECT id FROM notice WHERE key = 'proof.offers' AND person_id = :id", id=world.dinkes.actor.person_id
    )
    assert "dapat ditawarkan sebagai bukti penilaian" in reader.get("/inbox").text
    assert reader.get(f"/notices/{told}").location == f"/documents/{act.id}/proofs"


def test_no_page_of_proofs_asks_more_than_seven_statements(
    world: World, sit: Sit, make: Maker, act: Paper, cycle_id: int
) -> None:
    for title in ("Tim kedua", "Tim ketiga"):
        make.document(State.ENACTED, signed_on=SIGNED, title=title)
    for someone in (world.diskominfo, world.dinkes, world.sekda):
        reader = sit(someone)
        for path in (f"/documents/{act.id}/proofs", f"/cycles/{cycle_id}/offers"):
            reader.get(path)
            with heard() as said:
                assert reader.get(path).status_code == 200
            assert len(selects(said)) <= 7, (someone.username, path)
