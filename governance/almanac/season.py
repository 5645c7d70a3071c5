"""The planning and budget dates that come next: from the law's own rules and the dates an institution entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from governance.mandates.evaluation import Due, PlanningDate
from governance.mandates.law import Law

Rules = Mapping[str, PlanningDate]
Known = Mapping[tuple[str, int | None], date]
INAUGURATION = "inauguration"  # of the head of the region: of no budget year
YEARS_AHEAD = 3  # a date that lies further off is no season


@dataclass(frozen=True)
class Entered:
    """A dated fact that the institution entered; `year` is the budget year it is of, None where it is of none."""

    key: str
    day: date
    year: int | None = None


@dataclass(frozen=True)
class SeasonDate:
    """A planning date as it comes next. Without `on` it waits for `awaits`, the key of another date.

    `about`: counted from what the law says in weeks or in days whose kind it does not name.
    """

    key: str
    title: str
    rule: str
    basis: str
    how_sure: str
    of_year: int | None
    since: date | None
    on: date | None
    about: bool = False
    awaits: str = ""


def planning_season(law: Law, today: date, entered: Iterable[Entered] = ()) -> list[SeasonDate]:
    """Each planning date as it comes next, by day; those that wait for another date last."""
    known = {(one.key, one.year): one.day for one in entered}
    rules = {one.key: one for one in law.planning}
    bind = [one for one in law.planning if one.in_force_from is None or one.in_force_from <= today]
    found = [_next(one, rules, known, law, today) for one in bind]
    return sorted(found, key=lambda one: (one.on is None, one.on or date.max, one.key))


def _next(rule: PlanningDate, rules: Rules, known: Known, law: Law, today: date) -> SeasonDate:
    basis = " ".join(part for part in (_named(law, rule.regulation), rule.article or "") if part)
    coming = [(year, *_day_of(rule.due, rules, known, year)) for year in range(today.year, today.year + YEARS_AHEAD)]
    year, since, on, about = next((one for one in coming if one[2] is not None and one[2] >= today), coming[-1])
    if on is not None and on < today:  # Counted from what was entered, and over: the next one is not known yet.
        since = on = None
    return SeasonDate(
        key=rule.key,
        title=rule.title,
        rule=rule.rule,
        basis=basis,
        how_sure=rule.how_sure,
        of_year=year if on is not None and rule.due.relative_to != INAUGURATION else None,
        since=since,
        on=on,
        about=about,
        awaits=(rule.due.relative_to or "") if on is None else "",
    )


def _day_of(due: Due, rules: Rules, known: Known, year: int) -> tuple[date | None, date | None, bool]:
    """(first day, last day, whether only about) of a rule for a budget year; None where it waits."""
    if due.relative_to is None:
        return _fixed(due, year)
    start = known.get((due.relative_to, year)) or known.get((due.relative_to, None))
    guessed = False
    if start is None and due.relative_to in rules:
        _since, start, guessed = _day_of(rules[due.relative_to].due, rules, known, year)
    if start is None:
        return None, None, False
    if due.months is not None:
        return None, months_after(start, due.months), guessed
    if due.days_before is not None:
        return None, start - timedelta(days=due.days_before), True
    return None, None, False  # "after it", and no more is said


def _fixed(due: Due, year: int) -> tuple[date | None, date | None, bool]:
    if due.month is None:
        return None, None, False
    if due.week is not None:  # The second week: the eighth to the fourteenth, for the law names no weekday.
        first = date(year + due.year_offset, due.month, 7 * (due.week - 1) + 1)
        return first, first + timedelta(days=6), True
    return None, date(year + due.year_offset, due.month, due.day or 1), False


def months_after(start: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(start.day, last))


def _named(law: Law, key: str) -> str:
    regulation = law.regulations.get(key)
    if regulation is None:
        return ""
    return f"{regulation.issuer or regulation.type} Nomor {regulation.number} Tahun {regulation.year}"
