"""What an instrument is: tiers of weighted things down to the rated items, its scales, predicates and readings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Sure:
    """How sure one part of an instrument is, and why."""

    grade: str
    note: str


@dataclass(frozen=True)
class Predicate:
    """A named span of the index, each bound with its own rule whether it belongs to the span."""

    name: str
    min: Fraction | None
    min_inclusive: bool
    max: Fraction | None
    max_inclusive: bool
    label: str = ""

    def holds(self, index: Fraction) -> bool:
        """Whether the index lies in the span."""
        above = self.min is None or index > self.min or (self.min_inclusive and index == self.min)
        below = self.max is None or index < self.max or (self.max_inclusive and index == self.max)
        return above and below


@dataclass(frozen=True)
class LevelName:
    """What a level of a scale is called."""

    name: str
    label: str = ""


@dataclass(frozen=True)
class Scale:
    """A scale of levels."""

    name: str
    used_for: str
    levels: Mapping[int, LevelName]


@dataclass(frozen=True)
class Level:
    """What a level asks in our own short words ("ringkasan"), never the regulation's, and what usually shows it.

    Where the printed text is faulty, `summary` follows the print and `summary_by_pattern` what the other indicators
    have in that place.
    """

    summary: str
    evidence: Mapping[str, str]  # code, such as I19-L1-01: what is handed in
    summary_by_pattern: str = ""


@dataclass(frozen=True)
class External:
    """Another body's index that gives an indicator its value; no document of the institution raises it by a level."""

    index: str
    custodian: str
    replaces_local_evidence: bool
    conversion: str
    how_sure: str
    source_bounds: tuple[Fraction, ...] = ()
    value_bounds: tuple[Fraction, ...] = ()

    def converted(self, source: Fraction) -> Fraction | None:
        """The indicator's value for that index, linear within each span; None: no conversion, or outside the bounds."""
        spans = zip(pairwise(self.source_bounds), pairwise(self.value_bounds), strict=True)
        for (low, high), (from_value, to_value) in spans:
            if low <= source <= high:
                return from_value + (source - low) * (to_value - from_value) / (high - low)
        return None


@dataclass(frozen=True)
class Item:
    """What is rated. `weight` is a percentage of the index, exact."""

    key: str
    number: int
    name: str
    weight: Fraction
    scale: str
    levels: Mapping[int, Level]
    external: External | None = None
    misprint: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """A domain, an aspect, or whatever the instrument calls the tiers above the items."""

    code: str
    name: str
    weight: Fraction
    children: "tuple[Group | Item, ...]"

    def items(self) -> Iterator[Item]:
        """Every item below, in order."""
        for child in self.children:
            if isinstance(child, Item):
                yield child
            else:
                yield from child.items()


@dataclass(frozen=True)
class Instrument:
    """One instrument as its file says it; `tiers` from the widest to the rated one.

    `closing` are the kinds of papers that have to be signed before a cycle is closed; how_sure says how sure that is.
    """

    key: str
    title: str
    regulation: str
    index_name: str
    value_type: str
    min_value: int
    max_value: int
    tiers: tuple[str, ...]
    how_sure: Mapping[str, Sure]
    formula: Mapping[str, str]
    scales: Mapping[str, Scale]
    predicates: tuple[Predicate, ...]
    parts: tuple[Group | Item, ...]
    closing: tuple[str, ...] = ()
    items: Mapping[str, Item] = field(init=False)
    groups: Mapping[str, Group] = field(init=False)
    tier_of: Mapping[str, str] = field(init=False)  # a group's code: the name of its tier in the plural

    def __post_init__(self) -> None:
        items: dict[str, Item] = {}
        groups: dict[str, Group] = {}
        tier_of: dict[str, str] = {}
        waiting: list[tuple[Group | Item, int]] = [(part, 0) for part in reversed(self.parts)]
        while waiting:
            part, depth = waiting.pop()
            if isinstance(part, Item):
                items[part.key] = part
            else:
                groups[part.code] = part
                tier_of[part.code] = plural(self.tiers[depth])
                waiting.extend((child, depth + 1) for child in reversed(part.children))
        for name, value in (("items", items), ("groups", groups), ("tier_of", tier_of)):
            object.__setattr__(self, name, value)

    @property
    def indicators(self) -> int:
        """How many indicators there are; one may be rated in several items."""
        return len({item.number for item in self.items.values()})

    def predicate_of(self, index: Fraction) -> str:
        """The predicate of exactly that index."""
        return next(one.name for one in self.predicates if one.holds(index))


@dataclass(frozen=True)
class Pair:
    """Items of the older instrument and what they became; the subject corresponds, a value never does."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    relation: str
    how_sure: str
    note: str = ""


@dataclass(frozen=True)
class Mapped:
    """How the items of one instrument correspond to those of the next."""

    before: str
    after: str
    pairs: tuple[Pair, ...]


def plural(tier: str) -> str:
    """The name under which a tier's things are listed, in the file and in what is handed out."""
    return f"{tier}s"
