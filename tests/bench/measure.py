"""What a measurement is: a function that returns one number, or raises Missing; its goal stands in `goals.py`."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


class Missing(Exception):
    """A part is missing, so nothing could be measured; the message says which."""


@dataclass(frozen=True)
class Result:
    """One row of the table and of instance/bench.json."""

    name: str
    goal: str
    value: float | None = None
    why: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the goal ("<= 2 s", ">= 20 x") is met; None where nothing was measured."""
        if self.value is None:
            return None
        way, bound = self.goal.split()[:2]
        return self.value <= float(bound) if way == "<=" else self.value >= float(bound)

    def row(self) -> dict[str, object]:
        """As bench.json holds it."""
        value = None if self.value is None else round(self.value, 3)
        row: dict[str, object] = {"name": self.name, "value": value, "goal": self.goal, "holds": self.holds}
        return row | ({"why": self.why} if self.value is None else {})


def seconds(act: Callable[[], object]) -> float:
    """How long `act` takes once."""
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def typical(act: Callable[[], object], times: int = 5) -> float:
    """The median of several runs, in seconds."""
    return statistics.median(seconds(act) for _ in range(times))
