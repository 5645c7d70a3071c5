"""The shape of a regulation in config/law, and the words every other file there uses of regulations."""

import itertools
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from governance.kernel.data_shapes import (
    Reader,
    Shape,
    choice,
    day,
    defines,
    flag,
    many,
    maybe,
    number,
    refers,
    span_faults,
    text,
)
from governance.mandates.regulations import Amendment, CiteVersion, Gazette, Regulation

HOW_SURE = choice("read", "secondary", "practice", "inferred", "memory", "unknown")
A_REGULATION = refers("regulation")
IN_FORCE: dict[str, Reader] = {"in_force_from": maybe(day), "in_force_to": maybe(day)}
_DATES = choice("read", "secondary", "memory", "unknown")


def words_of(words: type[StrEnum]) -> Reader:
    """One of the words of an enum."""
    allowed = choice(*words)
    known = {str(word): word for word in words}
    return lambda value, spot: known.get(allowed(value, spot))


def in_force_faults(made: Any) -> Iterable[str]:
    """What is in force must not end before it begins."""
    if made.in_force_from and made.in_force_to and made.in_force_from > made.in_force_to:
        yield f"berakhir ({made.in_force_to}) sebelum mulai berlaku ({made.in_force_from})"


def _regulation_faults(made: Regulation) -> Iterable[str]:
    yield from in_force_faults(made)
    if (made.status == "revoked") != (made.revoked_by is not None):
        yield "status 'revoked' dan bidang 'revoked_by' harus ada bersama-sama"
    if made.status != "local" and made.in_force_from is None and made.in_force_latest is None:
        yield "tanggal mulai berlaku tidak diketahui: isi 'in_force_latest' dengan tanggal terakhir yang mungkin"
    yield from _wording_faults(made)
    yield from _version_faults(made.cite_versions)


def _wording_faults(made: Regulation) -> Iterable[str]:
    wordings = [version.cite for version in made.cite_versions] or [made.cite or ""]
    if made.cite_versions and made.cite is not None:
        yield "pakai 'cite' atau 'cite_versions', tidak keduanya"
    for wording in filter(None, wordings):
        if made.number and f"Nomor {made.number} Tahun {made.year} tentang {made.title}" not in wording:
            yield "kutipan tidak memuat nomor, tahun, dan judul seperti dalam bidangnya"
        if made.gazette and f"Tahun {made.gazette.year} Nomor {made.gazette.number}" not in wording:
            yield "kutipan tidak memuat lembaran negara atau berita negara seperti dalam bidangnya"


def _version_faults(versions: tuple[CiteVersion, ...]) -> Iterable[str]:
    for version in versions:
        yield from span_faults(version)
    for before, after in itertools.pairwise(versions):
        if before.end is None or (after.start - before.end).days != 1:
            yield f"kutipan sejak {after.start} tidak menyambung kutipan sebelumnya"


_GAZETTE = Shape(Gazette, {"kind": choice("LN", "BN"), "year": number, "number": number}, {"supplement": maybe(number)})
_KNOWN_DATES = {
    "enacted": maybe(day),
    "promulgated": maybe(day),
    "in_force_latest": maybe(day),
    "gazette": maybe(_GAZETTE),
    "note": text,
}
AMENDMENT = Shape(
    Amendment,
    {"number": number, "year": number, "title": text, "verified": flag, "dates_status": _DATES},
    {**_KNOWN_DATES, "in_force_from": maybe(day), "gazette_disputed": flag},
)
_CITE_VERSION = Shape(CiteVersion, {"from": day, "to": maybe(day), "cite": text}, {"from_is_latest_possible": flag})
REGULATION = Shape(
    Regulation,
    {
        "key": defines("regulation"),
        "type": text,
        "rank": number,
        "title": text,
        "status": choice("in_force", "revoked", "unconfirmed", "local"),
        "verified": flag,
        "dates_status": _DATES,
        "in_force_from": maybe(day),
        "in_force_to": maybe(day),
    },
    {
        **_KNOWN_DATES,
        "number": maybe(number),
        "year": maybe(number),
        "issuer": text,
        "cite": maybe(text),
        "cite_versions": many(_CITE_VERSION),
        "gazette_verified": flag,
        "order_date": maybe(day),
        "in_force_to_latest": maybe(day),
        "in_preparation": flag,
        "amended_by": many(AMENDMENT),
        "revokes": many(A_REGULATION),
        "revoked_by": maybe(A_REGULATION),
        "use": text,
        "dates_note": text,
        "status_note": text,
    },
    check=_regulation_faults,
)
