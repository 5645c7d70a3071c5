"""ICT audits: infrastructure, applications, security, each at least once in two years; and to audit internally first.

Perpres 95/2018 Pasal 55-58 (known second-hand, the interval from memory); Permenkominfo 16/2022 Pasal 4 ayat (3);
Permenkominfo 4/2024 Pasal 73-74. An internal audit is periodic without an interval, and only since 30 December 2022.
"""

from collections.abc import Iterator
from datetime import date

from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts
from governance.obligations.rules.intervals import every_few_years, next_due, reports_of
from governance.obligations.rules.sources import basis_of, binding, day_before, how_sure_of, step, weakest
from governance.people.roles import Role

FAMILY = "audit"
EXTERNAL = ("audit_infrastructure", "audit_application", "audit_security")
INTERNAL = "ict_audit_internal"
ADVICE = "audit_advice"  # the dated fact that stands for the internal audit's report
STAGE = "internal_first"


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The audits of a year."""
    for kind in EXTERNAL:
        yield from every_few_years(law, year, facts, (kind, FAMILY, kind))
    yield from _internal(law, year, facts)


def _internal(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The internal audit: before the first external one that is due in the year, which is advice and no article."""
    last = date(year, 12, 31)
    duties = binding(law, INTERNAL, last)
    if not duties:
        return
    first = min(_external_in(law, year, facts), default=None)
    due = day_before(first[0]) if first is not None and first[0] > date(year, 1, 1) else None
    done = next((one for one in reports_of(facts, INTERNAL, ADVICE) if one.day.year == year), None)
    if due is not None and first is not None:
        advice = [step("why.internal_first", mandate=first[1], day=first[0]), step("why.advice_only", day=due)]
    else:
        advice = [step("why.internal_first_undated")]
    waits = [step(f"why.await.{ADVICE}")] if due is None and done is None else []
    yield Expected(
        key=f"{INTERNAL}:{year}",
        mandate=INTERNAL,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure=how_sure_of(duties) if due is None else weakest(how_sure_of(duties), "inferred"),
        basis=basis_of(law, duties),
        computed=(step("why.periodic"), *advice, *waits),
        stage=STAGE,
        estimated=due is not None,
        responsible=Role.INSPECTORATE,
        met=done.met if done is not None else None,
    )


def _external_in(law: Law, year: int, facts: Facts) -> Iterator[tuple[date, str]]:
    """The external audits that are due in a year, by day."""
    for kind in EXTERNAL:
        for report in reports_of(facts, kind, kind):
            due = next_due(law, kind, report)
            if due.year == year and binding(law, kind, due):
                yield due, kind
