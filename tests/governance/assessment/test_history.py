"""Years in a row: a line only within one instrument, a break with its reasons, the target against the result."""

from fractions import Fraction

import pytest

from config.settings import ROOT
from governance.assessment.history import Against, Year, against, breaks, change, in_stretches
from governance.assessment.instrument_files import Instruments

OLD, MIDDLE, NEW = "permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture(scope="module")
def shelf() -> Instruments:
    return Instruments.read(ROOT / "config" / "law" / "instruments")


def of(shelf: Instruments, year: int, key: str, official: str | None = None, **values: str) -> Year:
    exact = Fraction(official) if official else None
    return Year(year, shelf.instrument(key), official=exact, values={k: Fraction(v) for k, v in values.items()})


def test_serang_and_its_target_of_2020(shelf: Instruments) -> None:
    old = shelf.instrument(OLD)
    assert against(Fraction("2.4"), Fraction("2.6")) == Against(reached=False, by=Fraction(1, 5))
    assert (old.predicate_of(Fraction("2.4")), old.predicate_of(Fraction("2.6"))) == ("Cukup", "Baik")


def test_a_target_is_held_against_the_exact_figure() -> None:
    just_below = Fraction(2595, 1000)  # rounds to 2,60
    assert against(just_below, Fraction(13, 5)) == Against(reached=False, by=Fraction(1, 200))
    assert against(Fraction(13, 5), Fraction(13, 5)) == Against(reached=True, by=Fraction(0))
    assert against(None, Fraction(13, 5)) is None
    assert against(Fraction(13, 5), None) is None


def test_no_line_runs_across_a_change_of_instrument(shelf: Instruments) -> None:
    years = [
        of(shelf, 2022, MIDDLE, "2.3"),
        of(shelf, 2019, OLD, "2.1"),
        of(shelf, 2020, OLD, "2.4"),
        of(shelf, 2021, MIDDLE, "2.2"),
        of(shelf, 2026, NEW, "1.9"),
    ]
    stretches = in_stretches(years)
    assert [[one.year for one in stretch.years] for stretch in stretches] == [[2019, 2020], [2021, 2022], [2026]]
    joined = [(one.year, other.year) for stretch in stretches for one, other in stretch.joined()]
    assert joined == [(2019, 2020), (2021, 2022)]
    assert [(one.last_year, one.first_year) for one in breaks(stretches)] == [(2020, 2021), (2022, 2026)]


def test_an_instrument_that_comes_back_is_another_stretch(shelf: Instruments) -> None:
    years = [of(shelf, 2019, OLD, "2"), of(shelf, 2021, MIDDLE, "2"), of(shelf, 2022, OLD, "3")]
    stretches = in_stretches(years)
    assert len(stretches) == 3
    assert change(stretches[2], stretches[2].years[0]) is None


def test_a_break_names_the_scale_and_the_bounds_that_changed(shelf: Instruments) -> None:
    first, second = breaks(in_stretches([of(shelf, 2020, OLD), of(shelf, 2021, MIDDLE), of(shelf, 2026, NEW)]))
    assert first.scales_differ, "0 to 5 became 1 to 5"
    assert not second.scales_differ
    baik = {one.name: (one.before, one.after) for one in second.bounds}["Baik"]
    assert baik == (Fraction("2.6"), Fraction("2.5"))
    assert "Sangat Baik" not in {one.name for one in second.bounds}, "it begins at 3.5 in both"


def test_a_provisional_figure_is_neither_joined_nor_a_change(shelf: Instruments) -> None:
    rated = dict.fromkeys(shelf.instrument(MIDDLE).items, "3")
    years = [of(shelf, 2023, MIDDLE, "2.5"), of(shelf, 2024, MIDDLE, None, **rated), of(shelf, 2025, MIDDLE, "2.7")]
    (stretch,) = in_stretches(years)
    assert stretch.joined() == []
    assert (stretch.years[1].provisional, stretch.years[1].official) == (Fraction(3), None)
    assert change(stretch, stretch.years[1]) is None
    assert change(stretch, stretch.years[2]) == Fraction(1, 5), "since the official figure before it"


def test_ratings_with_gaps_give_a_range_and_no_figure(shelf: Instruments) -> None:
    year = of(shelf, 2025, MIDDLE, None, **{"1": "3"})
    assert year.figure is None
    assert year.span is not None
    assert year.span[0] < year.span[1]
    assert of(shelf, 2025, MIDDLE).span is None, "nothing is rated at all"


def test_what_was_published_of_a_tier_stands_before_what_items_give(shelf: Instruments) -> None:
    middle = shelf.instrument(MIDDLE)
    items = dict.fromkeys((item.key for item in middle.groups["A1"].items()), Fraction(3))
    year = Year(2024, middle, Fraction("2.5"), values={**items, "A1": Fraction(2)}, published=frozenset({"A1"}))
    assert year.tier("A1") == 2
    assert Year(2024, middle, values=items).tier("A1") == 3
    assert Year(2024, middle, values=items).tier("A2") is None
