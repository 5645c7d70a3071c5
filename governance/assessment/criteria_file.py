"""Reads a file of official wording, level by level; whatever is wrong is named by file and line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.assessment.instrument_files import Instruments
from governance.assessment.instruments import Instrument
from governance.kernel.data_files import BrokenData, Entry, Reading, Spot, meant, named
from governance.kernel.data_shapes import Shape, key, text
from governance.kernel.texts import FORBIDDEN

LARGEST = 2_000_000  # bytes
DEEPEST = 10  # levels of nesting
LONGEST_WORDING, LONGEST_SOURCE = 20_000, 500
_LEVEL = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Criteria:
    """The official wording of levels of an instrument's items, and where it was taken from."""

    instrument: str
    source: str
    wordings: Mapping[tuple[str, int], str]


def read_criteria(path: Path, instruments: Instruments) -> Criteria:
    """The wordings of that file, or BrokenData. Every item and level named is one of its instrument's."""
    reading = Reading()
    spot = Spot(reading, named(path), 1)
    if path.stat().st_size > LARGEST:
        spot.fault(f"berkas terlalu besar (paling banyak {LARGEST // 1000} kB)")
        raise BrokenData(reading.faults)
    entry = reading.open(path, DEEPEST)
    made = _FILE(entry, spot) if entry is not None else None
    if entry is None or made is None or reading.faults:
        raise BrokenData(reading.faults)
    instrument = instruments.by_key.get(made["instrument"])
    if instrument is None:
        known = meant(made["instrument"], instruments.by_key)
        spot.at(entry.lines["instrument"]).fault(f"instrumen {made['instrument']!r} tidak ada{known}")
        raise BrokenData(reading.faults)
    wordings = _wordings(made["criteria"], instrument, spot)
    if not wordings and not reading.faults:
        spot.at(entry.lines["criteria"]).fault("belum ada satu pun bunyi kriteria")
    if reading.faults:
        raise BrokenData(reading.faults)
    return Criteria(instrument.key, made["source"], wordings)


def _wordings(items: Entry, instrument: Instrument, spot: Spot) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for name, levels in items.items():
        here = spot.at(items.lines[name])
        if name not in instrument.items:
            here.fault(f"butir {name[:20]!r} tidak ada pada {instrument.key}{meant(name, instrument.items)}")
        elif not isinstance(levels, Entry):
            here.fault("di sini harus ada tingkat dan bunyinya")
        else:
            found |= {(name, level): words for level, words in _of_item(name, levels, instrument, spot)}
    return found


def _of_item(name: str, levels: Entry, instrument: Instrument, spot: Spot) -> list[tuple[int, str]]:
    found = []
    for written, value in levels.items():
        here = spot.at(levels.lines[written])
        level = int(written) if _LEVEL.fullmatch(written) else -1
        if level not in instrument.items[name].levels:
            bounds = f"{instrument.min_value} sampai {instrument.max_value}"
            here.fault(f"tingkat {written[:20]!r} tidak ada pada butir {name}: {bounds}")
        else:
            found.append((level, _words(LONGEST_WORDING)(value, here)))
    return found


def _words(longest: int) -> Any:
    """Some words that a reader can be shown as they are kept."""

    def read(value: Any, spot: Spot) -> str:
        before = len(spot.reading.faults)
        words = text(value, spot)
        if len(spot.reading.faults) == before and FORBIDDEN.search(words):
            spot.fault("teks memuat karakter yang mengubah arah baca atau tidak tercetak")
        if len(words) > longest:
            spot.fault(f"teks terlalu panjang (paling banyak {longest} huruf)")
        return words

    return read


def _items(value: Any, spot: Spot) -> Entry:
    if isinstance(value, Entry):
        return value
    spot.fault("di sini harus ada butir, dan di bawahnya tingkat dengan bunyinya")
    return Entry(spot.line)


_FILE: Shape[dict[str, Any]] = Shape(dict, {"instrument": key, "source": _words(LONGEST_SOURCE), "criteria": _items})
