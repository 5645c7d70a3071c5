"""The law as a timetable: everything that a year expects of an institution, each family of rules in its own file."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts
from governance.obligations.rules import (
    acting,
    adjustment,
    audits,
    budget,
    changes,
    evaluation,
    reports,
    rpjmd,
    strategy,
    teams,
)

Rule = Callable[[Law, int, Facts], Iterable[Expected]]

RULES: dict[str, Rule] = {
    teams.FAMILY: teams.expected,
    changes.FAMILY: changes.expected,
    strategy.FAMILY: strategy.expected,
    rpjmd.FAMILY: rpjmd.expected,
    budget.FAMILY: budget.expected,
    audits.FAMILY: audits.expected,
    reports.FAMILY: reports.expected,
    evaluation.FAMILY: evaluation.expected,
    acting.FAMILY: acting.expected,
    adjustment.FAMILY: adjustment.expected,
}
FAMILIES = frozenset(RULES)

# The ladder of reminders of what is not on the standard one: documents that take months, terms of a few working days.
LADDERS = {strategy.FAMILY: "long", rpjmd.FAMILY: "long", audits.FAMILY: "long", changes.FAMILY: "short"}


def expected_in(law: Law, year: int, facts: Facts) -> tuple[Expected, ...]:
    """What a year expects: by date, what has none last. The same facts give the same answer; keys are unique."""
    found = [
        replace(one, ladder=LADDERS.get(family, one.ladder))
        for family, rule in RULES.items()
        for one in rule(law, year, facts)
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, one.key)))
