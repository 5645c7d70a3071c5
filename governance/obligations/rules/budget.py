"""Plan and budget of digital government, in step with the RKPD and the RKA of a budget year.

Permenkominfo 4/2024 Pasal 37-38. The institution's own dates go before those of the law data, of which some are from
memory (`config/law/evaluation.yaml`).
"""

from collections.abc import Iterator
from datetime import date

from governance.mandates.evaluation import Due, PlanningDate
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownFact
from governance.obligations.rules.sources import (
    Step,
    article_of,
    basis_of,
    binding,
    how_sure_of,
    step,
    unread,
    weakest,
)
from governance.people.roles import Role

FAMILY = "budget"
MANDATE = "spbe_budget_plan"
RKPD, RKA = "rkpd", "rka"
DAYS_IN_A_WEEK = 7
OFFICES = {RKPD: Role.PLANNING, RKA: Role.FINANCE}


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """What a year asks for the budget years around it; a date lies in the year before its budget year, as a rule."""
    for budget_year in (year, year + 1, year + 2):
        for key in (RKPD, RKA):
            yield from _stage(law, year, facts, key, budget_year)


def _stage(law: Law, year: int, facts: Facts, key: str, budget_year: int) -> Iterator[Expected]:
    planned = _planned(law, key)
    due, begins, told, sure = _date(law, facts, planned, budget_year)
    on = due or date(budget_year - 1, 12, 31)
    duties = binding(law, MANDATE, on)
    begun = planned.in_force_from is None or planned.in_force_from <= on
    if on.year != year or not duties or not begun:
        return
    yield Expected(
        key=f"{MANDATE}:{budget_year}:{key}",
        mandate=MANDATE,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure=weakest(how_sure_of(duties), sure),
        basis=basis_of(law, duties, article_of(law, planned.regulation, planned.article)),
        computed=(
            step("why.budget_year", year=budget_year),
            *told,
            *(one for one in unread(duties) if one not in told),
        ),
        stage=f"budget_{key}",
        begins_on=begins,
        responsible=OFFICES[key],
    )


def _date(
    law: Law, facts: Facts, planned: PlanningDate, budget_year: int
) -> tuple[date | None, date | None, list[Step], str]:
    """(until when, from when, why, how sure): as the institution entered it, else as the law data has it."""
    fact = _entered(facts, planned.key, budget_year)
    if fact is not None:
        key = f"why.{planned.key}_entered" + ("" if fact.number else "_unnumbered")
        return fact.day, None, [step(key, day=fact.day, number=fact.number)], "read"
    fixed = day_of(planned.due, budget_year)
    rule = step("why.planned", title=planned.title, rule=planned.rule)
    marked = [] if planned.how_sure == "read" else [step(f"why.unread_{planned.how_sure}")]
    if fixed is not None:
        return fixed, None, [rule, *marked, step("why.planned_day", day=fixed)], planned.how_sure
    after = _planned(law, planned.due.relative_to or "")
    earliest, before = _not_before(after, budget_year)
    waits = step(f"why.await.{planned.key}", year=budget_year)
    return None, earliest, [rule, *marked, *before, waits], weakest(planned.how_sure, after.how_sure)


def _not_before(after: PlanningDate, budget_year: int) -> tuple[date | None, list[Step]]:
    """From when a step can be done that follows another one, where an article of that day sets the other."""
    day = day_of(after.due, budget_year)
    if day is None or (after.in_force_from is not None and day < after.in_force_from):
        return None, []
    told = [step("why.planned", title=after.title, rule=after.rule)]
    return day, [*told, step("why.week_read_as", day=day)] if after.due.week else told


def rkpd_after(law: Law, facts: Facts, day: date) -> tuple[date, list[Step], str]:
    """The next day on which an RKPD is set after a day: as entered, else as the law data has it."""
    planned = _planned(law, RKPD)
    found: list[tuple[date, list[Step], str]] = []
    for budget_year in range(day.year, day.year + 4):
        due, _begins, told, sure = _date(law, facts, planned, budget_year)
        if due is not None and due > day:
            found.append((due, [step("why.next_rkpd", year=budget_year), *told], sure))
    return min(found, key=lambda one: one[0])


def day_of(due: Due, budget_year: int) -> date | None:
    """A fixed day of a budget year; the second week of a month is read as the days from the 8th to the 14th."""
    if due.month is None:
        return None
    day = due.day if due.day is not None else (due.week or 1) * DAYS_IN_A_WEEK
    return date(budget_year + due.year_offset, due.month, day)


def _entered(facts: Facts, key: str, budget_year: int) -> KnownFact | None:
    """The date that the institution entered for a budget year; the last one where there are several."""
    found = [one for one in facts.facts if one.key == key and one.year == budget_year]
    return max(found, key=lambda one: (one.day, one.number), default=None)


def _planned(law: Law, key: str) -> PlanningDate:
    return next(one for one in law.planning if one.key == key)
