"""Recognising a line of Mengingat: which regulation of the register it cites, by name, number and year."""

import re
from collections.abc import Mapping

from governance.mandates.regulations import Regulation

_NUMBERED = re.compile(r"^(?P<name>\D+?)\s+(?:nomor|no\.?)\s*(?P<number>\d+)\s+tahun\s+(?P<year>\d{4})\b")

Identity = tuple[str, str, str]


def key_of(text: str, regulations: Mapping[str, Regulation]) -> str | None:
    """The key of the regulation that a line cites, or None: what is not in the register is never guessed at."""
    line = _plain(text)
    identity = _identity(line)
    for regulation in regulations.values():
        if identity is not None and identity == _identity_of(regulation):
            return regulation.key
        if identity is None and regulation.number is None and line.startswith(_plain(regulation.title)):
            return regulation.key
    return None


def _identity_of(regulation: Regulation) -> Identity | None:
    if regulation.number is None or regulation.year is None:
        return _identity(_plain(regulation.cite or regulation.title))
    return _identity(_plain(regulation.name))


def _identity(line: str) -> Identity | None:
    found = _NUMBERED.match(line)
    return (found["name"], str(int(found["number"])), found["year"]) if found else None


def _plain(text: str) -> str:
    """Small letters and single blanks; decrees write "Republik Indonesia" or not (UU 12/2011 Lampiran II angka 44)."""
    return " ".join(text.lower().replace(" republik indonesia nomor", " nomor").split())
