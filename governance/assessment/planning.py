"""A cycle's cheapest path: on which values it is planned, what its steps ask here, the plan, why, and other plans."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from time import monotonic

from governance.assessment.efforts import EnteredDocument, EnteredStep, Facts
from governance.assessment.instruments import Instrument
from governance.assessment.path import (
    Plan,
    Question,
    Reason,
    Unreachable,
    cheapest,
    cheapest_through,
    question,
    reasons,
)
from governance.assessment.scoring import four_decimals, missing_in, score
from governance.assessment.shared import solver
from governance.assessment.steps import Cost, Costs, Rung, steps_from
from governance.assessment.usual_costs import HOLDS, Hand, Usual, kind_of
from governance.documents.standing import Known, standing
from governance.kernel.errors import Problem

ALTERNATIVES = 3
FOR_THE_PLAN, FOR_ALL = 3.0, 5.0  # seconds that a page waits for the plan, and for it with the others


@dataclass(frozen=True)
class Wish:
    """What is asked: the target, the day by which everything has to be there, and what is to be left out.

    `without` names kinds of document, works of the institution's own, and offices (`office(...)`). `with_documents`
    asks for a plan in which at least one document is worked on.
    """

    target: Fraction
    by: date | None = None
    without: frozenset[str] = frozenset()
    with_documents: bool = False


@dataclass(frozen=True)
class Present:
    """The values a path starts from. `chosen` were put in for what is not rated; `missing` is still without a value."""

    values: Mapping[str, Fraction]
    rated: frozenset[str]
    chosen: frozenset[str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Another plan, and what it does without, or that it was sought for its documents."""

    plan: Plan
    without: frozenset[str] = frozenset()
    with_documents: bool = False


@dataclass(frozen=True)
class Planned:
    """The plan, why each step is in, and others. `whole` is whether there was time to look at every other plan."""

    asked: Question
    plan: Plan
    why: Mapping[Rung, Reason]
    others: tuple[Other, ...]
    whole: bool


@dataclass(frozen=True)
class Ground:
    """What every question about a path rests on."""

    instrument: Instrument
    usual: Usual
    facts: Facts = field(default_factory=Facts)

    @property
    def costs(self) -> Costs:
        """What each step and each work asks: as entered, else as usual. A step that is ruled out is not there."""
        steps = dict(self.usual.costs.steps)
        for rung, entered in self.facts.steps.items():
            steps.pop(rung, None)
            if entered.effort is not None and rung[0] in self.instrument.items:
                steps[rung] = self._entered(entered, entered.effort)
        documents = {**self.usual.costs.documents}
        documents |= {key: self._once(one) for key, one in self.facts.documents.items()}
        return Costs(steps, documents)

    def _entered(self, one: EnteredStep, effort: Fraction) -> Cost:
        unit_id = one.unit_id or self.facts.responsible.get(one.item)
        known = {*self.usual.costs.documents, *self.facts.documents}
        documents = tuple(key for key in one.documents if key in known)  # The law data may no longer name a kind.
        owner = office(unit_id) if unit_id else ""
        return Cost(one.item, Fraction(one.level - 1), one.level, effort, owner, one.earliest_on, one.needs, documents)

    def _once(self, one: EnteredDocument) -> Fraction:
        """What was done already costs nothing more, whatever was entered before."""
        usual = self.usual.costs.documents.get(one.key)
        return Fraction(0) if usual == 0 else one.effort


def office(unit_id: int) -> str:
    """How a path names an office."""
    return f"unit:{unit_id}"


def unit_of(owner: str) -> int | None:
    """The office that a path names so."""
    return int(owner.removeprefix("unit:")) if owner else None


def hands(known: Mapping[str, Collection[Known]], declared: Mapping[str, frozenset[str]], on: date) -> dict[str, Hand]:
    """How far the institution's documents have come on that day; what is declared counts for an act in force."""
    found = {}
    for kind, documents in known.items():
        stands = standing(documents, on, asked=True)
        held = declared.get(kind, frozenset()) if stands.standing in HOLDS else frozenset()
        found[kind] = Hand(stands.standing, stands.document_id, held)
    return found


def start(instrument: Instrument, rated: Mapping[str, Fraction], given: Mapping[str, Fraction]) -> Present:
    """The values to plan on: what is rated, and for the rest what is `given`, by item or by a tier's code.

    A value of a tier is taken where its items are not all known, as for any index.
    """
    items = {key: value for key, value in given.items() if key in instrument.items and key not in rated}
    known = {**items, **rated}
    tiers = {code: given[code] for code in instrument.groups if code in given}
    taken = {code for code in tiers if missing_in(instrument.groups[code], known)}
    missing = score(instrument, {**tiers, **known}).missing
    return Present({**tiers, **known}, frozenset(rated), frozenset(items) | taken, missing)


def planned(ground: Ground, present: Present, wish: Wish) -> Planned:
    """The plan of least effort and others, or Unreachable. Takes no longer than a page may."""
    solver()
    end = monotonic() + FOR_ALL
    costs = ground.costs
    steps = steps_from(ground.instrument, present.values, costs, wish.by)
    asked = _without(question(ground.instrument, present.values, wish.target, steps, costs), wish.without)
    best = _with_documents(asked, end) if wish.with_documents else cheapest(asked, FOR_THE_PLAN)
    if best is None:
        raise Unreachable("path.no_document")
    found, whole = _others(asked, best, end)
    if not any(_works_on_documents(asked, plan) for plan in (best, *(other.plan for other in found))):
        other = _with_documents(asked, end)
        more = (Other(other, with_documents=True),) if other is not None else ()
        found = tuple(sorted((*found[: ALTERNATIVES - len(more)], *more), key=_rank))
    return Planned(asked, best, reasons(asked, best), found, whole)


def _with_documents(asked: Question, end: float) -> Plan | None:
    """The cheapest plan in which a document is worked on and nothing is superfluous, as far as there is time."""
    found: list[Plan] = []
    for rung in _document_steps(asked):
        left = end - monotonic()
        plan = cheapest_through(asked, rung, left) if left > 0 else None
        found += [plan] if plan is not None else []
    return min(found, key=lambda plan: (plan.effort, len(plan.steps)), default=None)


def _document_steps(asked: Question) -> list[Rung]:
    """Of each item the first step that cannot be done without work on a document: a plan with a later one has it."""
    left = {key for key, effort in asked.costs.documents.items() if effort}
    first: dict[str, Rung] = {}
    for rung, step in asked.steps.possible.items():
        always = not left.isdisjoint(step.cost.documents)
        if always or (step.cost.ways and all(not left.isdisjoint(way) for way in step.cost.ways)):
            first.setdefault(rung[0], rung)
    return list(first.values())


def _works_on_documents(asked: Question, plan: Plan) -> bool:
    return any(asked.costs.documents[key] for key in plan.documents)


def _without(asked: Question, unwanted: frozenset[str]) -> Question:
    if not unwanted:
        return asked
    narrower = _barred(asked, unwanted)
    if not narrower.is_within_reach:
        reach = narrower.plan(narrower.steps.possible, False, narrower.costs.documents).index_after
        left_out = [Problem(f"{key}:{level}", "path.left_out", {"rung": f"{key}:{level}"})
                    for key, level in asked.steps.possible if (key, level) not in narrower.steps.possible]  # fmt: skip
        told = {"reach": four_decimals(reach), "target": four_decimals(asked.target)}
        raise Unreachable("path.unreachable", (*left_out, *asked.steps.blocked), **told)
    return narrower


def _barred(asked: Question, unwanted: Collection[str]) -> Question:
    keys = {key for key in asked.costs.documents if kind_of(key) in unwanted}
    return asked.barred(keys | set(unwanted))


def marks(asked: Question, plan: Plan) -> dict[str, None]:
    """What tells a plan from others: its documents by kind and its offices; first what still has to be worked on."""
    kinds = dict.fromkeys(kind_of(key) for key in plan.documents if asked.costs.documents[key])
    return kinds | dict.fromkeys(sorted(plan.owners)) | dict.fromkeys(kind_of(key) for key in plan.documents)


def _others(asked: Question, best: Plan, end: float) -> tuple[tuple[Other, ...], bool]:
    """The cheapest plans without one of the documents or offices of the best one, and of those found so.

    No two have the same documents and offices; whether there was time for all.
    """
    found: dict[frozenset[str], Other] = {}
    waiting = [Other(best, frozenset())]
    tried: set[frozenset[str]] = set()
    while waiting and len(found) < ALTERNATIVES:
        before = waiting.pop(0)
        for unwanted in _narrower(before.without, marks(asked, before.plan), tried):
            if monotonic() > end:
                return _sorted(found), False
            narrower = _barred(asked, unwanted)
            if narrower.is_within_reach:
                other = Other(cheapest(narrower, max(0.1, end - monotonic())), unwanted)
                waiting.append(other)
                seen = frozenset(marks(asked, other.plan))
                found[seen] = min(found.get(seen, other), other, key=_rank)
    return _sorted(found), True


def _narrower(without: frozenset[str], of_plan: Iterable[str], tried: set[frozenset[str]]) -> Iterable[frozenset[str]]:
    for mark in of_plan:
        unwanted = without | {mark}
        if unwanted not in tried:
            tried.add(unwanted)
            yield unwanted


def _rank(other: Other) -> tuple[Fraction, int]:
    return other.plan.effort, len(other.plan.steps)


def _sorted(found: Mapping[frozenset[str], Other]) -> tuple[Other, ...]:
    return tuple(sorted(found.values(), key=_rank)[:ALTERNATIVES])
