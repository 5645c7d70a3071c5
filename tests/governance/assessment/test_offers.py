"""What an act may be offered for: by kind and state, in time, and never more than its proofs say."""

from datetime import date
from typing import Any

import pytest

from config.settings import ROOT
from governance.assessment.evidence_models import Declared
from governance.assessment.instrument_files import Instruments
from governance.assessment.offers import (
    ActTold,
    Bar,
    Said,
    Term,
    Under,
    declarable,
    kinds_proving,
    offering,
    proofs_for,
    uncovered,
)
from governance.documents.effect import Period
from governance.mandates.law import Law
from tests.governance.assessment.conftest import KEYS

SIGNED = date(2025, 3, 3)
TERM = Term(date(2025, 9, 1), 2025, date(2025, 9, 30))
TEAM, ARCHITECTURE = "coordination_team_decree", "spbe_architecture"


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.fixture
def under(law: Law, instruments: Instruments) -> Under:
    return Under(instruments.instrument(KEYS[1]), law)


def _act(kind: str = ARCHITECTURE, **more: Any) -> ActTold:
    told = {"year": 2025, "signed_on": SIGNED, "period": Period(SIGNED)} | more
    return ActTold(document_id=1, act_id=1, kind=kind, title="Judul", number="1", **told)


def _levels(act: ActTold, under: Under, item: str, term: Term = TERM) -> list[int | None]:
    return [one.level for one in offering(act, under, term).offers if one.item == item and one.holds]


def test_enactment_alone_reaches_level_3_of_policy_and_nothing_of_execution(under: Under) -> None:
    assert _levels(_act(), under, "1") == [1, 2, 3]
    assert _levels(_act(TEAM), under, "10") == [1, 2, 3]
    assert _levels(_act(TEAM), under, "19") == [1], "that a team is set up says nothing of its work"


def test_what_is_declared_lifts_it_and_each_proof_says_what_else_it_needs(under: Under) -> None:
    reviewed = Said(Declared.REVIEWED, date(2025, 6, 1))
    followed_up = Said(Declared.FOLLOWED_UP, date(2025, 7, 1))
    assert _levels(_act(said=(reviewed,)), under, "1") == [1, 2, 3, 4]
    assert _levels(_act(said=(reviewed, followed_up)), under, "1") == [1, 2, 3, 4, 5]
    [fourth] = [one for one in offering(_act(), under, TERM, "1").offers if one.level == 4]
    assert (fourth.holds, fourth.proof.role, fourth.proof.how_sure) == (False, "main", "derived")
    assert "laporan reviu bertanggal sesudah penetapan" in fourth.proof.needs


def test_whole_implementation_is_a_part_of_one_too_and_no_review(under: Under) -> None:
    full = Said(Declared.IMPLEMENTED_FULL, date(2025, 6, 1))
    assert _levels(_act(TEAM, said=(full,)), under, "19") == [1, 2, 3]
    part = Said(Declared.IMPLEMENTED_PART, date(2025, 6, 1))
    assert _levels(_act(TEAM, said=(part,)), under, "19") == [1, 2]


def test_a_review_after_the_cut_off_does_not_count_in_the_cycle_and_is_said_to_be_late(under: Under) -> None:
    act = _act(said=(Said(Declared.REVIEWED, date(2025, 10, 1)),))
    [fourth] = [one for one in offering(act, under, TERM, "1").offers if one.level == 4]
    assert (fourth.holds, fourth.late) == (False, True)
    on_the_day = _act(said=(Said(Declared.REVIEWED, date(2025, 9, 30)),))
    assert 4 in _levels(on_the_day, under, "1")
    assert 4 in _levels(act, under, "1", Term(date(2025, 12, 1), 2025)), "no cut-off, nothing is late"


@pytest.mark.parametrize(
    ("period", "bar"),
    [
        (Period(SIGNED, None, date(2025, 9, 1)), Bar.REVOKED),
        (Period(SIGNED, None, date(2025, 9, 2)), None),
        (Period(SIGNED, date(2025, 8, 31)), Bar.EXPIRED),
        (Period(SIGNED, date(2025, 9, 1)), None),
        (Period(None), Bar.AWAITS_PROMULGATION),
        (Period(date(2025, 12, 1)), None),  # enacted, and in force only later
    ],
)
def test_what_is_revoked_expired_or_not_promulgated_does_not_offer_itself(
    under: Under, period: Period, bar: Bar | None
) -> None:
    found = offering(_act(period=period), under, TERM)
    assert found.bar is bar
    assert bool(found.open) is (bar is None)
    assert found.offers, "what it would prove is told all the same"


def test_an_act_is_read_as_it_stood_on_the_cycles_last_day(under: Under) -> None:
    term = Term.of(date(2026, 2, 1), 2025, date(2025, 9, 30))
    assert offering(_act(period=Period(SIGNED, None, date(2026, 1, 1))), under, term).bar is None
    assert offering(_act(signed_on=date(2025, 10, 1)), under, term).bar is Bar.TOO_LATE
    assert Term.of(date(2025, 9, 1), 2025, None) == Term(date(2025, 9, 1), 2025)


def test_an_act_of_an_earlier_year_says_so_where_its_kind_is_made_every_year(under: Under) -> None:
    assert offering(_act("spbe_budget_plan", year=2024), under, TERM).outdated
    assert not offering(_act("spbe_budget_plan", year=2025), under, TERM).outdated
    assert not offering(_act(year=2021), under, TERM).outdated, "an architecture holds for years"


def test_what_is_taken_already_or_only_supports_cannot_be_taken(under: Under) -> None:
    act = _act(TEAM, taken=frozenset({("10", 2)}))
    open_ones = {(one.item, one.level) for one in offering(act, under, TERM).open}
    assert open_ones == {("10", 1), ("10", 3), ("19", 1)}
    supports = [one for one in offering(act, under, TERM, "20").offers if one.level is None]
    assert [one.can_be_taken for one in supports] == [False]
    assert offering(act, under, TERM).held("10") == (1, 2, 3)


def test_a_level_above_one_that_the_act_leaves_open_is_told_as_such(under: Under) -> None:
    reviewed = offering(_act(TEAM, said=(Said(Declared.REVIEWED, date(2025, 6, 1)),)), under, TERM)
    assert (reviewed.held("19"), reviewed.open_below("19", 1)) == ((1, 4), (2, 3))
    assert (reviewed.held("10"), reviewed.open_below("10", 1)) == ((1, 2, 3, 4), ())
    assert (reviewed.held("20"), reviewed.open_below("20", 1)) == ((), ())


def test_under_another_instrument_an_act_proves_what_that_one_says(law: Law, instruments: Instruments) -> None:
    newer = Under(instruments.instrument(KEYS[2]), law)
    assert _levels(_act(), newer, "1") == []
    implemented = _act(said=(Said(Declared.IMPLEMENTED_PART, date(2025, 4, 1)),))
    assert _levels(implemented, newer, "1") == [2]


@pytest.mark.parametrize("key", KEYS)
def test_no_kind_offers_itself_for_an_item_that_no_document_can_raise(
    law: Law, instruments: Instruments, key: str
) -> None:
    under = Under(instruments.instrument(key), law)
    everything = tuple(Said(one, date(2025, 6, 1)) for one in Declared)
    raised = {
        one.item
        for kind in law.proofs
        for one in offering(_act(kind, said=everything), under, TERM).offers
        if one.level
    }
    assert raised | set(uncovered(under)) == set(under.instrument.items)
    assert raised & set(uncovered(under)) == set()


def test_only_what_a_proof_asks_for_can_be_declared_of_a_kind(law: Law) -> None:
    assert declarable(TEAM, law) == tuple(Declared)
    assert declarable("internal_assessor_team_decree", law) == ()
    assert Declared.REVIEWED not in declarable("audit_security", law)


def test_the_kinds_that_prove_an_item_are_those_that_have_a_proof_of_it(under: Under) -> None:
    assert TEAM in kinds_proving(under, "19")
    assert TEAM not in kinds_proving(under, "1")
    assert kinds_proving(under, "47") == frozenset()
    assert "internal_assessor_team_decree" not in kinds_proving(under)


def test_an_indicator_rated_in_several_items_is_proven_in_each(law: Law, instruments: Instruments) -> None:
    for key in KEYS:
        under = Under(instruments.instrument(key), law)
        numbers = {item.key: item.number for item in under.instrument.items.values()}
        for kind in law.proofs:
            found = proofs_for(kind, under)
            assert all(numbers[item] == proof.indicator for item, proof in found)
            assert len(found) >= len(law.proofs_of(kind).of(key))
