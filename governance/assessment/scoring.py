"""How values become an index: exact fractions through every tier, rounded once and half up; with gaps only a range."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from governance.assessment.instruments import Group, Instrument, Item

Values = Mapping[str, Fraction]


@dataclass(frozen=True)
class Index:
    """What values give. `exact` is None while an item is not yet rated: that is no level 1, and no index either.

    `low` and `high` are the index if every missing item got the least or the most of the scale.
    """

    exact: Fraction | None
    low: Fraction
    high: Fraction
    tiers: Mapping[str, Mapping[str, Fraction | None]]
    missing: tuple[str, ...]


def score(instrument: Instrument, values: Values) -> Index:
    """The index and the value of every tier; a higher tier's own value is taken where its items are not all known."""
    tiers: dict[str, dict[str, Fraction | None]] = {name: {} for name in dict.fromkeys(instrument.tier_of.values())}
    for code, group in instrument.groups.items():
        tiers[instrument.tier_of[code]][code] = value_of(group, values)
    missing = tuple(key for part in instrument.parts for key in missing_in(part, values))
    low, high = (
        _total(instrument, {**values, **dict.fromkeys(missing, Fraction(end))})
        for end in (instrument.min_value, instrument.max_value)
    )
    return Index(None if missing else low, low, high, tiers, missing)


def value_of(part: Group | Item, values: Values) -> Fraction | None:
    """The part's value: from below where everything below is known, else as given, else None."""
    if isinstance(part, Item):
        return values.get(part.key)
    below = [value_of(child, values) for child in part.children]
    if any(value is None for value in below):
        return values.get(part.code)
    weighed = (value * child.weight for value, child in zip(below, part.children, strict=True) if value is not None)
    return sum(weighed, Fraction(0)) / part.weight


def missing_in(part: Group | Item, values: Values) -> list[str]:
    """The items below that are neither rated nor covered by a value of a higher tier."""
    if value_of(part, values) is not None:
        return []
    if isinstance(part, Item):
        return [part.key]
    return [key for child in part.children for key in missing_in(child, values)]


def counted(instrument: Instrument, values: Values) -> dict[str, Fraction]:
    """The items whose own value enters the index: not those behind a value that was given for a whole tier."""
    found: dict[str, Fraction] = {}
    waiting: list[Group | Item] = list(reversed(instrument.parts))
    while waiting:
        part = waiting.pop()
        if isinstance(part, Item):
            found |= {part.key: values[part.key]} if part.key in values else {}
        elif all(value_of(child, values) is not None for child in part.children) or part.code not in values:
            waiting.extend(reversed(part.children))
    return found


def _total(instrument: Instrument, values: Values) -> Fraction:
    found = [(value_of(part, values), part.weight) for part in instrument.parts]
    return sum((value * share for value, share in found if value is not None), Fraction(0)) / 100


def rounded(index: Fraction) -> Fraction:
    """To two decimals, half up."""
    return Fraction((index * 100 + Fraction(1, 2)).__floor__(), 100)


def two_decimals(index: Fraction) -> str:
    """The index as it is written: rounded once, half up."""
    hundredths = int(rounded(index) * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def four_decimals(index: Fraction) -> str:
    """For comparing with a target: cut off, so that an index below the target never reads as the target."""
    tenthousandths = (index * 10_000).__floor__()
    return f"{tenthousandths // 10_000}.{tenthousandths % 10_000:04d}"


def as_fraction(index: Fraction) -> str:
    """The exact index as n/d, also where d is 1."""
    return f"{index.numerator}/{index.denominator}"


def predicates_of(instrument: Instrument, index: Fraction) -> tuple[str, str]:
    """(of the exact index, of the rounded one): they differ just below a border, and then both have to be told."""
    return instrument.predicate_of(index), instrument.predicate_of(rounded(index))
