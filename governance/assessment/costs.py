"""Reads COSTS.yaml: what each step and each document asks; whatever is wrong is named by file and line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from governance.assessment.instruments import Instrument
from governance.assessment.steps import Cost, Costs, Rung
from governance.kernel.data_files import BrokenData, Reading, Spot, meant, named
from governance.kernel.data_shapes import Shape, day, many, maybe, table, text

MOST = 1_000_000
LARGEST = 1_000_000  # bytes
DEEPEST = 10  # levels of nesting
_RUNG = re.compile(r"(\d{1,3}(?:-\d{1,2})?):(\d{1,2})")


@dataclass(frozen=True)
class _Written:
    """A step as it stands in the file."""

    indicator: str
    start: Fraction
    end: Fraction
    effort: Fraction
    owner: str = ""
    earliest: date | None = None
    needs: tuple[Rung, ...] = ()
    documents: tuple[str, ...] = ()


def read_costs(path: Path, instrument: Instrument) -> Costs:
    """The efforts of that file, or BrokenData."""
    reading = Reading()
    spot = Spot(reading, named(path), 1)
    if path.stat().st_size > LARGEST:
        spot.fault(f"berkas terlalu besar (paling banyak {LARGEST // 1000} kB)")
        raise BrokenData(reading.faults)
    entry = reading.open(path, DEEPEST)
    shape: Shape[dict[str, Any]] = Shape(dict, {"steps": many(_STEP)}, {"documents": table(_effort)})
    made = shape(entry, spot) if entry is not None else None
    if made is None or reading.faults:
        raise BrokenData(reading.faults)
    documents = made.get("documents", {})
    steps: dict[Rung, Cost] = {}
    for written, line in zip(made["steps"], entry["steps"].lines if entry else (), strict=True):
        here = spot.at(line)
        for what in _faults(written, instrument, documents, steps):
            here.fault(what)
        end = int(written.end)
        steps[written.indicator, end] = Cost(**{**vars(written), "end": end})
    if reading.faults:
        raise BrokenData(reading.faults)
    return Costs(steps, documents)


def _effort(value: Any, spot: Spot) -> Fraction:
    amount = _number(value, spot)
    if not 0 <= amount <= MOST:
        spot.fault(f"usaha harus antara 0 dan {MOST}")
    return amount


def _number(value: Any, spot: Spot) -> Fraction:
    """A number as written: 2, 0.5 or '2.35' all mean exactly that."""
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            return Fraction(str(value)) if len(str(value)) <= 20 else Fraction("?")
        except (ValueError, ZeroDivisionError):
            pass
    spot.fault(f"{str(value)[:40]!r} bukan bilangan")
    return Fraction(0)


def _item(value: Any, spot: Spot) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        spot.fault("di sini harus ada kunci butir, misalnya 7 atau '35-1'")
        return ""
    return str(value)


def _rung(value: Any, spot: Spot) -> Rung:
    match = _RUNG.fullmatch(value) if isinstance(value, str) else None
    if not match:
        spot.fault(
            f"{str(value)[:40]!r} bukan prasyarat; tulis butir dan tingkat di antara tanda petik, misalnya '19:2'"
        )
        return "", 0
    return match[1], int(match[2])


_STEP = Shape(
    _Written,
    {"indicator": _item, "from": _number, "to": _number, "effort": _effort},
    {"owner": text, "earliest": maybe(day), "needs": many(_rung), "documents": many(text)},
)


def _faults(
    step: _Written, instrument: Instrument, documents: dict[str, Fraction], steps: dict[Rung, Cost]
) -> Iterable[str]:
    if step.indicator not in instrument.items:
        yield f"butir {step.indicator!r} tidak ada pada {instrument.key}{meant(step.indicator, instrument.items)}"
    if step.end.denominator != 1 or not instrument.min_value < step.end <= instrument.max_value:
        yield f"'to' harus tingkat bulat sampai {instrument.max_value}"
    elif not step.end - 1 <= step.start < step.end:
        yield f"satu langkah naik satu tingkat: 'from' {step.start} tidak bersambung dengan 'to' {step.end}"
    elif (step.indicator, int(step.end)) in steps:
        yield f"langkah {step.indicator}:{step.end} ditulis dua kali"
    for key in step.documents:
        if key not in documents:
            yield f"dokumen {key!r} tidak ada pada 'documents'{meant(key, documents)}"
    yield from _need_faults(step.needs, instrument)


def _need_faults(needs: tuple[Rung, ...], instrument: Instrument) -> Iterable[str]:
    for key, level in needs:
        if key not in instrument.items or not instrument.min_value <= level <= instrument.max_value:
            yield f"prasyarat '{key}:{level}' tidak ada pada {instrument.key}"
