"""The pages of years: results recorded with what does not fit in them, and the drawing with its breaks."""

import re
from io import BytesIO
from typing import Any

import pytest

from governance.assessment.course import ScoreStage
from governance.assessment.score_models import Score
from governance.kernel.db import db, transaction
from tests.cycles import cycle_of
from tests.web.reader import Reader
from tests.workflows.test_recording_results import MIDDLE, NEW, OLD, PDF, peers, recorded
from tests.world import NOW, World
from workflows import recording_results

FORM = {"year": "2020", "instrument": OLD, "v.index": "2,4", "target": "2,6", "source": "Berita Agustus 2020"}


@pytest.fixture
def diskominfo(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


def test_the_result_of_serang_2020_stands_with_its_target(diskominfo: Reader) -> None:
    answer = diskominfo.post("/results/new", FORM | {"predicate": "Cukup"})
    assert answer.status_code == 303
    page = diskominfo.get(answer.headers["Location"]).text
    assert re.search(r'data-figure="official"><b class="m-figure">2,4</b>.*Cukup', page, re.DOTALL)
    assert "Kurang 0,20." in page
    assert "jalur termurah, peta panas, dan nilai per indikator tahun ini tidak dapat dihitung" in page
    listed = diskominfo.get("/index/years").text
    assert "2,40" in listed
    assert "kurang 0,20" in listed


def test_a_predicate_that_does_not_fit_is_asked_about_and_kept_as_published(diskominfo: Reader, world: World) -> None:
    form = FORM | {"predicate": "Baik", "v.D1": "2,00"}
    asked = diskominfo.post("/results/new", form)
    assert asked.status_code == 200
    assert "Predikat yang diterbitkan Baik" in asked.text
    assert 'value="2,00"' in asked.text, "what was typed stays"
    assert world.value("SELECT count(*) FROM published_result") == 0
    answer = diskominfo.post("/results/new", form | {"act": "anyway"})
    assert answer.status_code == 303
    assert "Predikat yang diterbitkan Baik" in diskominfo.get(answer.headers["Location"]).text


def test_a_wrong_form_says_where_and_keeps_what_was_typed(diskominfo: Reader, world: World) -> None:
    answer = diskominfo.post("/results/new", FORM | {"v.index": "24", "v.A1": "dua", "source": ""})
    assert answer.status_code == 422
    for place in ("f-index", "f-A1", "f-source"):
        assert f'href="#{place}"' in answer.text
        assert f'id="{place}"' in answer.text
    assert 'value="dua"' in answer.text
    assert world.value("SELECT count(*) FROM published_result") == 0


@pytest.mark.parametrize("form", [{}, {"year": "x"}, {"year": "2020", "instrument": "<b>"}, {"v.index": "\x00"}])
def test_a_form_of_nonsense_changes_nothing(diskominfo: Reader, form: dict[str, Any]) -> None:
    assert diskominfo.post("/results/new", form).status_code == 422


@pytest.mark.parametrize("query", ["?year=abc", "?year=2020", "?instrument=zzz", f"?instrument={NEW}&year=99999"])
def test_the_form_opens_whatever_the_address_says(diskominfo: Reader, query: str) -> None:
    assert diskominfo.get(f"/results/new{query}").status_code == 200


def test_a_year_proposes_the_instrument_that_the_law_has_for_it(diskominfo: Reader) -> None:
    for year, key in ((2020, OLD), (2023, MIDDLE), (2026, NEW)):
        page = diskominfo.get(f"/results/new?year={year}").text
        assert f'name="instrument" value="{key}"' in page


def test_a_result_is_corrected_and_both_stay_to_be_read(diskominfo: Reader, world: World) -> None:
    first = recorded(world)
    page = diskominfo.get(f"/results/{first}/correct").text
    assert 'value="2.4"' in page
    wrong = diskominfo.post(f"/results/{first}/correct", FORM | {"v.index": "2,45"})
    assert wrong.status_code == 422
    assert "Tulis alasannya" in wrong.text
    form = FORM | {"v.index": "2,45", "reason": "Salah salin", "scan": (BytesIO(PDF), "k.pdf")}
    answer = diskominfo.post(f"/results/{first}/correct", form)
    assert answer.status_code == 303
    assert "Salah salin" in diskominfo.get(f"/results/{first}").text
    assert diskominfo.get(f"{answer.headers['Location']}/scan").data == PDF
    assert diskominfo.get(f"/results/{first}/scan").status_code == 404
    assert "Salah salin" in diskominfo.get("/index/years").text


def test_a_result_is_withdrawn_with_a_reason(diskominfo: Reader, world: World) -> None:
    key = recorded(world)
    assert diskominfo.post(f"/results/{key}/withdraw", {"reason": ""}).status_code == 422
    assert diskominfo.post(f"/results/{key}/withdraw", {"reason": "Bukan hasil resmi"}).status_code == 303
    assert "Bukan hasil resmi" in diskominfo.get(f"/results/{key}").text
    assert diskominfo.post(f"/results/{key}/withdraw", {"reason": "Lagi"}).status_code == 409


def test_others_read_results_and_cannot_change_them(world: World) -> None:
    key, dinkes = recorded(world), Reader(world.app, world.dinkes)
    for path in ("/index/years", f"/results/{key}"):
        page = dinkes.get(path)
        assert page.status_code == 200
        assert "/results/new" not in page.text
        assert "/correct" not in page.text
    assert dinkes.get(f"/results/{key}/correct").status_code == 403
    assert dinkes.post("/results/new", FORM).status_code == 403
    assert dinkes.post(f"/results/{key}/withdraw", {"reason": "x"}).status_code == 403


def test_the_years_are_drawn_with_a_break_and_never_a_line_across_it(diskominfo: Reader, world: World) -> None:
    for year, key, index in ((2019, OLD, "2.2"), (2020, OLD, "2.4"), (2021, MIDDLE, "2.1"), (2023, MIDDLE, "2.5")):
        recorded(world, year=year, instrument=key, values={"index": index}, target="")
    page = diskominfo.get("/index/years").text
    drawn = page[page.index("m-years") : page.index("m-legend")]
    assert drawn.count('<line class="official') == 2
    assert drawn.count('class="official is-far"') == 1, "2022 is not known: the line says so"
    assert drawn.count("m-break") == 1
    assert "Patahan 2020–2021" in page
    assert "Skalanya dari 0 sampai 5 menjadi 1 sampai 5" in page
    assert "+0,40" in page


def test_official_and_provisional_figures_never_look_alike(diskominfo: Reader, world: World) -> None:
    recorded(world, year=2023, instrument=MIDDLE, target="")
    cycle_id = cycle_of(world, year=2024)
    with transaction():
        for key in world.library.instruments.instrument(MIDDLE).items:
            row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item=key, stage=ScoreStage.SELF)
            row.value, row.by_title, row.at, row.counts = "7/3", "Asesor", NOW, True
            db.session.add(row)
    page = diskominfo.get("/index/years").text
    drawn = page[page.index("m-years") : page.index("m-legend")]
    assert (drawn.count('circle class="official"'), drawn.count('circle class="provisional"')) == (1, 1)
    assert "sementara, eksak 7/3; bukan hasil resmi" in page
    assert "kurang 0,27 (4/15) (sementara)" in page


def test_a_cycle_without_all_values_shows_a_range(diskominfo: Reader, world: World) -> None:
    cycle_of(world, year=2024)
    assert "belum ada nilai" in diskominfo.get("/index/years").text


def test_peers_are_drawn_where_the_instrument_is_the_same(diskominfo: Reader, world: World) -> None:
    recorded(world, target="")
    by, library = world.diskominfo.actor, world.library
    recording_results.keep_peers(peers(), by=by, now=NOW, library=library)
    recording_results.keep_peers(peers(peers="Nasional", instrument=MIDDLE), by=by, now=NOW, library=library)
    page = diskominfo.get("/index/years").text
    drawn = page[page.index("m-years") : page.index("m-legend")]
    assert drawn.count('class="peer"') == 1
    assert "Paparan kementerian" in page


def test_years_that_are_not_recorded_are_named(diskominfo: Reader, world: World) -> None:
    recorded(world)
    page = diskominfo.get("/index/years").text
    assert 'href="/results/new?year=2021"' in page
    assert 'href="/results/new?year=2020"' not in page
