"""What steps usually ask: what the law data says documents prove, what is in force, what no document lifts."""

from fractions import Fraction

import pytest

from config.settings import ROOT
from governance.assessment.instrument_files import Instruments
from governance.assessment.usual_costs import Hand, Usual, kind_of, state_of
from governance.documents.standing import Standing
from governance.mandates.law import Law
from tests.governance.assessment.conftest import KEYS

OLD, NEW = "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


def usual(law: Law, instruments: Instruments, key: str, **hands: Hand) -> Usual:
    return Usual(law, instruments.instrument(key), hands)


def test_a_level_that_several_kinds_prove_needs_only_one_of_them(law: Law, instruments: Instruments) -> None:
    cost = usual(law, instruments, OLD).costs.steps["1", 2]
    works = ("draft", "enacted")
    assert set(cost.ways) == {
        tuple(f"spbe_architecture:{work}" for work in works),
        tuple(f"spbe_governance_regulation:{work}" for work in works),
    }
    assert (cost.documents, cost.effort) == ((), 1)


def test_a_level_that_only_components_prove_needs_all_of_them(law: Law, instruments: Instruments) -> None:
    cost = usual(law, instruments, NEW).costs.steps["9", 4]
    assert cost.ways == ()
    assert {kind_of(key) for key in cost.documents} == {"audit_infrastructure", "audit_application", "audit_security"}
    assert {state_of(key) for key in cost.documents} == {"draft", "enacted", "implemented_full"}


def test_minutes_and_invitations_are_of_one_occasion_and_shared_by_none(law: Law, instruments: Instruments) -> None:
    found = usual(law, instruments, NEW)
    assert {kind for kind, _ in found.proofs["4", 2]} == {"meeting_minutes", "meeting_invitation", "attendance_list"}
    assert (found.costs.steps["4", 2].documents, found.costs.steps["4", 2].effort) == ((), 2)


@pytest.mark.parametrize("key", KEYS)
def test_what_no_document_raises_asks_for_activities_that_grow_with_the_level(
    law: Law, instruments: Instruments, key: str
) -> None:
    found = usual(law, instruments, key)
    for item in law.uncovered[key]:
        for (other, level), cost in found.costs.steps.items():
            if other == item and (item, level) not in found.proofs:
                assert (cost.documents, cost.ways, cost.effort) == ((), (), level)


@pytest.mark.parametrize("key", KEYS)
def test_every_step_is_there_but_those_of_another_bodys_index(law: Law, instruments: Instruments, key: str) -> None:
    instrument = instruments.instrument(key)
    own = [item for item in instrument.items.values() if item.external is None]
    levels = range(instrument.min_value + 1, instrument.max_value + 1)
    costs = usual(law, instruments, key).costs
    assert set(costs.steps) == {(item.key, level) for item in own for level in levels}
    assert {kind_of(name) for name in costs.documents} <= set(law.mandates)
    assert {state_of(name) for name in costs.documents} <= set(law.proof_states)


@pytest.mark.parametrize(
    ("standing", "draft", "enacted"),
    [
        (Standing.MISSING, 1, 2),
        (Standing.EXPIRED, 1, 2),
        (Standing.DRAFT, 0, 2),
        (Standing.IN_REVIEW, 0, 1),
        (Standing.APPROVED, 0, 1),
        (Standing.ENACTED, 0, 1),
        (Standing.IN_FORCE, 0, 0),
        (Standing.EXPIRING, 0, 0),
    ],
)
def test_the_further_a_document_has_come_the_less_is_left(
    law: Law, instruments: Instruments, standing: Standing, draft: int, enacted: int
) -> None:
    costs = usual(law, instruments, OLD, spbe_architecture=Hand(standing)).costs
    found = [costs.documents[f"spbe_architecture:{work}"] for work in ("draft", "enacted", "reviewed")]
    assert found == [draft, enacted, 1]


def test_what_was_declared_of_the_act_costs_nothing_more(law: Law, instruments: Instruments) -> None:
    hand = Hand(Standing.IN_FORCE, 7, frozenset({"reviewed"}))
    costs = usual(law, instruments, OLD, spbe_architecture=hand).costs
    assert costs.documents["spbe_architecture:reviewed"] == 0
    assert costs.documents["spbe_architecture:followed_up"] == 1


def test_the_office_that_answers_for_an_item_does_its_steps(law: Law, instruments: Instruments) -> None:
    found = Usual(law, instruments.instrument(OLD), {}, {"16": "unit:3"})
    assert (found.costs.steps["16", 2].owner, found.costs.steps["17", 2].owner) == ("unit:3", "")


def test_an_indicator_rated_in_several_items_is_proven_in_each(law: Law, instruments: Instruments) -> None:
    old = instruments.instrument("permenpanrb-5-2018")
    found = usual(law, instruments, "permenpanrb-5-2018")
    several = {item.number for item in old.items.values() if item.key != str(item.number)}
    assert several == {35}
    assert all(found.costs.steps[item, 2].effort >= Fraction(1) for item in ("35-1", "35-2", "35-3"))
