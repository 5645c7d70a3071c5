"""What raising an item usually asks, from the law data: its documents by state, shared between the items they lift.

Nobody has measured these efforts. They stand until an institution enters its own, and are always told as usual values.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from governance.assessment.instruments import Instrument
from governance.assessment.steps import Cost, Costs, Rung
from governance.documents.standing import Standing
from governance.mandates.law import Law
from governance.mandates.mandates import Strength
from governance.mandates.proofs import Proof

STEP = Fraction(1)  # every level: what is gathered, explained and entered for it
DRAFT, ENACTED = "draft", "enacted"
TO_DRAFT = Fraction(1)
TO_ENACT = Fraction(2)
TO_ENACT_SUBMITTED = Fraction(1)  # it lies with the signers already, or waits for its promulgation
TO_DECLARE = Fraction(1)  # implemented, reviewed, followed up: for the act as a whole, whatever it lifts

HOLDS = frozenset({Standing.IN_FORCE, Standing.EXPIRING})
SUBMITTED = frozenset({Standing.IN_REVIEW, Standing.APPROVED, Standing.ENACTED})
BEGUN = frozenset({Standing.DRAFT, *SUBMITTED})


def by_activity(level: int) -> Fraction:
    """A step that no document proves: something is done and shown, for more services and offices at each level."""
    return STEP * level


@dataclass(frozen=True)
class Hand:
    """How far the institution's document of a kind has come; `declared` are the states declared of the act in force."""

    standing: Standing = Standing.MISSING
    document_id: int | None = None
    declared: frozenset[str] = frozenset()

    def effort(self, state: str) -> Fraction:
        """What is left until the document has that state; each state for itself."""
        if state == DRAFT:
            return Fraction(0) if self.standing in HOLDS | BEGUN else TO_DRAFT
        if state == ENACTED:
            submitted = TO_ENACT_SUBMITTED if self.standing in SUBMITTED else TO_ENACT
            return Fraction(0) if self.standing in HOLDS else submitted
        return Fraction(0) if state in self.declared else TO_DECLARE


NOTHING = Hand()
OWN = "own:"  # before the key of a work that the institution named itself


def work_key(kind: str, state: str) -> str:
    """Bringing a kind of document to a state, as a path's document: "spbe_roadmap:enacted"."""
    return f"{kind}:{state}"


def kind_of(key: str) -> str:
    """What a path's document belongs to: a kind of document, or the institution's own work, which has no states."""
    return key.partition(":")[0] if not key.startswith(OWN) else key


def state_of(key: str) -> str:
    """The state to which a kind of document is brought; "" of the institution's own work."""
    return "" if key.startswith(OWN) else key.partition(":")[2]


@dataclass(frozen=True)
class Usual:
    """The usual efforts of an institution on one instrument.

    `hands` are its documents by kind, `owners` the office that answers for each item.
    """

    law: Law
    instrument: Instrument
    hands: Mapping[str, Hand] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def costs(self) -> Costs:
        """What each step asks, and each work on a document once. Another body's index has no step."""
        lowest, highest = self.instrument.min_value, self.instrument.max_value
        steps: dict[Rung, Cost] = {}
        for item in self.instrument.items.values():
            for level in range(lowest + 1, highest + 1) if item.external is None else ():
                steps[item.key, level] = self._cost((item.key, level))
        documents = dict.fromkeys(key for cost in steps.values() for key in cost.papers)
        return Costs(steps, {key: self._effort(key) for key in documents})

    @cached_property
    def proofs(self) -> Mapping[Rung, tuple[tuple[str, Proof], ...]]:
        """By step, what kinds of document prove of it, each with its kind. A proof is of an indicator: of each item."""
        found: dict[Rung, list[tuple[str, Proof]]] = {}
        for kind, known in self.law.proofs.items():
            for proof in known.of(self.instrument.key):
                for key in self._items(proof.indicator) if proof.up_to_level is not None else ():
                    found.setdefault((key, proof.up_to_level or 0), []).append((kind, proof))
        return {rung: tuple(proofs) for rung, proofs in found.items()}

    def _items(self, indicator: int) -> list[str]:
        return [item.key for item in self.instrument.items.values() if item.number == indicator]

    def _cost(self, rung: Rung) -> Cost:
        item, level = rung
        ways = self._ways(self.proofs.get(rung, ()))
        effort = STEP if ways else by_activity(level)
        together = ways[0] if len(ways) == 1 else ()
        choice = ways if len(ways) > 1 else ()
        start = Fraction(level - 1)
        return Cost(item, start, level, effort, self.owners.get(item, ""), None, (), together, choice)

    def _ways(self, proofs: Collection[tuple[str, Proof]]) -> tuple[tuple[str, ...], ...]:
        """The sets of works of which one is enough: one for each main proof, else all the components together."""
        shared = [(kind, proof) for kind, proof in proofs if not self._is_of_an_occasion(kind)]
        main = [_works(kind, proof.state) for kind, proof in shared if proof.role == "main"]
        if main:
            return tuple(dict.fromkeys(main))
        parts = dict.fromkeys(key for kind, proof in shared for key in _works(kind, proof.state))
        return (tuple(parts),) if parts else ()

    def _effort(self, key: str) -> Fraction:
        return self.hands.get(kind_of(key), NOTHING).effort(state_of(key))

    def _is_of_an_occasion(self, kind: str) -> bool:
        """Whether it is a paper of one meeting or one letter: each item needs its own, so that none is shared."""
        mandate = self.law.mandates.get(kind)
        return mandate is not None and all(duty.strength is Strength.CUSTOMARY for duty in mandate.duty)


def _works(kind: str, state: str) -> tuple[str, ...]:
    """What has to be done with a document for that state: it is drafted, enacted, and then what is declared of it."""
    before = {DRAFT: (), ENACTED: (DRAFT,)}.get(state, (DRAFT, ENACTED))
    return tuple(work_key(kind, one) for one in (*before, state))
