"""Reads config/institutions: one file per regional government, offices and never persons, checked before use."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from governance.kernel.data_files import BrokenData, Entry, Reading, Spot, meant, named
from governance.people.facts import InstitutionFacts, PostFact, SeriesFact, UnitFact
from governance.people.institution_shapes import FILE, BasisEntry, FileEntry, SeriesEntry, UnitEntry
from governance.people.roles import Role

ONE_POST_EACH = (Role.HEAD_OF_REGION, Role.DEPUTY_HEAD, Role.SECRETARY, Role.DIGITAL, Role.LEGAL, Role.INSPECTORATE)


class BrokenInstitution(BrokenData):
    """An institution file cannot be used; every fault is named with file and line."""


@dataclass(frozen=True)
class InstitutionFile:
    """An institution's facts, how sure its file is of them, and the names of law that it uses."""

    name: str
    facts: InstitutionFacts
    term: str  # what its titles call the subject: a key of the law's terms (spbe, pemdi)
    seat_how_sure: str
    unit_how_sure: dict[str, str]
    series_how_sure: dict[str, str]
    names: tuple[tuple[int, str, str], ...]  # line, family (regulation, kind, term), key


def read_all(folder: Path) -> dict[str, InstitutionFacts]:
    """The facts of every institution of the folder, by key."""
    return {file.facts.key: file.facts for file in read_files(folder)}


def read_files(folder: Path) -> tuple[InstitutionFile, ...]:
    """Every institution file of the folder in order of names, or BrokenInstitution."""
    reading = Reading()
    read = [_read(path, reading) for path in sorted(folder.glob("*.yaml"))]
    if not read:
        reading.fault_at(folder, 1, "tidak ada berkas lembaga (*.yaml)")
    if reading.faults:
        raise BrokenInstitution(reading.faults)
    return tuple(file for file in read if file is not None)


def _read(path: Path, reading: Reading) -> InstitutionFile | None:
    entry = reading.open(path)
    if entry is None:
        return None
    spot = Spot(reading, named(path), entry.line)
    file = FILE(entry, spot)
    if file is None:
        return None
    if file.key != path.stem:
        spot.at(entry.lines["key"]).fault(f"kunci {file.key!r} harus sama dengan nama berkas {path.stem!r}")
    posts = _posts(file)
    _check_units(file, entry, spot)
    _check_posts(file, posts, entry, spot)
    return InstitutionFile(
        name=spot.file,
        facts=_facts(file, posts),
        term=file.term,
        seat_how_sure=file.seat_how_sure,
        unit_how_sure={unit.key: unit.how_sure for unit in file.units},
        series_how_sure={series.key: series.how_sure for series in file.series},
        names=tuple(_names(file, entry)),
    )


def _posts(file: FileEntry) -> tuple[PostFact, ...]:
    """The posts named one by one, then each unit's head: the key of a head's post is the key of its unit."""
    heads = [PostFact(unit.key, unit.head, unit.key, unit.role) for unit in file.units if unit.head and unit.role]
    return (*file.posts, *heads)


def _facts(file: FileEntry, posts: tuple[PostFact, ...]) -> InstitutionFacts:
    return InstitutionFacts(
        key=file.key,
        name=file.name,
        region=file.region,
        region_kind=file.region_kind,
        province=file.province,
        head_office=file.head_office,
        timezone=file.timezone,
        term=file.term,
        seat=file.seat,
        units=tuple(_unit(unit) for unit in file.units),
        posts=posts,
        series=tuple(_series(series) for series in file.series),
        route=file.route,
        quiet=(file.quiet_from, file.quiet_to),
        bases=tuple(_basis(basis) for basis in file.bases),
    )


def _unit(unit: UnitEntry) -> UnitFact:
    return UnitFact(unit.key, unit.name, unit.short, unit.part_of, unit.number_short)


def _series(series: SeriesEntry) -> SeriesFact:
    return SeriesFact(
        key=series.key,
        way=series.way,
        pattern=series.pattern,
        classification=series.classification,
        start=series.start,
        kinds=series.kinds,
    )


def _basis(basis: BasisEntry) -> dict[str, Any]:
    """Plain values alone, days as ISO text: bases are stored as JSON."""
    written = {"start": "from", "end": "to"}
    plain: dict[str, Any] = {}
    for one in fields(basis):
        value = getattr(basis, one.name)
        if value not in (None, "", ()):
            plain[written.get(one.name, one.name)] = _json_plain(value)
    return plain


def _json_plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _check_units(file: FileEntry, entry: Entry, spot: Spot) -> None:
    units = {unit.key: unit for unit in file.units}
    for unit, line in zip(file.units, entry["units"].lines, strict=True):
        here = spot.at(line)
        if unit.part_of is not None and unit.part_of not in units:
            here.fault(f"unit di atasnya, {unit.part_of!r}, tidak ada{meant(unit.part_of, units)}")
        if _is_above_itself(unit, units):
            here.fault(f"unit {unit.key!r} lewat 'part_of' berada di bawah dirinya sendiri")
        if (unit.head is None) != (unit.role is None):
            here.fault("'head' (nama jabatan) dan 'role' (perannya) harus ada bersama-sama")
    _refuse_doubles([unit.key for unit in file.units], "unit", spot.at(entry.lines["units"]))
    _refuse_doubles([series.key for series in file.series], "seri nomor", spot.at(entry.lines["series"]))
    _refuse_doubles([basis.key for basis in file.bases], "dasar", spot.at(entry.lines["bases"]))


def _is_above_itself(unit: UnitEntry, units: dict[str, UnitEntry]) -> bool:
    above = unit.part_of
    for _ in units:
        if above is None or above not in units:
            return False
        above = units[above].part_of
    return True


def _check_posts(file: FileEntry, posts: tuple[PostFact, ...], entry: Entry, spot: Spot) -> None:
    units = [unit.key for unit in file.units]
    for post, line in zip(file.posts, entry["posts"].lines, strict=True):
        if post.unit not in units:
            spot.at(line).fault(f"unit {post.unit!r} tidak ada{meant(post.unit, units)}")
    keys = [post.key for post in posts]
    here = spot.at(entry.lines["posts"])
    _refuse_doubles(keys, "jabatan", here)
    held = Counter(post.role for post in posts)
    for role in ONE_POST_EACH:
        if held[role] != 1:
            here.fault(f"peran {role.value!r} harus dipegang tepat satu jabatan, ada {held[role]}")
    if not held[Role.ASSISTANT]:
        here.fault("belum ada jabatan dengan peran 'assistant'")
    for place, post_key in file.route.items():
        if post_key not in keys:
            line = entry["route"].lines[place]
            spot.at(line).fault(f"jabatan {post_key!r} dalam rute tidak ada{meant(post_key, keys)}")


def _refuse_doubles(keys: list[str], what: str, spot: Spot) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            spot.fault(f"{what} {key!r} ditulis {count} kali")


def _names(file: FileEntry, entry: Entry) -> Iterable[tuple[int, str, str]]:
    yield entry.lines["term"], "term", file.term
    for series, line in zip(file.series, entry["series"].lines, strict=True):
        yield from ((line, "kind", kind) for kind in series.kinds)
    for basis, line in zip(file.bases, entry["bases"].lines, strict=True):
        if basis.regulation:
            yield line, "regulation", basis.regulation
        yield from ((line, "kind", kind) for kind in basis.cited_in)
