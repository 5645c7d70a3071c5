"""The places of a Word file that sealing fills: found by their named character styles, with their bytes' position."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from governance.kernel.errors import BadFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBER, DATE, MARK = "F Nomor", "F Tanggal", "F Rancangan"
GAZETTE_DATE, GAZETTE_SIGNER, GAZETTE_NUMBER = "F Tanggal Pengundangan", "F Nama Sekretaris", "F Nomor Berita"
SIGNER_OFFICE, SIGNER_NAME = "F Jabatan Penanda Tangan", "F Pejabat Penanda Tangan"
PLACES = {NUMBER: "number", DATE: "date", MARK: "draft_mark"}
GAZETTE_PLACES = {
    GAZETTE_DATE: "promulgation_date",
    GAZETTE_SIGNER: "promulgation_signer",
    GAZETTE_NUMBER: "gazette_number",
}
GAZETTE_OFFICE = "F Jabatan Sekretaris"  # as SIGNER_PLACES
SIGNER_PLACES = (SIGNER_OFFICE, SIGNER_NAME)  # filled where a file has them; one without keeps what it says
DELETED = frozenset({f"{W} del", f"{W} moveFrom"})
DEEPEST = 250


@dataclass
class Piece:
    """One text of a run: bytes `start` to `end` hold it; `empty_tag` names a tag that closes itself."""

    style: str | None
    paragraph: int
    start: int
    end: int = -1
    text: str = ""
    empty_tag: bytes | None = None


@dataclass
class Scan:
    """What a part holds: the pieces of text in their order, with the styles of their runs."""

    pieces: list[Piece] = field(default_factory=list)

    def of(self, style: str) -> list[list[Piece]]:
        """The pieces in runs of that style, one list for each paragraph."""
        groups: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            if piece.style == style:
                groups.setdefault(piece.paragraph, []).append(piece)
        return list(groups.values())

    def paragraphs(self, without: Collection[str] = ()) -> Iterator[str]:
        """The text of each paragraph that has any and holds no place of these styles."""
        texts: dict[int, str] = {}
        for piece in self.pieces:
            texts[piece.paragraph] = texts.get(piece.paragraph, "") + piece.text
        left_out = {piece.paragraph for piece in self.pieces if piece.style in without}
        yield from (text for paragraph, text in texts.items() if paragraph not in left_out)


def refusing_parser(separator: str | None = None) -> expat.XMLParserType:
    """A parser that refuses document types, and with them entities and everything outside the file."""
    parser = expat.ParserCreate(namespace_separator=separator)

    def refuse(*_: Any) -> None:
        raise BadFile("file.dtd")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def style_names(styles_xml: bytes) -> dict[str, str]:
    """The names of the styles by their ids: editors keep the names and change the ids."""
    names: dict[str, str] = {}
    current: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{W} style":
            current[:] = [attributes.get(f"{W} styleId", "")]
        elif tag == f"{W} name" and current:
            names[current.pop()] = attributes.get(f"{W} val", "")

    parser = refusing_parser(" ")
    parser.StartElementHandler = start
    _parse(parser, styles_xml)
    return names


def scan(part_xml: bytes, names: dict[str, str]) -> Scan:
    """Every text of a part, except what is deleted by tracked changes."""
    return _Scanner(part_xml, names).run()


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except expat.ExpatError as wrong:
        raise BadFile("file.broken", member="") from wrong


class _Scanner:
    """Walks a part once and keeps where each text begins and ends."""

    def __init__(self, data: bytes, names: dict[str, str]) -> None:
        self.data = data
        self.names = names
        self.found = Scan()
        self.path: list[str] = []
        self.paragraphs: list[int] = []  # open ones: a text box nests paragraphs
        self.runs: list[str | None] = []  # the style of each open run
        self.count = 0
        self.deleted = 0
        self.piece: Piece | None = None
        self.began = -1
        self.parser = refusing_parser(" ")

    def run(self) -> Scan:
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        _parse(self.parser, self.data)
        return self.found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.path) > DEEPEST:
            raise BadFile("file.broken", member="")
        if tag in DELETED:
            self.deleted += 1
        elif tag == f"{W} p":
            self.count += 1
            self.paragraphs.append(self.count)
        elif tag == f"{W} r":
            self.runs.append(None)
        elif tag == f"{W} rStyle" and self.path[-2:] == [f"{W} r", f"{W} rPr"]:
            self.runs[-1] = self.names.get(attributes.get(f"{W} val", ""))
        elif tag == f"{W} t" and self.runs and self.paragraphs and not self.deleted:
            self.piece = Piece(self.runs[-1], self.paragraphs[-1], -1)
            self.began = self.parser.CurrentByteIndex
        self.path.append(tag)

    def _text(self, text: str) -> None:
        if self.piece is not None:
            if self.piece.start < 0:
                self.piece.start = self.parser.CurrentByteIndex
            self.piece.text += text

    def _end(self, tag: str) -> None:
        self.path.pop()
        if tag == f"{W} t" and self.piece is not None:
            self._close(self.piece, self.parser.CurrentByteIndex)
            self.piece = None
        elif tag == f"{W} p":
            self.paragraphs.pop()
        elif tag == f"{W} r":
            self.runs.pop()
        elif tag in DELETED:
            self.deleted -= 1

    def _close(self, piece: Piece, at: int) -> None:
        piece.end = at
        if at == self.began:  # a tag that closes itself has no inside to write into
            piece.start = at
            piece.end = self.data.index(b"/>", at) + 2
            piece.empty_tag = self.data[at + 1 : piece.end - 2].split()[0]
        elif piece.start < 0:
            piece.start = at
        self.found.pieces.append(piece)
