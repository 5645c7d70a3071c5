"""Which reminder of an open obligation is due: asks what is passed and not yet done, never what is exactly today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Rung(StrEnum):
    """A step of the ladder, from the first reminder to the one that also tells the Sekda."""

    H_30 = "h30"
    H_14 = "h14"
    H_7 = "h7"
    H_1 = "h1"
    LATE = "late"


@dataclass(frozen=True)
class Step:
    """A rung and how many days before the due date it begins (negative: after)."""

    rung: Rung
    days_before: int

    def begins_on(self, due_on: date) -> date:
        """The first day this rung may be climbed."""
        return due_on - timedelta(days=self.days_before)


LADDER: tuple[Step, ...] = (
    Step(Rung.H_30, 30),
    Step(Rung.H_14, 14),
    Step(Rung.H_7, 7),
    Step(Rung.H_1, 1),
    Step(Rung.LATE, -1),
)


def due_rung(due_on: date, today: date, climbed: Collection[Rung], *, estimated: bool = False) -> Rung | None:
    """The one reminder to send today, or None.

    It is the highest rung that has begun, if neither it nor a higher one was sent: after an outage a single reminder
    tells where things stand. An estimated date is reminded of but never called late.
    """
    begun = [step.rung for step in LADDER if step.begins_on(due_on) <= today]
    if estimated and Rung.LATE in begun:
        return None
    if not begun or any(rung in climbed for rung in Rung if _height(rung) >= _height(begun[-1])):
        return None
    return begun[-1]


def _height(rung: Rung) -> int:
    return [step.rung for step in LADDER].index(rung)
