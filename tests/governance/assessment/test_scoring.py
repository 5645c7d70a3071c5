"""The index against a computation by hand: the formula as printed, on the raw file, in fractions."""

import random
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from governance.assessment.instrument_files import Instruments
from governance.assessment.scoring import as_fraction, four_decimals, predicates_of, rounded, score, two_decimals
from tests.governance.assessment.conftest import FOLDER, KEYS

SMALL = Fraction(1, 10**9)
FIVE_TIERS = Path(__file__).parent / "lima-tingkatan.yaml"


@cache
def raw(key: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


def by_hand(key: str, values: dict[str, Fraction]) -> tuple[Fraction, dict[str, Fraction]]:
    """1/BA x sum(NI x BI), 1/BD x sum(NA x BA), sum(ND x BD) / 100, as the regulation writes them."""
    file, tiers, index = raw(key), {}, Fraction(0)
    for domain in file.get("domains") or [{"code": None, "weight": "100", "aspects": file["aspects"]}]:
        of_domain = Fraction(0)
        for aspect in domain["aspects"]:
            rated = [values[one["item"]] * Fraction(one["weight"]) for one in aspect["indicators"]]
            tiers[aspect["code"]] = Fraction(sum(rated), 1) / Fraction(aspect["weight"])
            of_domain += tiers[aspect["code"]] * Fraction(aspect["weight"])
        if domain["code"]:
            tiers[domain["code"]] = of_domain / Fraction(domain["weight"])
        index += of_domain / Fraction(domain["weight"]) * Fraction(domain["weight"]) / 100
    return index, tiers


def hand_rounded(index: Fraction) -> str:
    """Half up, from the thousandth on: x.xx5 goes up."""
    whole, rest = divmod(index * 100, 1)
    whole += rest >= Fraction(1, 2)
    return f"{int(whole) // 100}.{int(whole) % 100:02d}"


@pytest.mark.parametrize("key", KEYS)
def test_the_index_and_every_tier_are_what_the_printed_formula_gives(instruments, key) -> None:
    chance, instrument = random.Random(key), instruments.instrument(key)
    for _ in range(40):
        if instrument.value_type == "integer":
            values = {item: Fraction(chance.randint(instrument.min_value, 5)) for item in instrument.items}
        else:
            values = {item: Fraction(chance.randint(100, 500), 100) for item in instrument.items}
        index = score(instrument, values)
        exact, tiers = by_hand(key, values)
        assert index.exact == index.low == index.high == exact
        assert {code: value for groups in index.tiers.values() for code, value in groups.items()} == tiers
        assert two_decimals(exact) == hand_rounded(exact)
        assert index.missing == ()


def test_the_worked_example_of_the_regulation(instruments) -> None:
    """PermenPANRB 59/2020, Tabel 10-12."""
    instrument = instruments.instrument("permenpanrb-59-2020")
    aspect = score(instrument, {key: Fraction(value) for key, value in zip(("11", "12", "13", "14"), (3, 4, 3, 2))})  # noqa: B905
    assert aspect.tiers["aspects"]["A2"] == 3
    domain = score(instrument, {"A2": Fraction(3), "A3": Fraction(4), "A4": Fraction(3)})
    assert domain.tiers["domains"]["D2"] == Fraction("3.4")
    whole = score(instrument, {code: Fraction(value) for code, value in
                               (("D1", "3.7"), ("D2", "3.4"), ("D3", "3.0"), ("D4", "3.2"))})  # fmt: skip
    assert whole.exact == Fraction("3.282")
    assert two_decimals(Fraction("3.282")) == "3.28"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("thousandths", [1005, 1795, 1805, 2595, 2605, 3495, 3505, 4195, 4995])
def test_a_tie_goes_up(instruments, key, thousandths) -> None:
    instrument, tie = instruments.instrument(key), Fraction(thousandths, 1000)
    index = score(instrument, dict.fromkeys(instrument.items, tie)).exact
    assert index == tie
    assert two_decimals(index) == f"{(thousandths + 5) // 1000}.{(thousandths + 5) % 1000 // 10:02d}"
    assert two_decimals(index - SMALL) == f"{(thousandths - 5) // 1000}.{(thousandths - 5) % 1000 // 10:02d}"


BORDERS = {
    KEYS[0]: (("1.8", "Kurang", "Cukup"), ("2.6", "Cukup", "Baik"), ("3.5", "Baik", "Sangat Baik"),
              ("4.2", "Sangat Baik", "Memuaskan")),
    KEYS[1]: (("1.8", "Kurang", "Cukup"), ("2.6", "Cukup", "Baik"), ("3.5", "Baik", "Sangat Baik"),
              ("4.2", "Sangat Baik", "Memuaskan")),
    KEYS[2]: (("1.5", "Kurang", "Cukup"), ("2.5", "Cukup", "Baik"), ("3.5", "Baik", "Sangat Baik"),
              ("4.0", "Sangat Baik", "Memuaskan")),
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_every_border_belongs_to_the_upper_predicate_and_nothing_below_it_does(instruments, key) -> None:
    instrument = instruments.instrument(key)
    assert len(BORDERS[key]) == len(instrument.predicates) - 1
    for border, below, upper in BORDERS[key]:
        at = score(instrument, dict.fromkeys(instrument.items, Fraction(border))).exact
        assert (instrument.predicate_of(at), instrument.predicate_of(at - SMALL)) == (upper, below)
    assert instrument.predicate_of(Fraction(5)) == "Memuaskan"
    assert instrument.predicate_of(Fraction(instrument.min_value)) == "Kurang"


def test_whole_levels_reach_a_border_exactly(instruments) -> None:
    """All at 2 is 2.00; the ten administrative services to 4 add 0.55, two documents to 3 add 0.05: exactly 2.60."""
    instrument = instruments.instrument("permenpanrb-59-2020")
    values = dict.fromkeys(instrument.items, Fraction(2)) | {str(item): Fraction(4) for item in range(32, 42)}
    values |= {"11": Fraction(3), "12": Fraction(3)}
    index = score(instrument, values).exact
    assert (index, instrument.predicate_of(index)) == (Fraction("2.6"), "Baik")
    one_less = score(instrument, values | {"1": Fraction(1)}).exact
    assert (one_less, instrument.predicate_of(one_less)) == (Fraction("2.587"), "Cukup")


def test_just_below_a_border_the_two_predicates_differ(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-59-2020")
    assert predicates_of(instrument, Fraction("2.595")) == ("Cukup", "Baik")
    assert predicates_of(instrument, Fraction("2.5949")) == ("Cukup", "Cukup")
    assert predicates_of(instrument, Fraction("2.6")) == ("Baik", "Baik")


def test_not_yet_rated_is_no_level_1_but_a_range(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-59-2020")
    values = dict.fromkeys(instrument.items, Fraction(3))
    del values["11"], values["47"]
    index = score(instrument, values)
    assert index.exact is None
    assert index.missing == ("11", "47")
    assert (index.low, index.high) == (3 - 2 * Fraction("0.055"), 3 + 2 * Fraction("0.055"))
    assert index.tiers["aspects"]["A1"] == 3
    assert index.tiers["aspects"]["A2"] is None
    assert index.tiers["domains"] == {"D1": 3, "D2": None, "D3": 3, "D4": None}


def test_the_range_of_2018_begins_at_level_0(instruments) -> None:
    index = score(instruments.instrument("permenpanrb-5-2018"), {})
    assert (index.low, index.high, len(index.missing)) == (0, 5, 37)


def test_a_higher_tier_is_taken_only_where_items_are_unknown(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-59-2020")
    known = {str(item): Fraction(2) for item in range(1, 11)}
    rest = {"D2": Fraction(3), "D3": Fraction(3), "D4": Fraction(3)}
    from_items = score(instrument, known | rest | {"A1": Fraction(5), "D1": Fraction(5)})
    assert from_items.tiers["domains"]["D1"] == 2
    some = {key: value for key, value in known.items() if key != "7"}
    from_aspect = score(instrument, some | rest | {"A1": Fraction(5), "D1": Fraction(4)})
    assert (from_aspect.tiers["aspects"]["A1"], from_aspect.tiers["domains"]["D1"]) == (5, 5)
    from_domain = score(instrument, some | rest | {"D1": Fraction(4)})
    assert from_domain.tiers["aspects"]["A1"] is None
    assert from_domain.exact == (4 * Fraction(13) + 3 * Fraction(87)) / 100


def test_a_new_instrument_with_five_tiers_needs_no_code(alone) -> None:
    folder = alone(FIVE_TIERS.stem, FIVE_TIERS.read_text(encoding="utf-8"))
    instrument = Instruments.read(folder).instrument(FIVE_TIERS.stem)
    index = score(instrument, {"1": Fraction(3), "T2": Fraction("1.5")})
    assert index.exact == Fraction(5, 2)
    assert index.tiers == {
        "pillars": {"P1": Fraction(5, 2)},
        "domains": {"D1": Fraction(5, 2)},
        "aspects": {"A1": 3, "A2": Fraction(3, 2)},
        "themes": {"T1": 3, "T2": Fraction(3, 2)},
    }
    assert instrument.predicate_of(index.exact) == "Tinggi"
    assert score(instrument, {"1": Fraction(3)}).missing == ("2",)


def test_an_index_is_written_with_two_decimals_and_its_fraction() -> None:
    assert [two_decimals(Fraction(index)) for index in ("0", "1/3", "0.995", "4.994999")] == [
        "0.00", "0.33", "1.00", "4.99",
    ]  # fmt: skip
    assert (as_fraction(Fraction(3)), as_fraction(Fraction(10, 4))) == ("3/1", "5/2")
    assert rounded(Fraction("2.595")) == Fraction("2.6")
    assert four_decimals(Fraction("2.59999")) == "2.5999"
