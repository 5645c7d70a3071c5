"""Where an index stands: of which stage, what each stage gives, what differs, what a published tier stands in for."""

from fractions import Fraction

import pytest

from governance.assessment.course import ScoreStage
from governance.assessment.instrument_files import Instruments
from governance.assessment.instruments import Instrument
from governance.assessment.rated import RATINGS
from governance.assessment.standing import RATED, by_stage, differences, short_of, simulated, standing

KEY = "permenpanrb-8-2026"


@pytest.fixture
def instrument(instruments: Instruments) -> Instrument:
    return instruments.instrument(KEY)


def _all(instrument: Instrument, value: int) -> dict[str, Fraction]:
    return dict.fromkeys(instrument.items, Fraction(value))


def test_the_stages_that_rate_are_those_of_the_present_values() -> None:
    assert RATED == RATINGS


def test_a_proposal_is_no_index(instrument: Instrument) -> None:
    stands = standing(instrument, {ScoreStage.PROPOSAL: _all(instrument, 4)})
    assert stands.stage is None
    assert stands.index.exact is None
    assert (stands.index.low, stands.index.high) == (1, 5)


def test_the_latest_rating_of_each_item_counts_and_says_of_which_stage_it_is(instrument: Instrument) -> None:
    scores = {ScoreStage.SELF: _all(instrument, 3), ScoreStage.DOCUMENT: {"1": Fraction(2)}}
    stands = standing(instrument, scores)
    assert stands.stage is ScoreStage.DOCUMENT
    assert stands.is_mixed
    assert stands.of["1"] is ScoreStage.DOCUMENT
    assert stands.of["2"] is ScoreStage.SELF
    assert stands.index.exact == 3 - instrument.items["1"].weight / 100


def test_what_is_not_rated_leaves_a_range_and_is_no_level_one(instrument: Instrument) -> None:
    values = _all(instrument, 3)
    del values["1"], values["19"]
    stands = standing(instrument, {ScoreStage.SELF: values})
    weight = (instrument.items["1"].weight + instrument.items["19"].weight) / 100
    assert stands.index.exact is None
    assert stands.index.missing == ("1", "19")
    assert (stands.index.low, stands.index.high) == (3 - 2 * weight, 3 + 2 * weight)


def test_a_published_tier_stands_in_only_where_its_items_are_not_all_rated(instrument: Instrument) -> None:
    first, second = (group for group in list(instrument.groups.values())[:2])
    values = {key: value for key, value in _all(instrument, 3).items() if key not in {i.key for i in first.items()}}
    published = {first.code: Fraction(2), second.code: Fraction(5), "index": Fraction(4)}
    stands = standing(instrument, {ScoreStage.FINAL: values}, published)
    assert stands.tiers == (first.code,)
    assert stands.index.exact == 3 - first.weight / 100


def test_each_stage_is_told_by_its_own_values_alone(instrument: Instrument) -> None:
    scores = {ScoreStage.SELF: _all(instrument, 3), ScoreStage.DOCUMENT: {"1": Fraction(2)}}
    told = by_stage(instrument, scores, (ScoreStage.SELF, ScoreStage.DOCUMENT, ScoreStage.FINAL))
    assert told[ScoreStage.SELF].exact == 3
    assert told[ScoreStage.DOCUMENT].exact is None
    assert len(told[ScoreStage.FINAL].missing) == len(instrument.items)


def test_differences_are_signed_exact_and_pass_over_a_stage_without_a_value() -> None:
    scores = {
        ScoreStage.PROPOSAL: {"1": Fraction(4)},
        ScoreStage.SELF: {"1": Fraction(7, 2)},
        ScoreStage.INTERVIEW: {"1": Fraction(11, 3)},
    }
    told = differences(scores, "1", tuple(ScoreStage))
    assert [(one.before, one.stage, one.by) for one in told] == [
        (ScoreStage.PROPOSAL, ScoreStage.SELF, Fraction(-1, 2)),
        (ScoreStage.SELF, ScoreStage.INTERVIEW, Fraction(1, 6)),
    ]
    assert differences(scores, "2", tuple(ScoreStage)) == ()


def test_a_simulation_changes_only_what_it_names(instrument: Instrument) -> None:
    present = _all(instrument, 2)
    index = simulated(instrument, present, {"19": Fraction(3)})
    assert index.exact == 2 + instrument.items["19"].weight / 100
    assert present["19"] == 2


def test_the_target_is_missed_by_the_exact_index_however_it_rounds() -> None:
    assert short_of(Fraction(2599, 1000), Fraction(13, 5)) == Fraction(1, 1000)
    assert short_of(Fraction(3), Fraction(13, 5)) == 0
