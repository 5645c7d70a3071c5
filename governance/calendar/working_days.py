"""Working days (hari kerja): which days count, and where a span of so many of them ends.

UU 23/2014 Pasal 1 angka 50 reads "hari" as "hari kerja"; UU 30/2014 counts its own terms in working days (Pasal 61-63).
A working week has five days (Monday to Friday); some offices keep six (to Saturday), which is a setting, not a rule.
"""

from collections.abc import Container
from datetime import date, timedelta
from typing import Protocol

_ONE_DAY = timedelta(days=1)
_WEEKS = (5, 6)


class Counting(Protocol):
    """What a rule asks of an institution's calendar, without knowing where its days are kept."""

    def works_on(self, day: date) -> bool:
        """Whether offices work that day."""
        ...

    def working_days_after(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the day of the start itself is not counted."""
        ...


def is_working_day(day: date, closed: Container[date], week: int = 5) -> bool:
    """Whether offices work that day: inside the working week and not closed."""
    if week not in _WEEKS:
        raise ValueError(f"a working week has five or six days, not {week}")
    return day.weekday() < week and day not in closed


def next_working_day(day: date, closed: Container[date], week: int = 5) -> date:
    """The day itself when offices work on it, else the first later one that does (UU 30/2014 Pasal 58 ayat (3))."""
    while not is_working_day(day, closed, week):
        day += _ONE_DAY
    return day


def working_days_after(start: date, count: int, closed: Container[date], week: int = 5) -> date:
    """The `count`-th working day after `start`; the day of the start itself is not counted."""
    if count < 0:
        raise ValueError("working days are counted forward")
    day = start
    for _ in range(count):
        day = next_working_day(day + _ONE_DAY, closed, week)
    return day


def working_days_between(first: date, last: date, closed: Container[date], week: int = 5) -> int:
    """How many working days lie after `first` up to and with `last`; negative when `last` comes before."""
    if last < first:
        return -working_days_between(last, first, closed, week)
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(is_working_day(day, closed, week) for day in days)
