"""Reading the days that an institution closed or kept open: those of a year, withdrawn ones too, and one of them."""

from datetime import date

from governance.calendar.models import ClosedDay
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound


def entered_in(institution_id: int, year: int) -> list[ClosedDay]:
    """What was entered for the days of a year, in their order; what was withdrawn stays in the list."""
    rows = within(institution_id, ClosedDay).where(ClosedDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(rows.order_by(ClosedDay.day, ClosedDay.id)))


def closed_day(institution_id: int, day_id: int) -> ClosedDay:
    """One day that was entered, or NotFound."""
    found: ClosedDay | None = db.session.scalar(within(institution_id, ClosedDay).where(ClosedDay.id == day_id))
    if found is None:
        raise NotFound
    return found
