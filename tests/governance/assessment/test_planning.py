"""A cycle's path: entered efforts before usual ones, what is left out, plans with other documents or offices."""

import itertools
import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from config.settings import ROOT
from governance.assessment.efforts import EnteredDocument, EnteredStep, Facts
from governance.assessment.instrument_files import Instruments
from governance.assessment.path import Question, Unreachable, cheapest, reasons
from governance.assessment.planning import Ground, Present, Wish, marks, office, planned, start
from governance.assessment.scoring import score
from governance.assessment.usual_costs import Hand, Usual, kind_of
from governance.documents.standing import Standing
from governance.mandates.law import Law
from tests.governance.assessment import path_cases
from tests.governance.assessment.test_path import check

OLD, NEW = "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.fixture
def ground(law: Law, instruments: Instruments) -> Any:
    """`ground(OLD, hands={...}, steps=[...], documents=[...])`, six offices sharing the items."""

    def make(key: str, hands: dict[str, Hand] | None = None, steps: Any = (), documents: Any = ()) -> Ground:
        instrument = instruments.instrument(key)
        responsible = {item.key: item.number % 6 + 1 for item in instrument.items.values()}
        owners = {item: office(unit) for item, unit in responsible.items()}
        facts = Facts({one.rung: one for one in steps}, {one.key: one for one in documents}, responsible)
        return Ground(instrument, Usual(law, instrument, hands or {}, owners), facts)

    return make


def all_at(ground: Ground, value: int | str) -> Present:
    return start(ground.instrument, dict.fromkeys(ground.instrument.items, Fraction(value)), {})


def test_two_point_four_to_two_point_six_is_answered_with_documents_and_offices(ground: Any) -> None:
    here = ground(OLD)
    values = {key: Fraction(3 if int(key) % 5 < 2 else 2) for key in here.instrument.items}
    found = planned(here, start(here.instrument, values, {}), Wish(Fraction("2.6")))
    assert found.plan.optimal
    assert found.plan.index_after >= Fraction("2.6") > score(here.instrument, values).exact
    plans = [found.plan, *(other.plan for other in found.others)]
    assert len(plans) >= 3
    assert len({frozenset(marks(found.asked, plan)) for plan in plans}) == len(plans)
    assert any(kind_of(key) in here.usual.law.mandates for plan in plans for key in plan.documents)
    for plan in plans:
        check(found.asked, plan, here.instrument, values)
        assert plan.effort >= found.plan.effort
        assert plan.owners
    for other in found.others:
        assert not other.without & set(marks(found.asked, other.plan))


def test_where_no_document_is_worth_its_work_the_cheapest_plan_with_one_is_told_besides(ground: Any) -> None:
    here = ground(NEW)
    values = {key: Fraction(3 if int(key) < 9 or int(key) in (16, 17) else 2) for key in here.instrument.items}
    present = start(here.instrument, values, {})
    index = score(here.instrument, values).exact
    assert index is not None
    wish = Wish(index + Fraction(1, 5))
    found = planned(here, present, wish)
    assert found.plan.documents == ()
    (other,) = [one for one in found.others if one.with_documents]
    assert any(found.asked.costs.documents[key] for key in other.plan.documents)
    check(found.asked, other.plan, here.instrument, values)
    chosen = planned(here, present, replace(wish, with_documents=True))
    assert chosen.plan.effort == other.plan.effort >= found.plan.effort
    assert len(chosen.plan.steps) <= 3
    assert chosen.plan.effort == least_with_a_document(found.asked, 3)


def least_with_a_document(asked: Question, most: int) -> Fraction:
    """Every set of so many steps is tried: the least effort of those that work on a document and hold nothing more."""
    efforts = []
    for some in (some for size in range(1, most + 1) for some in itertools.combinations(asked.steps.possible, size)):
        if all(set(asked.steps.needs[rung]) <= set(some) for rung in some):
            plan = asked.plan(some, True)
            if plan.documents and plan.index_after >= asked.target:
                needed = all(reason.index_without < asked.target for reason in reasons(asked, plan).values())
                efforts += [plan.effort] if needed else []
    return min(efforts)


def test_no_usual_plan_is_dearer_than_another_programme_finds(ground: Any) -> None:
    chance = random.Random(20)
    kinds = list(ground(OLD).usual.law.proofs)
    for key in (OLD, NEW, NEW, OLD):
        hands = {kind: Hand(chance.choice(list(Standing))) for kind in kinds if chance.random() < 0.4}
        here = ground(key, hands)
        present = start(here.instrument, path_cases.present(chance, here.instrument), {})
        index = score(here.instrument, present.values).exact
        assert index is not None
        found = planned(here, present, Wish(index + Fraction(1, 5)))
        assert found.plan.effort == path_cases.least_by_programme(found.asked)


def test_an_entered_effort_takes_the_place_of_the_usual_one(ground: Any) -> None:
    entered = EnteredStep("44", 3, Fraction(9), 4, date(2027, 2, 1), (("1", 2),), ("own:portal",), "mahal")
    portal = EnteredDocument("own:portal", "Portal layanan", Fraction(5))
    costs = ground(OLD, steps=[entered], documents=[portal]).costs
    cost = costs.steps["44", 3]
    assert (cost.effort, cost.owner, cost.earliest) == (9, "unit:4", date(2027, 2, 1))
    assert (cost.needs, cost.documents, costs.documents["own:portal"]) == ((("1", 2),), ("own:portal",), 5)


def test_a_step_without_an_office_of_its_own_is_done_by_the_one_that_answers(ground: Any) -> None:
    assert ground(OLD, steps=[EnteredStep("44", 3, Fraction(9))]).costs.steps["44", 3].owner == office(44 % 6 + 1)


def test_a_step_that_is_ruled_out_is_in_no_plan_and_the_path_says_so(ground: Any) -> None:
    here = ground(OLD, steps=[EnteredStep(str(item), 4, None) for item in range(1, 48)])
    with pytest.raises(Unreachable) as refusal:
        planned(here, all_at(here, 3), Wish(Fraction("3.1")))
    assert {problem.key for problem in refusal.value.problems} == {"path.not_listed"}


def test_what_is_in_force_costs_nothing_more_whatever_was_entered_before(ground: Any) -> None:
    entered = EnteredDocument("spbe_architecture:enacted", "", Fraction(8))
    before, after = (ground(OLD, {"spbe_architecture": Hand(word)}, documents=[entered]) for word in
                     (Standing.DRAFT, Standing.IN_FORCE))  # fmt: skip
    assert before.costs.documents["spbe_architecture:enacted"] == 8
    assert after.costs.documents["spbe_architecture:enacted"] == 0


def test_an_effort_for_a_document_that_the_law_data_no_longer_names_is_passed_over(ground: Any) -> None:
    here = ground(OLD, steps=[EnteredStep("44", 3, Fraction(2), documents=("dulu_ada:enacted",))])
    assert here.costs.steps["44", 3].documents == ()


def test_what_if_a_document_or_an_office_is_left_out(ground: Any) -> None:
    here = ground(OLD, {"spbe_governance_regulation": Hand(Standing.DRAFT)})
    present, wish = all_at(here, 2), Wish(Fraction("2.2"))
    first = planned(here, present, wish)
    for mark in marks(first.asked, first.plan):
        other = planned(here, present, replace(wish, without=frozenset({mark})))
        assert mark not in marks(other.asked, other.plan)
        assert other.plan.effort >= first.plan.effort


def test_leaving_too_much_out_says_what_was_left_out(ground: Any) -> None:
    here = ground(OLD)
    everyone = frozenset(office(unit) for unit in range(2, 7))
    with pytest.raises(Unreachable) as refusal:
        planned(here, all_at(here, 2), Wish(Fraction("4.5"), without=everyone))
    assert refusal.value.key == "path.unreachable"
    assert "path.left_out" in {problem.key for problem in refusal.value.problems}


def test_a_gap_is_filled_by_a_chosen_value_or_a_tiers_own_and_never_overwrites_a_rating(ground: Any) -> None:
    here = ground(OLD)
    rated = {key: Fraction(2) for key in here.instrument.items if key not in ("1", "2")}
    assert start(here.instrument, rated, {}).missing == ("1", "2")
    chosen = start(here.instrument, rated, {"1": Fraction(3), "3": Fraction(5)})
    assert (chosen.missing, chosen.chosen, chosen.values["3"]) == (("2",), {"1"}, 2)
    tiers = start(here.instrument, rated, {"A1": Fraction("2.5"), "A2": Fraction(4)})
    assert (tiers.missing, tiers.chosen) == ((), {"A1"})  # Everything in A2 is rated: its own value is not used.


def test_a_search_that_has_no_time_says_that_its_plan_is_not_proven(ground: Any) -> None:
    here = ground(OLD)
    asked = planned(here, all_at(here, 2), Wish(Fraction("2.3"))).asked
    plan = cheapest(asked, 0)
    assert not plan.optimal
    assert plan.index_after >= asked.target
    for step in plan.steps:
        assert set(asked.steps.needs[step.rung]) <= {other.rung for other in plan.steps}
