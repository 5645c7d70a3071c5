"""What a document proves to an assessor, by kind and state, and what not. Levels are ceilings, never promises."""

from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = range(1, 6)


@dataclass(frozen=True)
class Proof:
    """What a document in a state may prove of an indicator: no level (None) supports without raising one by itself."""

    instrument: str
    indicator: int
    state: str
    up_to_level: int | None
    role: str  # main: enough by itself once `needs` are met | component: only with the other evidence in `needs`
    basis: str  # the criterion it rests on
    how_sure: str  # derived | secondary | inferred
    needs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class KindProofs:
    """What documents of one kind prove, and what assessors do not accept them for."""

    kind: str
    proofs: tuple[Proof, ...]
    does_not_prove: tuple[str, ...]
    note: str = ""

    def of(self, instrument: str) -> tuple[Proof, ...]:
        """The proofs under one instrument, by indicator and then as listed: from the lowest level up."""
        return tuple(sorted((one for one in self.proofs if one.instrument == instrument), key=_by_indicator))


@dataclass(frozen=True)
class ProofState:
    """A state that a proof asks for; `document_state` are the document's states in which it can be claimed."""

    key: str
    title: str
    document_state: tuple[str, ...]


@dataclass(frozen=True)
class Caution:
    """How far what is said under an instrument can be relied on."""

    instrument: str
    text: str


@dataclass(frozen=True)
class Rejection:
    """A reason for which assessors were seen to refuse evidence."""

    key: str
    text: str
    source: str


@dataclass(frozen=True)
class Uncovered:
    """Indicators that no document of ours can raise: systems, services, activities or outside figures are asked."""

    instrument: str
    indicators: tuple[str, ...]  # as texts: an item may be "35-1"


@dataclass(frozen=True)
class Ceiling:
    """How far one indicator's evidence can lead, in the order of levels, with what each level asks."""

    indicator: int
    steps: tuple[Proof, ...]

    @property
    def highest(self) -> int | None:
        """The highest level in reach, or None: it only supports."""
        return max((step.up_to_level for step in self.steps if step.up_to_level), default=None)


def ceilings(proofs: Iterable[Proof]) -> tuple[Ceiling, ...]:
    """The proofs of one instrument put together by indicator."""
    found: dict[int, list[Proof]] = {}
    for proof in proofs:
        found.setdefault(proof.indicator, []).append(proof)
    return tuple(Ceiling(indicator, tuple(found[indicator])) for indicator in sorted(found))


def _by_indicator(proof: Proof) -> int:
    return proof.indicator
