"""The cheapest path: our exact search against a MILP solver, and how long shared documents take.

The cases are those of 2020's instrument: all 47 items, efforts of every kind, targets anywhere within reach.
"""

import random
import statistics
from collections.abc import Callable

from config.settings import ROOT
from governance.assessment.instrument_files import Instruments
from governance.assessment.path import Question, cheapest, programme_of
from governance.assessment.shared import cheapest_steps
from tests.bench.measure import seconds
from tests.governance.assessment import path_cases

CASES = 60
SHARED_CASES = 100


def path_vs_milp() -> float:
    """How many times faster than HiGHS (`scipy.optimize.milp`) on independent items; both give the same effort."""
    cases = _cases(CASES)
    ours, theirs = [], []
    for one in cases:
        # Its own programme of the same steps, built once beforehand: only the solver's time is counted.
        programme = programme_of(one)
        ours.append(seconds(lambda one=one: cheapest(one)))
        theirs.append(seconds(lambda programme=programme: cheapest_steps(programme)))
    return statistics.median(theirs) / statistics.median(ours)


def path_slowest_ms() -> float:
    """The slowest of those searches, in milliseconds."""
    return 1000 * max(seconds(lambda one=one: cheapest(one)) for one in _cases(CASES))


def path_shared_p95_ms() -> float:
    """The 95th percentile with twelve documents shared among the items and prerequisites between them."""
    times = [seconds(_solving(one)) for one in _cases(SHARED_CASES, documents=12, needs=0.15)]
    return 1000 * statistics.quantiles(times, n=20)[-1]


def _solving(one: Question) -> Callable[[], object]:
    def solve() -> None:
        assert cheapest(one).optimal

    return solve


def _cases(count: int, documents: int = 0, needs: float = 0) -> list[Question]:
    instrument = Instruments.read(ROOT / "config" / "law" / "instruments").instrument("permenpanrb-59-2020")
    chance = random.Random(2020)
    found = []
    for _ in range(count):
        values = path_cases.present(chance, instrument)
        costs = path_cases.efforts(chance, instrument, documents, needs)
        found.append(path_cases.asked(chance, instrument, costs, values))
    cheapest(found[0])  # What is loaded once is not part of any case.
    return found
