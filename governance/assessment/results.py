"""What the ministry published of a year: its texts made exact, what in them does not fit, and what they leave open."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from governance.assessment.instruments import Group, Instrument, Item
from governance.assessment.scoring import as_fraction, rounded, value_of
from governance.assessment.values import number_in, values_of
from governance.kernel.errors import Invalid, Problem

INDEX = "index"
_DECIMALS = re.compile(r"\d+[.,](\d+)")


@dataclass(frozen=True)
class Published:
    """The texts of a result as exact numbers: the index, and the values of tiers and items by code.

    `index` is None where only tiers were published: then nothing is "the index", and what tiers give is our own sum.
    """

    index: Fraction | None
    values: Mapping[str, Fraction] = field(default_factory=dict)


def read(instrument: Instrument, texts: Mapping[str, str]) -> Published:
    """The texts exact and on the scale; Invalid with each that is not, or where there is none at all."""
    problems = [] if texts else [Problem(INDEX, "result.no_value")]
    index = number_in(texts[INDEX]) if INDEX in texts else None
    bounds = {"least": instrument.min_value, "most": instrument.max_value}
    if INDEX in texts and index is None:
        problems.append(Problem(INDEX, "result.no_number", {"value": texts[INDEX][:40]}))
    elif index is not None and not on_scale(instrument, index):
        problems.append(Problem(INDEX, "result.off_scale", {"value": texts[INDEX][:40], **bounds}))
    try:
        values = values_of(instrument, {code: text for code, text in texts.items() if code != INDEX})
    except Invalid as refusal:
        raise Invalid(*problems, *refusal.problems) from None
    if problems:
        raise Invalid(*problems)
    return Published(index, values)


def on_scale(instrument: Instrument, value: Fraction) -> bool:
    """Whether an index of that value can be on the instrument."""
    return instrument.min_value <= value <= instrument.max_value


def doubts(instrument: Instrument, texts: Mapping[str, str], predicate: str) -> tuple[Problem, ...]:
    """What in a published result does not fit together, each with both readings; it is kept as it was published."""
    published = read(instrument, texts)
    found = [_sum_doubt(group, texts, published) for group in (*instrument.groups.values(), _whole(instrument))]
    return tuple(one for one in (_predicate_doubt(instrument, texts, published, predicate), *found) if one is not None)


def without_value(instrument: Instrument, values: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The items of which no value of their own is known: from a tier's value no step and no heat map follows."""
    return tuple(key for key in instrument.items if key not in values)


def tiers_without_value(instrument: Instrument, values: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The groups whose value was neither published nor follows from what was."""
    return tuple(code for code, group in instrument.groups.items() if value_of(group, values) is None)


def half_unit(text: str) -> Fraction:
    """How far the number behind a rounded text may lie from it; a whole number and a fraction are taken as exact."""
    decimals = _DECIMALS.fullmatch(text.strip())
    return Fraction(1, 2 * 10 ** len(decimals[1])) if decimals else Fraction(0)


def with_comma(value: Fraction) -> str:
    """A value as it is written in Indonesian, two decimals, half up: 2,59."""
    hundredths = int(rounded(value) * 100)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _comma(text: str) -> str:
    """A published text as Indonesian writes it."""
    return text.replace(".", ",")


def _whole(instrument: Instrument) -> Group:
    """The index as the group of everything."""
    return Group(INDEX, instrument.index_name, Fraction(100), instrument.parts)


def _predicate_doubt(
    instrument: Instrument, texts: Mapping[str, str], published: Published, predicate: str
) -> Problem | None:
    index = published.index
    if index is None or not predicate:
        return None
    half = half_unit(texts[INDEX])
    told = {"published": predicate, "index": _comma(texts[INDEX]), "named": instrument.predicate_of(index)}
    if predicate.casefold() == told["named"].casefold():
        return None
    around = {
        instrument.predicate_of(one).casefold() for one in (index - half, index + half) if on_scale(instrument, one)
    }
    key = "result.doubt.predicate_rounding" if predicate.casefold() in around else "result.doubt.predicate"
    return Problem("predicate", key, told)


def _sum_doubt(group: Group, texts: Mapping[str, str], published: Published) -> Problem | None:
    """A value of a tier, or the index, that is not what the values below it give."""
    given = published.index if group.code == INDEX else published.values.get(group.code)
    below = {code: value for code, value in published.values.items() if code != group.code}
    computed = value_of(group, below)
    if given is None or computed is None or abs(given - computed) <= half_unit(texts[group.code]):
        return None
    loose = half_unit(texts[group.code]) + max(half_unit(texts[code]) for code in _counted(group, below))
    key = "result.doubt.rounding" if abs(given - computed) <= loose else "result.doubt.sum"
    told = {"code": group.code, "name": group.name, "published": _comma(texts[group.code])}
    return Problem(group.code, key, told | {"computed": with_comma(computed), "exact": as_fraction(computed)})


def _counted(part: Group | Item, values: Mapping[str, Fraction]) -> Iterator[str]:
    """The codes below a group whose own text entered its value."""
    for child in part.children if isinstance(part, Group) else ():
        if isinstance(child, Item):
            yield child.key
        elif all(value_of(one, values) is not None for one in child.children):
            yield from _counted(child, values)
        else:
            yield child.code
