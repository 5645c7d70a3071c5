"""What must come at least once in so many years: the next one counts from the last report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from governance.calendar.words import day_in_words
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, Met
from governance.obligations.rules.sources import (
    Step,
    basis_of,
    binding,
    first_day_bound,
    how_sure_of,
    step,
    unread,
    weakest,
)
from governance.obligations.rules.spans import months_later
from governance.obligations.rules.succession import of_kind

NEXT, FIRST = "next", "first"


@dataclass(frozen=True)
class Report:
    """A report by its day; `act_id` where it was recorded as an act."""

    day: date
    number: str
    act_id: int | None = None

    @property
    def met(self) -> Met:
        """Met by this report."""
        number = f"Nomor {self.number}, " if self.number else ""
        return Met(self.day, f"Laporan {number}{day_in_words(self.day)}", self.act_id)

    @property
    def told(self) -> Step:
        """The step that names it."""
        if self.number:
            return step("why.last_report", number=self.number, day=self.day)
        return step("why.last_report_unnumbered", day=self.day)


def reports_of(facts: Facts, kind: str, fact: str) -> list[Report]:
    """The reports of a kind that are known, each day once: recorded as acts, or entered as dated facts."""
    entered = sorted((one for one in facts.facts if one.key == fact), key=lambda one: (one.day, one.number))
    found = {one.day: Report(one.day, one.number) for one in entered}
    found |= {act.signed_on: Report(act.signed_on, act.number, act.id) for act in of_kind(facts, kind)}
    return [found[day] for day in sorted(found)]


def every_few_years(law: Law, year: int, facts: Facts, names: tuple[str, str, str]) -> Iterator[Expected]:
    """What a year asks; `names` are the mandate, its family, and the dated fact that stands for a report."""
    mandate, family, fact = names
    reports = reports_of(facts, mandate, fact)
    for place, report in enumerate(reports):
        following = reports[place + 1] if place + 1 < len(reports) else None
        yield from _next(law, year, (mandate, family), report, following)
    yield from _first(law, year, names, reports)


def next_due(law: Law, mandate: str, report: Report) -> date:
    """Until when the next report must be there."""
    recurrence = law.mandate(mandate).recurrence
    years = recurrence.n if recurrence is not None and recurrence.n is not None else 1
    return months_later(report.day, 12 * years)


def interval_sure(law: Law, mandate: str, on: date) -> str:
    """How sure the interval is: an article that was read sets it, else it is from memory."""
    return "read" if how_sure_of(binding(law, mandate, on)) == "read" else "memory"


def _next(law: Law, year: int, names: tuple[str, str], report: Report, following: Report | None) -> Iterator[Expected]:
    mandate, family = names
    due = next_due(law, mandate, report)
    duties = binding(law, mandate, due)
    if due.year != year or not duties:
        return
    yield Expected(
        key=f"{mandate}:{NEXT}:{report.day.isoformat()}",
        mandate=mandate,
        family=family,
        year=year,
        due_on=due,
        how_sure=weakest(how_sure_of(duties), interval_sure(law, mandate, due)),
        basis=basis_of(law, duties),
        computed=(report.told, *_interval(law, mandate, due), *unread(duties), step("why.interval_end", day=due)),
        stage=NEXT,
        met=following.met if following is not None else None,
    )


def _first(law: Law, year: int, names: tuple[str, str, str], reports: list[Report]) -> Iterator[Expected]:
    """None is known, or the last one is too old when the year begins: no article says from when the first counts."""
    mandate, family, fact = names
    since, last = first_day_bound(law, mandate, year), date(year, 12, 31)
    before = [report for report in reports if since is not None and report.day < since]
    if since is None or (before and next_due(law, mandate, before[-1]) >= since):
        return
    duties = binding(law, mandate, last)
    came = next((report for report in reports if since <= report.day <= last), None)
    known = before[-1].told if before else step("why.no_report")
    run_out = [step("why.interval_passed", day=next_due(law, mandate, before[-1]))] if before else []
    yield Expected(
        key=f"{mandate}:{year}",
        mandate=mandate,
        family=family,
        year=year,
        due_on=None,
        how_sure=weakest(how_sure_of(duties), interval_sure(law, mandate, last)),
        basis=basis_of(law, duties),
        computed=(
            known,
            *run_out,
            *_interval(law, mandate, last),
            *unread(duties),
            *([step(f"why.await.{fact}")] if came is None else []),
        ),
        stage=FIRST,
        met=came.met if came is not None else None,
    )


def _interval(law: Law, mandate: str, on: date) -> Iterator[Step]:
    recurrence = law.mandate(mandate).recurrence
    years = recurrence.n if recurrence is not None else None
    key = "why.interval" if interval_sure(law, mandate, on) == "read" else "why.interval_memory"
    yield step(key, years=years)
