"""Reports: the periodic one on audits to the minister, and the Dinas's yearly monitoring.

Permenkominfo 16/2022 Pasal 23 ayat (1), from 30 December 2022; Permenkominfo 4/2024 Pasal 83 ayat (4)-(6), from
4 September 2024. Neither was asked before.
"""

from collections.abc import Iterator
from datetime import date

from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownAct, KnownFact, Met
from governance.obligations.rules.intervals import Report, every_few_years
from governance.obligations.rules.sources import basis_of, binding, how_sure_of, step, unread

FAMILY = "report"
PERIODIC, PERIODIC_FACT = "ict_audit_periodic_report", "audit_periodic_report"
YEARLY, YEARLY_FACT = "annual_affairs_report", "monitoring_report"
STAGE = "yearly"


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The reports of a year."""
    yield from every_few_years(law, year, facts, (PERIODIC, FAMILY, PERIODIC_FACT))
    yield from _yearly(law, year, facts)


def _yearly(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    due = date(year, 12, 31)
    duties = binding(law, YEARLY, due)
    if not duties:
        return
    yield Expected(
        key=f"{YEARLY}:{year}",
        mandate=YEARLY,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure=how_sure_of(duties),
        basis=basis_of(law, duties),
        computed=(*unread(duties), step("why.once_a_year"), step("why.last_day_of_year", day=due)),
        stage=STAGE,
        met=_met(year, facts),
    )


def _met(year: int, facts: Facts) -> Met | None:
    """By the first report on that year that is known."""
    entered = [_entered(one) for one in facts.facts if one.key == YEARLY_FACT and (one.year or one.day.year) == year]
    recorded = [_recorded(one) for one in facts.acts if one.kind == YEARLY and one.year == year]
    first = min([*entered, *recorded], key=lambda one: one.day, default=None)
    return first.met if first is not None else None


def _entered(fact: KnownFact) -> Report:
    return Report(fact.day, fact.number)


def _recorded(act: KnownAct) -> Report:
    return Report(act.signed_on, act.number, act.id)
