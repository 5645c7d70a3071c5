"""The decrees of teams: the coordination team and the internal assessors, set anew before the one in force ends.

That they are set anew every year is practice: no article says so (`config/law/mandates.yaml`, recurrence).
"""

from collections.abc import Iterator
from datetime import date

from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownAct
from governance.obligations.rules.sources import step
from governance.obligations.rules.spans import last_of
from governance.obligations.rules.succession import Term, succession, told_of

FAMILY = "team"
COORDINATION, ASSESSORS = "coordination_team_decree", "internal_assessor_team_decree"
KINDS = (COORDINATION, ASSESSORS)


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """What a year asks of the teams' decrees."""
    for kind in KINDS:
        yield from succession(law, year, facts, (kind, FAMILY), term)


def term(law: Law, act: KnownAct, year: int) -> Term:
    """How long a team's decree holds: as it says itself, else as practice has it."""
    if act.until is not None:
        return Term(act.until, (told_of(act), step("why.own_end", day=act.until)))
    years = law.mandate(act.kind).validity_years
    if years is not None:
        end = last_of(act.in_force_from, 12 * years)
        reason = step("why.practice_years", years=years, day=end)
    else:
        end = date(max(year, act.in_force_from.year), 12, 31)
        reason = step("why.practice_budget_year", year=end.year)
    return Term(end, (told_of(act), step("why.no_own_end"), reason), "practice", estimated=True)
