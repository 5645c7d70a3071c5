"""The evidence of an older instrument read under the next one: what it could speak for; a value never moves over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from governance.assessment.instruments import Instrument, Mapped, Pair


class Relation(StrEnum):
    """What became of an item, in the words of the mapping's file."""

    SAME = "same"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A piece of accepted evidence of the older cycle: which item and level it was accepted for."""

    item: str
    level: int
    name: str
    use_id: int


@dataclass(frozen=True)
class Reading:
    """One correspondence with the evidence that the older items bring to it."""

    pair: Pair
    relation: Relation
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Translated:
    """A cycle's evidence under another instrument.

    `carried` have a successor; `dropped` are no longer rated (their nearest subject is only named); `new` begin empty;
    `unmapped` are items of either side that the mapping does not name, or of the newer one only as the nearest subject
    of what was dropped: that is said, and nothing guessed.
    """

    before: Instrument
    after: Instrument
    carried: tuple[Reading, ...]
    dropped: tuple[Reading, ...]
    new: tuple[Reading, ...]
    unmapped_before: tuple[str, ...]
    unmapped_after: tuple[str, ...]

    @property
    def speaks_for(self) -> int:
        """How many items of the newer instrument any accepted evidence could speak for."""
        return len({item for one in self.carried if one.pieces for item in one.pair.after})

    @property
    def empty(self) -> tuple[str, ...]:
        """The items of the newer instrument for which nothing of the old evidence could speak."""
        spoken = {item for one in self.carried if one.pieces for item in one.pair.after}
        return tuple(item for item in self.after.items if item not in spoken)


def translated(mapped: Mapped, instruments: Mapping[str, Instrument], pieces: Sequence[Piece]) -> Translated:
    """The pieces as they could be read under the newer instrument, pair by pair, in the order of the mapping."""
    before, after = instruments[mapped.before], instruments[mapped.after]
    found = [_reading(pair, pieces) for pair in mapped.pairs]
    named_before = {item for pair in mapped.pairs for item in pair.before}
    named_after = {item for one in found if one.relation is not Relation.DROPPED for item in one.pair.after}
    return Translated(
        before,
        after,
        tuple(one for one in found if one.relation not in (Relation.DROPPED, Relation.NEW)),
        tuple(one for one in found if one.relation is Relation.DROPPED),
        tuple(one for one in found if one.relation is Relation.NEW),
        tuple(item for item in before.items if item not in named_before),
        tuple(item for item in after.items if item not in named_after),
    )


def _reading(pair: Pair, pieces: Sequence[Piece]) -> Reading:
    return Reading(pair, Relation(pair.relation), tuple(one for one in pieces if one.item in pair.before))
