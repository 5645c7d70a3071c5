"""The ladders of reminders, as shipped: every rung on its day, one after an outage, none twice; whatever is missed."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import ROOT
from governance.mandates.ladder import HEIGHT, Ladder, Rung, Term, due_rung
from governance.mandates.law import Law

DUE = date(2026, 9, 15)
LADDERS = Law.read(ROOT / "config" / "law").ladders
STANDARD = LADDERS["standard"]
FAR = 120
nights = st.sets(st.integers(-FAR, 60)).map(sorted)
ladders = st.sampled_from(sorted(LADDERS)).map(LADDERS.__getitem__)
whole = pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)


def reminded(
    ladder: Ladder, awake: Iterable[int], *, estimated: bool = False, acknowledged: bool = False
) -> list[tuple[int, Rung]]:
    """What is sent when the clock runs on these nights, counted from the due date."""
    sent: list[tuple[int, Rung]] = []
    term = Term(DUE, estimated, acknowledged)
    for offset in awake:
        step = due_rung(ladder, term, DUE + timedelta(days=offset), {one for _, one in sent})
        if step is not None:
            sent.append((offset, step.rung))
    return sent


@whole
def test_with_the_clock_running_each_rung_comes_on_its_day(ladder: Ladder) -> None:
    days = [(-step.days_before, step.rung) for step in ladder.steps]
    assert reminded(ladder, range(-FAR, 61)) == days


def test_the_standard_ladder_reminds_from_a_month_before_to_two_weeks_after() -> None:
    assert reminded(STANDARD, range(-FAR, 61)) == [
        (-30, Rung.H_30),
        (-14, Rung.H_14),
        (-7, Rung.H_7),
        (-1, Rung.H_1),
        (1, Rung.LATE),
        (14, Rung.VERY_LATE),
    ]


def test_the_long_ladder_begins_a_quarter_before() -> None:
    assert LADDERS["long"].reach == 90


@whole
def test_the_escalation_goes_up_the_posts_and_nobody_who_was_told_is_left_out_later(ladder: Ladder) -> None:
    audiences = [set(step.tells) for step in ladder.steps]
    assert all(earlier <= later for earlier, later in pairwise(audiences))
    assert "unit" in audiences[0]


@pytest.mark.parametrize(
    ("first", "rung"),
    [(-20, Rung.H_30), (-7, Rung.H_7), (-3, Rung.H_7), (0, Rung.H_1), (5, Rung.LATE), (40, Rung.VERY_LATE)],
)
def test_after_missed_nights_one_reminder_says_where_things_stand(first: int, rung: Rung) -> None:
    assert reminded(STANDARD, [first, first]) == [(first, rung)]


@whole
def test_on_the_due_date_itself_nothing_is_late(ladder: Ladder) -> None:
    step = due_rung(ladder, Term(DUE), DUE, set())
    assert step is not None
    assert step.days_before >= 0


@whole
def test_an_estimated_date_is_reminded_of_but_never_called_late(ladder: Ladder) -> None:
    before = [step.rung for step in ladder.steps if step.days_before >= 0]
    assert [rung for _, rung in reminded(ladder, range(-FAR, 61), estimated=True)] == before


@whole
def test_what_is_acknowledged_is_reminded_of_only_by_what_may_not_be_put_off(ladder: Ladder) -> None:
    always = [step.rung for step in ladder.steps if not step.may_be_put_off]
    assert [rung for _, rung in reminded(ladder, range(-FAR, 61), acknowledged=True)] == always
    assert Rung.VERY_LATE in always


def test_a_rung_of_another_ladder_counts_by_its_height() -> None:
    """An obligation that came from the long ladder to the standard one is not told of H-30 after H-14."""
    assert due_rung(STANDARD, Term(DUE), DUE - timedelta(days=20), {Rung.H_90, Rung.H_60}) is not None
    assert due_rung(STANDARD, Term(DUE), DUE - timedelta(days=20), {Rung.H_14}) is None
    assert due_rung(LADDERS["short"], Term(DUE), DUE - timedelta(days=1), {"very_late"}) is None


@given(ladders, nights, st.booleans(), st.booleans())
def test_no_rung_is_sent_twice_or_after_a_higher_one(
    ladder: Ladder, awake: list[int], estimated: bool, acknowledged: bool
) -> None:
    sent = reminded(ladder, [*awake, *awake], estimated=estimated, acknowledged=acknowledged)
    heights = [HEIGHT[rung] for _, rung in sent]
    assert heights == sorted(set(heights))


@given(ladders, nights)
def test_whatever_nights_are_missed_the_newest_rung_is_told_when_the_clock_is_back(
    ladder: Ladder, awake: list[int]
) -> None:
    for offset in awake:
        begun = [step.rung for step in ladder.steps if -step.days_before <= offset]
        told = [rung for at, rung in reminded(ladder, awake) if at <= offset]
        assert (told[-1] if told else None) == (begun[-1] if begun else None)


@given(ladders, nights, st.booleans())
def test_a_night_never_brings_more_than_one_reminder(ladder: Ladder, awake: list[int], estimated: bool) -> None:
    days = [at for at, _ in reminded(ladder, [*awake, *awake], estimated=estimated)]
    assert len(days) == len(set(days))


@given(ladders, st.integers(367, 4000))
def test_of_what_is_history_nobody_is_reminded(ladder: Ladder, long_past: int) -> None:
    assert due_rung(ladder, Term(DUE), DUE + timedelta(days=long_past), set()) is None
