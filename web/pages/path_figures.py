"""Figures of an index as pages write them: rounded once, exact, with their predicates, and their place on the scale."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import format_decimal

from governance.assessment.instruments import Instrument
from governance.assessment.scoring import as_fraction, four_decimals, predicates_of, rounded, two_decimals


def two(value: Fraction) -> str:
    """A value as it is written, rounded once: "2,60"."""
    return written(two_decimals(value))


def four(value: Fraction) -> str:
    """For comparing with a target: cut off after four decimals, so that nothing below it reads as the target."""
    return written(four_decimals(value))


def written(decimal: str) -> str:
    """A decimal in the reader's way of writing, with as many digits as it has."""
    return str(format_decimal(Decimal(decimal), format=f"0.{'0' * len(decimal.partition('.')[2])}"))


def level(value: Fraction) -> str:
    """A present value: a whole level as such, one between levels in two decimals."""
    return str(int(value)) if value.denominator == 1 else two(value)


def amount(effort: Fraction) -> str:
    """An effort: hundredths at most."""
    return str(format_decimal(Decimal(effort.numerator) / Decimal(effort.denominator), format="0.##"))


def figure_shape(instrument: Instrument, index: Fraction) -> dict[str, Any]:
    """An index: rounded, exact, its predicate, and that of the rounded one where it differs."""
    exact, of_rounded = predicates_of(instrument, index)
    return {
        "two": two(index),
        "exact": as_fraction(index),
        "predicate": exact,
        "rounded_predicate": of_rounded if of_rounded != exact else "",
        "at": _place(instrument, rounded(index)),
    }


def ruler_shape(instrument: Instrument) -> list[dict[str, Any]]:
    """The predicates along the scale, from the lowest; x and width in percent."""
    low, high = instrument.min_value, instrument.max_value
    bands = []
    for one in sorted(instrument.predicates, key=lambda one: one.min if one.min is not None else Fraction(low)):
        start = max(one.min if one.min is not None else Fraction(low), Fraction(low))
        end = min(one.max if one.max is not None else Fraction(high), Fraction(high))
        width = round(float((end - start) * 100 / (high - low)), 2)
        bands.append({"name": one.name, "from": _border(start), "x": _place(instrument, start), "width": width})
    return bands


def _border(value: Fraction) -> str:
    return str(format_decimal(Decimal(two_decimals(value)), format="0.##"))


def _place(instrument: Instrument, value: Fraction) -> float:
    """Where a value stands along the scale, in percent."""
    low, high = instrument.min_value, instrument.max_value
    return round(float((value - low) * 100 / (high - low)), 2)
