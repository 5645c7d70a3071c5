"""Reads a file of peers' averages: which governments, in which year, on which instrument, found where."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.kernel.data_files import BrokenData, Entry, Reading, Spot, named
from governance.kernel.data_shapes import Shape, key, many, text

LARGEST = 1_000_000  # bytes


@dataclass(frozen=True)
class PeersRead:
    """One entry of the file; `values` as texts by code, `index` among them."""

    year: int
    instrument: str
    peers: str
    source: str
    values: Mapping[str, str]
    line: int = 0


def read_peers(path: Path) -> tuple[PeersRead, ...]:
    """The averages of that file, or BrokenData with every fault by file and line."""
    reading = Reading()
    spot = Spot(reading, named(path), 1)
    if path.stat().st_size > LARGEST:
        spot.fault(f"berkas terlalu besar (paling banyak {LARGEST // 1000} kB)")
        raise BrokenData(reading.faults)
    entry = reading.open(path)
    made = _FILE(entry, spot) if entry is not None else None
    if made is None or reading.faults:
        raise BrokenData(reading.faults)
    found: tuple[PeersRead, ...] = made["peers"]
    return found


def _year(value: Any, spot: Spot) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1990 <= value <= 2999:
        spot.fault("di sini harus ada tahun, misalnya 2024")
        return 0
    return value


def _values(value: Any, spot: Spot) -> dict[str, str]:
    """Numbers by code; written in quotes, so that 2.30 stays what was published."""
    if not isinstance(value, Entry) or not value:
        spot.fault('di sini harus ada nilai menurut kode, misalnya {index: "2.30", A1: "2.10"}')
        return {}
    return {code: text(one, spot.at(value.lines[code])) for code, one in value.items()}


_PEERS = Shape(PeersRead, {"year": _year, "instrument": key, "peers": text, "source": text, "values": _values})
_FILE: Shape[dict[str, Any]] = Shape(dict, {"peers": many(_PEERS)})
