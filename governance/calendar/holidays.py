"""National holidays and joint leave (libur nasional, cuti bersama) of a year, and which of them are estimates."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

PUBLIC = "public"
JOINT_LEAVE = "joint_leave"

_ESTIMATE_MARK = " (perkiraan)"


@dataclass(frozen=True, order=True)
class Holiday:
    """One day on which offices are closed; `estimated` until the ministers' joint decree (SKB) of its year is known."""

    day: date
    name: str
    kind: str
    estimated: bool = False


Decreed = Mapping[int, tuple[Holiday, ...]]  # the years whose joint decree is in the law
NOTHING_DECREED: Decreed = MappingProxyType({})


def national(year: int, decreed: Decreed = NOTHING_DECREED) -> tuple[Holiday, ...]:
    """The year's holidays in order of days: as decreed where the decree is at hand, else as the library knows them."""
    if year in decreed:
        return tuple(sorted(decreed[year]))
    return _of_the_library(year)


def closed_days(listed: Iterable[Holiday], also: Collection[date] = ()) -> frozenset[date]:
    """The days of these holidays, with an institution's own closed days."""
    return frozenset(holiday.day for holiday in listed) | frozenset(also)


@cache
def _of_the_library(year: int) -> tuple[Holiday, ...]:
    import holidays  # noqa: PLC0415 - heavy: loaded by the first year that is asked for

    categories = {PUBLIC: holidays.PUBLIC, JOINT_LEAVE: holidays.GOVERNMENT}
    found = [
        Holiday(day, name.removesuffix(_ESTIMATE_MARK), kind, name.endswith(_ESTIMATE_MARK))
        for kind, category in categories.items()
        for day, names in holidays.country_holidays("ID", years=year, categories=(category,), language="id").items()
        for name in names.split("; ")
    ]
    return tuple(sorted(found))
