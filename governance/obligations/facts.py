"""What is known of one institution when its timetable is computed, read from its rows."""

from governance.calendar.calendars import calendar_of
from governance.kernel.db import db, within
from governance.mandates.law import Law
from governance.obligations.expected import Facts, KnownFact, KnownLetter
from governance.obligations.models import EvaluationLetter, Milestone


def facts_of(institution_id: int, law: Law) -> Facts:
    """The facts as they stand now: letters, dated facts, and the calendar by which days are counted."""
    letters = db.session.scalars(within(institution_id, EvaluationLetter))
    standing = within(institution_id, Milestone).where(Milestone.withdrawn_at.is_(None))
    found = db.session.scalars(standing.order_by(Milestone.day, Milestone.id))
    return Facts(
        calendar=calendar_of(institution_id, law.holidays),
        facts=tuple(KnownFact(one.key, one.day, one.year, one.until, one.number) for one in found),
        letters={
            one.year: KnownLetter(one.year, one.round, one.number, one.dated_on, tuple(one.windows)) for one in letters
        },
    )
