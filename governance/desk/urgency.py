"""Which of the papers on a desk comes first: pure, so that the order can be read here and tested by itself.

First what is late, then what has a day, the earlier before the later, then what holds up most when it lies, then what
has waited longest. How secret a paper is says nothing of its haste, and is left out on purpose.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum


class Weight(IntEnum):
    """What lies still while a paper waits, the heaviest first."""

    SET_REGULATION = 0  # signed, and binds nobody until it is promulgated: UU 23/2014 Pasal 248
    REGULATION = 1  # binds everyone of the region
    DECREE = 2  # binds those it names
    PAPER = 3  # a report, a letter, a set of minutes


@dataclass(frozen=True)
class Waits:
    """A paper that waits: the day of its step and of the obligation it answers, each None where there is none."""

    key: int
    weight: Weight
    since: datetime
    step_due_on: date | None = None
    obligation_due_on: date | None = None

    @property
    def due_on(self) -> date | None:
        """The earlier of the two days."""
        days = [day for day in (self.step_due_on, self.obligation_due_on) if day is not None]
        return min(days, default=None)

    def is_late(self, today: date) -> bool:
        """Whether its day has passed; the day itself is still in time."""
        return self.due_on is not None and self.due_on < today


def by_urgency(waits: list[Waits], today: date) -> list[Waits]:
    """The most urgent first; the same papers always stand in the same order."""
    return sorted(waits, key=lambda one: _rank(one, today))


def _rank(one: Waits, today: date) -> tuple[bool, bool, date, Weight, datetime, int]:
    due_on = one.due_on
    return not one.is_late(today), due_on is None, due_on or date.max, one.weight, one.since, one.key
