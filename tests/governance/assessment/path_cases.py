"""Cases for the cheapest path, and three other ways to the least effort: another programme, enumeration, subsets."""

import itertools
import random
from collections.abc import Iterable
from fractions import Fraction
from types import MappingProxyType

from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from governance.assessment.instruments import Instrument
from governance.assessment.path import Question, cheapest, question
from governance.assessment.scoring import score
from governance.assessment.steps import Cost, Costs, Rung, steps_from

Efforts = dict[Rung, Cost]


def present(chance: random.Random, instrument: Instrument) -> dict[str, Fraction]:
    """Some present values: between levels where the instrument allows it."""
    if instrument.value_type == "decimal":
        return {key: Fraction(chance.randint(100, 400), 100) for key in instrument.items}
    return {key: Fraction(chance.randint(1, 4)) for key in instrument.items}


def efforts(
    chance: random.Random, instrument: Instrument, documents: int = 0, needs: float = 0, ways: float = 0
) -> Costs:
    """Some efforts; documents shared at random, or one of several sets of them; needs look back only: no ring."""
    keys = list(instrument.items)
    of_documents = {f"dokumen {number}": Fraction(chance.randint(0, 20)) for number in range(documents)}
    found: Efforts = {}
    for place, key in enumerate(keys):
        for level in range(instrument.min_value + 1, instrument.max_value + 1):
            if chance.random() > 0.95:
                continue
            used: list[str] = []
            if documents and chance.random() < 0.3:
                used = chance.sample(sorted(of_documents), chance.randint(1, min(2, documents)))
            asked: list[Rung] = []
            if place and chance.random() < needs:
                asked = [(chance.choice(keys[:place]), chance.randint(1, level))]
            effort = Fraction(chance.choice((chance.randint(1, 9), chance.randint(1, 40), chance.randint(1, 99) / 2)))
            found[key, level] = Cost(
                key, Fraction(level - 1), level, effort, f"opd {place % 5}", None, tuple(asked), tuple(used),
                some_ways(chance, sorted(of_documents), ways),
            )  # fmt: skip
    return Costs(found, of_documents)


def some_ways(chance: random.Random, documents: list[str], often: float) -> tuple[tuple[str, ...], ...]:
    """Two or three sets of documents between which a step leaves the choice; mostly none."""
    if not often or chance.random() >= often:
        return ()
    return tuple(tuple(chance.sample(documents, chance.randint(1, 2))) for _ in range(chance.randint(2, 3)))


def asked(chance: random.Random, instrument: Instrument, costs: Costs, values: dict[str, Fraction]) -> Question:
    """The question with a target somewhere between the present index and what all steps reach."""
    steps = steps_from(instrument, values, costs, None)
    index = score(instrument, values).exact
    assert index is not None
    gains = sum((step.gain for step in steps.possible.values()), Fraction(0))
    target = Fraction(int((index + gains * chance.randint(5, 95) / 100) * 1000), 1000)
    return question(instrument, values, target, steps, costs)


Row = tuple[dict[int, float], float, float]  # low <= sum of coefficient x variable <= high


class _Levels:
    """Another formulation: for each item exactly one level is chosen; documents and needs look at the chosen level."""

    def __init__(self, one: Question) -> None:
        self.one = one
        self.ladders: dict[str, list[Rung]] = {}
        for rung in one.steps.possible:
            self.ladders.setdefault(rung[0], []).append(rung)
        columns = [(key, upto) for key, ladder in self.ladders.items() for upto in range(len(ladder) + 1)]
        self.place = {column: number for number, column in enumerate(columns)}
        keys = sorted({key for step in one.steps.possible.values() for key in step.cost.papers})
        self.documents = {key: len(columns) + number for number, key in enumerate(keys)}
        ways = [(rung, way) for rung, step in one.steps.possible.items() for way in step.cost.ways]
        self.ways = {chosen: len(columns) + len(keys) + number for number, chosen in enumerate(ways)}
        self.width = len(columns) + len(keys) + len(ways)

    def prices_and_gains(self) -> tuple[list[float], list[float]]:
        prices, gains = [0.0] * self.width, [0.0] * self.width
        for (key, upto), column in self.place.items():
            taken = [self.one.steps.possible[rung] for rung in self.ladders[key][:upto]]
            prices[column] = float(sum(step.cost.effort for step in taken))
            gains[column] = float(sum(step.gain for step in taken) / max(self.one.need, Fraction(1, 10**6)))
        for key, column in self.documents.items():
            prices[column] = float(self.one.costs.documents[key])
        return prices, gains

    def at_least(self, rung: Rung) -> list[int]:
        ladder = self.ladders[rung[0]]
        return [self.place[rung[0], upto] for upto in range(ladder.index(rung) + 1, len(ladder) + 1)]

    def rows(self) -> Iterable[Row]:
        for key, ladder in self.ladders.items():
            yield {self.place[key, upto]: 1.0 for upto in range(len(ladder) + 1)}, 1.0, 1.0
        for rung, step in self.one.steps.possible.items():
            here = dict.fromkeys(self.at_least(rung), -1.0)
            for key in step.cost.documents:
                yield here | {self.documents[key]: 1.0}, 0.0, float("inf")
            for need in self.one.steps.needs[rung]:
                if need[0] != rung[0]:
                    yield here | dict.fromkeys(self.at_least(need), 1.0), 0.0, float("inf")
        yield from self.choices()

    def choices(self) -> Iterable[Row]:
        for rung, step in self.one.steps.possible.items():
            if step.cost.ways:
                here = dict.fromkeys(self.at_least(rung), -1.0)
                yield here | {self.ways[rung, way]: 1.0 for way in step.cost.ways}, 0.0, float("inf")
        for (_, way), column in self.ways.items():
            for key in way:
                yield {self.documents[key]: 1.0, column: -1.0}, 0.0, float("inf")


def least_by_programme(one: Question) -> Fraction:
    """The least effort as HiGHS finds it in the other formulation; efforts here are halves."""
    levels = _Levels(one)
    prices, gains = levels.prices_and_gains()
    rows: list[Row] = [(dict(enumerate(gains)), 1 - 1e-7, float("inf")), *levels.rows()]
    cells = [(value, number, column) for number, (row, _, _) in enumerate(rows) for column, value in row.items()]
    values, numbers, columns = zip(*cells, strict=True)
    matrix = coo_array((values, (numbers, columns)), shape=(len(rows), levels.width)).tocsr()
    found = milp(
        prices,
        integrality=[1] * levels.width,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        options={"mip_rel_gap": 0},
    )
    assert found.status == 0
    return Fraction(round(found.fun * 2), 2)


def least_by_enumeration(one: Question) -> Fraction:
    """Every set of levels that can be reached, one after the other, in fractions."""
    rungs = list(one.steps.possible)
    least = None
    for chosen in _closed_sets(one, rungs):
        if one.plan(chosen, True).index_after >= one.target:
            effort = _least_paid(one, [one.steps.possible[rung].cost for rung in chosen])
            least = effort if least is None else min(least, effort)
    assert least is not None
    return least


def _least_paid(one: Question, costs: list[Cost]) -> Fraction:
    """What steps ask, with the cheapest set of documents by which all of them can be done: every set is tried."""
    keys = sorted({key for cost in costs for key in cost.papers})
    sets = (set(some) for size in range(len(keys) + 1) for some in itertools.combinations(keys, size))
    enough = [
        sum((one.costs.documents[key] for key in paid), Fraction(0))
        for paid in sets
        if all(
            paid.issuperset(cost.documents) and any(paid.issuperset(way) for way in cost.ways or ((),))
            for cost in costs
        )
    ]
    return sum((cost.effort for cost in costs), Fraction(0)) + min(enough)


def _closed_sets(one: Question, rungs: list[Rung]) -> Iterable[frozenset[Rung]]:
    """The sets in which each step has what it rests on."""
    found = [frozenset[Rung]()]
    for rung in rungs:
        found += [known | {rung} for known in found if set(one.steps.needs[rung]) <= known]
    return found


def least_by_subsets(one: Question) -> Fraction:
    """With shared documents and no needs: for each set of documents paid, the exact search among independent items."""
    keys = sorted({key for step in one.steps.possible.values() for key in step.cost.documents})
    free = Costs(one.costs.steps, MappingProxyType(dict.fromkeys(one.costs.documents, Fraction(0))))
    least = None
    for size in range(len(keys) + 1):
        for paid in itertools.combinations(keys, size):
            unpaid = [rung for rung, step in one.steps.possible.items() if not set(step.cost.documents) <= set(paid)]
            inside = Question(one.index, one.target, one.steps.without(unpaid), free)
            if inside.index + sum(step.gain for step in inside.steps.possible.values()) < one.target:
                continue
            effort = _without_documents(inside) + sum(one.costs.documents[key] for key in paid)
            least = effort if least is None else min(least, effort)
    assert least is not None
    return least


def _without_documents(inside: Question) -> Fraction:
    bare = {
        rung: step.__class__(step.indicator, step.start, step.end, step.gain,
                             Cost(step.indicator, step.start, step.end, step.cost.effort))
        for rung, step in inside.steps.possible.items()
    }  # fmt: skip
    steps = inside.steps.__class__(bare, inside.steps.needs, ())
    return cheapest(Question(inside.index, inside.target, steps, inside.costs)).effort
