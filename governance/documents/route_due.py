"""By when a step of a route is to be decided, in working days from the day on which it came to its posts. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from governance.calendar.working_days import Counting


@dataclass(frozen=True)
class Term:
    """The last day of a step, and the working day before it, on which its posts are warned; None: no days are set."""

    due_on: date | None = None
    warn_on: date | None = None


def term(days: int, start: date, calendar: Counting) -> Term:
    """The term of a step of so many working days that came on `start`; 0 days set none."""
    if not days:
        return Term()
    due_on = calendar.working_days_after(start, days)
    return Term(due_on, working_day_before(due_on, calendar))


def working_day_before(day: date, calendar: Counting) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not calendar.works_on(day):
        day -= timedelta(days=1)
    return day
