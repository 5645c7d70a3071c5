"""The rule of the ladder (`ladder.due_rung`) said in SQL, for many terms on several ladders at once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, false, or_

from governance.mandates.ladder import HEIGHT, HISTORY, STANDARD, TASK, Ladder, Step

Ladders = Mapping[str, Ladder]


@dataclass(frozen=True)
class Night:
    """Where and when is reminded: institutions whose local day it is. `only` narrows it to single rows, by their id."""

    institution_ids: Collection[int]
    today: date
    at: datetime
    only: Collection[int] | None = None

    def among(self, column: Any) -> ColumnElement[bool]:
        """Whether a row is one of those that are meant."""
        meant: ColumnElement[bool] = column.in_(self.only) if self.only is not None else column.is_not(None)
        return meant


def of_obligations(ladders: Ladders) -> dict[str, Ladder]:
    """The ladders that an obligation may name, the standard one last: it is that of whoever names no other."""
    others = {key: ladder for key, ladder in ladders.items() if key not in (STANDARD, TASK)}
    return others | {STANDARD: ladders[STANDARD]}


def of_tasks(ladders: Ladders) -> dict[str, Ladder]:
    """Tasks have one ladder."""
    return {STANDARD: ladders[TASK]}


@dataclass(frozen=True)
class Climb:
    """Rows of a table as the ladders see them on a day: which ladder each names, and when it is due."""

    ladders: Mapping[str, Ladder]
    names: Any  # the column with the ladder's key
    due_on: Any
    today: date

    def begun(self) -> ColumnElement[bool]:
        """Whether the first rung has begun, of a date that is not long past."""
        furthest = max(ladder.reach for ladder in self.ladders.values())
        each = [self._is_of(key) & (self.due_on <= self._day(one.reach)) for key, one in self.ladders.items()]
        near: ColumnElement[bool] = self.due_on.between(self.today - HISTORY, self._day(furthest))
        return near & or_(*each)

    def of_due_rung(self, value: Callable[[Step], Any]) -> ColumnElement[Any]:
        """That value of the highest rung that has begun."""
        *others, standard = self.ladders.items()
        chosen = [(self.names == key, self._by_day(ladder, value)) for key, ladder in others]
        last = self._by_day(standard[1], value)
        return case(*chosen, else_=last) if chosen else last

    def told(self, whom: str, rung: Any) -> ColumnElement[bool]:
        """Whether `whom` is told of a rung that was climbed."""
        each = []
        for key, ladder in self.ladders.items():
            rungs = [step.rung for step in ladder.steps if whom in step.tells]
            if rungs:
                each.append(self._is_of(key) & rung.in_(rungs))
        return or_(false(), *each)

    def _by_day(self, ladder: Ladder, value: Callable[[Step], Any]) -> ColumnElement[Any]:
        return case(*[(self.due_on <= self._day(step.days_before), value(step)) for step in reversed(ladder.steps)])

    def _is_of(self, key: str) -> ColumnElement[bool]:
        others = [other for other in self.ladders if other != STANDARD]
        is_of: ColumnElement[bool] = self.names.not_in(others) if key == STANDARD else self.names == key
        return is_of

    def _day(self, days_before: int) -> date:
        return self.today + timedelta(days=days_before)


def height_of(rung: Any) -> ColumnElement[int]:
    """How high a rung stands that was climbed."""
    return case(*[(rung == one, height) for one, height in HEIGHT.items()], else_=-1)


def height_of_step(step: Step) -> int:
    """How high a step stands."""
    return HEIGHT[step.rung]


def audience_of(ladders: Collection[Ladder]) -> list[str]:
    """Everyone whom any rung tells."""
    return sorted({whom for ladder in ladders for step in ladder.steps for whom in step.tells})
