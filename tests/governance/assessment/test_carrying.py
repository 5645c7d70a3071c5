"""What comes along from the cycle before: within an instrument as it was, across instruments where a subject went."""

from datetime import date

import pytest

from governance.assessment import carrying
from governance.assessment.carrying import Kept, Offered, became, proposals, why_gone
from governance.assessment.course import CycleRole, Part
from governance.assessment.instrument_files import Instruments
from tests.governance.assessment.conftest import KEYS

OLD, MIDDLE, NEW = KEYS


def offered(item: str, level: int = 3, *, id: int = 1, evidence: int = 7, gone: str = "") -> Offered:  # noqa: A002
    return Offered(id, item, level, f"I{item}-L{level}-01", evidence, 5, "Perbup", gone)


def test_within_an_instrument_everything_keeps_its_place(instruments: Instruments) -> None:
    (one,) = proposals([offered("19")], instruments.instrument(MIDDLE), None)
    assert (one.item, one.level, one.code, one.translated) == ("19", 3, "I19-L3-01", False)


def test_what_is_gone_stays_behind(instruments: Instruments) -> None:
    gone = [offered("19", gone=why) for why in ("withdrawn", "expired", "revoked")]
    assert list(proposals(gone, instruments.instrument(MIDDLE), None)) == []


@pytest.mark.parametrize(
    ("withdrawn", "until", "why"),
    [
        (False, None, ""),
        (True, None, "withdrawn"),
        (False, date(2026, 1, 1), ""),
        (False, date(2025, 12, 31), "expired"),
        (True, date(2025, 12, 31), "withdrawn"),
    ],
)
def test_evidence_is_gone_once_its_last_day_is_over(withdrawn: bool, until: date | None, why: str) -> None:
    assert why_gone(withdrawn, until, date(2026, 1, 1)) == why


def test_an_item_that_was_split_proposes_its_evidence_for_every_part(instruments: Instruments) -> None:
    found = became(instruments.mapped, OLD, MIDDLE)
    made = list(proposals([offered("3")], instruments.instrument(MIDDLE), found))
    assert [(one.item, one.level, one.code, one.translated) for one in made] == [("1", 3, "", True), ("2", 3, "", True)]


def test_merged_items_propose_the_same_file_once(instruments: Instruments) -> None:
    found = became(instruments.mapped, MIDDLE, NEW)
    both = [offered("1", id=1), offered("2", id=2), offered("11", id=3, evidence=8)]
    made = list(proposals(both, instruments.instrument(NEW), found))
    assert [(one.item, one.before.id) for one in made] == [("1", 1), ("1", 3)]


def test_of_an_item_that_is_no_longer_rated_nothing_comes_along(instruments: Instruments) -> None:
    found = became(instruments.mapped, OLD, MIDDLE)
    assert list(proposals([offered("2"), offered("7")], instruments.instrument(MIDDLE), found)) == []


def test_a_level_is_a_proposal_within_the_new_scale(instruments: Instruments) -> None:
    found = became(instruments.mapped, OLD, MIDDLE)
    levels = [
        next(proposals([offered("1", level)], instruments.instrument(MIDDLE), found)).level for level in (0, 3, 9)
    ]
    assert levels == [1, 3, 5]


def test_two_instruments_apart_the_way_leads_over_the_one_between(instruments: Instruments) -> None:
    found = became(instruments.mapped, OLD, NEW)
    assert found is not None
    assert found["20"] == ("1",)  # 20 was split into 11 and 12, and both were merged into 1
    assert became(instruments.mapped, NEW, OLD) is None


def test_the_first_office_that_answered_goes_on_and_the_others_contribute(instruments: Instruments) -> None:
    found = became(instruments.mapped, MIDDLE, NEW)
    kept = [Kept(10, Part.RESPONSIBLE, ("1",)), Kept(20, Part.RESPONSIBLE, ("2",)), Kept(10, Part.CONTRIBUTOR, ("11",))]
    made = carrying.shares(kept, instruments.instrument(NEW), found)
    assert [(one.holder, one.part, one.items) for one in made] == [
        (10, Part.RESPONSIBLE, ("1",)),
        (20, Part.CONTRIBUTOR, ("1",)),
    ]
    assert {one.how_sure for one in made} == {"inferred"}


def test_within_an_instrument_shares_keep_their_mark(instruments: Instruments) -> None:
    (made,) = carrying.shares([Kept(10, Part.RESPONSIBLE, ("1",), "practice")], instruments.instrument(MIDDLE), None)
    assert (made.part, made.how_sure) == (Part.RESPONSIBLE, "practice")


def test_an_assessor_of_some_items_never_becomes_one_of_all(instruments: Instruments) -> None:
    found = became(instruments.mapped, OLD, MIDDLE)
    kept = [
        Kept(1, CycleRole.ASSESSOR, ()),
        Kept(2, CycleRole.ASSESSOR, ("3", "7")),
        Kept(3, CycleRole.ASSESSOR, ("7",)),
    ]
    made = carrying.seats(kept, instruments.instrument(MIDDLE), found)
    assert [(one.holder, one.items) for one in made] == [(1, ()), (2, ("1", "2"))]
