"""Adjustment periods of new laws: existing local policy is brought in line until a last day.

Permenkominfo 4/2024 Pasal 88.
"""

from collections.abc import Iterator
from datetime import date

from governance.mandates.law import Law
from governance.mandates.rules import Deadline
from governance.obligations.expected import Expected, Facts
from governance.obligations.rules.sources import step
from governance.obligations.rules.succession import met_by, of_kind

FAMILY = "adjustment"
STAGE = "adjustment"


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The adjustments whose last day lies in the year, for each mandate whose duty of that law ends on it."""
    for rule in law.deadlines.values():
        if rule.latest is not None and rule.latest.year == year:
            for mandate in _bound_until(law, rule):
                yield _adjusted(mandate, rule, rule.latest, facts)


def _bound_until(law: Law, rule: Deadline) -> list[str]:
    return [
        mandate.key
        for mandate in law.mandates.values()
        if any(duty.regulation == rule.regulation and duty.end == rule.latest for duty in mandate.duty)
    ]


def _adjusted(mandate: str, rule: Deadline, latest: date, facts: Facts) -> Expected:
    since = rule.start or rule.in_force_from
    done = next((act for act in of_kind(facts, mandate) if since is None or act.signed_on >= since), None)
    return Expected(
        key=f"{mandate}:{STAGE}:{rule.key}",
        mandate=mandate,
        family=FAMILY,
        year=latest.year,
        due_on=latest,
        how_sure="read" if rule.verified else "memory",
        basis=rule.article,
        computed=(
            *([step("why.new_law", article=rule.article, since_on=since)] if since is not None else []),
            step("why.adjustment_rule", rule=rule.rule),
            step("why.adjustment_end", day=latest),
        ),
        stage=STAGE,
        begins_on=since,
        met=met_by(done) if done is not None else None,
    )
