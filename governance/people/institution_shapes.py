"""The shape of an institution file: units, posts, series, bases, and the rules each entry must meet by itself."""

import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from governance.kernel.data_files import Spot, meant
from governance.kernel.data_shapes import (
    Shape,
    choice,
    day,
    defines,
    key,
    many,
    maybe,
    number,
    span_faults,
    table,
    text,
)
from governance.people.facts import QUIET_HOURS, PostFact
from governance.people.roles import Role

PLACEHOLDERS = ("number", "year", "unit", "classification")
REGION_KINDS = ("kabupaten", "kota", "provinsi")
_HOW_SURE = choice("read", "secondary", "practice", "memory", "unknown")


@dataclass(frozen=True)
class UnitEntry:
    """A unit as its file writes it: with its head, the head's role, and how sure the unit is."""

    key: str
    name: str
    short: str
    how_sure: str
    part_of: str | None = None
    number_short: str | None = None
    head: str | None = None
    role: Role | None = None


@dataclass(frozen=True)
class SeriesEntry:
    """A series of numbers as the file writes it."""

    key: str
    way: str
    pattern: str
    how_sure: str
    classification: str = ""
    start: int = 1
    kinds: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class BasisEntry:
    """A regulation of Mengingat that is this region's own: its forming law, its Perda and Perkada."""

    key: str
    how_sure: str
    start: date | None = None
    end: date | None = None
    regulation: str | None = None
    title: str | None = None
    rank: int | None = None
    cite: str | None = None
    cited_in: tuple[str, ...] = ()
    not_before: date | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class FileEntry:
    """A whole institution file."""

    key: str
    name: str
    region: str
    region_kind: str
    province: str
    head_office: str
    timezone: str
    seat: str | None
    seat_how_sure: str
    term: str
    units: tuple[UnitEntry, ...]
    posts: tuple[PostFact, ...]
    series: tuple[SeriesEntry, ...]
    route: dict[str, str]
    bases: tuple[BasisEntry, ...]
    quiet_from: int = QUIET_HOURS[0]
    quiet_to: int = QUIET_HOURS[1]


def _hour(value: Any, spot: Spot) -> int:
    hour = number(value, spot)
    if hour not in range(24):
        spot.fault("jam dalam zona waktunya: bilangan bulat dari 0 sampai 23")
        return 0
    return hour


def _timezone(value: Any, spot: Spot) -> str:
    name = text(value, spot)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        spot.fault(f"zona waktu {value!r} tidak ada; Indonesia: Asia/Jakarta, Asia/Makassar, Asia/Jayapura")
    return name


def _role(value: Any, spot: Spot) -> Role | None:
    if value not in list(Role):
        spot.fault(f"peran {value!r} tidak ada{meant(str(value), Role)}")
        return None
    return Role(value)


def _pattern(value: Any, spot: Spot) -> str:
    pattern = text(value, spot)
    try:
        pieces = [(name, form) for _, name, form, _ in string.Formatter().parse(pattern) if name is not None]
    except ValueError:
        spot.fault("kurung kurawal dalam pola nomor tidak berpasangan")
        return pattern
    for name, form in pieces:
        if name not in PLACEHOLDERS or form:
            spot.fault(f"pola nomor tidak mengenal {{{name}}}; yang ada: {', '.join(PLACEHOLDERS)}")
    if "number" not in dict(pieces):
        spot.fault("pola nomor harus memuat {number}")
    return pattern


def _series_faults(made: SeriesEntry) -> Iterable[str]:
    if "{classification}" in made.pattern and not made.classification:
        yield "pola memakai {classification}, tetapi bidang 'classification' kosong"
    if made.start < 1:
        yield "nomor awal paling kecil 1"


def _basis_faults(made: BasisEntry) -> Iterable[str]:
    yield from span_faults(made)
    if (made.regulation is None) == (made.title is None):
        yield "tulis 'regulation' (peraturan pusat dalam daftar) atau 'title' (peraturan daerah sendiri), salah satu"
    if made.title is not None and made.rank is None:
        yield "peraturan daerah sendiri memerlukan 'rank': 8 Perda, 9 Perkada"


_UNIT = Shape(
    UnitEntry,
    {"key": key, "name": text, "short": text, "how_sure": _HOW_SURE},
    {"part_of": maybe(key), "number_short": text, "head": text, "role": _role},
)
_POST = Shape(PostFact, {"key": key, "title": text, "unit": key, "role": _role})
_SERIES = Shape(
    SeriesEntry,
    {"key": key, "way": choice("own", "register"), "pattern": _pattern, "how_sure": _HOW_SURE},
    {"classification": text, "start": number, "kinds": many(key), "note": text},
    check=_series_faults,
)
_BASIS = Shape(
    BasisEntry,
    {"key": key, "how_sure": _HOW_SURE},
    {"from": day, "to": day, "regulation": key, "title": text, "rank": number, "cite": text, "cited_in": many(key),
     "not_before": day, "source": text, "note": text},
    check=_basis_faults,
)  # fmt: skip
FILE = Shape(
    FileEntry,
    {
        "key": defines("institution"),
        "name": text,
        "region": text,
        "region_kind": choice(*REGION_KINDS),
        "province": text,
        "head_office": text,
        "timezone": _timezone,
        "seat": maybe(text),
        "seat_how_sure": _HOW_SURE,
        "term": key,
        "units": many(_UNIT),
        "posts": many(_POST),
        "series": many(_SERIES),
        "route": table(key),
        "bases": many(_BASIS),
    },
    {"quiet_from": _hour, "quiet_to": _hour},
)
