"""The count shown day by day: what is numbered, what is skipped and why, and where the end moves."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from governance.calendar.calendars import Calendar
from governance.calendar.counting import calendar_days_from, months_from, working_days_from, working_days_until
from governance.calendar.holidays import Holiday

FRIDAY = date(2026, 11, 20)
DAYS = some.dates(date(2010, 1, 1), date(2039, 12, 31))


@given(start=DAYS, number=some.integers(1, 120), week=some.sampled_from([5, 6]))
def test_every_working_day_is_numbered_once_and_every_other_is_skipped(start: date, number: int, week: int) -> None:
    calendar = Calendar(week)
    count = working_days_from(calendar, start, number)
    assert [one.number for one in count.passed if one.number is not None] == list(range(1, number + 1))
    assert all((one.number is not None) == calendar.works_on(one.day) for one in count.passed)
    assert all(one.outside_week or one.closed for one in count.passed if one.number is None), "each says why"
    assert [one.day for one in count.passed] == [start + timedelta(days=step + 1) for step in range(len(count.passed))]
    assert count.moved == count.end, "a working day moves nowhere"
    assert working_days_until(calendar, start, count.end).number == number


@given(start=DAYS, number=some.integers(0, 400))
def test_days_of_the_calendar_are_all_numbered_and_the_end_moves_to_a_working_day(start: date, number: int) -> None:
    count = calendar_days_from(Calendar(), start, number)
    assert count.end == start + timedelta(days=number)
    assert [one.number for one in count.passed] == list(range(1, number + 1))
    assert count.moved == count.end or Calendar().works_on(count.moved)
    assert [one.day for one in count.beyond][-1:] == ([count.moved] if count.moved != count.end else [])


def test_a_closed_day_is_skipped_with_its_name() -> None:
    monday = date(2026, 11, 23)
    count = working_days_from(Calendar(own={monday: Holiday(monday, "Hari jadi", "local")}), FRIDAY, 1)
    assert count.end == date(2026, 11, 24)
    assert [[one.name for one in day.closed] for day in count.passed] == [[], [], ["Hari jadi"], []]


def test_an_end_on_christmas_moves_to_monday_and_one_on_saturday_or_in_joint_leave_stays() -> None:
    christmas, leave, saturday = date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 19)
    assert calendar_days_from(Calendar(), christmas - timedelta(days=7), 7).moved == date(2026, 12, 28)
    assert calendar_days_from(Calendar(), leave - timedelta(days=7), 7).moved == leave
    assert calendar_days_from(Calendar(), saturday - timedelta(days=7), 7).moved == saturday


def test_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    assert months_from(Calendar(), date(2026, 2, 20), 6).end == date(2026, 8, 20)
    assert months_from(Calendar(), date(2026, 8, 31), 6).end == date(2027, 2, 28)
    assert months_from(Calendar(), date(2027, 8, 31), 6).end == date(2028, 2, 29)
    assert months_from(Calendar(), date(2026, 12, 1), 12).end == date(2027, 12, 1)
