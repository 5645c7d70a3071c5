"""The cheapest path: our exact search against a MILP solver, and how long shared documents take.

The random cases are those of 2020's instrument: all 47 items, efforts of every kind, targets anywhere within reach.
The usual cases are what a cycle's page plans on: the law data's efforts on the instruments of 2020 and 2026, documents
that have come so far or so far, one of several enough for a level, targets from a tenth to a whole level away.
"""

import random
import statistics
from collections.abc import Callable
from fractions import Fraction

from config.settings import ROOT
from governance.assessment.instrument_files import Instruments
from governance.assessment.path import Question, cheapest, programme_of, question
from governance.assessment.planning import Ground, Present, Wish, office, planned, start
from governance.assessment.scoring import score
from governance.assessment.shared import cheapest_steps
from governance.assessment.steps import steps_from
from governance.assessment.usual_costs import Hand, Usual
from governance.documents.standing import Standing
from governance.mandates.law import Law
from tests.bench.measure import seconds
from tests.governance.assessment import path_cases

CASES = 60
SHARED_CASES = 100
USUAL_CASES, PAGE_CASES = 100, 40
AWAY = (Fraction(1, 10), Fraction(1, 5), Fraction(2, 5), Fraction(4, 5), Fraction(1))


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


def path_usual_p95_ms() -> float:
    """The 95th percentile of a plan on usual efforts."""
    times = [seconds(_solving(_question(*one))) for one in _usual_cases(USUAL_CASES)]
    return 1000 * statistics.quantiles(times, n=20)[-1]


def path_page_p95_ms() -> float:
    """The 95th percentile of all that a page shows of such a case: the plan, why each step is in, three others."""
    cases = _usual_cases(PAGE_CASES)
    times = [seconds(lambda one=one: planned(*one)) for one in cases]  # type: ignore[misc]
    return 1000 * statistics.quantiles(times, n=20)[-1]


def _usual_cases(count: int) -> list[tuple[Ground, Present, Wish]]:
    law, folder = Law.read(ROOT / "config" / "law"), ROOT / "config" / "law" / "instruments"
    instruments, chance = Instruments.read(folder), random.Random(2026)
    found = []
    for number in range(count):
        instrument = instruments.instrument(("permenpanrb-59-2020", "permenpanrb-8-2026")[number % 2])
        hands = {kind: Hand(chance.choice(list(Standing))) for kind in law.proofs if chance.random() < 0.4}
        owners = {item.key: office(item.number % 8 + 1) for item in instrument.items.values()}
        values = path_cases.present(chance, instrument)
        ground = Ground(instrument, Usual(law, instrument, hands, owners))
        steps = steps_from(instrument, values, ground.costs, None)
        reach = sum((step.gain for step in steps.possible.values()), score(instrument, values).low)
        target = min(score(instrument, values).low + chance.choice(AWAY), reach)
        found.append((ground, start(instrument, values, {}), Wish(target)))
    cheapest(_question(*found[0]))  # What is loaded once is not part of any case.
    return found


def _question(ground: Ground, present: Present, wish: Wish) -> Question:
    steps = steps_from(ground.instrument, present.values, ground.costs, wish.by)
    return question(ground.instrument, present.values, wish.target, steps, ground.costs)


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
