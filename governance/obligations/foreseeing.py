"""What a day of the calendar means to obligations: which of them another would move, and which were counted over it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from governance.calendar.calendars import Calendar
from governance.kernel.db import db, within
from governance.mandates.law import Law
from governance.obligations.changes import Change, Kind
from governance.obligations.delivery import STAGE
from governance.obligations.facts import facts_of
from governance.obligations.laying_out import changes_of, laid_out_years
from governance.obligations.models import Obligation

LONGEST_TERM = timedelta(days=120)  # No term of the law in working days reaches further.
# The steps of a date that name a closed day, and by which of their parameters.
PASSED_OVER: dict[str, tuple[str, ...]] = {
    "why.closed": ("day",),
    "why.maybe_closed": ("day",),
    "why.end_moved": ("from_on",),
    "why.end_moved_maybe": ("from_on",),
}


def dates_moved(institution_id: int, law: Law, calendar: Calendar, today: date) -> list[Change]:
    """The open obligations that would get another day by this calendar and by nothing else; it changes nothing."""
    facts = facts_of(institution_id, law)
    years = {today.year, today.year + 1, *facts.letters, *laid_out_years(institution_id)}
    now = {(one.key, one.after) for one in changes_of(institution_id, law, facts, years)}
    then = changes_of(institution_id, law, replace(facts, calendar=calendar), years)
    return [one for one in then if one.kind is Kind.MOVED and (one.key, one.after) not in now]


def obligations_over(institution_id: int, day: date) -> list[Obligation]:
    """The obligations, open or ended, whose own steps say that they were counted over this day, or moved from it."""
    near = Obligation.due_on.between(day, day + LONGEST_TERM)
    rows = within(institution_id, Obligation).where(near, Obligation.stage != STAGE)
    found = db.session.scalars(rows.order_by(Obligation.due_on, Obligation.key))
    return [one for one in found if any(_names(step, day.isoformat()) for step in one.computed)]


def _names(step: Mapping[str, Any], day: str) -> bool:
    return any(step["params"].get(name) == day for name in PASSED_OVER.get(step["key"], ()))
