"""The least cost where steps share documents or need one another: a mixed-integer programme for HiGHS, checked exactly.

HiGHS computes in binary fractions. Its target is set a hair low, so that it loses no plan; a plan that it accepts
though it misses the exact target is cut off by what every right plan fulfils (it holds a step that this one lacks), and
HiGHS is asked again. Costs are whole, so a bound less than one below the plan's exact cost proves that none is cheaper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

HAIR = 1e-7
GAP = 0.9
SECONDS = 60


@dataclass(frozen=True)
class Programme:
    """Steps by number: gain and whole cost; `after` pairs (step, the step it rests on); documents as (cost, users)."""

    gains: Sequence[Fraction]
    costs: Sequence[int]
    after: Sequence[tuple[int, int]]
    documents: Sequence[tuple[int, Sequence[int]]]
    need: Fraction

    def cost_of(self, chosen: frozenset[int]) -> int:
        """What a plan costs, each of its documents once."""
        paid = sum(cost for cost, users in self.documents if chosen.intersection(users))
        return paid + sum(self.costs[step] for step in chosen)

    def meets(self, chosen: frozenset[int]) -> bool:
        """Whether a plan gains what is needed, exactly."""
        return sum((self.gains[step] for step in chosen), Fraction(0)) >= self.need


Row = tuple[dict[int, float], float]  # sum of coefficient x variable >= bound


def cheapest_steps(programme: Programme) -> tuple[frozenset[int], bool]:
    """(the steps of a plan of least cost, whether that is proven). The steps together reach the need."""
    cuts: list[Row] = []
    while True:
        chosen, bound = _solved(programme, [*_rows(programme), *cuts])
        if programme.meets(chosen):
            return chosen, programme.cost_of(chosen) - bound < 1
        cuts.append(({step: 1.0 for step in range(len(programme.gains)) if step not in chosen}, 1.0))


def _all(programme: Programme) -> int:
    return sum(programme.costs) + sum(cost for cost, _ in programme.documents)


def _rows(programme: Programme) -> list[Row]:
    steps = len(programme.gains)
    # A step that alone is more than enough counts as exactly enough: the same plans, a tighter bound.
    target = {step: float(min(gain / programme.need, Fraction(1))) for step, gain in enumerate(programme.gains)}
    rows: list[Row] = [(target, 1 - HAIR)]
    rows += [({before: 1.0, step: -1.0}, 0.0) for step, before in programme.after]
    for number, (_, users) in enumerate(programme.documents):
        rows += [({steps + number: 1.0, step: -1.0}, 0.0) for step in users]
    return rows


def _solved(programme: Programme, rows: list[Row]) -> tuple[frozenset[int], float]:
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy

    steps, width = len(programme.gains), len(programme.gains) + len(programme.documents)
    cells = [(value, number, column) for number, (row, _) in enumerate(rows) for column, value in row.items()]
    values, numbers, columns = zip(*cells, strict=True)
    matrix = coo_array((values, (numbers, columns)), shape=(len(rows), width)).tocsr()
    found = milp(
        [*programme.costs, *(cost for cost, _ in programme.documents)],
        # A document follows its steps: needed if one is taken, and never worth paying for otherwise.
        integrality=[1] * steps + [0] * (width - steps),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=[bound for _, bound in rows]),
        # Costs are whole: a gap below one is none. The plan costs at most all of them together.
        options={"mip_rel_gap": GAP / max(1, _all(programme)), "time_limit": SECONDS},
    )
    if found.x is None:
        return frozenset(range(steps)), float("-inf")
    bound = found.mip_dual_bound
    return frozenset(step for step in range(steps) if found.x[step] > 0.5), float("-inf" if bound is None else bound)
