"""Sealing: number, date, draft mark and signer of an approved file are filled in; not one other byte of it changes."""

import re
from datetime import date
from xml.sax.saxutils import escape

from governance.calendar.words import day_in_words
from governance.documents.package import Package
from governance.documents.places import (
    DATE,
    GAZETTE_DATE,
    GAZETTE_NUMBER,
    GAZETTE_OFFICE,
    GAZETTE_PLACES,
    GAZETTE_SIGNER,
    MARK,
    NUMBER,
    PLACES,
    SIGNER_NAME,
    SIGNER_OFFICE,
    Piece,
    Scan,
    scan,
    style_names,
)
from governance.documents.signer_names import Block, in_manner, names_person, same_office
from governance.kernel.errors import BadFile, Invalid, Problem

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
HEADER = re.compile(r"word/header\d*\.xml")
NUMBER_LIMIT = 120
BLANKS = r"[.…_\s]"
UNSEALED = re.compile(rf"\s*(NOMOR\s*:?{BLANKS}*|pada tanggal{BLANKS}*|RANCANGAN\s*)", re.IGNORECASE)
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def seal(approved: bytes, *, number: str, signed_on: date, signer: Block | None = None) -> bytes:
    """The approved file with its number and date, without its draft mark; the same input gives the same bytes.

    `signer` is who signs on that day: the block is written anew only where it says another office or another person.
    """
    require_number(number)
    package = Package.read(approved)
    scans = places_of(package)
    require_places(scans)
    texts = {NUMBER: number.strip(), DATE: day_in_words(signed_on), MARK: "", **_signed_by(scans[DOCUMENT], signer)}
    result = package.replaced(_changed(package, scans, texts))
    _require_nothing_left(Package.read(result))
    return result


def signed_by(found: Scan) -> Block | None:
    """What the signer's places say, None where a file has not both of them; the comma belongs to no office."""
    offices, names = _texts(found, SIGNER_OFFICE), _texts(found, SIGNER_NAME)
    return Block(offices[0].rstrip(" ,"), names[0].strip()) if offices and names else None


def _signed_by(found: Scan, signer: Block | None) -> dict[str, str]:
    """The texts of the signer's places that must be written anew: every place of a style, where one of them differs."""
    offices, names = _texts(found, SIGNER_OFFICE), _texts(found, SIGNER_NAME)
    texts: dict[str, str] = {}
    if signer is None or not offices or not names:
        return texts
    if not all(same_office(office, signer.office) for office in offices):
        texts[SIGNER_OFFICE] = signer.office + ("," if offices[0].rstrip().endswith(",") else "")
    if not all(names_person(name, signer.name) for name in names):
        texts[SIGNER_NAME] = signer.name
    return texts


def _texts(found: Scan, style: str) -> list[str]:
    return ["".join(piece.text for piece in group) for group in found.of(style)]


def seal_gazette(sealed: bytes, *, promulgated_on: date, signer: str, gazette: str, manner: str = "") -> bytes:
    """The sealed Peraturan with date, name and number of its promulgation; nothing else of it changes.

    `manner` ("Plh. ") goes before the office, or is taken from it, where the file marks that place.
    """
    require_number(gazette)
    package = Package.read(sealed)
    scans = places_of(package)
    require_gazette_places(scans)
    texts = {GAZETTE_DATE: day_in_words(promulgated_on), GAZETTE_SIGNER: signer, GAZETTE_NUMBER: gazette.strip()}
    for written in _texts(scans[DOCUMENT], GAZETTE_OFFICE):
        if in_manner(written, manner) != written.strip():
            texts[GAZETTE_OFFICE] = in_manner(written, manner)
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
        parts += [content[at : piece.start], _written(content, piece, text)]
        at = piece.end
    return b"".join((*parts, content[at:]))


def _written(content: bytes, piece: Piece, text: str) -> bytes:
    """The text as it stands inside the piece; a second line begins with a break of the same namespace."""
    tag = piece.empty_tag or content[piece.end + 2 : content.index(b">", piece.end)].strip()
    broken = b"</" + tag + b"><" + tag[:-1] + b"br/><" + tag + b">"
    inside = broken.join(escape(line).encode() for line in text.split("\n"))
    return inside if piece.empty_tag is None else b"<" + tag + b">" + inside + b"</" + tag + b">"


def _require_nothing_left(package: Package) -> None:
    """A blank or a mark that stands outside its place would survive: refuse rather than enact it."""
    for found in places_of(package).values():
        for text in found.paragraphs(without=GAZETTE_PLACES):
            if UNSEALED.fullmatch(text):
                raise BadFile("seal.blank_left", text=text.strip()[:60])
