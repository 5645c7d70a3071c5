"""How an index looks to its page: official, provisional or a range, its groups as bars, indicators by office."""

from fractions import Fraction
from typing import Any

from governance.assessment.course import Part
from governance.assessment.cycles import Seen
from governance.assessment.heat import Involved, PublishedYear, columns, grid
from governance.assessment.instruments import Group, Instrument, Item
from governance.assessment.proven import Proven
from governance.assessment.scoring import Index, as_fraction
from governance.assessment.standing import Standing, short_of
from web.pages.path_figures import amount, figure_shape, level, two
from web.pages.share_shapes import short_name


def figures_shape(
    instrument: Instrument, cycle: Seen, stands: Standing, published: PublishedYear | None
) -> dict[str, Any]:
    """What is official, what is provisional, the target, and how far it is away from what counts most here."""
    exact, official = stands.index.exact, _official(instrument, published)
    counts = published.index(instrument) if published and official else exact
    lack = short_of(counts, cycle.target) if counts is not None and cycle.target is not None else None
    return {
        "official": official,
        "provisional": figure_shape(instrument, exact) if exact is not None else None,
        "range": (figure_shape(instrument, stands.index.low), figure_shape(instrument, stands.index.high)),
        "stage": stands.stage.value if stands.stage else "",
        "mixed": stands.is_mixed,
        "tiers": [f"{code} {instrument.groups[code].name}" for code in stands.tiers],
        "missing": [instrument.items[key] for key in stands.index.missing],
        "target": _target(instrument, cycle.target) if cycle.target is not None else None,
        "lack": two(lack) if lack else "",
        "lack_exact": as_fraction(lack) if lack else "",
        "reached": lack == 0,
    }


def group_rows(instrument: Instrument, stands: Standing, after: Index | None = None) -> list[dict[str, Any]]:
    """Every group in order, each with its weight and value; bars in percent of the scale."""
    rows = []
    for code, group in instrument.groups.items():
        value = _group_value(instrument, stands.index, code)
        row = {
            "code": code,
            "name": group.name,
            "tier": instrument.tier_of[code],
            "weight": amount(group.weight),
            "value": two(value) if value is not None else "",
            "width": _width(instrument, value),
            "published": code in stands.tiers,
            "holds_items": any(isinstance(child, Item) for child in group.children),
            "missing": sum(item.key in stands.index.missing for item in group.items()),
        }
        rows.append(row | (_risen(instrument, group, value, after) if after else {}))
    return rows


def heat_shape(instrument: Instrument, stands: Standing, who: Involved, shown: dict[str, Proven]) -> dict[str, Any]:
    """Indicators by office: the level that each has proven."""
    rows = [
        {
            "item": instrument.items[key],
            "name": short_name(instrument.items[key]),
            "value": level(stands.values[key]) if key in stands.values else "",
            "cells": [
                {
                    "office": cell.office,
                    "involved": cell.part is not None or cell.level is not None,
                    "owner": cell.part is Part.RESPONSIBLE,
                    "level": cell.level,
                }
                for cell in cells
            ],
        }
        for key, cells in grid(instrument, who, shown).items()
    ]
    return {"offices": columns(who, shown), "rows": rows}


def _target(instrument: Instrument, target: Fraction) -> dict[str, Any]:
    return figure_shape(instrument, target) | {"width": _width(instrument, target), "level": float(target)}


def _official(instrument: Instrument, published: PublishedYear | None) -> dict[str, Any] | None:
    """The ministry's figure, as published; only this one is called the index."""
    value = published.index(instrument) if published else None
    if published is None or value is None:
        return None
    act = {"named": published.predicate, "number": published.number, "dated_on": published.dated_on}
    return {"figure": figure_shape(instrument, value), "source": published.source} | act


def _group_value(instrument: Instrument, index: Index, code: str) -> Fraction | None:
    return index.tiers[instrument.tier_of[code]][code]


def _risen(instrument: Instrument, group: Group, value: Fraction | None, after: Index) -> dict[str, Any]:
    then = _group_value(instrument, after, group.code)
    changed = then is not None and then != value
    more = _width(instrument, then) - _width(instrument, value)
    return {"then": two(then) if then is not None else "", "changed": changed, "more": round(max(more, 0), 2)}


def _width(instrument: Instrument, value: Fraction | None) -> float:
    """A bar's length: how far along the scale from nothing, in percent."""
    return round(float(value * 100 / instrument.max_value), 2) if value is not None else 0.0
