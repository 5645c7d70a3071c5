"""Reads VALUES: the values of items, aspects or domains as people and other programs write them, exact or refused."""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from governance.assessment.instruments import Instrument
from governance.kernel.errors import Invalid, Problem

_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,12})?|-?\d{1,9}/\d{1,9}")


class Twice(ValueError):
    """A key stands twice in the JSON."""


def read_json(content: str) -> dict[str, Any]:
    """The JSON object, each number kept as it is written so that nothing is lost to a binary fraction; or Invalid."""
    try:
        found = json.loads(content, parse_float=_Written, parse_int=_Written, object_pairs_hook=_once)
    except Twice as twice:
        raise Invalid(Problem(str(twice), "values.twice", {"item": str(twice)})) from None
    except (ValueError, RecursionError) as error:
        raise Invalid(Problem("", "values.not_json", {"why": str(error)[:200]})) from None
    if not isinstance(found, dict):
        raise Invalid(Problem("", "values.not_object"))
    return found


class _Written(str):
    """A number as it stands in the JSON."""

    __slots__ = ()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Twice(name[:60])
        found[name] = value
    return found


def number_in(value: Any) -> Fraction | None:
    """An integer, decimal or fraction, exact; None for anything else."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        return Fraction(text.strip().replace(",", "."))
    except ZeroDivisionError:
        return None


def values_of(instrument: Instrument, raw: Mapping[str, Any]) -> dict[str, Fraction]:
    """Every value exact and on the instrument's scale, or Invalid with each one that is not."""
    values, problems = {}, []
    for name, one in raw.items():
        value = number_in(one)
        if problem := _problem(instrument, name, one, value):
            problems.append(problem)
        elif value is not None:
            values[name] = value
    if problems:
        raise Invalid(*problems)
    return values


def _problem(instrument: Instrument, name: str, one: Any, value: Fraction | None) -> Problem | None:
    known = {*instrument.items, *instrument.groups}
    if name not in known:
        near = f" (maksudnya {name.strip().upper()!r}?)" if name.strip().upper() in known else ""
        return Problem(name, "values.unknown", {"item": name[:60], "meant": near})
    shown = json.dumps(one, ensure_ascii=False)[:60]
    if value is None:
        return Problem(name, "values.no_number", {"item": name, "value": shown})
    if not instrument.min_value <= value <= instrument.max_value:
        bounds = {"least": instrument.min_value, "most": instrument.max_value}
        return Problem(name, "values.off_scale", {"item": name, "value": shown, **bounds})
    return None


def unusual(instrument: Instrument, values: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Items with a value between two levels though the instrument rates in whole levels: counted, and told."""
    if instrument.value_type == "decimal":
        return ()
    return tuple(name for name, value in values.items() if name in instrument.items and value.denominator != 1)


def converted(instrument: Instrument, raw: Mapping[str, Any]) -> dict[str, Fraction]:
    """The indicators' values for other bodies' indices, given by indicator; or Invalid."""
    values, problems = {}, []
    for name, one in raw.items():
        item, source = instrument.items.get(name), number_in(one)
        if item is None or item.external is None:
            problems.append(Problem(name, "values.not_external", {"item": name[:60]}))
            continue
        value = item.external.converted(source) if source is not None else None
        if value is None:
            params = {"item": name, "index": item.external.index, "conversion": item.external.conversion}
            problems.append(Problem(name, "values.not_converted", params))
        else:
            values[name] = value
    if problems:
        raise Invalid(*problems)
    return values
