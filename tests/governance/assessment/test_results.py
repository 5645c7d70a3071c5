"""A published result: read exactly, doubted where it does not fit together, and honest about what it leaves open."""

from fractions import Fraction

import pytest

from config.settings import ROOT
from governance.assessment import results
from governance.assessment.instrument_files import Instruments
from governance.assessment.instruments import Instrument
from governance.kernel.errors import Invalid

OLD, MIDDLE, NEW = "permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture(scope="module")
def shelf() -> Instruments:
    return Instruments.read(ROOT / "config" / "law" / "instruments")


@pytest.fixture
def spbe(shelf: Instruments) -> Instrument:
    return shelf.instrument(MIDDLE)


def keys(instrument: Instrument, texts: dict[str, str], predicate: str = "") -> list[tuple[str, str]]:
    return [(one.place, one.key) for one in results.doubts(instrument, texts, predicate)]


def test_the_index_of_serang_2020_is_read_as_it_was_published(shelf: Instruments) -> None:
    read = results.read(shelf.instrument(OLD), {"index": "2.4"})
    assert read.index == Fraction(12, 5)
    assert results.read(shelf.instrument(OLD), {"index": "2,4"}) == read, "a comma is how Indonesian writes it"
    assert results.doubts(shelf.instrument(OLD), {"index": "2.4"}, "Cukup") == ()


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        ({}, ["index"]),
        ({"index": "tinggi"}, ["index"]),
        ({"index": "5,01"}, ["index"]),
        ({"index": "0,99"}, ["index"]),
        ({"index": "2,4", "D9": "2", "A1": "6"}, ["D9", "A1"]),
        ({"index": "1/0"}, ["index"]),
    ],
)
def test_what_cannot_be_a_result_is_named_by_its_field(
    spbe: Instrument, texts: dict[str, str], places: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        results.read(spbe, texts)
    assert [one.place for one in refused.value.problems] == places


@pytest.mark.parametrize(
    ("name", "index", "predicate", "found"),
    [
        (OLD, "2,6", "Baik", []),
        (OLD, "2,59", "Baik", ["result.doubt.predicate"]),
        (MIDDLE, "2,60", "Baik", []),
        (MIDDLE, "2,60", "Cukup", ["result.doubt.predicate_rounding"]),
        (MIDDLE, "2,61", "Cukup", ["result.doubt.predicate"]),
        (NEW, "2,50", "BAIK", []),
        (NEW, "2,50", "Cukup", ["result.doubt.predicate_rounding"]),
        (NEW, "2,60", "", []),
    ],
)
def test_a_predicate_is_held_against_the_bounds_of_its_own_instrument(
    shelf: Instruments, name: str, index: str, predicate: str, found: list[str]
) -> None:
    told = results.doubts(shelf.instrument(name), {"index": index}, predicate)
    assert [one.key for one in told] == found


def test_domains_that_give_another_index_are_told_with_both_figures(spbe: Instrument) -> None:
    texts = {"D1": "2,00", "D2": "2,00", "D3": "2,00", "D4": "3,00"}
    given = sum((spbe.groups[code].weight * Fraction(text[0]) for code, text in texts.items()), Fraction(0)) / 100
    right = results.with_comma(given)
    assert keys(spbe, {"index": right, **texts}) == []
    (doubt,) = results.doubts(spbe, {"index": "3,10", **texts}, "")
    assert (doubt.place, doubt.key) == ("index", "result.doubt.sum")
    assert (doubt.params["published"], doubt.params["computed"]) == ("3,10", right)
    assert Fraction(doubt.params["exact"]) == given


def test_a_difference_that_rounding_explains_is_told_as_such(spbe: Instrument) -> None:
    texts = {"D1": "2,00", "D2": "2,00", "D3": "2,00", "D4": "2,00"}
    assert keys(spbe, {"index": "2,01", **texts}) == [("index", "result.doubt.rounding")]
    assert keys(spbe, {"index": "2,02", **texts}) == [("index", "result.doubt.sum")]
    assert keys(spbe, {"index": "2,01", **dict.fromkeys(texts, "2")}) == [("index", "result.doubt.sum")]


def test_a_domain_is_held_against_its_aspects_too(spbe: Instrument) -> None:
    domain = spbe.groups["D2"]
    aspects = {child.code: "2,00" for child in domain.children if hasattr(child, "code")}
    assert keys(spbe, {"index": "2,00", "D2": "2,50", **aspects}) == [("D2", "result.doubt.sum")]


def test_a_total_alone_leaves_every_item_and_tier_open(spbe: Instrument) -> None:
    """Jombang's instrument for 2021, as the report of November 2020 counts it: 4 domains, 8 aspects, 47 indicators."""
    tiers = list(spbe.tier_of.values())
    assert (tiers.count("domains"), tiers.count("aspects"), spbe.indicators) == (4, 8, 47)
    read = results.read(spbe, {"index": "2,40"})
    assert len(results.without_value(spbe, read.values)) == 47
    assert set(results.tiers_without_value(spbe, read.values)) == set(spbe.groups)


def test_all_aspects_give_the_domains_and_no_item(spbe: Instrument) -> None:
    aspects = {code: "2,00" for code, tier in spbe.tier_of.items() if tier == "aspects"}
    read = results.read(spbe, aspects)
    assert read.index is None
    assert results.tiers_without_value(spbe, read.values) == ()
    assert len(results.without_value(spbe, read.values)) == 47


@pytest.mark.parametrize(("text", "half"), [("2,4", "1/20"), ("2.40", "1/200"), ("3", "0"), ("7/3", "0")])
def test_how_far_a_text_may_lie_from_what_was_rounded(text: str, half: str) -> None:
    assert results.half_unit(text) == Fraction(half)
