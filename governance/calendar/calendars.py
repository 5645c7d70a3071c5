"""The calendar of an institution: its week, the national days, and the days it closed or kept open itself."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from sqlalchemy import select

from governance.calendar.holidays import NOTHING_DECREED, PUBLIC, Decreed, Holiday, closed_days, national
from governance.calendar.models import ClosedDay, DayKind
from governance.calendar.working_days import is_working_day, next_working_day, working_days_after, working_days_between
from governance.kernel.db import db
from governance.people.models import Institution

_SUNDAY = 6


class _Closed:
    """The closed days of every year: each year is looked up when a count first touches it."""

    def __init__(self, calendar: "Calendar") -> None:
        self._calendar = calendar
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: object) -> bool:
        assert isinstance(day, date)
        if day.year not in self._years:
            self._years[day.year] = closed_days(self._calendar.days_of(day.year))
        return day in self._years[day.year]


@dataclass(frozen=True)
class Calendar:
    """Which days an institution works on. `own` are its standing closed days; `decreed` those of the joint decree."""

    week: int = 5
    decreed: Decreed = field(default_factory=lambda: NOTHING_DECREED)
    own: Mapping[date, Holiday] = field(default_factory=dict)
    _years: dict[int, tuple[Holiday, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def days_of(self, year: int) -> tuple[Holiday, ...]:
        """The year's closed days in order; a day that the institution entered stands in place of the national one."""
        if year not in self._years:
            listed = [one for one in national(year, self.decreed) if one.day not in self.own]
            added = [one for one in self.own.values() if one.day.year == year and one.kind != DayKind.OPEN]
            self._years[year] = tuple(sorted([*listed, *added]))
        return self._years[year]

    @cached_property
    def closed(self) -> Container[date]:
        """Asked whether a day is in it: whether it is closed, inside the week or at its end."""
        return _Closed(self)

    def works_on(self, day: date) -> bool:
        """Whether offices work that day."""
        return is_working_day(day, self.closed, self.week)

    def next_working_day(self, day: date) -> date:
        """The day itself when offices work on it, else the first later one that does."""
        return next_working_day(day, self.closed, self.week)

    def working_days_after(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the day of the start itself is not counted."""
        return working_days_after(start, count, self.closed, self.week)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`; negative when `last` comes before."""
        return working_days_between(first, last, self.closed, self.week)

    def fell_out(self, start: date, end: date) -> tuple[Holiday, ...]:
        """The closed days after `start` up to `end` on which offices would else have worked, in order."""
        listed = chain.from_iterable(self.days_of(year) for year in range(start.year, end.year + 1))
        return tuple(one for one in listed if start < one.day <= end and one.day.weekday() < self.week)

    def end_moved(self, day: date) -> date:
        """An end date that falls on a Sunday or a national holiday moves to the next working day.

        UU 30/2014 Pasal 58 ayat (3): it names these days only, so an end on a Saturday or in joint leave stays.
        """
        public = any(one.day == day and one.kind == PUBLIC for one in self.days_of(day.year))
        return self.next_working_day(day) if public or day.weekday() == _SUNDAY else day


def calendar_of(institution_id: int, decreed: Decreed) -> Calendar:
    """The institution's calendar, in one statement; `decreed` are the joint decrees of the law data."""
    standing = (ClosedDay.institution_id == Institution.id) & ClosedDay.withdrawn_at.is_(None)
    rows = (
        select(Institution.work_week, ClosedDay).outerjoin(ClosedDay, standing).where(Institution.id == institution_id)
    )
    found = db.session.execute(rows).all()
    days: list[ClosedDay] = [row.ClosedDay for row in found if row.ClosedDay]
    own = {one.day: Holiday(one.day, one.name, one.kind.value) for one in days}
    return Calendar(found[0].work_week if found else 5, decreed, own)
