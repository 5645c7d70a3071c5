"""What the next level of an item asks, and what of it is missing: by its evidence codes, and by what offers itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from governance.assessment.criteria import LevelText, Wording
from governance.assessment.instruments import Instrument, Item
from governance.assessment.judging import EvidenceState
from governance.assessment.offers import Offer, Offering
from governance.assessment.proven import lowest_asked

Place = tuple[int, str]  # a level and a code of it, "" where none is named
States = Mapping[Place, EvidenceState]  # how far the best that is offered has come
HANDED_IN = frozenset({EvidenceState.ACCEPTED, EvidenceState.IN_PROCESS})
ORDER = (EvidenceState.REVISE, EvidenceState.DRAFT, EvidenceState.IN_PROCESS, EvidenceState.ACCEPTED)


@dataclass(frozen=True)
class AskedPiece:
    """One piece of evidence that a level asks for. `state` None: nothing is offered for it yet."""

    code: str
    what: str
    state: EvidenceState | None = None

    @property
    def missing(self) -> bool:
        """Whether nothing lies with the assessors for it: not yet offered, a draft, or given back."""
        return self.state not in HANDED_IN


@dataclass(frozen=True)
class Asked:
    """What one level of an item asks. `loose` is how far evidence has come that names no code of the level.

    `acts` offer themselves for this level, each with what it asks beside it (`proof.needs`); `after_declaring` would
    once it is declared that they are implemented, reviewed or followed up.
    """

    item: str
    level: int
    text: LevelText
    pieces: tuple[AskedPiece, ...]
    loose: EvidenceState | None = None
    acts: tuple[tuple[Offering, Offer], ...] = ()
    after_declaring: tuple[tuple[Offering, Offer], ...] = ()

    @property
    def missing(self) -> tuple[AskedPiece, ...]:
        """The pieces that nothing lies with the assessors for."""
        return tuple(one for one in self.pieces if one.missing)


def next_level(instrument: Instrument, item: Item, reached: Fraction | int | None) -> int | None:
    """The level after the one reached; from a value between two levels the next whole one; None: nothing is above.

    Nothing reached yet (None) leads to the lowest level that asks for evidence. What is rated from another body's
    index has no next level that anything handed in could raise it to.
    """
    if item.external is not None:
        return None
    level = lowest_asked(instrument) if reached is None else int(reached // 1) + 1
    return level if level <= instrument.max_value else None


def asked_of(item: Item, level: int, words: Wording, states: States, offerings: Iterable[Offering] = ()) -> Asked:
    """What that level of the item asks, and how far each piece of it has come."""
    evidence = item.levels[level].evidence
    loose = states.get((level, ""))
    alone = len(evidence) == 1  # What names no code can only be meant for the one there is.
    pieces = tuple(
        AskedPiece(code, what, _best(states.get((level, code)), loose if alone else None))
        for code, what in evidence.items()
    )
    found = [
        (one, offer) for one in offerings for offer in one.offers if (offer.item, offer.level) == (item.key, level)
    ]
    return Asked(
        item=item.key,
        level=level,
        text=words[item.key, level],
        pieces=pieces,
        loose=None if alone else loose,
        acts=tuple(pair for pair in found if pair[1].can_be_taken),
        after_declaring=tuple(pair for pair in found if not pair[1].holds and pair[0].bar is None),
    )


def _best(*states: EvidenceState | None) -> EvidenceState | None:
    """The furthest of them."""
    return max((one for one in states if one is not None), key=ORDER.index, default=None)
