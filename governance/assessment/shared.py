"""The least cost where steps share documents or need one another: a mixed-integer programme for HiGHS, checked exactly.

HiGHS computes in binary fractions. Its target is set a hair low, so that it loses no plan; a plan that it accepts
though it misses the exact target is cut off by what every right plan fulfils (it holds a step that this one lacks), and
HiGHS is asked again. Costs are whole, so a bound less than one below the plan's exact cost proves that none is cheaper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from time import monotonic
from typing import Any, NamedTuple

HAIR = 1e-7
GAP = 0.9
SECONDS = 60.0

Ways = Sequence[Sequence[int]]  # sets of documents, by number


@dataclass(frozen=True)
class Programme:
    """Steps by number: gain and whole cost; `after` pairs (step, the step it rests on); documents as (cost, users).

    A step in `ways` needs, besides, all the documents of any one of its sets. A step that is `wanted` is taken, and
    the steps in `without_it` alone do not reach the need.
    """

    gains: Sequence[Fraction]
    costs: Sequence[int]
    after: Sequence[tuple[int, int]]
    documents: Sequence[tuple[int, Sequence[int]]]
    need: Fraction
    ways: Sequence[tuple[int, Ways]] = ()
    wanted: int | None = None
    without_it: Sequence[int] = ()

    def cost_of(self, chosen: frozenset[int], paid: frozenset[int]) -> int:
        """What a plan costs, each of its documents once."""
        return sum(self.documents[number][0] for number in paid) + sum(self.costs[step] for step in chosen)

    def meets(self, chosen: frozenset[int]) -> bool:
        """Whether a plan gains what is needed, exactly."""
        return sum((self.gains[step] for step in chosen), Fraction(0)) >= self.need


class Found(NamedTuple):
    """A plan by the numbers of its steps and documents, and whether it is proven that none costs less."""

    steps: frozenset[int]
    documents: frozenset[int]
    proven: bool


Row = tuple[dict[int, float], float]  # sum of coefficient x variable >= bound


def cheapest_steps(programme: Programme, seconds: float = SECONDS) -> Found:
    """A plan of least cost, or the best one found within about so many seconds. All steps together reach the need."""
    cuts: list[Row] = []
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        chosen, paid, bound = _solved(programme, [*_rows(programme), *cuts], left)
        if programme.meets(chosen):
            return Found(chosen, paid, programme.cost_of(chosen, paid) - bound < 1)
        cuts.append(({step: 1.0 for step in range(len(programme.gains)) if step not in chosen}, 1.0))
    return Found(*_everything(programme), False)


def _everything(programme: Programme) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(range(len(programme.gains))), frozenset(range(len(programme.documents)))


def _all(programme: Programme) -> int:
    return sum(programme.costs) + sum(cost for cost, _ in programme.documents)


def _rows(programme: Programme) -> list[Row]:
    steps = len(programme.gains)
    # A step that alone is more than enough counts as exactly enough: the same plans, a tighter bound.
    target = {step: float(min(gain / programme.need, Fraction(1))) for step, gain in enumerate(programme.gains)}
    rows: list[Row] = [(target, 1 - HAIR)]
    rows += [({before: 1.0, step: -1.0}, 0.0) for step, before in programme.after]
    rows += _wanted_rows(programme) if programme.wanted is not None else []
    for number, (_, users) in enumerate(programme.documents):
        rows += [({steps + number: 1.0, step: -1.0}, 0.0) for step in users]
    way = steps + len(programme.documents)
    for step, ways in programme.ways:
        rows.append(({step: -1.0} | {way + place: 1.0 for place in range(len(ways))}, 0.0))
        for place, keys in enumerate(ways):
            rows += [({steps + key: 1.0, way + place: -1.0}, 0.0) for key in keys]
        way += len(ways)
    return rows


def _wanted_rows(programme: Programme) -> list[Row]:
    """The step is taken, and what does not rest on it falls short by at least one of the smallest parts of a gain."""
    part = Fraction(1, lcm(programme.need.denominator, *(gain.denominator for gain in programme.gains)))
    short = {step: -float(programme.gains[step] / programme.need) for step in programme.without_it}
    return [({programme.wanted or 0: 1.0}, 1.0), (short, -float(1 - part / programme.need))]


def _integral(programme: Programme) -> list[int]:
    """Which variables are whole by demand: steps, and the documents between which there is a choice.

    Any other document follows its steps: needed if one is taken, and never worth paying for otherwise. A way follows
    its documents.
    """
    choice = {key for _, ways in programme.ways for keys in ways for key in keys}
    documents = [int(number in choice) for number in range(len(programme.documents))]
    return [*[1] * len(programme.gains), *documents, *[0] * sum(len(ways) for _, ways in programme.ways)]


def solver() -> tuple[Any, Any, Any, Any]:
    """What SciPy hands HiGHS over with. Loading it takes seconds, once: who counts the time asks for it beforehand."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy

    return Bounds, LinearConstraint, milp, coo_array


def _solved(programme: Programme, rows: list[Row], seconds: float) -> tuple[frozenset[int], frozenset[int], float]:
    bounds, constraint, milp, matrix_of = solver()
    steps, integral = len(programme.gains), _integral(programme)
    last = steps + len(programme.documents)
    cells = [(value, number, column) for number, (row, _) in enumerate(rows) for column, value in row.items()]
    values, numbers, columns = zip(*cells, strict=True)
    matrix = matrix_of((values, (numbers, columns)), shape=(len(rows), len(integral))).tocsr()
    found = milp(
        [*programme.costs, *(cost for cost, _ in programme.documents), *[0] * (len(integral) - last)],
        integrality=integral,
        bounds=bounds(0, 1),
        constraints=constraint(matrix, lb=[bound for _, bound in rows]),
        # Costs are whole: a gap below one is none. The plan costs at most all of them together.
        options={"mip_rel_gap": GAP / max(1, _all(programme)), "time_limit": seconds},
    )
    if found.x is None:
        return *_everything(programme), float("-inf")
    bound = float("-inf") if found.mip_dual_bound is None else found.mip_dual_bound
    chosen = frozenset(step for step in range(steps) if found.x[step] > 0.5)
    return chosen, frozenset(place - steps for place in range(steps, last) if found.x[place] > 0.5), bound
