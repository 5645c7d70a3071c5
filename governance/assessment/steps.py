"""What a step is, what it costs, and which steps are possible from the present values: each that is not says why."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from governance.assessment.instruments import Instrument, Item
from governance.assessment.scoring import Values, counted
from governance.kernel.errors import Problem

Rung = tuple[str, int]  # an item and the level reached


@dataclass(frozen=True)
class Cost:
    """What one step asks: effort, who does it, from when, which levels must be there, which documents it needs.

    It needs all of `documents`, and besides those all of any one of `ways`, where there are any.
    """

    indicator: str
    start: Fraction
    end: int
    effort: Fraction
    owner: str = ""
    earliest: date | None = None
    needs: tuple[Rung, ...] = ()
    documents: tuple[str, ...] = ()
    ways: tuple[tuple[str, ...], ...] = ()

    @property
    def papers(self) -> dict[str, None]:
        """Every document that it may need, in order."""
        return dict.fromkeys((*self.documents, *(key for way in self.ways for key in way)))

    def without(self, unwanted: Collection[str]) -> "Cost | None":
        """What it asks where these documents are not to be had; None where it cannot be done then."""
        ways = tuple(way for way in self.ways if not any(key in unwanted for key in way))
        if any(key in unwanted for key in self.documents) or (self.ways and not ways):
            return None
        return replace(self, ways=ways)


@dataclass(frozen=True)
class Costs:
    """What every listed step asks, and what each document asks once. A step not listed is not possible."""

    steps: Mapping[Rung, Cost]
    documents: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One item raised to its next whole level; `gain` is what the exact index gains."""

    indicator: str
    start: Fraction
    end: int
    gain: Fraction
    cost: Cost

    @property
    def rung(self) -> Rung:
        """What the step reaches."""
        return self.indicator, self.end


@dataclass(frozen=True)
class Steps:
    """The possible steps, each after what it rests on; and why others are not possible.

    `needs` holds for each step those it rests on directly, without what is there already.
    """

    possible: Mapping[Rung, Step]
    needs: Mapping[Rung, tuple[Rung, ...]]
    blocked: tuple[Problem, ...]

    def without(self, unwanted: Iterable[Rung]) -> "Steps":
        """The steps that stay possible when some are not taken."""
        gone = set(unwanted)
        for rung in self.possible:
            if gone.intersection(self.needs[rung]):
                gone.add(rung)
        kept = {rung: step for rung, step in self.possible.items() if rung not in gone}
        return Steps(kept, {rung: self.needs[rung] for rung in kept}, self.blocked)


def one_each(instrument: Instrument) -> Costs:
    """Where no efforts are known: every level costs 1."""
    levels = range(instrument.min_value + 1, instrument.max_value + 1)
    costs = [Cost(key, Fraction(level - 1), level, Fraction(1)) for key in instrument.items for level in levels]
    return Costs({(cost.indicator, cost.end): cost for cost in costs})


def steps_from(instrument: Instrument, values: Values, costs: Costs, by: date | None) -> Steps:
    """Every step that can be done by that day, in an order in which it can be done.

    Levels are cumulative. Another body's index is not steppable, nor is an item behind a value given for a whole tier.
    """
    present, blocked = counted(instrument, values), []
    open_steps: dict[Rung, Step] = {}
    for item in instrument.items.values():
        found, why = _climb(item, instrument, present.get(item.key), costs, by)
        open_steps |= {step.rung: step for step in found}
        blocked += why
    possible: dict[Rung, Step] = {}
    needs: dict[Rung, tuple[Rung, ...]] = {}
    waiting = dict(open_steps)
    while ready := {rung: step for rung, step in waiting.items() if _ready(step, present, possible)}:
        for rung, step in ready.items():
            needs[rung] = _needs(step, present)
            possible[rung] = waiting.pop(rung)
    blocked += [_unmet(step, present, possible) for step in waiting.values() if _previous(step) not in waiting]
    return Steps(_in_order(possible, needs), needs, tuple(blocked))


def _in_order(possible: Mapping[Rung, Step], needs: Mapping[Rung, tuple[Rung, ...]]) -> dict[Rung, Step]:
    """Item by item from the lowest level, but each step after those it rests on."""
    ordered: dict[Rung, Step] = {}
    items = dict.fromkeys(rung[0] for rung in possible)
    for item in items:
        waiting = sorted((rung for rung in possible if rung[0] == item), reverse=True)
        while waiting:
            missing = [rung for rung in needs[waiting[-1]] if rung not in ordered]
            if missing:
                waiting += missing
            else:
                rung = waiting.pop()
                ordered[rung] = possible[rung]
    return ordered


def _climb(
    item: Item, instrument: Instrument, value: Fraction | None, costs: Costs, by: date | None
) -> tuple[list[Step], list[Problem]]:
    """The item's steps from the present value up, until one is not possible."""
    if value is None or item.external is not None:
        return [], [] if value == instrument.max_value else [_fixed(item)]
    steps: list[Step] = []
    start = value
    for level in range(int(value) + 1, instrument.max_value + 1):
        cost = costs.steps.get((item.key, level))
        place = f"{item.key}:{level}"
        if cost is None:
            return steps, [Problem(place, "path.not_listed", {"rung": place})]
        if by and cost.earliest and cost.earliest > by:
            on = {"earliest_on": cost.earliest.isoformat(), "by_on": by.isoformat()}
            return steps, [Problem(place, "path.too_late", {"rung": place, **on})]
        steps.append(Step(item.key, start, level, (level - start) * item.weight / 100, cost))
        start = Fraction(level)
    return steps, []


def _fixed(item: Item) -> Problem:
    if item.external is not None:
        return Problem(item.key, "path.external", {"rung": item.key, "index": item.external.index})
    return Problem(item.key, "path.tier_value", {"rung": item.key})


def _previous(step: Step) -> Rung:
    return step.indicator, step.end - 1


def _needs(step: Step, present: Values) -> tuple[Rung, ...]:
    rungs = dict.fromkeys((_previous(step), *step.cost.needs))
    return tuple(rung for rung in rungs if present.get(rung[0], Fraction(-1)) < rung[1])


def _ready(step: Step, present: Values, possible: Mapping[Rung, Step]) -> bool:
    return all(rung in possible for rung in _needs(step, present))


def _unmet(step: Step, present: Values, possible: Mapping[Rung, Step]) -> Problem:
    place = f"{step.indicator}:{step.end}"
    unmet = ", ".join(f"{key}:{level}" for key, level in _needs(step, present) if (key, level) not in possible)
    return Problem(place, "path.unmet", {"rung": place, "needs": unmet})
