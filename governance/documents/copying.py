"""The authenticated copy (salinan) of an act: parts are added to its sealed file, and not one byte of it is changed.

The form: `SALINAN` at the top, `ttd` in place of each signature, and at the end on the left "Salinan sesuai dengan
aslinya" with office and name of who authenticates. Rank and NIP are left as lines to be filled in by hand: a NIP is
personal data, so this program neither asks for it nor keeps it.
"""

from dataclasses import dataclass
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from governance.documents.package import Package
from governance.documents.places import MARK, W, refusing_parser, style_names
from governance.documents.sealing import DOCUMENT, STYLES, UNPRINTABLE, places_of
from governance.kernel.errors import BadFile

TOP = "F Marka"
# The style of each name and of the office above it: who sets, who signs with him, who promulgates a Peraturan.
SIGNERS = {
    "F Nama Penanda Tangan": "F Penanda Tangan",
    "F Nama Pendamping": "F Pendamping",
    "F Nama Pengundangan": "F Pejabat Pengundangan",
}
COPY, SIGNED, TRUE_COPY = "SALINAN", "ttd", "Salinan sesuai dengan aslinya"
BY_HAND = ("Pangkat ...........................", "NIP ...........................")
SIGNATURE_SPACE = 1191  # twips, 21 mm: as much as above the signer's own name
PICTURES = frozenset(f"{W} {name}" for name in ("drawing", "pict", "object"))
DEEPEST = 250


@dataclass
class Paragraph:
    """A paragraph of the document: its tags begin at bytes `start` and `end`, which are one where it closes itself."""

    start: int
    end: int = -1
    style: str = ""
    filled: bool = False

    @property
    def open(self) -> bool:
        """Whether something can be put into it."""
        return self.end > self.start


@dataclass(frozen=True)
class Body:
    """The paragraphs in the order of their beginnings, and the byte at which the body's own content ends."""

    paragraphs: tuple[Paragraph, ...]
    end: int


def copied(sealed: bytes, *, office: str, name: str) -> bytes:
    """The copy of a sealed file, authenticated by that office and its holder; the same input gives the same bytes."""
    package = Package.read(sealed)
    scans = places_of(package)
    if any(piece.text.strip() for found in scans.values() for group in found.of(MARK) for piece in group):
        raise BadFile("copy.not_sealed")
    content = package.content(DOCUMENT)
    body, names = Walker(content).walk(), style_names(package.content(STYLES))
    added = [_top(body, names), *_signatures(body, names), (body.end, _authentication(office, name))]
    parts, at = [], 0
    for place, text in sorted(added, key=lambda one: one[0]):
        parts += [content[at:place], text.encode()]
        at = place
    return package.replaced({DOCUMENT: b"".join((*parts, content[at:]))})


def _top(body: Body, names: dict[str, str]) -> tuple[int, str]:
    """Where the draft mark stood, so that no line moves; before everything where that place is gone."""
    first = body.paragraphs[0] if body.paragraphs else None
    if first is None:
        raise BadFile("copy.no_signature")
    if first.open and not first.filled and names.get(first.style) == TOP:
        return first.end, _run(COPY)
    return first.start, _paragraph(COPY, '<w:jc w:val="center"/>')


def _signatures(body: Body, names: dict[str, str]) -> list[tuple[int, str]]:
    """`ttd` between each office and its name: in the middle of the blank lines there, or as a line of its own."""
    found, blanks, before = [], list[Paragraph](), None
    for paragraph in body.paragraphs:
        office = SIGNERS.get(names.get(paragraph.style, ""))
        if before is not None and office is not None and names.get(before.style) == office:
            free = [blank for blank in blanks if blank.open]
            if free:
                found.append((free[len(free) // 2].end, _run(SIGNED)))
            else:
                style = f'<w:pStyle w:val="{escape(before.style, {chr(34): "&quot;"})}"/>'
                found.append((paragraph.start, _paragraph(SIGNED, f'{style}<w:keepNext/><w:spacing w:before="240"/>')))
        if paragraph.filled:
            before, blanks = paragraph, []
        else:
            blanks.append(paragraph)
    if not found:
        raise BadFile("copy.no_signature")
    return found


def _authentication(office: str, name: str) -> str:
    left, space = '<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="left"/>', "<w:spacing w:before="
    lines = [
        (TRUE_COPY, f'{space}"480"/>'),
        (f"{office},", ""),
        (name, f'{space}"{SIGNATURE_SPACE}"/>'),
        *((line, "") for line in BY_HAND),
    ]
    last = len(lines) - 1
    return "".join(
        _paragraph(text, ("<w:keepNext/>" if at < last else "") + f"<w:keepLines/>{spacing}{left}")
        for at, (text, spacing) in enumerate(lines)
    )


def _paragraph(text: str, properties: str) -> str:
    return f'<w:p xmlns:w="{W}"><w:pPr>{properties}</w:pPr>{_run(text, declared=True)}</w:p>'


def _run(text: str, *, declared: bool = False) -> str:
    """A run of text; it names its namespace itself, so that it fits whatever prefixes the file uses."""
    space = "" if declared else f' xmlns:w="{W}"'
    return f'<w:r{space}><w:t xml:space="preserve">{escape(UNPRINTABLE.sub("", text))}</w:t></w:r>'


class Walker:
    """Walks the document's main part once and keeps where its paragraphs and its body end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.path: list[str] = []
        self.open: list[Paragraph] = []  # a text box nests paragraphs
        self.found: list[Paragraph] = []
        self.body_end = -1
        self.in_text = False
        self.parser = refusing_parser(" ")

    def walk(self) -> Body:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as wrong:
            raise BadFile("file.broken", member=DOCUMENT) from wrong
        if self.body_end < 0:
            raise BadFile("file.broken", member=DOCUMENT)
        return Body(tuple(self.found), self.body_end)

    def _start(self, tag: str, attributes: dict[str, Any]) -> None:
        if len(self.path) > DEEPEST:
            raise BadFile("file.broken", member=DOCUMENT)
        if tag == f"{W} p":
            self.open.append(Paragraph(self.parser.CurrentByteIndex))
            self.found.append(self.open[-1])
        elif tag == f"{W} pStyle" and self.open and self.path[-2:] == [f"{W} p", f"{W} pPr"]:
            self.open[-1].style = attributes.get(f"{W} val", "")
        elif tag == f"{W} sectPr" and self.path == [f"{W} document", f"{W} body"]:
            self.body_end = self.parser.CurrentByteIndex
        elif tag in PICTURES:
            self._fill()
        self.in_text = tag == f"{W} t"
        self.path.append(tag)

    def _text(self, text: str) -> None:
        if self.in_text and text.strip():
            self._fill()

    def _end(self, tag: str) -> None:
        self.path.pop()
        self.in_text = False
        if tag == f"{W} p":
            self.open.pop().end = self.parser.CurrentByteIndex
        elif tag == f"{W} body" and self.body_end < 0:
            self.body_end = self.parser.CurrentByteIndex

    def _fill(self) -> None:
        for paragraph in self.open:
            paragraph.filled = True
