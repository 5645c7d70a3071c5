"""From two Word files a third: the newer one, in which Word and LibreOffice show what differs as tracked changes."""

from datetime import datetime
from typing import Any

from lxml import etree

from governance.documents.aligning import Bounds
from governance.documents.lines import DOCUMENT, STYLES, W, tree
from governance.documents.package import Package
from governance.documents.places import style_names
from governance.documents.redline_blocks import weave
from governance.documents.redline_runs import Hand
from governance.documents.redline_tree import made_plain
from governance.kernel.errors import BadFile, TooLarge

LARGEST = 16 * 1024 * 1024  # bytes of XML that a reader looks into: about a thousand pages
NUMBERING = "word/numbering.xml"
STYLED = tuple(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle"))


def redline(old: bytes, new: bytes, *, author: str, at: datetime) -> bytes:
    """The new file with tracked changes: all accepted it says what `new` says, all rejected what `old` says.

    Compared are paragraphs and tables of the body, word by word. Pictures, formatting, headers, footers and notes stay
    as they are in the new file. BadFile or TooLarge for what cannot be read.
    """
    older, newer = Package.read(old), Package.read(new)
    before, after = body_of(older), body_of(newer)
    _borrow(before, older, newer)
    hand = Hand(author, at, Bounds(), _last_number(after))
    weave(before, after, hand)
    written = etree.tostring(after.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return newer.replaced({DOCUMENT: written})


def body_of(package: Package) -> Any:
    """The body's tree, made plain."""
    require_comparable(package)
    body = tree(package.content(DOCUMENT)).find(f"{W}body")
    if body is None:
        raise BadFile("file.broken", member=DOCUMENT)
    made_plain(body)
    return body


def require_comparable(package: Package) -> None:
    """Refuse what is no Word file, or too large to be compared while someone waits."""
    if DOCUMENT not in package:
        raise BadFile("file.not_docx")
    parts = (member for name, member in package.members.items() if name.startswith("word/") and name.endswith(".xml"))
    if sum(member.size for member in parts) > LARGEST:
        raise TooLarge("compare.too_large", limit_mb=LARGEST // (1024 * 1024))


def _borrow(body: Any, older: Package, newer: Package) -> None:
    """Let the old body's styles be those of the same name in the new file, and leave out what has no meaning there."""
    named = [style_names(package.content(STYLES)) if STYLES in package else {} for package in (older, newer)]
    ids = {name: key for key, name in named[1].items()}
    for element in list(body.iter(*STYLED)):
        key = ids.get(named[0].get(element.get(f"{W}val", ""), ""))
        if key is None:
            element.getparent().remove(element)
        else:
            element.set(f"{W}val", key)
    numbered = [package.content(NUMBERING) if NUMBERING in package else b"" for package in (older, newer)]
    strange = [f"{W}sectPr", *([f"{W}numPr"] if numbered[0] != numbered[1] else [])]
    for element in list(body.iter(*strange)):
        element.getparent().remove(element)


def _last_number(body: Any) -> int:
    """The greatest number that a mark of the body has already."""
    numbers = (element.get(f"{W}id", "") for element in body.iter(f"{W}commentReference", f"{W}commentRangeStart"))
    return max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)
