"""Sealing: number, date and draft mark of an approved file are filled in, and not one other byte of it changes."""

import re
from datetime import date
from xml.sax.saxutils import escape

from governance.calendar.words import day_in_words
from governance.documents.package import Package
from governance.documents.places import (
    DATE,
    GAZETTE_DATE,
    GAZETTE_NUMBER,
    GAZETTE_PLACES,
    GAZETTE_SIGNER,
    MARK,
    NUMBER,
    PLACES,
    Piece,
    Scan,
    scan,
    style_names,
)
from governance.kernel.errors import BadFile, Invalid, Problem

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
HEADER = re.compile(r"word/header\d*\.xml")
NUMBER_LIMIT = 120
BLANKS = r"[.…_\s]"
UNSEALED = re.compile(rf"\s*(NOMOR\s*:?{BLANKS}*|pada tanggal{BLANKS}*|RANCANGAN\s*)", re.IGNORECASE)
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def seal(approved: bytes, *, number: str, signed_on: date) -> bytes:
    """The approved file with its number and date, without its draft mark; the same input gives the same bytes."""
    require_number(number)
    package = Package.read(approved)
    scans = places_of(package)
    require_places(scans)
    texts = {NUMBER: number.strip(), DATE: day_in_words(signed_on), MARK: ""}
    result = package.replaced(_changed(package, scans, texts))
    _require_nothing_left(Package.read(result))
    return result


def seal_gazette(sealed: bytes, *, promulgated_on: date, signer: str, gazette: str) -> bytes:
    """The sealed Peraturan with date, name and number of its promulgation; nothing else of it changes."""
    require_number(gazette)
    package = Package.read(sealed)
    scans = places_of(package)
    require_gazette_places(scans)
    texts = {GAZETTE_DATE: day_in_words(promulgated_on), GAZETTE_SIGNER: signer, GAZETTE_NUMBER: gazette.strip()}
    return package.replaced(_changed(package, scans, texts))


def require_gazette_places(scans: dict[str, Scan]) -> None:
    """Refuse a Peraturan in which a place of its promulgation is gone."""
    for style, place in GAZETTE_PLACES.items():
        if not scans[DOCUMENT].of(style):
            raise BadFile("seal.place_missing", place=place)


def _changed(package: Package, scans: dict[str, Scan], texts: dict[str, str]) -> dict[str, bytes]:
    """The parts in which a place was filled."""
    changed = {}
    for name, found in scans.items():
        content = package.content(name)
        filled = _filled(content, found, texts)
        if filled != content:
            changed[name] = filled
    return changed


def require_number(number: str) -> None:
    """A number that can be printed on one line."""
    if not number.strip() or len(number) > NUMBER_LIMIT or UNPRINTABLE.search(number):
        raise Invalid(Problem("number", "seal.bad_number", {"limit": NUMBER_LIMIT}))


def places_of(package: Package) -> dict[str, Scan]:
    """The parts that may hold places, scanned."""
    if STYLES not in package:
        raise BadFile("seal.place_missing", place=PLACES[NUMBER])
    names = style_names(package.content(STYLES))
    parts = [DOCUMENT, *(name for name in package.members if HEADER.fullmatch(name))]
    return {name: scan(package.content(name), names) for name in parts}


def require_places(scans: dict[str, Scan]) -> None:
    """Refuse a file in which a place is gone, or which is sealed already."""
    for style, place in PLACES.items():
        if not scans[DOCUMENT].of(style):
            raise BadFile("seal.place_missing", place=place)
    if not any(piece.text.strip() for found in scans.values() for group in found.of(MARK) for piece in group):
        raise BadFile("seal.sealed_already")


def _filled(content: bytes, found: Scan, texts: dict[str, str]) -> bytes:
    """The part with the first text of each place filled and its other texts emptied."""
    edits: list[tuple[Piece, str]] = []
    for style, text in texts.items():
        for group in found.of(style):
            edits += [(piece, text if index == 0 else "") for index, piece in enumerate(group)]
    parts, at = [], 0
    for piece, text in sorted(edits, key=lambda edit: edit[0].start):
        parts += [content[at : piece.start], _written(piece, text)]
        at = piece.end
    return b"".join((*parts, content[at:]))


def _written(piece: Piece, text: str) -> bytes:
    inside = escape(text).encode()
    if piece.empty_tag is None:
        return inside
    return b"<" + piece.empty_tag + b">" + inside + b"</" + piece.empty_tag + b">"


def _require_nothing_left(package: Package) -> None:
    """A blank or a mark that stands outside its place would survive: refuse rather than enact it."""
    for found in places_of(package).values():
        for text in found.paragraphs(without=GAZETTE_PLACES):
            if UNSEALED.fullmatch(text):
                raise BadFile("seal.blank_left", text=text.strip()[:60])
