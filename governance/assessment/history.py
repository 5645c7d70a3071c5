"""A series of years: one line for each instrument, a break where it changes, and the IKD target against the result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby, pairwise

from governance.assessment.instruments import Instrument, Predicate
from governance.assessment.scoring import score


@dataclass(frozen=True)
class Peer:
    """The averages of comparable governments in a year, on the same instrument as ours."""

    peers: str
    values: Mapping[str, Fraction]
    source: str


@dataclass(frozen=True)
class Year:
    """What is known of a year. `official` is the ministry's figure, as exact as its text; nothing else is the index.

    `values` are those of tiers and items: published ones, or where there are none the cycle's own ratings, which are
    provisional. `published` names the codes that stand in the ministry's result.
    """

    year: int
    instrument: Instrument
    official: Fraction | None = None
    predicate: str = ""  # as published
    target: Fraction | None = None
    values: Mapping[str, Fraction] = field(default_factory=dict)
    published: frozenset[str] = frozenset()
    result_id: int | None = None
    cycle_id: int | None = None
    peers: tuple[Peer, ...] = ()

    @property
    def provisional(self) -> Fraction | None:
        """What the values give where no index was published: None while anything is missing."""
        return None if self.official is not None else score(self.instrument, self.values).exact

    @property
    def span(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most that the index can be, where some values are known and others missing."""
        if self.official is not None or not self.values:
            return None
        index = score(self.instrument, self.values)
        return (index.low, index.high) if index.missing else None

    @property
    def figure(self) -> Fraction | None:
        """The official figure, else the provisional one."""
        return self.official if self.official is not None else self.provisional

    def tier(self, code: str) -> Fraction | None:
        """The value of a group: from what is published of it, else from the values below it."""
        if code in self.published:
            return self.values[code]
        tiers = score(self.instrument, self.values).tiers
        return next((found[code] for found in tiers.values() if code in found), None)


@dataclass(frozen=True)
class Against:
    """A figure against the year's target (IKD), both exact: reached, and by how much it is over or short."""

    reached: bool
    by: Fraction


@dataclass(frozen=True)
class Stretch:
    """Years that follow one another on one instrument: only within them may a line be drawn and a change be told."""

    instrument: Instrument
    years: tuple[Year, ...]

    def joined(self) -> list[tuple[Year, Year]]:
        """The pairs of years between which the line runs: both official, none between them that is not."""
        return [(one, other) for one, other in pairwise(self.years) if _both_official(one, other)]


@dataclass(frozen=True)
class Bound:
    """Where a predicate begins in the older and in the newer instrument; None: it does not exist there, or is open."""

    name: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True)
class Break:
    """Two instruments that met between two years: their figures are not comparable, and why."""

    before: Instrument
    after: Instrument
    last_year: int
    first_year: int

    @property
    def scales_differ(self) -> bool:
        """Whether the scales begin or end elsewhere."""
        return _scale(self.before) != _scale(self.after)

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The predicates that begin elsewhere than before, from the highest."""
        old, new = _begins(self.before.predicates), _begins(self.after.predicates)
        names = dict.fromkeys([*new, *old])
        return tuple(Bound(one, old.get(one), new.get(one)) for one in names if old.get(one) != new.get(one))


def against(figure: Fraction | None, target: Fraction | None) -> Against | None:
    """How a figure stands to its target; None where either is missing. The exact figure counts, never the rounded."""
    if figure is None or target is None:
        return None
    return Against(figure >= target, abs(figure - target))


def in_stretches(years: Iterable[Year]) -> list[Stretch]:
    """The years in their order, cut wherever the instrument changes."""
    ordered = sorted(years, key=lambda one: one.year)
    cut = groupby(ordered, key=lambda one: one.instrument.key)
    return [Stretch(found[0].instrument, found) for found in (tuple(group) for _key, group in cut)]


def breaks(stretches: Sequence[Stretch]) -> list[Break]:
    """What lies between the stretches."""
    return [
        Break(one.instrument, other.instrument, one.years[-1].year, other.years[0].year)
        for one, other in pairwise(stretches)
    ]


def change(stretch: Stretch, year: Year) -> Fraction | None:
    """How an official figure moved since the official one before it on the same instrument, exact."""
    earlier = [one.official for one in stretch.years if one.year < year.year and one.official is not None]
    return year.official - earlier[-1] if earlier and year.official is not None else None


def _both_official(one: Year, other: Year) -> bool:
    return one.official is not None and other.official is not None


def _scale(instrument: Instrument) -> tuple[int, int]:
    return instrument.min_value, instrument.max_value


def _begins(predicates: Iterable[Predicate]) -> dict[str, Fraction | None]:
    return {one.name: one.min for one in predicates}
