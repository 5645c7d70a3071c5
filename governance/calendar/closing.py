"""The days on which offices are closed around a day: what a count of working days that begins then must know."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from governance.calendar.holidays import Holiday, closed_days, national

Decreed = Mapping[int, tuple[Holiday, ...]]
NOTHING_DECREED: Decreed = MappingProxyType({})


def closed_around(day: date, decreed: Decreed = NOTHING_DECREED) -> frozenset[date]:
    """National holidays and joint leave of the year before, the year, and the year after."""
    years = range(day.year - 1, day.year + 2)
    return closed_days(holiday for year in years for holiday in national(year, decreed))
