"""The shipped instruments: complete, of one mind with the rest of the law, and honest about what is not sure."""

import re
from fractions import Fraction

import pytest

from config.settings import ROOT
from governance.assessment.instrument_files import CLOSING, SURE_OF
from governance.mandates.law import Law
from tests.governance.assessment.conftest import KEYS


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.mark.parametrize(("key", "indicators", "items"), [(KEYS[0], 35, 37), (KEYS[1], 47, 47), (KEYS[2], 20, 20)])
def test_an_instrument_has_its_indicators_and_rated_items(instruments, law, key, indicators, items) -> None:
    instrument = instruments.instrument(key)
    assert (instrument.indicators, len(instrument.items)) == (indicators, items)
    assert law.instruments[key].indicators == indicators
    assert law.instruments[key].regulation == instrument.regulation


def test_the_calendar_and_the_folder_know_the_same_instruments(instruments, law) -> None:
    assert set(instruments.by_key) == set(law.instruments) == set(KEYS)


def test_the_2018_instrument_rates_indicator_35_for_three_services_with_exact_thirds(instruments) -> None:
    items = instruments.instrument("permenpanrb-5-2018").items
    assert {key: item.weight for key, item in items.items() if item.number == 35} == {
        "35-1": Fraction(10, 3),
        "35-2": Fraction(10, 3),
        "35-3": Fraction(10, 3),
    }


@pytest.mark.parametrize("key", KEYS)
def test_weights_sum_to_exactly_100_at_every_tier(instruments, key) -> None:
    instrument = instruments.instrument(key)
    assert sum(item.weight for item in instrument.items.values()) == 100
    for tier in set(instrument.tier_of.values()):
        codes = [code for code, of in instrument.tier_of.items() if of == tier]
        assert sum(instrument.groups[code].weight for code in codes) == 100


def test_2026_has_no_domains_and_the_others_have(instruments) -> None:
    tiers = {key: instruments.instrument(key).tiers for key in KEYS}
    assert tiers == {
        KEYS[0]: ("domain", "aspect", "indicator"),
        KEYS[1]: ("domain", "aspect", "indicator"),
        KEYS[2]: ("aspect", "indicator"),
    }


@pytest.mark.parametrize("key", KEYS)
def test_every_level_is_summed_up_and_names_coded_evidence(instruments, key) -> None:
    instrument = instruments.instrument(key)
    for item in instrument.items.values():
        assert sorted(item.levels) == list(range(instrument.min_value, 6))
        for number, level in item.levels.items():
            assert level.summary
            codes = [f"I{item.key}-L{number}-{count:02d}" for count in range(1, len(level.evidence) + 1)]
            assert list(level.evidence) == codes
            assert bool(codes) == (number > 0)


def test_a_code_reads_like_the_assessors_write_it(instruments) -> None:
    assert "I19-L1-01" in instruments.instrument("permenpanrb-59-2020").items["19"].levels[1].evidence


@pytest.mark.parametrize("key", KEYS)
def test_each_part_says_how_sure_it_is_and_summaries_say_that_they_are_ours(instruments, key) -> None:
    instrument = instruments.instrument(key)
    assert set(instrument.how_sure) == {*SURE_OF, CLOSING}
    assert "ringkasan kami sendiri" in instrument.how_sure["levels"].note


def test_the_misprinted_indicator_keeps_both_readings_and_says_so(instruments) -> None:
    items = instruments.instrument("permenpanrb-59-2020").items
    assert [key for key, item in items.items() if item.misprint] == ["3"]
    third = items["3"]
    assert "cacat cetak" in third.misprint
    assert [level for level, of in third.levels.items() if of.summary_by_pattern] == [2, 3, 4]
    assert "tidak tercetak" in third.levels[4].summary
    assert "direviu" in third.levels[4].summary_by_pattern


def test_what_documents_prove_names_items_that_the_instrument_rates(instruments, law) -> None:
    for one in law.proofs.values():
        for proof in one.proofs:
            numbers = {item.number for item in instruments.instrument(proof.instrument).items.values()}
            assert proof.indicator in numbers
    for key, uncovered in law.uncovered.items():
        assert set(uncovered) <= set(instruments.instrument(key).items)


def test_what_no_document_can_raise_includes_every_external_index(instruments, law) -> None:
    external = {key for key, item in instruments.instrument("permenpanrb-8-2026").items.items() if item.external}
    assert external == {"5", "6", "7", "10", "11", "12", "18"}
    assert external <= set(law.uncovered["permenpanrb-8-2026"])


@pytest.mark.parametrize(
    ("item", "source", "value"),
    [
        ("5", "25", "2"),  # both from the ministry's module
        ("5", "68.75", "3.75"),
        ("5", "0", "1"),
        ("5", "100", "5"),
        ("5", "12.5", "1.5"),
        ("6", "3.2", "3.2"),
        ("7", "1.8", "1.5"),
        ("7", "3.85", "3.75"),
        ("10", "0.75", "1.25"),
    ],
)
def test_an_external_index_becomes_a_value_linearly_within_its_span(instruments, item, source, value) -> None:
    external = instruments.instrument("permenpanrb-8-2026").items[item].external
    assert external.converted(Fraction(source)) == Fraction(value)


def test_no_conversion_is_invented(instruments) -> None:
    items = instruments.instrument("permenpanrb-8-2026").items
    assert items["18"].external.converted(Fraction(3)) is None
    assert items["5"].external.converted(Fraction(101)) is None


def test_the_mapping_tells_of_every_item_on_both_sides(instruments) -> None:
    assert [(one.before, one.after) for one in instruments.mapped] == [(KEYS[0], KEYS[1]), (KEYS[1], KEYS[2])]
    [team] = [pair for pair in instruments.mapped[1].pairs if pair.after == ("4",)]
    assert (team.before, team.relation) == (("10", "19", "20"), "merged")


def test_no_text_of_the_files_is_longer_than_a_summary(instruments) -> None:
    for key in KEYS:
        for item in instruments.instrument(key).items.values():
            assert all(len(level.summary) <= 140 for level in item.levels.values())
            assert not any(re.search("Kriteria tingkat", level.summary) for level in item.levels.values())


def test_what_has_to_be_signed_before_a_cycle_closes_is_told_with_how_sure_it_is(instruments) -> None:
    told = {key: (one.closing, one.how_sure[CLOSING].grade) for key, one in instruments.by_key.items()}
    both = ("self_assessment_minutes", "publication_consent")
    assert told == {KEYS[0]: ((), "unknown"), KEYS[1]: (both, "read"), KEYS[2]: (both, "inferred")}


def test_papers_for_closing_are_kinds_that_the_law_knows(instruments, law) -> None:
    assert {kind for one in instruments.by_key.values() for kind in one.closing} <= law.mandates.keys()


def test_papers_for_closing_without_how_sure_they_are_refuse_to_load(broken_by) -> None:
    refusal = broken_by("permenpanrb-59-2020.yaml", "  closing: {grade: read", "  # {grade: read")
    assert "belum dikatakan seberapa pasti: closing" in str(refusal)
