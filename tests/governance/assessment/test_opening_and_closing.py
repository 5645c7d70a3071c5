"""What is typed as a target, and what is missing before each move of a cycle: some of it holds the move up."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.assessment.closing import Standing, missing
from governance.assessment.course import CycleRole, Stage
from governance.assessment.instrument_files import Instruments
from governance.assessment.opening import Laid, target_of
from governance.mandates.evaluation import Round
from tests.governance.assessment.conftest import KEYS

PAPERS = ("self_assessment_minutes", "publication_consent")


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("2,60", Fraction(13, 5)),
        ("2.60", Fraction(13, 5)),
        (" 13/5 ", Fraction(13, 5)),
        ("13 / 5", Fraction(13, 5)),
        ("3", Fraction(3)),
        ("2,605", Fraction(521, 200)),
        ("7/3", Fraction(7, 3)),
    ],
)
def test_a_target_is_read_exactly_however_it_is_typed(typed: str, exact: Fraction) -> None:
    assert target_of(typed) == exact


@pytest.mark.parametrize(
    "typed", ["", "dua", "2,6,0", "2..6", "-2,6", "13/0", "1e3", "2,", ",6", "٢", "13/5/2", "9" * 40]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert target_of(typed) is None


def laid(instruments: Instruments, **changes: object) -> Laid:
    items = instruments.instrument(KEYS[1]).items
    whole = Laid(items, set(items), len(items), set(CycleRole), Fraction(13, 5), date(2026, 8, 1))
    return replace(whole, **changes)  # type: ignore[arg-type]


def standing(instruments: Instruments, **changes: object) -> Standing:
    items = set(instruments.instrument(KEYS[1]).items)
    whole = Standing(laid(instruments), rated=items, final=items, signed={*PAPERS, "self_assessment_report"})
    return replace(whole, **changes)  # type: ignore[arg-type]


def lacks(instruments: Instruments, stage: Stage, found: Standing, key: str = KEYS[1]) -> list[tuple[str, bool]]:
    instrument = instruments.instrument(key)
    told = missing(stage, found, instrument, Round.EVALUATION)
    return [(one.key.removeprefix("cycle.lack."), one.blocks) for one in told]


@pytest.mark.parametrize("stage", Stage)
def test_where_all_is_there_nothing_is_missing(instruments: Instruments, stage: Stage) -> None:
    assert lacks(instruments, stage, standing(instruments)) == []


def test_a_cycle_without_shares_waits_and_one_with_gaps_is_only_told(instruments: Instruments) -> None:
    nothing = Standing(Laid(instruments.instrument(KEYS[1]).items, (), 0, (), None, None))
    assert lacks(instruments, Stage.PREPARATION, nothing) == [
        ("no_shares", True),
        ("seat.assessor", False),
        ("seat.answerable", False),
        ("seat.coordinator", False),
        ("seat.data_entry", False),
        ("no_target", False),
        ("no_ready_by", False),
    ]
    some = replace(nothing, laid=laid(instruments, shared={"1", "2"}))
    assert lacks(instruments, Stage.PREPARATION, some) == [("items_alone", False)]


def test_it_is_not_handed_to_nobody(instruments: Instruments) -> None:
    alone = standing(instruments, laid=laid(instruments, seats={CycleRole.ASSESSOR, CycleRole.DATA_ENTRY}))
    assert lacks(instruments, Stage.EXECUTION, alone) == [("handed_to_nobody", True)]
    for role in (CycleRole.ANSWERABLE, CycleRole.COORDINATOR):
        one = standing(instruments, laid=laid(instruments, seats={role}))
        assert lacks(instruments, Stage.EXECUTION, one) == []


def test_what_is_unfinished_when_it_is_handed_on_is_told_and_holds_nothing_up(instruments: Instruments) -> None:
    found = standing(instruments, rated=(), signed=(), in_process=2, drafts=3)
    assert lacks(instruments, Stage.EXECUTION, found) == [
        ("unrated", False),
        ("in_process", False),
        ("drafts", False),
        ("report", False),
    ]


def test_closing_waits_for_what_the_instrument_asks_and_for_every_answer(instruments: Instruments) -> None:
    found = standing(
        instruments, signed=(), in_hand={"publication_consent"}, rated={"1"}, final=(), unanswered=1, in_process=1
    )
    assert lacks(instruments, Stage.REPORTING, found) == [
        ("no_paper", True),
        ("unsigned", True),
        ("unrated", True),
        ("unanswered", True),
        ("no_final", False),
        ("in_process", False),
    ]


def test_a_demand_that_nobody_read_is_told_and_holds_nothing_up(instruments: Instruments) -> None:
    items = instruments.instrument(KEYS[2]).items
    found = standing(instruments, signed=(), rated=set(items), final=set(items))
    told = lacks(instruments, Stage.REPORTING, found, KEYS[2])
    assert told == [("no_paper.unsure", False), ("no_paper.unsure", False)]
    items = instruments.instrument(KEYS[0]).items
    unknown = standing(instruments, signed=(), rated=set(items), final=set(items))
    assert lacks(instruments, Stage.REPORTING, unknown, KEYS[0]) == [("papers_unknown", False)]


def test_a_year_without_a_round_asks_for_no_final_score(instruments: Instruments) -> None:
    instrument = instruments.instrument(KEYS[1])
    found = standing(instruments, final=())
    asked = {round_: [one.key for one in missing(Stage.REPORTING, found, instrument, round_)] for round_ in Round}
    assert asked[Round.NONE] == []
    assert asked[Round.MONITORING] == asked[Round.EVALUATION] == ["cycle.lack.no_final"]
