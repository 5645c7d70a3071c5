"""How many working days are left, as pages count them."""

from datetime import date

from governance.calendar.holidays import closed_days, national
from governance.calendar.working_days import working_days_between
from web.at_hand import library


def days_left(due_on: date | None, today: date) -> int | None:
    """Working days from today to a day; negative when it has passed."""
    if due_on is None:
        return None
    years = range(min(due_on, today).year, max(due_on, today).year + 1)
    closed = closed_days(holiday for year in years for holiday in national(year, library().law.holidays))
    return working_days_between(today, due_on, closed)
