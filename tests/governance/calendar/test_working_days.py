"""Working days: the start is not counted, closed days and weekends are passed over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.calendar.working_days import (
    is_working_day,
    next_working_day,
    working_days_after,
    working_days_between,
)

FRIDAY = date(2026, 11, 20)
INDEPENDENCE_DAY = date(2026, 8, 17)  # a Monday
DAYS = some.dates(date(2018, 1, 1), date(2035, 12, 31))
CLOSED = some.sets(DAYS, max_size=20)


def test_five_working_days_after_a_friday_end_on_the_next_friday():
    assert working_days_after(FRIDAY, 5, ()) == date(2026, 11, 27)


def test_with_a_six_day_week_five_working_days_after_a_friday_end_on_thursday():
    assert working_days_after(FRIDAY, 5, (), week=6) == date(2026, 11, 26)


def test_a_holiday_moves_the_end_by_one_day():
    assert working_days_after(date(2026, 8, 14), 5, ()) == date(2026, 8, 21)
    assert working_days_after(date(2026, 8, 14), 5, (INDEPENDENCE_DAY,)) == date(2026, 8, 24)


def test_no_working_days_later_is_the_same_day():
    assert working_days_after(date(2026, 11, 22), 0, ()) == date(2026, 11, 22)


def test_a_term_that_ends_on_a_sunday_or_holiday_ends_on_the_next_working_day():
    assert next_working_day(date(2026, 8, 16), (INDEPENDENCE_DAY,)) == date(2026, 8, 18)
    assert next_working_day(FRIDAY, ()) == FRIDAY


def test_saturday_is_a_working_day_only_in_a_six_day_week():
    saturday = date(2026, 11, 21)
    assert not is_working_day(saturday, ())
    assert is_working_day(saturday, (), week=6)
    assert not is_working_day(saturday, (saturday,), week=6)


@pytest.mark.parametrize("week", [0, 4, 7])
def test_other_weeks_are_refused(week):
    with pytest.raises(ValueError, match="five or six"):
        is_working_day(FRIDAY, (), week=week)


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="forward"):
        working_days_after(FRIDAY, -1, ())


def test_between_two_days_the_first_is_not_counted_and_the_last_is():
    assert working_days_between(FRIDAY, date(2026, 11, 27), ()) == 5
    assert working_days_between(date(2026, 11, 27), FRIDAY, ()) == -5
    assert working_days_between(FRIDAY, FRIDAY, ()) == 0


@given(start=DAYS, count=some.integers(0, 60), closed=CLOSED, week=some.sampled_from([5, 6]))
def test_counting_and_measuring_agree(start, count, closed, week):
    end = working_days_after(start, count, closed, week)

    assert working_days_between(start, end, closed, week) == count
    assert count == 0 or is_working_day(end, closed, week)


@given(day=DAYS, closed=CLOSED)
def test_the_next_working_day_is_the_nearest_one(day, closed):
    found = next_working_day(day, closed)

    assert is_working_day(found, closed)
    passed_over = [day + timedelta(days=step) for step in range((found - day).days)]
    assert not any(is_working_day(one, closed) for one in passed_over)
