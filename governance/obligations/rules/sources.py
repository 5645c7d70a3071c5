"""What a date rests on: the articles that ask for it, how sure the weakest of them is, the steps that lead there."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import PUBLIC
from governance.calendar.working_days import is_working_day
from governance.mandates.law import Law
from governance.mandates.mandates import Duty, Strength
from governance.obligations.rules.spans import A_DAY

Step = dict[str, Any]

SURENESS = ("read", "secondary", "practice", "inferred", "memory", "unknown")  # surest first
BINDING = frozenset({Strength.REQUIRED, Strength.TASK})  # what is only assessed, customary or a choice is not asked
_SUNDAY = 6
EXPIRY = "expiry_on_holiday"  # UU 30/2014 Pasal 58 ayat (3), its key among the deadlines


def step(key: str, **params: Any) -> Step:
    """One step of a reason; days are written as ISO text."""
    return {"key": key, "params": {name: _plain(value) for name, value in params.items()}}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def weakest(*words: str) -> str:
    """How sure a date is that rests on all of these: as sure as the weakest."""
    return max(words, key=lambda word: SURENESS.index(word) if word in SURENESS else len(SURENESS))


def binding(law: Law, mandate: str, on: date) -> tuple[Duty, ...]:
    """The duties of a mandate that the law itself sets and that bind on a day."""
    return tuple(duty for duty in law.mandate(mandate).duties_on(on) if duty.strength in BINDING)


def how_sure_of(duties: Iterable[Duty]) -> str:
    """How sure it is that something is asked at all: as sure as the best known of the articles that ask for it."""
    return min((duty.how_sure for duty in duties), key=SURENESS.index, default="unknown")


def basis_of(law: Law, duties: Iterable[Duty], *more: str) -> str:
    """The articles of these duties, each with its regulation, then those that only set the term."""
    told = [article_of(law, duty.regulation, duty.article) for duty in duties]
    return "; ".join(dict.fromkeys(one for one in (*told, *more) if one))


def article_of(law: Law, regulation: str | None, article: str | None) -> str:
    """An article as people cite it: "Perpres Nomor 95 Tahun 2018 Pasal 55"; empty where no regulation is named."""
    if not regulation:
        return ""
    known = law.regulation(regulation)
    short = f"{known.issuer or known.type} Nomor {known.number} Tahun {known.year}"
    return " ".join(part for part in (short, article) if part)


def unread(duties: Iterable[Duty]) -> list[Step]:
    """The mark on what rests on a paragraph that nobody read, and on a duty whose text does not name the document."""
    bound = tuple(duties)
    sure = how_sure_of(bound)
    marks = [] if sure == "read" else [step(f"why.unread_{sure}")]
    named = any(duty.strength is Strength.REQUIRED for duty in bound)
    return marks if named or not bound else [*marks, step("why.task_only")]


def expiry(law: Law, calendar: Calendar, end: date) -> tuple[date, list[Step], str]:
    """The day on which a term that ends on `end` really ends, the step that moved it, and how sure that is.

    UU 30/2014 Pasal 58 ayat (3): from a Sunday or a national holiday to the next working day.
    """
    rule = law.deadlines[EXPIRY]
    if rule.in_force_from is not None and end < rule.in_force_from:
        return end, [], "read"
    moved = calendar.end_moved(end)
    if moved == end:
        return end, [], "read"
    holidays = [one for one in calendar.days_of(end.year) if one.day == end and one.kind == PUBLIC]
    between = [one for year in range(end.year, moved.year + 1) for one in calendar.days_of(year)]
    guessed = any(one.estimated for one in between if end < one.day < moved)
    guessed |= end.weekday() != _SUNDAY and any(one.estimated for one in holidays)
    name = ", ".join(one.name for one in holidays) or "Minggu"
    key = "why.end_moved_maybe" if guessed else "why.end_moved"
    told = step(key, from_on=end, name=name, article=rule.article, to_on=moved)
    return moved, [told], "inferred" if guessed else "read"


def working_days(calendar: Calendar, start: date, count: int) -> tuple[date, list[Step], str]:
    """The `count`-th working day after `start`, the days that were passed over, and how sure that is."""
    end = calendar.working_days_after(start, count)
    names: dict[date, list[str]] = {}
    guessed: set[date] = set()
    for year in range(start.year, end.year + 1):
        for one in calendar.days_of(year):
            if start < one.day <= end and is_working_day(one.day, (), calendar.week):
                names.setdefault(one.day, []).append(one.name)
                guessed |= {one.day} if one.estimated else set()
    steps = [
        step("why.maybe_closed" if day in guessed else "why.closed", day=day, name=", ".join(told))
        for day, told in sorted(names.items())
    ]
    return end, [*steps, step("why.working_day", count=count, day=end)], "inferred" if guessed else "read"


def first_day_bound(law: Law, mandate: str, year: int) -> date | None:
    """The first day of a year on which the law asks for it; None where it does not on the year's last day."""
    last = date(year, 12, 31)
    if not binding(law, mandate, last):
        return None
    day = date(year, 1, 1)
    if binding(law, mandate, day):
        return day
    starts = [duty.start or duty.start_latest for duty in binding(law, mandate, last)]
    return min((start for start in starts if start is not None and start > day), default=last)


def day_before(day: date) -> date:
    """The day before."""
    return day - A_DAY
