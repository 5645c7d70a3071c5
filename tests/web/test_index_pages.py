"""The index at its page: what is official, provisional or only a range, by aspect, and by indicator and office."""

import html
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from governance.assessment.course import Part, ScoreStage, Stage
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.assessment.result_models import PublishedResult
from governance.kernel.db import db, transaction
from tests.cycles import INSTRUMENT, cycle_of, share
from tests.full_cycle import offered, rate
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.world import NOW, Someone, World

Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def instrument(world: World) -> Instrument:
    return world.library.instruments.instrument(INSTRUMENT)


def _rated(world: World, cycle_id: int, instrument: Instrument, value: str = "5/2", without: int = 0) -> None:
    with transaction():
        rate(world, cycle_id, list(instrument.items)[without:], value)


def _published(world: World, year: int, **more: object) -> None:
    row = PublishedResult(institution_id=world.serang.id, year=year, instrument=INSTRUMENT, values={"index": "2.71"})
    row.predicate, row.number, row.dated_on = "Baik", "Kepmen PANRB 1/2025", date(2025, 12, 20)
    row.by_title, row.entered_at = "Kepala Dinas", NOW
    for name, value in more.items():
        setattr(row, name, value)
    with transaction():
        db.session.add(row)


def _read(reader: Reader, where: str = "/index") -> str:
    answer = reader.get(where)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.text).split())


def test_without_a_cycle_the_page_says_who_sets_one_up(world: World, sit: Sit) -> None:
    assert "Kantor Anda yang menyiapkannya" in _read(sit(world.diskominfo))
    assert "komunikasi dan informatika" in _read(sit(world.dinkes))


def test_the_navigation_leads_to_the_index(world: World, sit: Sit) -> None:
    assert '<a href="/index" aria-current="page">Indeks</a>' in _read(sit(world.sekda))


def test_a_provisional_value_says_of_which_stage_and_how_far_the_target_is(
    world: World, sit: Sit, instrument: Instrument
) -> None:
    cycle_id = cycle_of(world, target="13/5")
    _rated(world, cycle_id, instrument)
    page = _read(sit(world.sekda))
    assert "<h1>Kurang 0,10 menuju target</h1>" in page
    assert 'data-figure="provisional"' in page
    assert "menurut penilaian mandiri" in page
    assert 'data-figure="official"' not in page
    assert "Simulasi" not in page


def test_what_the_page_shows_is_what_hand_computation_gives(world: World, sit: Sit, instrument: Instrument) -> None:
    """The index as the sum of weight times value, in exact fractions, without the code under test."""
    cycle_id = cycle_of(world, target=None)
    values = {key: Fraction(1 + number % 5) for number, key in enumerate(instrument.items)}
    with transaction():
        for key, value in values.items():
            rate(world, cycle_id, [key], f"{value}/1")
    by_hand = sum((item.weight * values[item.key] for item in instrument.items.values()), Fraction(0)) / 100
    hundredths = int(by_hand * 100 + Fraction(1, 2))
    page = _read(sit(world.sekda))
    assert f"Eksak {by_hand.numerator}/{by_hand.denominator}" in page
    assert f"{hundredths // 100},{hundredths % 100:02d}" in page


def test_with_gaps_there_is_a_range_and_the_missing_items_are_named(
    world: World, sit: Sit, instrument: Instrument
) -> None:
    cycle_id = cycle_of(world, target="13/5")
    _rated(world, cycle_id, instrument, without=2)
    page = _read(sit(world.sekda))
    assert "<h1>Dua butir belum dinilai</h1>" in page
    assert 'data-figure="range"' in page
    assert 'data-figure="provisional"' not in page
    for item in list(instrument.items.values())[:2]:
        assert f"{item.key}. {item.name}" in page
    low = two_by_hand(instrument, Fraction(1))
    high = two_by_hand(instrument, Fraction(5))
    assert low in page
    assert high in page


def two_by_hand(instrument: Instrument, gap: Fraction) -> str:
    """The index where the first two items have that value and the others 5/2."""
    first = list(instrument.items)[:2]
    parts = (item.weight * (gap if item.key in first else Fraction(5, 2)) for item in instrument.items.values())
    hundredths = int(sum(parts, Fraction(0)) + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}"


def test_only_the_ministrys_figure_is_official_and_it_names_its_act(
    world: World, sit: Sit, instrument: Instrument
) -> None:
    cycle_id = cycle_of(world, target="13/5")
    _rated(world, cycle_id, instrument)
    _published(world, 2025)
    page = _read(sit(world.sekda))
    assert "<h1>Target tercapai</h1>" in page
    assert 'data-figure="official"' in page
    assert "Indeks resmi 2025" in page
    assert "Kepmen PANRB 1/2025" in page
    assert "20 Desember 2025" in page
    assert 'data-figure="provisional"' in page, "the two are told apart, side by side"


def test_a_result_that_was_withdrawn_is_not_official(world: World, sit: Sit, instrument: Instrument) -> None:
    cycle_id = cycle_of(world)
    _rated(world, cycle_id, instrument)
    _published(world, 2025, withdrawn_at=NOW, reason="Salah ketik")
    assert 'data-figure="official"' not in _read(sit(world.sekda))


def test_a_published_tier_stands_in_for_items_that_are_not_known(
    world: World, sit: Sit, instrument: Instrument
) -> None:
    cycle_id = cycle_of(world)
    group = next(one for one in instrument.groups.values() if one.code != "D1")
    inside = {item.key for item in group.items()}
    with transaction():
        rate(world, cycle_id, [key for key in instrument.items if key not in inside], "3/1")
    _published(world, 2025, values={group.code: "2.00"})
    page = _read(sit(world.sekda))
    assert 'data-figure="provisional"' in page
    assert "dipakai nilai kelompok yang diterbitkan" in page
    exact = (Fraction(3) * (100 - group.weight) + 2 * group.weight) / 100
    assert f"Eksak {exact.numerator}/{exact.denominator}" in page


def test_where_rounding_lifts_the_index_over_a_border_both_predicates_are_said(
    world: World, sit: Sit, instrument: Instrument
) -> None:
    cycle_id = cycle_of(world)
    _rated(world, cycle_id, instrument, "2596/1000")
    page = _read(sit(world.sekda))
    assert "2,60" in page
    exact, lifted = instrument.predicate_of(Fraction(649, 250)), instrument.predicate_of(Fraction(13, 5))
    assert exact != lifted
    assert f'<b lang="id">{exact}</b> (eksak; setelah dibulatkan: <b lang="id">{lifted}</b>)' in page


def test_the_heat_map_tells_who_proved_what_who_answers_and_who_is_not_involved(
    world: World, sit: Sit, instrument: Instrument
) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.diskominfo, "2": world.dinkes})
    share(world, cycle_id, {"1": world.dinkes}, Part.CONTRIBUTOR)
    with transaction():
        for level in (1, 2):
            offered(world, cycle_id, "1", level, state=EvidenceState.ACCEPTED)
    page = _read(sit(world.sekda))
    row = page.split('<th scope="row" lang="id">1. ')[1].split("</tr>")[0]
    assert 'data-lv="2">2</td>' in row, "the health office proved level 2 without answering for it"
    assert 'class="is-owner"' in row
    assert "belum ada bukti diterima" in row
    assert "tidak terlibat" in page.split('<th scope="row" lang="id">3. ')[1].split("</tr>")[0]


def test_another_cycle_is_shown_by_its_address_and_a_strange_one_is_not_there(world: World, sit: Sit) -> None:
    first, second = cycle_of(world, year=2024), cycle_of(world, year=2025)
    reader = sit(world.dinkes)
    assert "Indeks 2025" in _read(reader)
    assert "Indeks 2024" in _read(reader, f"/index?cycle={first}")
    assert Reader(world.app, world.kota.diskominfo).get(f"/index?cycle={second}").status_code == 404
    assert reader.get("/index?cycle=999999").status_code == 404
    assert reader.get("/index?cycle=abc").status_code == 200


def test_the_page_asks_four_statements_for_its_content(world: World, sit: Sit, instrument: Instrument) -> None:
    cycle_id = cycle_of(world, stage=Stage.REPORTING)
    share(world, cycle_id, dict.fromkeys(list(instrument.items)[:20], world.dinkes))
    _rated(world, cycle_id, instrument)
    _published(world, 2025)
    with transaction():
        rate(world, cycle_id, instrument.items, "3/1", ScoreStage.FINAL)
    reader = sit(world.sekda)
    reader.get("/index")
    with heard() as said:
        reader.get("/index")
    assert len(selects(said)) <= 7


def test_what_if_is_reckoned_and_bears_the_stamp(world: World, sit: Sit, instrument: Instrument) -> None:
    cycle_id = cycle_of(world, target="13/5")
    _rated(world, cycle_id, instrument, "2/1")
    reader = sit(world.sekda)
    before = world.everything()
    page = _read(reader, f"/index?cycle={cycle_id}&v.1=5&v.2=4")
    by_hand = 2 + (3 * instrument.items["1"].weight + 2 * instrument.items["2"].weight) / 100
    simulated = page.split('data-figure="simulated"')[1].split("</div></div>")[0]
    assert '<span class="m-stamp">Simulasi</span>' in simulated
    assert f"Eksak {by_hand.numerator}/{by_hand.denominator}" in simulated
    assert "Bukan indeks resmi" in simulated
    assert 'data-figure="provisional"' in page
    assert 'name="v.1" value="5"' in page
    assert '<th scope="col" class="num">Simulasi</th>' in page
    assert world.everything() == before


def test_with_gaps_a_simulation_is_a_range_too(world: World, sit: Sit, instrument: Instrument) -> None:
    cycle_id = cycle_of(world)
    _rated(world, cycle_id, instrument, "2/1", without=2)
    page = _read(sit(world.sekda), "/index?v.1=3")
    assert "Masih ada 1 butir kosong" in page
    assert 'data-figure="simulated"' not in page


@pytest.mark.parametrize("value", ["9", "tiga", "2,5"])
def test_a_supposed_value_that_is_none_is_told_at_its_field(
    world: World, sit: Sit, instrument: Instrument, value: str
) -> None:
    cycle_id = cycle_of(world)
    _rated(world, cycle_id, instrument, "2/1")
    answer = sit(world.sekda).get(f"/index?v.1={value}")
    assert answer.status_code == 422
    assert 'href="#f-v-1"' in answer.text
    assert f'value="{value}"' in answer.text
