"""The ladder of reminders: H-30, H-14, H-7, H-1, late; whatever nights were missed."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.obligations.ladder import LADDER, Rung, due_rung

DUE = date(2026, 9, 15)
ORDER = [step.rung for step in LADDER]
nights = st.sets(st.integers(-45, 20)).map(sorted)


def reminded(awake: Iterable[int], *, estimated: bool = False) -> list[tuple[int, Rung]]:
    """What is sent when the clock runs on these nights, counted from the due date."""
    sent: list[tuple[int, Rung]] = []
    for offset in awake:
        rung = due_rung(DUE, DUE + timedelta(days=offset), {one for _, one in sent}, estimated=estimated)
        if rung is not None:
            sent.append((offset, rung))
    return sent


def test_with_the_clock_running_each_rung_comes_on_its_day() -> None:
    assert reminded(range(-60, 30)) == [
        (-30, Rung.H_30),
        (-14, Rung.H_14),
        (-7, Rung.H_7),
        (-1, Rung.H_1),
        (1, Rung.LATE),
    ]


@pytest.mark.parametrize(
    ("first", "rung"), [(-20, Rung.H_30), (-7, Rung.H_7), (-3, Rung.H_7), (0, Rung.H_1), (5, Rung.LATE)]
)
def test_after_missed_nights_one_reminder_says_where_things_stand(first: int, rung: Rung) -> None:
    assert reminded([first])[0] == (first, rung)
    assert due_rung(DUE, DUE + timedelta(days=first), {rung}) is None


def test_on_the_due_date_itself_nothing_is_late() -> None:
    assert due_rung(DUE, DUE, set()) is Rung.H_1


def test_an_estimated_date_is_reminded_of_but_never_called_late() -> None:
    assert [rung for _, rung in reminded(range(-60, 60), estimated=True)] == ORDER[:-1]


@given(nights)
def test_no_rung_is_sent_twice_or_after_a_higher_one(awake: list[int]) -> None:
    heights = [ORDER.index(rung) for _, rung in reminded(awake)]
    assert heights == sorted(set(heights))


@given(nights)
def test_whatever_nights_are_missed_the_newest_rung_is_told_when_the_clock_is_back(awake: list[int]) -> None:
    for offset in awake:
        begun = [step.rung for step in LADDER if -step.days_before <= offset]
        told = [rung for at, rung in reminded(awake) if at <= offset]
        assert (told[-1] if told else None) == (begun[-1] if begun else None)


@given(nights, st.booleans())
def test_a_night_never_brings_more_than_one_reminder(awake: list[int], estimated: bool) -> None:
    days = [at for at, _ in reminded([*awake, *awake], estimated=estimated)]
    assert len(days) == len(set(days))
