"""What a dated fact would move, before it is entered: the same rules and the same comparison, nothing written."""

from dataclasses import replace
from datetime import date

from governance.mandates.law import Law
from governance.obligations.changes import Change, Kind
from governance.obligations.expected import KnownFact
from governance.obligations.facts import facts_of
from governance.obligations.laying_out import changes_of, laid_out_years


def moves_if(institution_id: int, law: Law, fact: KnownFact, today: date) -> list[Change]:
    """The changes that would follow in this year, the next, and every year laid out before, by their dates."""
    known = facts_of(institution_id, law)
    facts = replace(known, facts=tuple(sorted((*known.facts, fact), key=lambda one: one.day)))
    years = {today.year, today.year + 1, *laid_out_years(institution_id)}
    found = changes_of(institution_id, law, facts, years)
    return sorted((one for one in found if one.kind is not Kind.REASONED), key=_by_day)


def _by_day(one: Change) -> tuple[date, str]:
    return one.after or one.before or date.max, one.key
