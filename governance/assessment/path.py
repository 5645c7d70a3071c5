"""The cheapest path: which steps reach the target with the least effort, proven, with alternatives and reasons."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from governance.assessment.instruments import Instrument
from governance.assessment.scoring import Values, four_decimals, score
from governance.assessment.separable import cheapest_choices
from governance.assessment.shared import SECONDS, Programme, cheapest_steps
from governance.assessment.steps import Costs, Rung, Step, Steps
from governance.kernel.errors import Problem, Refusal

ALTERNATIVES = 3


class Unreachable(Refusal):
    """No plan reaches the target; `problems` says of every step that is not possible what is missing."""

    def __init__(self, key: str, problems: tuple[Problem, ...] = (), /, **params: object) -> None:
        super().__init__(key, **params)
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """Steps in an order in which they can be done, the documents they need (each paid once), the whole effort."""

    steps: tuple[Step, ...]
    documents: tuple[str, ...]
    effort: Fraction
    index_after: Fraction
    optimal: bool

    def documents_of(self, step: Step) -> tuple[str, ...]:
        """The documents of the plan by which one of its steps is done."""
        return _way(step, set(self.documents)) or ()

    @property
    def owners(self) -> frozenset[str]:
        """The OPDs that are asked."""
        return frozenset(step.cost.owner for step in self.steps if step.cost.owner)

    @property
    def signature(self) -> tuple[frozenset[str], frozenset[str]]:
        """What tells plans apart: documents and OPDs."""
        return frozenset(self.documents), self.owners


@dataclass(frozen=True)
class Reason:
    """Why a step is in: what the index would be without it and the steps that rest on it."""

    index_without: Fraction
    rests: tuple[Rung, ...]


@dataclass(frozen=True)
class Question:
    """Present index, target, and what is possible."""

    index: Fraction
    target: Fraction
    steps: Steps
    costs: Costs

    @property
    def need(self) -> Fraction:
        """What the exact index has to gain."""
        return self.target - self.index

    def plan(self, chosen: Iterable[Rung], optimal: bool, paid: Iterable[str] = ()) -> Plan:
        """The plan of those steps; of the documents between which they leave a choice it takes from those `paid`."""
        wanted = set(chosen)
        steps = tuple(step for rung, step in self.steps.possible.items() if rung in wanted)
        documents = self._documents(steps, set(paid))
        effort = _sum([*(step.cost.effort for step in steps), *(self.costs.documents[key] for key in documents)])
        return Plan(steps, documents, effort, self.index + _gain(steps), optimal)

    def _documents(self, steps: Iterable[Step], paid: set[str]) -> tuple[str, ...]:
        """What those steps need, in order; a paid document that none of them needs is left out, the dearest first."""
        kept = {key for step in steps for key in step.cost.documents}
        free = dict.fromkeys(key for step in steps for key in step.cost.papers if key in paid and key not in kept)
        kept |= set(free)
        for key in sorted(free, key=lambda one: self.costs.documents[one], reverse=True):
            if all(_way(step, kept - {key}) is not None for step in steps):
                kept.discard(key)
        return tuple(dict.fromkeys(key for step in steps for key in step.cost.papers if key in kept))

    def without(self, unwanted: Iterable[Rung]) -> "Question":
        """The same question where some steps are not taken."""
        return Question(self.index, self.target, self.steps.without(unwanted), self.costs)

    def barred(self, unwanted: Collection[str]) -> "Question":
        """The same question where these documents and OPDs are not to be had."""
        left = {rung: step.cost.without(unwanted) for rung, step in self.steps.possible.items()}
        gone = [rung for rung, cost in left.items() if cost is None or cost.owner in unwanted]
        kept = self.steps.without(gone)
        possible = {rung: replace(step, cost=left[rung] or step.cost) for rung, step in kept.possible.items()}
        return Question(self.index, self.target, Steps(possible, kept.needs, kept.blocked), self.costs)

    @property
    def is_within_reach(self) -> bool:
        """Whether every possible step together meets the target."""
        return self.index + _gain(self.steps.possible.values()) >= self.target


def question(instrument: Instrument, values: Values, target: Fraction, steps: Steps, costs: Costs) -> Question:
    """The question, or Unreachable where the present index is unknown or the target lies beyond every plan."""
    index = score(instrument, values)
    if index.exact is None:
        raise Unreachable("path.gaps", missing=", ".join(index.missing))
    asked = Question(index.exact, target, steps, costs)
    if not asked.is_within_reach:
        reach = asked.index + _gain(steps.possible.values())
        raise Unreachable("path.unreachable", steps.blocked, reach=four_decimals(reach), target=four_decimals(target))
    return asked


def cheapest(asked: Question, seconds: float = SECONDS) -> Plan:
    """The plan of least effort that meets the target by the exact index, with no step that it does not need.

    Of several such plans for items that share nothing, one of fewest steps. Where documents or prerequisites are shared
    and `seconds` do not suffice, the best plan found by then, which is not called optimal.
    """
    if asked.need <= 0:
        return asked.plan((), True)
    steps = asked.steps
    crossing = any(need[0] != rung[0] for rung, needs in steps.needs.items() for need in needs)
    shared = [key for key, users in _users(asked).items() if len({rung[0] for rung in users}) > 1]
    if crossing or shared or any(step.cost.ways for step in steps.possible.values()):
        return _from_programme(asked, seconds)
    return asked.plan(_separable(asked), True)


def cheapest_through(asked: Question, wanted: Rung, seconds: float = SECONDS) -> Plan | None:
    """The cheapest plan that cannot do without that step, and holds no other superfluous one; None: none was found."""
    if asked.need <= 0 or wanted not in asked.steps.possible:
        return None
    rungs, keys = list(asked.steps.possible), list(_users(asked))
    found = cheapest_steps(programme_of(asked, wanted), seconds)
    lean = _lean(asked, {rungs[place] for place in found.steps}, wanted)
    plan = asked.plan(lean, found.proven, [keys[place] for place in found.documents])
    needed = all(reason.index_without < asked.target for reason in reasons(asked, plan).values())
    return plan if needed else None


def alternatives(asked: Question, best: Plan, count: int = ALTERNATIVES) -> tuple[Plan, ...]:
    """The cheapest plans that do without one of the documents or OPDs of the best one; no two with the same of both."""
    found = {best.signature: best}
    for key in (*best.documents, *sorted(best.owners)):
        narrower = asked.barred({key})
        if narrower.is_within_reach:
            plan = cheapest(narrower)
            if plan.signature not in found or plan.effort < found[plan.signature].effort:
                found[plan.signature] = plan
    del found[best.signature]
    return tuple(sorted(found.values(), key=lambda plan: (plan.effort, len(plan.steps)))[:count])


def reasons(asked: Question, plan: Plan) -> dict[Rung, Reason]:
    """For each step, what is lost without it."""
    taken = {step.rung: step for step in plan.steps}
    of_plan = Steps(taken, {rung: asked.steps.needs[rung] for rung in taken}, ())
    found = {}
    for rung in taken:
        left = of_plan.without([rung]).possible
        rests = tuple(other for other in taken if other not in left and other != rung)
        found[rung] = Reason(asked.index + _gain(left.values()), rests)
    return found


def _way(step: Step, documents: set[str]) -> tuple[str, ...] | None:
    """The documents by which a step is done with those at hand, None where it cannot be."""
    if not documents.issuperset(step.cost.documents):
        return None
    way = next((way for way in step.cost.ways or ((),) if documents.issuperset(way)), None)
    return None if way is None else tuple(dict.fromkeys((*step.cost.documents, *way)))


def _gain(steps: Iterable[Step]) -> Fraction:
    return _sum([step.gain for step in steps])


def _sum(numbers: Sequence[Fraction]) -> Fraction:
    """The exact sum, over one denominator: much faster than fraction by fraction."""
    scale = _scale(numbers)
    return Fraction(sum(_whole(number, scale) for number in numbers), scale)


def _users(asked: Question) -> dict[str, list[Rung]]:
    """The steps that need a document whatever else is done; none where it is only one of several ways."""
    users: dict[str, list[Rung]] = defaultdict(list)
    for rung, step in asked.steps.possible.items():
        for key in step.cost.papers:
            users[key] += [rung] if key in step.cost.documents else []
    return users


def _scale(numbers: Iterable[Fraction]) -> int:
    """What makes all of them whole."""
    return lcm(*(number.denominator for number in numbers))


def _whole(number: Fraction, scale: int) -> int:
    """The number times what makes it whole."""
    return number.numerator * (scale // number.denominator)


def _efforts(asked: Question) -> tuple[dict[Rung, int], dict[str, int]]:
    """Efforts of steps and documents as whole numbers."""
    possible, users = asked.steps.possible, _users(asked)
    scale = _scale([*(step.cost.effort for step in possible.values()), *(asked.costs.documents[key] for key in users)])
    steps = {rung: _whole(step.cost.effort, scale) for rung, step in possible.items()}
    return steps, {key: _whole(asked.costs.documents[key], scale) for key in users}


def _separable(asked: Question) -> list[Rung]:
    """Each item for itself: a document is paid at the item's first level that needs it."""
    efforts, of_documents = _efforts(asked)
    scale = _scale([asked.need, *(step.gain for step in asked.steps.possible.values())])
    ladders: dict[str, list[Step]] = defaultdict(list)
    for step in asked.steps.possible.values():
        ladders[step.indicator].append(step)
    groups = []
    for ladder in ladders.values():
        options: list[tuple[int, int]] = []
        gain, cost, paid = 0, 0, set[str]()
        for step in ladder:
            cost += efforts[step.rung] + sum(of_documents[key] for key in set(step.cost.documents) - paid)
            paid |= set(step.cost.documents)
            gain += _whole(step.gain, scale)
            # Less effort always wins; where it is equal, fewer steps do.
            options.append((gain, cost * (len(asked.steps.possible) + 1) + len(options) + 1))
        groups.append(options)
    taken = cheapest_choices(groups, _whole(asked.need, scale))
    return [step.rung for ladder, upto in zip(ladders.values(), taken, strict=True) for step in ladder[:upto]]


def programme_of(asked: Question, wanted: Rung | None = None) -> Programme:
    """The question as a mixed-integer programme; its steps are numbered in the order of the possible ones."""
    number = {rung: place for place, rung in enumerate(asked.steps.possible)}
    efforts, of_documents = _efforts(asked)
    document = {key: place for place, key in enumerate(of_documents)}
    users = _users(asked)
    return Programme(
        gains=[step.gain for step in asked.steps.possible.values()],
        costs=[efforts[rung] for rung in number],
        after=[(number[rung], number[need]) for rung in number for need in asked.steps.needs[rung]],
        documents=[(effort, [number[rung] for rung in users[key]]) for key, effort in of_documents.items()],
        need=asked.need,
        ways=[
            (number[rung], [[document[key] for key in way] for way in step.cost.ways])
            for rung, step in asked.steps.possible.items()
            if step.cost.ways
        ],
        wanted=number[wanted] if wanted else None,
        without_it=[number[rung] for rung in asked.steps.without([wanted]).possible] if wanted else [],
    )


def _from_programme(asked: Question, seconds: float) -> Plan:
    rungs, keys = list(asked.steps.possible), list(_users(asked))
    found = cheapest_steps(programme_of(asked), seconds)
    lean = _lean(asked, {rungs[place] for place in found.steps})
    return asked.plan(lean, found.proven, [keys[place] for place in found.documents])


def _lean(asked: Question, chosen: set[Rung], wanted: Rung | None = None) -> set[Rung]:
    """Without steps that the target does not need: what costs nothing may have come along. What is wanted stays."""
    for rung in sorted(chosen, key=lambda one: asked.steps.possible[one].cost.effort, reverse=True):
        of_plan = Steps(
            {one: step for one, step in asked.steps.possible.items() if one in chosen}, asked.steps.needs, ()
        ).without([rung])
        if _gain(of_plan.possible.values()) >= asked.need and (wanted is None or wanted in of_plan.possible):
            chosen = set(of_plan.possible)
    return chosen
