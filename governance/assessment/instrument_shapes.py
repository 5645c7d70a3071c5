"""The shapes of the instrument files: how each entry is read and its weights summed, with the line of what is wrong."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from governance.assessment.instruments import (
    External,
    Group,
    Item,
    Level,
    LevelName,
    Mapped,
    Pair,
    Predicate,
    Scale,
    Sure,
    plural,
)
from governance.kernel.data_files import Entry, Items, Spot
from governance.kernel.data_shapes import Reader, Shape, choice, flag, key, many, maybe, number, table, text

WHOLE = Fraction(100)
_EXACT = re.compile(r"\d{1,6}(\.\d{1,9}|/[1-9]\d{0,6})?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,7}")
_ITEM = re.compile(r"\d{1,3}(-\d{1,2})?")
_GRADE = choice("read", "secondary", "practice", "derived", "inferred", "memory", "unknown")
_RELATION = choice("same", "split", "merged", "dropped", "new")


def exact(value: Any, spot: Spot) -> Fraction:
    """An exact number, written between quotes: '1.3' or '10/3'."""
    if not isinstance(value, str) or not _EXACT.fullmatch(value):
        spot.fault(f"{value!r} bukan bilangan pasti; tulis di antara tanda petik, misalnya '1.3' atau '10/3'")
        return Fraction(0)
    return Fraction(value)


def weight(value: Any, spot: Spot) -> Fraction:
    """A share of the index in percent, more than nothing."""
    share = exact(value, spot)
    if share <= 0:
        spot.fault("bobot harus lebih dari 0")
    return share


def _matching(pattern: re.Pattern[str], what: str) -> Reader:
    def read(value: Any, spot: Spot) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            spot.fault(f"{value!r} bukan {what}")
            return ""
        spot.define(f"item:{spot.file}", value)
        return value

    return read


def by_level(reader: Reader) -> Reader:
    """Pairs of level and what stands there."""

    def read(value: Any, spot: Spot) -> dict[int, Any]:
        if not isinstance(value, Entry):
            spot.fault("di sini harus ada tingkat dan isinya")
            return {}
        found = {}
        for name, one in value.items():
            here = spot.at(value.lines[name])
            if not re.fullmatch(r"\d{1,2}", name):
                here.fault(f"tingkat {name!r} bukan bilangan bulat")
            else:
                found[int(name)] = reader(one, here)
        return found

    return read


def _external_faults(made: External) -> Iterable[str]:
    if len(made.source_bounds) != len(made.value_bounds):
        yield "source_bounds dan value_bounds tidak sama banyak"
    for bounds in (made.source_bounds, made.value_bounds):
        if any(low >= high for low, high in pairwise(bounds)):
            yield "batas konversi harus naik"


SURE = Shape(Sure, {"grade": _GRADE, "note": text})
LEVEL_NAME = Shape(LevelName, {"name": text}, {"label": text})
SCALE = Shape(Scale, {"name": text, "used_for": text, "levels": by_level(LEVEL_NAME)})
PREDICATE = Shape(
    Predicate,
    {"name": text, "min": maybe(exact), "min_inclusive": flag, "max": maybe(exact), "max_inclusive": flag},
    {"label": text},
)
EXTERNAL = Shape(
    External,
    {"index": text, "custodian": text, "replaces_local_evidence": flag, "conversion": text, "how_sure": _GRADE},
    {"source_bounds": many(exact), "value_bounds": many(exact)},
    check=_external_faults,
)
LEVEL = Shape(
    Level,
    {"ringkasan": text},
    {"evidence": table(text), "ringkasan_pola": text},
    renamed={"ringkasan": "summary", "ringkasan_pola": "summary_by_pattern"},
)
PAIR = Shape(
    Pair,
    {"from": many(text), "to": many(text), "relation": _RELATION, "how_sure": _GRADE},
    {"note": text},
    renamed={"from": "before", "to": "after"},
)
MAPPED = Shape(
    Mapped, {"from": key, "to": key, "pairs": many(PAIR)}, renamed={"from": "before", "to": "after"}
)  # fmt: skip


def _level(value: Any, spot: Spot) -> Level | None:
    """A level; one that asks for no evidence (nothing is there) lists none."""
    if isinstance(value, Entry) and "evidence" not in value:
        value = _with(value, "evidence", Entry(value.line))
    return LEVEL(value, spot)


def _with(entry: Entry, name: str, value: Any) -> Entry:
    wider = Entry(entry.line)
    wider.update(entry)
    wider.lines = entry.lines | {name: entry.line}
    wider[name] = value
    return wider


ITEM = Shape(
    Item,
    {
        "item": _matching(_ITEM, "kunci butir, misalnya '7' atau '35-1'"),
        "number": number,
        "name": text,
        "weight": weight,
        "scale": text,
        "levels": by_level(_level),
    },
    {"external": EXTERNAL, "misprint": text, "note": text},
    renamed={"item": "key"},
)


def parts_reader(tiers: tuple[str, ...]) -> Reader:
    """How the widest tier's list is read, each tier holding the next, down to the items."""
    if len(tiers) == 1:
        return _weighed(ITEM, "", "item")
    below = plural(tiers[1])
    shape = Shape(
        Group,
        {"code": _matching(_CODE, "kode, misalnya A1"), "name": text, "weight": weight, below: parts_reader(tiers[1:])},
        renamed={below: "children"},
    )
    return _weighed(shape, below, "code")


def _weighed(shape: Callable[[Any, Spot], Any], below: str, naming: str) -> Reader:
    """The list of a tier; each entry's weight has to be exactly the sum of those below it."""

    def read(value: Any, spot: Spot) -> tuple[Any, ...]:
        found = tuple(one for one in many(shape)(value, spot) if one is not None)
        if not found:
            spot.fault("daftar belum ada atau kosong")
        for entry in value if isinstance(value, Items) and below else ():
            if isinstance(entry, Entry):
                check_sum(entry.get("weight"), entry.get(below), spot.at(entry.lines.get("weight", entry.line)))
        return found

    return read


def check_sum(whole: Any, parts: Any, spot: Spot) -> None:
    """Note a fault, with the line of every part, unless the parts' weights sum to the whole, with no tolerance."""
    if not isinstance(parts, Items):
        return
    entries = [one for one in parts if isinstance(one, Entry)]
    weights = [one.get("weight") for one in entries]
    if not all(isinstance(one, str) and _EXACT.fullmatch(one) for one in (whole, *weights)):
        return  # What is no number at all has its own fault.
    total = sum((Fraction(str(one)) for one in weights), Fraction(0))
    if total != Fraction(whole):
        places = ", ".join(f"{one['weight']} pada baris {one.lines['weight']}" for one in entries)
        spot.fault(f"bobot di sini {whole}, padahal di bawahnya berjumlah {total}: {places}")
