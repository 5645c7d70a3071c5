"""A Word file as plain lines: every visible paragraph and table row with its style's name, deleted text left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from governance.documents.package import Package
from governance.documents.places import style_names
from governance.kernel.errors import BadFile

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEE_THROUGH = frozenset(
    f"{W}{name}"
    for name in (
        "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo",
    )
)  # fmt: skip
GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
PICTURES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BESIDE = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
OFF = frozenset({"0", "false", "off"})
ENDS_OF_PAGES = frozenset({"page", "column"})


@dataclass(frozen=True)
class Line:
    """A paragraph; `inset` holds what lies in its text boxes, `pictures` how many pictures it has."""

    style: str | None
    text: str
    inset: tuple[str, ...] = ()
    pictures: int = 0


@dataclass(frozen=True)
class Table:
    """A table: its rows of cells, each cell's text with its paragraphs one under the other."""

    rows: tuple[tuple[str, ...], ...]
    pictures: int = 0


def blocks(package: Package) -> Iterator[Line | Table]:
    """The body's paragraphs and tables in their order."""
    names = style_names(package.content(STYLES)) if STYLES in package else {}
    body = tree(package.content(DOCUMENT)).find(f"{W}body")
    if body is not None:
        for block in _children(body):
            if block.tag == f"{W}p":
                yield _line(block, names)
            elif block.tag == f"{W}tbl":
                yield _table(block)


def beside(package: Package) -> tuple[str, ...]:
    """The texts of headers, footers and notes, fields left out."""
    texts = []
    for name in package.members:
        if name.startswith(BESIDE) and name.endswith(".xml"):
            texts += [_text(paragraph).strip() for paragraph in tree(package.content(name)).iter(f"{W}p")]
    return tuple(text for text in texts if text)


def tree(content: bytes) -> Any:
    """A part as a tree, without comments; BadFile for what is broken or defines entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise BadFile("file.broken", member="") from wrong
    information: Any = root.getroottree().docinfo
    if information.doctype:
        raise BadFile("file.dtd")
    return root


def _children(node: Any) -> Iterator[Any]:
    """The children as a reader sees them: controls, links and insertions opened, deletions skipped."""
    for child in node:
        if child.tag in SEE_THROUGH:
            yield from _children(child)
        elif child.tag not in GONE:
            yield child


def _line(paragraph: Any, names: dict[str, str]) -> Line:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    boxes = [box for box in paragraph.iter(f"{W}txbxContent") if not _in_fallback(box)]
    inset = tuple(text for box in boxes for part in box.iter(f"{W}p") if (text := _text(part).strip()))
    pictures = sum(1 for tag in PICTURES for _ in paragraph.iter(tag)) - len(boxes)
    key = style.get(f"{W}val", "") if style is not None else ""
    return Line(names.get(key), _text(paragraph), inset, max(pictures, 0))


def _in_fallback(node: Any) -> bool:
    return any(above.tag == FALLBACK for above in node.iterancestors())


def _text(paragraph: Any) -> str:
    """The visible text of a paragraph: tabs and line ends as signs, field codes and hidden runs left out."""
    parts: list[str] = []
    codes: list[bool] = []  # for each open field, whether its code is still being read
    for run in _children(paragraph):
        if run.tag != f"{W}r" or is_hidden(run):
            continue
        for piece in run:
            if piece.tag == f"{W}fldChar":
                follow_field(codes, piece.get(f"{W}fldCharType", ""))
            elif not any(codes):
                parts.append(sign_of(piece))
    return "".join(parts)


def follow_field(codes: list[bool], step: str) -> None:
    """Keep track of where a field's code ends and its shown text begins."""
    if step == "begin":
        codes.append(True)
    elif codes and step == "separate":
        codes[-1] = False
    elif codes and step == "end":
        codes.pop()


def sign_of(piece: Any) -> str:
    """The text that a piece of a run shows; the end of a page is none: LibreOffice puts it into another paragraph."""
    if piece.tag == f"{W}t":
        return piece.text or ""
    if piece.get(f"{W}type") in ENDS_OF_PAGES:
        return ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}.get(piece.tag, "")


def is_hidden(run: Any) -> bool:
    """Whether a run is formatted as hidden text."""
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in OFF


def _table(table: Any) -> Table:
    rows = []
    for row in _children(table):
        if row.tag != f"{W}tr" or row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = [cell for cell in _children(row) if cell.tag == f"{W}tc"]
        rows.append(tuple(_cell(cell) for cell in cells))
    pictures = sum(1 for tag in PICTURES for _ in table.iter(tag))
    return Table(tuple(rows), pictures)


def _cell(cell: Any) -> str:
    return "\n".join(text for part in cell.iter(f"{W}p") if (text := _text(part).strip()))
