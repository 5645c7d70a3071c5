"""The cheapest path: the least effort by several methods, exact at the target, and nothing in it that is not needed."""

import random
from datetime import date
from fractions import Fraction

import pytest

from governance.assessment.instrument_files import Instruments
from governance.assessment.instruments import Group, Instrument, Item, Predicate
from governance.assessment.path import Plan, Question, Unreachable, alternatives, cheapest, question, reasons
from governance.assessment.scoring import score
from governance.assessment.shared import Programme, cheapest_steps
from governance.assessment.steps import Cost, Costs, one_each, steps_from
from tests.governance.assessment import path_cases
from tests.governance.assessment.conftest import KEYS


def small(weights: tuple[str, ...], value_type: str = "integer") -> Instrument:
    """An instrument of one aspect with those weights."""
    items = tuple(
        Item(str(number), number, f"butir {number}", Fraction(weight), "satu", {})
        for number, weight in enumerate(weights, 1)
    )
    assert sum(item.weight for item in items) == 100
    all_of_it = Predicate("Semua", None, False, Fraction(5), True)
    return Instrument(
        "kecil", "Kecil", "contoh", "Indeks", value_type, 1, 5, ("aspect", "indicator"), {}, {}, {}, (all_of_it,),
        (Group("A1", "Aspek", Fraction(100), items),),
    )  # fmt: skip


def ask(instrument: Instrument, values: dict[str, int | str], target: str, costs: Costs | None = None) -> Question:
    exact = {key: Fraction(value) for key, value in values.items()}
    used = costs or one_each(instrument)
    return question(instrument, exact, Fraction(target), steps_from(instrument, exact, used, None), used)


def rungs(plan: Plan) -> list[str]:
    return [f"{step.indicator}:{step.end}" for step in plan.steps]


def costs_of(documents: dict[str, int] | None = None, /, **steps: tuple) -> Costs:
    """`i1_3=(effort, needs, documents, owner, earliest)`."""
    found = {}
    for name, (effort, *rest) in steps.items():
        key, level = name[1:].split("_")
        needs, used, owner, earliest = (*rest, *((), (), "", None)[len(rest) :])
        found[key, int(level)] = Cost(
            key, Fraction(int(level) - 1), int(level), Fraction(effort), owner, earliest, needs, used
        )
    return Costs(found, {key: Fraction(value) for key, value in (documents or {}).items()})


def check(one: Question, plan: Plan, instrument: Instrument, values: dict[str, Fraction]) -> None:
    """The plan is what it says: exact, in order, and without a superfluous step."""
    after = values | {step.indicator: Fraction(step.end) for step in plan.steps}
    assert score(instrument, after).exact == plan.index_after >= one.target
    done: set = set()
    for step in plan.steps:
        assert set(one.steps.needs[step.rung]) <= done
        done.add(step.rung)
        assert set(step.cost.documents) <= set(plan.documents_of(step)) <= set(plan.documents)
        assert not step.cost.ways or any(set(way) <= set(plan.documents_of(step)) for way in step.cost.ways)
    for reason in reasons(one, plan).values():
        assert reason.index_without < one.target
    assert plan.optimal


CASES = [
    # instrument, documents that may be shared, how often a step needs another item's level, how often it leaves a
    # choice between documents, how many: 550 in all
    (KEYS[0], 0, 0.0, 0.0, 80), (KEYS[1], 0, 0.0, 0.0, 60), (KEYS[2], 0, 0.0, 0.0, 100),
    (KEYS[0], 8, 0.0, 0.0, 40), (KEYS[1], 8, 0.0, 0.0, 10), (KEYS[2], 8, 0.0, 0.0, 90),
    (KEYS[0], 8, 0.15, 0.0, 40), (KEYS[1], 8, 0.15, 0.0, 10), (KEYS[2], 8, 0.15, 0.0, 90),
    (KEYS[0], 6, 0.0, 0.3, 8), (KEYS[1], 6, 0.1, 0.3, 2), (KEYS[2], 6, 0.1, 0.4, 20),
]  # fmt: skip


@pytest.mark.parametrize(("key", "documents", "needs", "ways", "count"), CASES)
def test_no_plan_is_cheaper_than_the_one_found_says_another_programme(
    instruments, key, documents, needs, ways, count
) -> None:
    chance, instrument = random.Random(f"{key} {documents} {needs} {ways}"), instruments.instrument(key)
    for _ in range(count):
        values = path_cases.present(chance, instrument)
        costs = path_cases.efforts(chance, instrument, documents, needs, ways)
        one = path_cases.asked(chance, instrument, costs, values)
        plan = cheapest(one)
        check(one, plan, instrument, values)
        assert plan.effort == path_cases.least_by_programme(one)


SMALL = [(0, 0.0, 0.0, 25), (3, 0.0, 0.0, 25), (3, 0.4, 0.0, 25), (3, 0.2, 0.5, 25)]


@pytest.mark.parametrize(("documents", "needs", "ways", "count"), SMALL, ids=["separable", "shared", "needs", "ways"])
def test_no_plan_is_cheaper_than_the_one_found_says_enumeration(documents, needs, ways, count) -> None:
    chance, instrument = random.Random(f"small {documents} {needs}"), small(("40", "25", "70/3", "35/3"), "decimal")
    for _ in range(count):
        values = path_cases.present(chance, instrument)
        costs = path_cases.efforts(chance, instrument, documents, needs, ways)
        one = path_cases.asked(chance, instrument, costs, values)
        plan = cheapest(one)
        check(one, plan, instrument, values)
        assert plan.effort == path_cases.least_by_enumeration(one)


def test_no_plan_with_shared_documents_is_cheaper_says_the_exact_search_over_every_set_of_them(instruments) -> None:
    chance, instrument = random.Random(7), instruments.instrument("permenpanrb-8-2026")
    for _ in range(12):
        values = path_cases.present(chance, instrument)
        one = path_cases.asked(chance, instrument, path_cases.efforts(chance, instrument, 5), values)
        assert cheapest(one).effort == path_cases.least_by_subsets(one)


def test_of_two_plans_of_equal_effort_the_one_with_fewer_steps_is_taken() -> None:
    instrument = small(("50", "25", "25"))
    costs = costs_of(i1_3=(2,), i2_3=(1,), i3_3=(1,))
    assert rungs(cheapest(ask(instrument, {"1": 2, "2": 2, "3": 2}, "2.5", costs))) == ["1:3"]


def test_without_efforts_every_level_costs_1(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-59-2020")
    plan = cheapest(ask(instrument, dict.fromkeys(instrument.items, 2), "2.6"))
    # 60 percent points are missing: six items of 3 percent by 3 levels are 54, and three more steps of 2.75 are 62.25.
    assert (plan.effort, len(plan.steps), plan.documents) == (21, 21, ())
    assert plan.index_after >= Fraction("2.6")


def test_one_decree_that_lifts_several_is_paid_once() -> None:
    instrument = small(("25", "25", "25", "25"))
    costs = costs_of({"perbup": 5}, i1_3=(1, (), ("perbup",)), i2_3=(1, (), ("perbup",)), i3_3=(6,), i4_3=(6,))
    plan = cheapest(ask(instrument, {"1": 2, "2": 2, "3": 2, "4": 2}, "2.5", costs))
    assert (rungs(plan), plan.documents, plan.effort) == (["1:3", "2:3"], ("perbup",), 7)


def test_a_prerequisite_comes_along_and_first() -> None:
    instrument = small(("60", "20", "20"))
    costs = costs_of(i1_3=(1, (("3", 2),)), i2_3=(9,), i3_2=(2,))
    plan = cheapest(ask(instrument, {"1": 2, "2": 2, "3": 1}, "2.3", costs))
    assert (rungs(plan), plan.effort) == (["3:2", "1:3"], 3)
    assert reasons(ask(instrument, {"1": 2, "2": 2, "3": 1}, "2.3", costs), plan)["3", 2].rests == (("1", 3),)


def test_steps_that_need_each_other_can_never_begin() -> None:
    instrument = small(("50", "50"))
    costs = costs_of(i1_3=(1, (("2", 3),)), i2_3=(1, (("1", 3),)))
    with pytest.raises(Unreachable) as refusal:
        ask(instrument, {"1": 2, "2": 2}, "2.5", costs)
    unmet = [one.place for one in refusal.value.problems if one.key == "path.unmet"]
    assert unmet == ["1:3", "2:3"]


def test_a_value_between_levels_steps_to_the_next_whole_level() -> None:
    instrument = small(("50", "50"), "decimal")
    plan = cheapest(ask(instrument, {"1": "2.35", "2": "4.5"}, "3.7"))
    assert [(step.indicator, step.start, step.end, step.gain) for step in plan.steps] == [
        ("1", Fraction("2.35"), 3, Fraction("0.325"))
    ]


def test_another_bodys_index_is_never_stepped(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-8-2026")
    values = {key: Fraction(1) for key in instrument.items}
    steps = steps_from(instrument, values, one_each(instrument), None)
    assert {key for key, _ in steps.possible} == set(instrument.items) - {"5", "6", "7", "10", "11", "12", "18"}
    with pytest.raises(Unreachable) as refusal:
        question(instrument, values, Fraction(5), steps, one_each(instrument))
    assert {one.place for one in refusal.value.problems if one.key == "path.external"} == {
        "5", "6", "7", "10", "11", "12", "18",
    }  # fmt: skip


def test_the_exact_index_meets_the_target_not_the_rounded_one() -> None:
    instrument = small(("59.5", "40.5"))
    assert rungs(cheapest(ask(instrument, {"1": 2, "2": 2}, "2.595"))) == ["1:3"]
    assert rungs(cheapest(ask(instrument, {"1": 2, "2": 2}, "2.6"))) == ["1:3", "1:4"]


def test_a_target_already_met_asks_for_nothing() -> None:
    plan = cheapest(ask(small(("50", "50")), {"1": 3, "2": 3}, "3"))
    assert (plan.steps, plan.effort, plan.index_after, plan.optimal) == ((), 0, 3, True)


def test_what_comes_too_late_is_not_in_the_plan() -> None:
    instrument = small(("50", "50"))
    costs = costs_of(i1_3=(1, (), (), "", date(2027, 3, 2)), i2_3=(9,))
    values = {"1": Fraction(2), "2": Fraction(2)}
    for by, expected in ((date(2027, 3, 1), ["2:3"]), (date(2027, 3, 2), ["1:3"])):
        one = question(instrument, values, Fraction("2.5"), steps_from(instrument, values, costs, by), costs)
        assert rungs(cheapest(one)) == expected
    with pytest.raises(Unreachable) as refusal:
        question(instrument, values, Fraction(3), steps_from(instrument, values, costs, date(2027, 3, 1)), costs)
    assert [(one.place, one.key) for one in refusal.value.problems] == [
        ("1:3", "path.too_late"),
        ("2:4", "path.not_listed"),
    ]


def test_an_item_behind_a_tiers_own_value_is_not_stepped(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-59-2020")
    values = dict.fromkeys(instrument.items, Fraction(2)) | {"A1": Fraction(3)}
    del values["1"]
    steps = steps_from(instrument, values, one_each(instrument), None)
    assert {key for key, _ in steps.possible} == {str(number) for number in range(11, 48)}


def test_a_gap_is_named_before_any_path_is_sought(instruments) -> None:
    instrument = instruments.instrument("permenpanrb-59-2020")
    with pytest.raises(Unreachable) as refusal:
        ask(instrument, dict.fromkeys([key for key in instrument.items if key != "9"], 2), "2.6")
    assert (refusal.value.key, refusal.value.params["missing"]) == ("path.gaps", "9")


def test_alternatives_differ_in_a_document_or_an_opd_and_hold_nothing_superfluous(instruments: Instruments) -> None:
    chance, instrument = random.Random(3), instruments.instrument("permenpanrb-59-2020")
    found = 0
    for _ in range(6):
        values = path_cases.present(chance, instrument)
        one = path_cases.asked(chance, instrument, path_cases.efforts(chance, instrument, 6, 0.1), values)
        best = cheapest(one)
        plans = [best, *alternatives(one, best)]
        assert len({plan.signature for plan in plans}) == len(plans)
        for plan in plans:
            check(one, plan, instrument, values)
            assert plan.effort >= best.effort
        found += len(plans) - 1
    assert found >= 6


def test_a_plan_that_binary_fractions_mistake_for_enough_is_refused_and_the_right_one_found() -> None:
    hair = Fraction(1, 10**12)
    programme = Programme(
        gains=[Fraction(1) - hair, Fraction(1)], costs=[1, 5], after=[], documents=[], need=Fraction(1)
    )
    assert cheapest_steps(programme) == (frozenset({1}), frozenset(), True)
