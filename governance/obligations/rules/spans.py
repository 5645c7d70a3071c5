"""Spans of months and years: where they end, and the last day that lies within them."""

from calendar import monthrange
from datetime import date, timedelta

A_DAY = timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of(day: date, months: int) -> date:
    """The last day of a span of months that begins on `day`: five years from 1 March 2022 end on 28 February 2027."""
    end = months_later(day, months)
    return end if end.day < day.day else end - A_DAY
