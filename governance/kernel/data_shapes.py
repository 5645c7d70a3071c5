"""Shapes: which fields an entry of a data file has, how each is read, and what of it is refused."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from governance.kernel.data_files import Entry, Items, Spot, meant

Reader = Callable[[Any, Spot], Any]

T = TypeVar("T")

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Shape(Generic[T]):
    """How an entry becomes a `make(...)`; a field that is neither required nor optional is refused by name."""

    make: Callable[..., T]
    required: Mapping[str, Reader]
    optional: Mapping[str, Reader] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=lambda: {"from": "start", "to": "end"})
    check: Callable[[T], Iterable[str]] = lambda made: ()

    def __call__(self, value: Any, spot: Spot) -> T | None:
        """The thing made, or None with the faults noted."""
        if not isinstance(value, Entry):
            spot.fault("di sini harus ada pasangan kunci dan nilai")
            return None
        before = len(spot.reading.faults)
        values = self._values(value, spot)
        if len(spot.reading.faults) > before:
            return None
        made = self.make(**values)
        for what in self.check(made):
            spot.at(value.line).fault(what)
        return made

    def _values(self, entry: Entry, spot: Spot) -> dict[str, Any]:
        for name in self.required:
            if name not in entry:
                spot.at(entry.line).fault(f"bidang {name!r} belum ada")
        values = {}
        for name, raw in entry.items():
            here = spot.at(entry.lines[name])
            reader = self.required.get(name) or self.optional.get(name)
            if reader is None:
                here.fault(f"bidang {name!r} tidak dikenal{meant(name, [*self.required, *self.optional])}")
            elif raw is not None or name in self.required:
                values[self.renamed.get(name, name)] = reader(raw, here)
        return values


def text(value: Any, spot: Spot) -> str:
    """Some words."""
    if not isinstance(value, str) or not value.strip():
        spot.fault("di sini harus ada teks")
        return ""
    if _CONTROL.search(value):
        spot.fault("teks memuat karakter kendali")
    return value.strip()


def number(value: Any, spot: Spot) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        spot.fault("di sini harus ada bilangan bulat")
        return 0
    return value


def amount(value: Any, spot: Spot) -> float:
    """A number, whole or not."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        spot.fault("di sini harus ada bilangan")
        return 0
    return value


def flag(value: Any, spot: Spot) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        spot.fault("di sini harus true atau false")
        return False
    return value


def day(value: Any, spot: Spot) -> date:
    """A date written year-month-day."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        spot.fault(f"tanggal {value!r} tidak ada; tulis tahun-bulan-hari, misalnya 2026-11-22")
        return date.min


def maybe(reader: Reader) -> Reader:
    """As the reader says, or null where it is not known."""
    return lambda value, spot: None if value is None else reader(value, spot)


def many(reader: Reader) -> Reader:
    """A list, each item as the reader says."""

    def read(value: Any, spot: Spot) -> tuple[Any, ...]:
        if not isinstance(value, Items):
            spot.fault("di sini harus ada daftar")
            return ()
        return tuple(reader(item, spot.at(line)) for item, line in zip(value, value.lines, strict=True))

    return read


def table(reader: Reader) -> Reader:
    """Pairs of name and value, each value as the reader says."""

    def read(value: Any, spot: Spot) -> dict[str, Any]:
        if not isinstance(value, Entry):
            spot.fault("di sini harus ada pasangan kunci dan nilai")
            return {}
        return {name: reader(item, spot.at(value.lines[name])) for name, item in value.items()}

    return read


def choice(*words: str) -> Reader:
    """One of these words."""

    def read(value: Any, spot: Spot) -> str:
        if value not in words:
            spot.fault(f"{value!r} bukan salah satu dari: {', '.join(words)}")
        return str(value)

    return read


def key(value: Any, spot: Spot) -> str:
    """A key: lower case, digits, underscore."""
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        spot.fault(f"kunci {value!r} hanya boleh huruf kecil, angka, dan garis bawah")
        return ""
    return value


def defines(*families: str) -> Reader:
    """A key that is defined here, once, in each of the families."""

    def read(value: Any, spot: Spot) -> str:
        name = key(value, spot)
        for family in families:
            spot.define(family, name)
        return name

    return read


def refers(family: str) -> Reader:
    """A key that has to be defined somewhere."""

    def read(value: Any, spot: Spot) -> str:
        name = key(value, spot)
        spot.refer(family, name)
        return name

    return read


def span_faults(made: Any) -> Iterable[str]:
    """A span of days must not end before it starts."""
    if made.start and made.end and made.start > made.end:
        yield f"berakhir ({made.end}) sebelum mulai ({made.start})"
