"""An institution's calendar against a plain walk, day by day: thirty years, both weeks, its own days and open ones."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import JOINT_LEAVE, PUBLIC, Holiday, national
from governance.calendar.models import DayKind

ONE = timedelta(days=1)
FIRST, LAST = date(2010, 1, 1), date(2039, 12, 31)
NATIONAL = {one.day: one for year in range(2009, 2042) for one in national(year)}
DAYS = some.dates(FIRST, LAST)
WEEKS = some.sampled_from([5, 6])
KINDS = some.sampled_from(list(DayKind))
ESTIMATES = some.sampled_from([day for day, one in NATIONAL.items() if one.estimated])


@some.composite
def owned(draw: some.DrawFn) -> dict[date, Holiday]:
    """Days an institution entered: anywhere, often where a national day is only estimated, and often side by side."""
    first = draw(some.one_of(DAYS, ESTIMATES))
    near = [first + timedelta(days=step) for step in draw(some.sets(some.integers(0, 200), max_size=120))]
    days = {*near, *draw(some.sets(some.one_of(DAYS, ESTIMATES), max_size=20))}
    return {day: Holiday(day, "Hari sendiri", draw(KINDS).value) for day in days}


def works(day: date, week: int, own: dict[date, Holiday]) -> bool:
    """The oracle: inside the week, and neither the institution nor the nation says that it is closed."""
    if day.weekday() >= week:
        return False
    if day in own:
        return own[day].kind == "open"
    return day not in NATIONAL


@given(start=DAYS, count=some.integers(0, 260), week=WEEKS, own=owned())
def test_the_last_day_is_where_a_walk_of_so_many_working_days_ends(
    start: date, count: int, week: int, own: dict[date, Holiday]
) -> None:
    day, left = start, count
    while left and day.year < 2042:
        day += ONE
        left -= works(day, week, own)
    assert Calendar(week, own=own).working_days_after(start, count) == day


@given(first=DAYS, length=some.integers(0, 800), week=WEEKS, own=owned())
def test_between_two_days_a_walk_counts_the_same_both_ways(
    first: date, length: int, week: int, own: dict[date, Holiday]
) -> None:
    length = min(length, (LAST - first).days)
    last = first + timedelta(days=length)
    walked = sum(works(first + timedelta(days=step), week, own) for step in range(1, length + 1))
    calendar = Calendar(week, own=own)
    assert calendar.working_days_between(first, last) == walked
    assert calendar.working_days_between(last, first) == -walked


@given(day=DAYS, week=WEEKS, own=owned())
def test_an_end_moves_only_from_a_sunday_or_a_national_holiday_and_to_the_next_working_day(
    day: date, week: int, own: dict[date, Holiday]
) -> None:
    listed = [own[day]] if day in own else [one for one in [NATIONAL.get(day)] if one]
    moves = day.weekday() == 6 or any(one.kind == PUBLIC for one in listed)
    expected = day
    while moves and not works(expected, week, own):
        expected += ONE
    assert Calendar(week, own=own).end_moved(day) == expected


@given(start=DAYS, count=some.integers(1, 40), week=WEEKS, own=owned())
def test_every_closed_day_that_lengthened_a_span_is_named(
    start: date, count: int, week: int, own: dict[date, Holiday]
) -> None:
    calendar = Calendar(week, own=own)
    end = calendar.working_days_after(start, count)
    span = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    skipped = [day for day in span if day.weekday() < week and not works(day, week, own)]
    assert sorted({one.day for one in calendar.fell_out(start, end)}) == skipped


def test_an_own_day_stands_in_place_of_the_estimate_and_an_open_day_removes_it() -> None:
    estimate = next(one for one in national(2028) if one.estimated and one.day.weekday() < 5)
    own = {estimate.day: Holiday(estimate.day, "Ditetapkan", JOINT_LEAVE)}
    assert [one for one in Calendar(own=own).days_of(2028) if one.day == estimate.day] == list(own.values())
    opened = Calendar(own={estimate.day: Holiday(estimate.day, "Tetap masuk", "open")})
    assert opened.works_on(estimate.day)
    assert estimate.day not in {one.day for one in opened.days_of(2028)}
    assert not Calendar().works_on(estimate.day)


def test_a_decreed_year_is_taken_whole_and_a_local_day_is_added_to_it() -> None:
    monday = date(2026, 10, 5)
    calendar = Calendar(decreed={2026: ()}, own={monday: Holiday(monday, "Hari jadi", "local")})
    assert [one.day for one in calendar.days_of(2026)] == [monday]
    assert calendar.works_on(date(2026, 8, 17))
    assert not calendar.works_on(monday)
