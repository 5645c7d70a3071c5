"""How many working days are left, as pages count them: by the calendar of the reader's institution."""

from datetime import date

from web.at_hand import calendar_of
from web.guard import current_actor


def days_left(due_on: date | None, today: date) -> int | None:
    """Working days from today to a day; negative when it has passed."""
    return None if due_on is None else calendar_of(current_actor()).working_days_between(today, due_on)
