"""Weeks and months: in which of them a day lies, seen from today. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)


class When(StrEnum):
    """Where a day lies, seen from today; a week begins on Monday."""

    LATE = "late"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def before(self) -> "Month":
        """The month before it."""
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def after(self) -> "Month":
        """The month after it."""
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    @property
    def weeks(self) -> list[list[date]]:
        """Its weeks from Monday to Sunday, with the days of the neighbouring months that fill them."""
        return calendar.Calendar().monthdatescalendar(self.year, self.number)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """The Sunday of a day's week."""
    return monday_of(day) + WEEK - timedelta(days=1)


def when(due_on: date | None, today: date) -> When:
    """Where a day lies, seen from today."""
    if due_on is None:
        return When.UNDATED
    if due_on < today:
        return When.LATE
    if due_on <= sunday_of(today):
        return When.THIS_WEEK
    return When.NEXT_WEEK if due_on <= sunday_of(today + WEEK) else When.LATER
