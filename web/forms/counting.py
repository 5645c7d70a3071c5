"""A question to the calculator as its address holds it: from when, how many of what, until when, or by which rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.calendar import counting
from governance.calendar.calendars import Calendar
from governance.calendar.counting import Count
from governance.documents.values import ISO_DATE
from governance.kernel.errors import Problem
from governance.mandates.rules import CALENDAR, WORKING, Deadline
from web.wording import marked

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST = {WORKING: 260, CALENDAR: 400}
LONGEST_SPAN = 400
LABELS = {
    "start": marked("Hari mulai"),
    "number": marked("Jumlah"),
    "end": marked("Hari akhir"),
    "rule": marked("Aturan"),
}
HOW = (WORKING, CALENDAR, "between", "rule")


@dataclass(frozen=True)
class Question:
    """What is asked, as typed; `how` is one of HOW."""

    how: str
    start: str
    number: str
    end: str
    rule: str

    @classmethod
    def of(cls, args: Mapping[str, str], today: date) -> "Question":
        """The question of an address; with what a first look shows where it holds none."""
        how = args.get("how", WORKING)
        said = {name: args.get(name, "").strip()[:40] for name in ("number", "end", "rule")}
        return cls(how if how in HOW else WORKING, args.get("start", today.isoformat()).strip()[:40], **said)


@dataclass(frozen=True)
class Rule:
    """A term of the law that can be counted: its key (with `:mass` where many are concerned), and how many of what."""

    key: str
    deadline: Deadline
    number: int
    unit: str  # WORKING, or "months"


def rules_of(deadlines: Mapping[str, Deadline], on: date) -> list[Rule]:
    """The terms in force on a day that a number can be counted for."""
    found = []
    for key, one in deadlines.items():
        if (one.in_force_from and on < one.in_force_from) or (one.in_force_to and on > one.in_force_to):
            continue
        if one.working_days is not None:
            found.append(Rule(key, one, one.working_days, WORKING))
        if one.working_days_mass is not None:
            found.append(Rule(f"{key}:mass", one, one.working_days_mass, WORKING))
        if one.months is not None:
            found.append(Rule(key, one, one.months, "months"))
    return found


def answered(
    asked: Question, calendar: Calendar, deadlines: Mapping[str, Deadline]
) -> tuple[Count | None, Rule | None, list[Problem]]:
    """The count, by which rule, or what is wrong with the question."""
    problems: list[Problem] = []
    start = _day("start", asked.start, problems)
    if start is None:
        return None, None, problems
    if asked.how == "between":
        return _until(calendar, start, asked, problems), None, problems
    if asked.how == "rule":
        rule = next((one for one in rules_of(deadlines, start) if one.key == asked.rule), None)
        if rule is None:
            return None, None, [Problem("rule", "count.rule")]
        by = counting.working_days_from if rule.unit == WORKING else counting.months_from
        return by(calendar, start, rule.number), rule, problems
    number = _number(asked, problems)
    if number is None:
        return None, None, problems
    by = counting.working_days_from if asked.how == WORKING else counting.calendar_days_from
    return by(calendar, start, number), None, problems


def _until(calendar: Calendar, start: date, asked: Question, problems: list[Problem]) -> Count | None:
    end = _day("end", asked.end, problems)
    if end is None:
        return None
    if end < start:
        problems.append(Problem("end", "count.before"))
    elif (end - start).days > LONGEST_SPAN:
        problems.append(Problem("end", "count.span", {"limit": LONGEST_SPAN}))
    else:
        return counting.working_days_until(calendar, start, end)
    return None


def _day(place: str, said: str, problems: list[Problem]) -> date | None:
    if not said:
        problems.append(Problem(place, "field.missing"))
        return None
    try:
        day = date.fromisoformat(said) if ISO_DATE.fullmatch(said) else None
    except ValueError:
        day = None
    if day is None:
        problems.append(Problem(place, "field.date"))
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        problems.append(Problem(place, "count.far_day", {"first": FIRST_YEAR, "last": LAST_YEAR}))
        return None
    return day


def _number(asked: Question, problems: list[Problem]) -> int | None:
    said: Any = asked.number
    limit = MOST[asked.how]
    if not said:
        problems.append(Problem("number", "field.missing"))
    elif not (said.isascii() and said.isdigit()):
        problems.append(Problem("number", "field.not_number"))
    elif len(said) > len(str(limit)) or int(said) > limit:
        problems.append(Problem("number", "count.too_many", {"limit": limit}))
    else:
        return int(said)
    return None
