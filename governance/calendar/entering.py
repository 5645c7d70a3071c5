"""What may be entered into an institution's calendar, and how it stands to what is there: pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import Holiday, national
from governance.calendar.models import DayKind
from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable

LONGEST_TEXT = 200
BACK, AHEAD = 5, 5  # years before and after this one in which a day is entered
WEEKS = (5, 6)


@dataclass(frozen=True)
class NewDay:
    """A day as somebody enters it; `source` is the letter, decree or circular that says so."""

    day: date
    name: str
    kind: DayKind
    source: str = ""


class Fate(StrEnum):
    """What becomes of a day that is brought in."""

    NEW = "new"
    THERE = "there"  # it changes nothing
    CONFLICT = "conflict"  # something else is there, which stays


@dataclass(frozen=True)
class Judged:
    """A day that is brought in, what becomes of it, and why (key, params)."""

    new: NewDay
    fate: Fate
    key: str = ""
    params: dict[str, Any] | None = None


def problems_of(new: NewDay, today: date) -> list[Problem]:
    """What is wrong with a day by itself, whatever the calendar says."""
    found = [*_text_problems("name", new.name), *_text_problems("source", new.source)]
    first, last = today.year - BACK, today.year + AHEAD
    if not first <= new.day.year <= last:
        found.append(Problem("day", "calendar.far_year", {"first": first, "last": last}))
    return found


def judged(new: NewDay, calendar: Calendar) -> Judged:
    """What becomes of a day in this calendar; only what is NEW changes it."""
    own = calendar.own.get(new.day)
    if own is not None:
        return _beside_own(new, own)
    listed = [one for one in national(new.day.year, calendar.decreed) if one.day == new.day]
    firm = next((one for one in listed if not one.estimated), None)
    if new.kind is DayKind.OPEN:
        if new.day.weekday() >= calendar.week:
            return Judged(new, Fate.CONFLICT, "calendar.outside_week", {"week": calendar.week})
        return Judged(new, Fate.NEW if listed else Fate.THERE, "" if listed else "calendar.open_already")
    if firm is not None:
        return _beside_firm(new, firm, decreed=new.day.year in calendar.decreed)
    if listed:
        return Judged(new, Fate.NEW, "calendar.replaces_estimate", {"name": listed[0].name})
    return Judged(new, Fate.NEW)


def with_days(calendar: Calendar, days: Iterable[NewDay]) -> Calendar:
    """The calendar as it would be with these days."""
    own = dict(calendar.own) | {one.day: Holiday(one.day, one.name, one.kind.value) for one in days}
    return Calendar(calendar.week, calendar.decreed, own)


def without_day(calendar: Calendar, day: date) -> Calendar:
    """The calendar as it would be without what the institution entered for that day."""
    own = {known: one for known, one in calendar.own.items() if known != day}
    return Calendar(calendar.week, calendar.decreed, own)


def with_week(calendar: Calendar, week: int) -> Calendar:
    """The calendar as it would be with a week of so many working days."""
    return Calendar(week, calendar.decreed, calendar.own)


def _beside_firm(new: NewDay, firm: Holiday, *, decreed: bool) -> Judged:
    """A day that is closed anyway; of what kind, a joint decree that is not in the law yet may say otherwise."""
    if new.kind in (DayKind.LOCAL, firm.kind):
        return Judged(new, Fate.THERE, "calendar.closed_already", {"name": firm.name})
    if decreed:
        return Judged(new, Fate.CONFLICT, "calendar.decreed_otherwise", {"name": firm.name})
    return Judged(new, Fate.NEW, "calendar.replaces_listed", {"name": firm.name})


def _beside_own(new: NewDay, own: Holiday) -> Judged:
    same = own.kind == new.kind and own.name.casefold() == new.name.strip().casefold()
    if same:
        return Judged(new, Fate.THERE, "calendar.entered_already", {"name": own.name})
    return Judged(new, Fate.CONFLICT, "calendar.day_taken", {"name": own.name})


def _text_problems(place: str, text: str) -> Iterable[Problem]:
    if not text.strip():
        yield Problem(place, "field.missing")
    if len(text.strip()) > LONGEST_TEXT:
        yield Problem(place, "draft.too_long", {"limit": LONGEST_TEXT})
    yield from unprintable(place, text)
    if "\n" in text.strip() or "\r" in text.strip():
        yield Problem(place, "calendar.one_line")
