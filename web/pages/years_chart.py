"""The years as a drawing: a panel for each instrument, a break between them; x in percent, y in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from governance.assessment.history import Stretch, Year
from governance.assessment.instruments import Instrument, Predicate
from governance.assessment.results import INDEX
from web.pages.result_shapes import figure

TOP, HIGH, BELOW = 34, 240, 30  # pixels: above the panels, their height for the widest scale, below them
GAP = Fraction(1, 2)  # of a year's width: a break between two instruments
LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True)
class Frame:
    """Where things stand: the width of a year in percent, and the scale that every panel lies on."""

    slot: Fraction
    least: int
    most: int

    def y(self, value: Fraction | int) -> str:
        """The height of a value, in pixels from above."""
        return f"{float(TOP + (self.most - value) * HIGH / Fraction(self.most - self.least)):.1f}"


def chart_of(stretches: Sequence[Stretch]) -> dict[str, Any] | None:
    """What the template draws; None where there is nothing to draw."""
    if not stretches:
        return None
    count = sum(len(one.years) for one in stretches)
    slot = 100 / (count + GAP * (len(stretches) - 1))
    least = min(one.instrument.min_value for one in stretches)
    frame = Frame(slot, least, max(one.instrument.max_value for one in stretches))
    panels, at = [], Fraction(0)
    for letter, stretch in zip(LETTERS, stretches, strict=False):
        panels.append(_panel(letter, stretch, at, frame))
        at += slot * (len(stretch.years) + GAP)
    breaks = [percent(Fraction(panel["end"]) + slot * GAP / 2) for panel in panels[:-1]]
    return {"height": TOP + HIGH + BELOW, "top": TOP, "foot": TOP + HIGH + 20, "panels": panels, "breaks": breaks}


def percent(value: Fraction) -> str:
    """A place in percent of the width."""
    return f"{float(value):.2f}"


def _panel(letter: str, stretch: Stretch, start: Fraction, frame: Frame) -> dict[str, Any]:
    end = start + frame.slot * len(stretch.years)
    middles = {one.year: start + frame.slot * (place + Fraction(1, 2)) for place, one in enumerate(stretch.years)}
    instrument = stretch.instrument
    return {
        "letter": letter,
        "title": instrument.title,
        "x": percent(start),
        "end": end,
        "width": percent(end - start),
        "bands": [_band(one, instrument, frame) for one in instrument.predicates],
        "low": instrument.min_value,
        "high": instrument.max_value,
        "y_low": frame.y(instrument.min_value),
        "y_high": frame.y(instrument.max_value),
        "joins": [
            {
                "x1": percent(middles[one.year]),
                "x2": percent(middles[other.year]),
                "y1": frame.y(one.official or 0),
                "y2": frame.y(other.official or 0),
                "skips": other.year - one.year > 1,
            }
            for one, other in stretch.joined()
        ],
        "points": [_point(one, middles[one.year], frame) for one in stretch.years],
    }


def _band(predicate: Predicate, instrument: Instrument, frame: Frame) -> dict[str, Any]:
    low = predicate.min if predicate.min is not None else Fraction(instrument.min_value)
    high = predicate.max if predicate.max is not None else Fraction(instrument.max_value)
    top, bottom = frame.y(high), frame.y(low)
    return {"name": predicate.name, "y": top, "height": f"{float(bottom) - float(top):.1f}"}


def _point(year: Year, middle: Fraction, frame: Frame) -> dict[str, Any]:
    half = frame.slot * Fraction(2, 5)
    peers = [(one.peers, one.values[INDEX]) for one in year.peers if INDEX in one.values]
    shown = year.figure
    return {
        "year": year.year,
        "x": percent(middle),
        "official": year.official is not None,
        "y": frame.y(shown) if shown is not None else "",
        "label": figure(shown),
        "span": [frame.y(end) for end in year.span] if year.span else [],
        "target": frame.y(year.target) if year.target is not None else "",
        "x1": percent(middle - half),
        "x2": percent(middle + half),
        "peers": [{"y": frame.y(value), "name": name} for name, value in peers],
    }
