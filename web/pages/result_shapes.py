"""How published results look to the templates: texts as published, doubts in words, what cannot be computed."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from flask import url_for

from governance.assessment import results
from governance.assessment.history import against
from governance.assessment.instruments import Instrument
from governance.assessment.result_models import PublishedResult
from governance.assessment.results import INDEX
from governance.assessment.scoring import as_fraction, value_of
from governance.assessment.values import number_in
from governance.assessment.years import CycleOfYear
from governance.kernel.errors import Problem
from web.pages.path_figures import figure_shape
from web.wording import problem_told


def result_shape(row: PublishedResult, instrument: Instrument, cycle: CycleOfYear | None) -> dict[str, Any]:
    """A result for its page."""
    published = results.read(instrument, row.values)
    target = cycle.target if cycle else number_in(row.target or "")
    met = against(published.index, target)
    missing = results.without_value(instrument, published.values)
    return {
        "id": row.id,
        "year": row.year,
        "index_name": instrument.index_name,
        "instrument": instrument.title,
        "index": _as_published(instrument, row, published.index) if published.index is not None else None,
        "predicate": row.predicate,
        "target": figure_shape(instrument, target) if target is not None else None,
        "met": met,
        "by": as_told(met.by) if met else "",
        "tiers": [tier_shape(instrument, code, row.values, published.values) for code in instrument.groups],
        "rated": [
            {"key": key, "name": instrument.items[key].name, "value": comma(row.values[key])}
            for key in instrument.items
            if key in row.values
        ],
        "missing_items": len(missing),
        "all_items": len(instrument.items),
        "missing_tiers": results.tiers_without_value(instrument, published.values),
        "doubts": doubts_shape(results.doubts(instrument, row.values, row.predicate)),
        "number": row.number,
        "dated_on": row.dated_on,
        "source": row.source,
        "scan": url_for("pages.result_scan", result_id=row.id) if row.scan_sha256 else "",
        "by_title": row.by_title,
        "entered_at": row.entered_at,
        "withdrawn_at": row.withdrawn_at,
        "withdrawn_by": row.withdrawn_by,
        "reason": row.reason,
        "cycle_id": cycle.id if cycle else None,
    }


def _as_published(instrument: Instrument, row: PublishedResult, index: Fraction) -> dict[str, Any]:
    """The official figure with its text as it was published, not rounded again."""
    return figure_shape(instrument, index) | {"two": comma(row.values[INDEX])}


def tier_shape(
    instrument: Instrument, code: str, texts: Mapping[str, str], values: Mapping[str, Fraction]
) -> dict[str, Any]:
    """A domain or an aspect: as published, or what the values below it give, which is said to be our own sum."""
    group = instrument.groups[code]
    computed = None if code in texts else value_of(group, values)
    return {
        "code": code,
        "name": group.name,
        "tier": instrument.tier_of[code],
        "published": comma(texts.get(code, "")),
        "computed": figure(computed),
    }


def doubts_shape(doubts: Iterable[Problem]) -> list[str]:
    """What does not fit, in words."""
    return [problem_told(one) for one in doubts]


def comma(text: str) -> str:
    """A published text with the comma that Indonesian writes; nothing else of it is touched."""
    return text.replace(".", ",")


def figure(value: Fraction | None) -> str:
    """Two decimals with a comma; "" for none."""
    return "" if value is None else results.with_comma(value)


def as_told(value: Fraction) -> str:
    """Two decimals, and the exact fraction where those do not say all of it."""
    text = results.with_comma(value)
    return text if value * 100 % 1 == 0 else f"{text} ({as_fraction(value)})"


def on_scale_values(instrument: Instrument, texts: Mapping[str, str]) -> dict[str, Fraction]:
    """The published values of groups, as far as they are numbers on the scale."""
    read = {code: number_in(text) for code, text in texts.items() if code in instrument.groups}
    return {code: value for code, value in read.items() if value is not None and results.on_scale(instrument, value)}
