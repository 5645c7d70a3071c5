"""Which reminder of an open term is due: asks what is passed and not yet done, never what is exactly today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

STANDARD, TASK = "standard", "task"  # the ladder of obligations that name no other, and that of tasks
HISTORY = timedelta(days=366)  # Longer past than this, a date is history: a year long past is laid out to be read.


class Rung(StrEnum):
    """A step of a ladder. They stand in their order: which is higher holds on every ladder, also on a changed one."""

    H_90 = "h90"
    H_60 = "h60"
    H_30 = "h30"
    H_14 = "h14"
    H_7 = "h7"
    H_3 = "h3"
    H_1 = "h1"
    DUE = "due"
    LATE = "late"
    VERY_LATE = "very_late"

    @property
    def days_before(self) -> int | None:
        """How many days before the due date it begins by its name; None where its ladder says how many days after."""
        return 0 if self is Rung.DUE else int(self.value[1:]) if self.value[1:].isdecimal() else None


HEIGHT = {rung: height for height, rung in enumerate(Rung)}


@dataclass(frozen=True)
class Step:
    """A rung, how many days before the due date it begins (negative: after), and who is told.

    `tells` are roles, or "unit" for the head of the unit that answers for it and "asker" for that of the unit that
    asks. What may be put off is not sent for a date that somebody acknowledged.
    """

    rung: Rung
    days_before: int
    tells: tuple[str, ...]
    may_be_put_off: bool

    def begins_on(self, due_on: date) -> date:
        """The first day this rung may be climbed."""
        return due_on - timedelta(days=self.days_before)


@dataclass(frozen=True)
class Ladder:
    """The rungs for one kind of term, the earliest first; our own setting where no article says it (`how_sure`)."""

    key: str
    title: str
    used_for: str
    how_sure: str
    source: str
    steps: tuple[Step, ...]

    @property
    def reach(self) -> int:
        """How many days before a due date its first rung begins."""
        return self.steps[0].days_before

    def faults(self) -> Iterable[str]:
        """What is wrong with it, in words."""
        if not self.steps:
            yield f"tangga {self.key!r} tanpa anak tangga"
        for step in self.steps:
            named = step.rung.days_before
            if named is None and step.days_before >= 0:
                yield f"{step.rung.value!r} mulai sesudah tenggat: tulis days_before negatif"
            if named is not None and named != step.days_before:
                yield f"{step.rung.value!r} berarti days_before {named}, bukan {step.days_before}"
        for earlier, later in pairwise(self.steps):
            if HEIGHT[earlier.rung] >= HEIGHT[later.rung] or earlier.days_before <= later.days_before:
                yield f"{later.rung.value!r} harus mulai sesudah {earlier.rung.value!r}"


@dataclass(frozen=True)
class Term:
    """What of an open term matters to its ladder; `acknowledged`: somebody deals with it, for this very date."""

    due_on: date
    estimated: bool = False
    acknowledged: bool = False


def due_rung(ladder: Ladder, term: Term, today: date, climbed: Collection[str]) -> Step | None:
    """The one reminder to send today, or None.

    It is the highest rung that has begun, if neither it nor a higher one was sent for this date: after an outage a
    single reminder tells where things stand. An estimated date is reminded of but never late; one that was
    acknowledged is reminded of only by what may not be put off. Of what is long past nobody is reminded.
    """
    if term.due_on < today - HISTORY:
        return None
    begun = [step for step in ladder.steps if step.begins_on(term.due_on) <= today]
    if not begun or (term.estimated and term.due_on < today):
        return None
    step = begun[-1]
    if term.acknowledged and step.may_be_put_off:
        return None
    if any(HEIGHT[Rung(rung)] >= HEIGHT[step.rung] for rung in climbed):
        return None
    return step
