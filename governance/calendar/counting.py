"""Counting shown day by day: so many working days, days of the calendar or months after a day, or between two days."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import Holiday


@dataclass(frozen=True)
class Passed:
    """A day that the count passed: its number in it, None where it was skipped; why offices are closed on it."""

    day: date
    number: int | None
    outside_week: bool
    closed: tuple[Holiday, ...]


@dataclass(frozen=True)
class Count:
    """What was counted: the day after the start is the first, the end is the last; `moved` by Pasal 58 ayat (3)."""

    start: date
    end: date
    moved: date
    number: int
    passed: tuple[Passed, ...]  # after the start up to the end
    beyond: tuple[Passed, ...]  # after the end up to where it moves


def working_days_from(calendar: Calendar, start: date, number: int) -> Count:
    """So many working days after the start; the day of the start itself is not counted."""
    return _counted(calendar, start, calendar.working_days_after(start, number), working=True)


def calendar_days_from(calendar: Calendar, start: date, number: int) -> Count:
    """So many days of the calendar after the start, whatever they are."""
    return _counted(calendar, start, start + timedelta(days=number), working=False)


def months_from(calendar: Calendar, start: date, number: int) -> Count:
    """So many months after the start: the same day of that month, or its last where it has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    end = date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
    return _counted(calendar, start, end, working=False)


def working_days_until(calendar: Calendar, start: date, end: date) -> Count:
    """The working days after the start up to and with the end."""
    return _counted(calendar, start, end, working=True)


def _counted(calendar: Calendar, start: date, end: date, *, working: bool) -> Count:
    passed, number = [], 0
    for day in _days(start, end):
        counts = calendar.works_on(day) or not working
        number += counts
        passed.append(_passed(calendar, day, number if counts else None))
    moved = calendar.end_moved(end)
    beyond = [_passed(calendar, day, None) for day in _days(end, moved)]
    return Count(start, end, moved, number, tuple(passed), tuple(beyond))


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]


def _passed(calendar: Calendar, day: date, number: int | None) -> Passed:
    closed = tuple(one for one in calendar.days_of(day.year) if one.day == day)
    return Passed(day, number, day.weekday() >= calendar.week, closed)
