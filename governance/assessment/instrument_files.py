"""Reads config/law/instruments and checks each file: weights to the last digit, levels, codes, spans, the mapping."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from governance.assessment.instrument_shapes import (
    MAPPED,
    PREDICATE,
    SCALE,
    SURE,
    WHOLE,
    check_sum,
    parts_reader,
)
from governance.assessment.instruments import Instrument, Item, Mapped, Predicate, plural
from governance.kernel.data_files import BrokenData, Entry, Items, Reading, Spot, meant, named
from governance.kernel.data_shapes import Shape, choice, day, key, many, number, table, text
from governance.kernel.errors import NotFound

MAPPING = "mapping.yaml"
CLOSING = "closing"
SURE_OF = ("structure", "weights", "scales", "predicates", "formula", "levels", "evidence")

# Every tier but the rated one is a fact of the file, so what it lists is not known before `tiers` is read.
HEAD = {
    "as_of": day,
    "key": key,
    "title": text,
    "regulation": key,
    "index_name": text,
    "value_type": choice("integer", "decimal"),
    "min_value": number,
    "max_value": number,
    "tiers": many(key),
    "how_sure": table(SURE),
    "formula": table(text),
    "scales": table(SCALE),
    "predicates": many(PREDICATE),
}


class BrokenInstrument(BrokenData):
    """The instrument files cannot be used; every fault is named with file and line."""


@dataclass(frozen=True)
class Instruments:
    """Every instrument of a folder by its key, and how their items correspond."""

    by_key: Mapping[str, Instrument]
    mapped: tuple[Mapped, ...]

    @classmethod
    def read(cls, folder: Path) -> "Instruments":
        """The instruments of that folder, or BrokenInstrument. One file, one instrument, named by its key."""
        reading = Reading()
        found: dict[str, Instrument] = {}
        for path in sorted(folder.glob("*.yaml")):
            made = _instrument(reading, path) if path.name != MAPPING else None
            if made is not None:
                found[made.key] = made
        mapped = _mapped(reading, folder / MAPPING, found)
        if not found and not reading.faults:
            reading.fault_at(folder / MAPPING, 1, "tidak ada satu pun instrumen di folder ini")
        if reading.faults:
            raise BrokenInstrument(reading.faults)
        return cls(found, mapped)

    def instrument(self, name: str) -> Instrument:
        """The instrument with that key; an unknown one is refused with the nearest known."""
        if name not in self.by_key:
            raise NotFound("instrument.unknown", instrument=name, known=", ".join(self.by_key))
        return self.by_key[name]


def _instrument(reading: Reading, path: Path) -> Instrument | None:
    entry = reading.open(path)
    if entry is None:
        return None
    before = len(reading.faults)
    spot = Spot(reading, named(path), 1)
    listed = entry.get("tiers")
    tiers = tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, Items) else ()
    tiers = tiers or ("indicator",)
    widest = plural(tiers[0])
    shape = Shape(_made, HEAD | {widest: parts_reader(tiers)}, {CLOSING: many(key)}, renamed={widest: "parts"})
    made = shape(entry, spot)
    check_sum(str(WHOLE), entry.get(widest), spot.at(entry.lines.get(widest, 1)))
    if made is None or len(reading.faults) > before:
        return None
    for line, what in _faults(made, entry, path.stem):
        spot.at(line).fault(what)
    return made


def _made(as_of: Any, **values: Any) -> Instrument:
    return Instrument(**values)


def _faults(made: Instrument, entry: Entry, stem: str) -> Iterable[tuple[int, str]]:
    lines = entry.lines
    if made.key != stem:
        yield lines["key"], f"kunci {made.key!r} tidak sama dengan nama berkas {stem!r}"
    if made.min_value >= made.max_value:
        yield lines["max_value"], "max_value harus lebih besar daripada min_value"
    if len(set(made.tiers)) != len(made.tiers):
        yield lines["tiers"], "satu tingkatan ditulis dua kali"
    asked = (*SURE_OF, CLOSING) if CLOSING in entry else SURE_OF
    if missing := [one for one in asked if one not in made.how_sure]:
        yield lines["how_sure"], f"belum dikatakan seberapa pasti: {', '.join(missing)}"
    yield from ((lines["predicates"], what) for what in _span_faults(made.predicates, made))
    yield from _level_faults(made, entry)


def _level_faults(made: Instrument, entry: Entry) -> Iterable[tuple[int, str]]:
    """Every scale and every item has exactly the levels of the instrument."""
    asked = set(range(made.min_value, made.max_value + 1))
    for name, scale in made.scales.items():
        if set(scale.levels) != asked:
            yield entry["scales"].lines[name], f"skala {name!r} tidak memuat tingkat {made.min_value}-{made.max_value}"
    for item_entry in _item_entries(entry, made.tiers):
        item = made.items[item_entry["item"]]
        yield from ((item_entry.line, what) for what in _item_faults(item, made, asked))


def _span_faults(predicates: tuple[Predicate, ...], made: Instrument) -> Iterable[str]:
    """The spans, from the highest, meet without gap or overlap and cover the whole scale."""
    if not predicates:
        yield "tidak ada predikat"
        return
    for upper, lower in pairwise(predicates):
        if upper.min is None or upper.min != lower.max or upper.min_inclusive == lower.max_inclusive:
            yield f"predikat {upper.name!r} dan {lower.name!r} tidak bersambung"
    if not predicates[0].holds(Fraction(made.max_value)):
        yield f"predikat tidak mencakup nilai {made.max_value}"
    if not predicates[-1].holds(Fraction(made.min_value)):
        yield f"predikat tidak mencakup nilai {made.min_value}"


def _item_entries(entry: Entry, tiers: tuple[str, ...]) -> Iterable[Entry]:
    found: list[Any] = [entry]
    for tier in tiers:
        found = [child for one in found for child in one[plural(tier)]]
    return found


def _item_faults(item: Item, made: Instrument, asked: set[int]) -> Iterable[str]:
    if item.scale not in made.scales:
        yield f"skala {item.scale!r} tidak ada{meant(item.scale, made.scales)}"
    if set(item.levels) != asked:
        yield f"butir {item.key}: tingkat harus lengkap {made.min_value}-{made.max_value}"
    for number_, level in item.levels.items():
        codes = [f"I{item.key}-L{number_}-{count:02d}" for count in range(1, len(level.evidence) + 1)]
        if list(level.evidence) != codes:
            yield f"butir bukti tingkat {number_} harus berkode berurutan: {', '.join(codes)}"
        if number_ > 0 and not level.evidence:
            yield f"tingkat {number_} belum menyebut butir bukti, misalnya I{item.key}-L{number_}-01"
        if level.summary_by_pattern and not item.misprint:
            yield f"tingkat {number_} mempunyai bacaan kedua, tetapi 'misprint' tidak menjelaskan sebabnya"


def _mapped(reading: Reading, path: Path, found: Mapping[str, Instrument]) -> tuple[Mapped, ...]:
    entry = reading.open(path)
    if entry is None:
        return ()
    spot = Spot(reading, named(path), 1)
    shape: Shape[dict[str, Any]] = Shape(dict, {"as_of": day, "mappings": many(MAPPED)})
    made = shape(entry, spot)
    if made is None or reading.faults:
        return ()
    for one, one_entry in zip(made["mappings"], entry["mappings"], strict=True):
        for what, line in _mapping_faults(one, one_entry, found):
            spot.at(line).fault(what)
    return tuple(made["mappings"])


def _mapping_faults(one: Mapped, entry: Entry, found: Mapping[str, Instrument]) -> Iterable[tuple[str, int]]:
    if missing := [name for name in (one.before, one.after) if name not in found]:
        yield f"instrumen {', '.join(missing)} tidak ada", entry.line
        return
    pairs: Items = entry["pairs"]
    for pair, line in zip(one.pairs, pairs.lines, strict=True):
        for keys, name in ((pair.before, one.before), (pair.after, one.after)):
            for unknown in (key_ for key_ in keys if key_ not in found[name].items):
                yield f"butir {unknown!r} tidak ada pada {name}", line
    for name, told in ((one.before, [p.before for p in one.pairs]), (one.after, [p.after for p in one.pairs])):
        silent = set(found[name].items) - {key_ for keys in told for key_ in keys}
        if silent:
            yield f"padanan tidak menyebut butir {', '.join(sorted(silent))} dari {name}", entry.line
