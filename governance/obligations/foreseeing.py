"""Which obligations another calendar would move: the timetable asked once as it is and once as it would be."""

from dataclasses import replace
from datetime import date

from governance.calendar.calendars import Calendar
from governance.mandates.law import Law
from governance.obligations.changes import Change
from governance.obligations.facts import facts_of
from governance.obligations.laying_out import changes_of, laid_out_years


def dates_moved(institution_id: int, law: Law, calendar: Calendar, today: date) -> list[Change]:
    """The obligations that would get another day by this calendar and by nothing else; it changes nothing."""
    facts = facts_of(institution_id, law)
    years = {today.year, today.year + 1, *facts.letters, *laid_out_years(institution_id)}
    now = {(one.key, one.after) for one in changes_of(institution_id, law, facts, years)}
    then = changes_of(institution_id, law, replace(facts, calendar=calendar), years)
    moved = [one for one in then if one.before and one.after and one.before != one.after]
    return [one for one in moved if (one.key, one.after) not in now]
