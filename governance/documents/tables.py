"""A table of any number of columns as Word markup: its header row repeats, no row breaks, rows count themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from markupsafe import Markup

from governance.documents.counters import COUNTED
from governance.documents.text import Part

HANDWRITTEN = 482  # twentieths of a point: a row left blank is filled in by hand
NUMBER_WIDTH = 680  # twentieths of a point: the column of running numbers
HEADER, CELL = "F Baris Kepala", "F Baris"
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MARGINS = (
    '<w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
)


@dataclass(frozen=True)
class Look:
    """How a table is drawn: its width in twentieths of a point, the ids of the named styles, the list of its rows."""

    width: int
    styles: Mapping[str, str]
    counter: str | None = None  # None: the style's own list
    kept: bool = False  # whether its last row stays with the signature that follows


def table_markup(part: Part, look: Look) -> Markup:
    """The part's table as the template's styles draw it."""
    columns = _widths(part, look.width)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    head = _row(
        [
            _cell(text, HEADER, column, replace(look, kept=False))
            for text, column in zip(part.header, columns, strict=True)
        ],
        head=True,
    )
    last = len(part.rows) - 1
    rows = [
        _row(_cells(row, columns, replace(look, kept=look.kept and index == last)), blank=not any(map(str.strip, row)))
        for index, row in enumerate(part.rows)
    ]
    return Markup(  # noqa: S704 - every text in it was escaped by _cell
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _widths(part: Part, width: int) -> list[int]:
    weights = part.widths or (1,) * (len(part.header) - 1)
    left = width - NUMBER_WIDTH
    return [NUMBER_WIDTH, *(left * weight // sum(weights) for weight in weights)]


def _cells(row: Sequence[str], columns: Sequence[int], look: Look) -> list[str]:
    counted = _cell("", COUNTED, columns[0], look)
    return [counted, *(_cell(text, CELL, column, look) for text, column in zip(row, columns[1:], strict=True))]


def _row(cells: Sequence[str], *, head: bool = False, blank: bool = False) -> str:
    more = "<w:tblHeader/>" if head else f'<w:trHeight w:val="{HANDWRITTEN}"/>' if blank else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, style: str, width: int, look: Look) -> str:
    """A cell; each line of its text is a paragraph of its own."""
    named = f'<w:pStyle w:val="{escape(look.styles[style])}"/>' if style in look.styles else ""
    counts = style == COUNTED and look.counter is not None
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.counter}"/></w:numPr>' if counts else ""
    kept = "<w:keepNext/>" if look.kept else ""
    properties = f"<w:pPr>{named}{kept}{listed}</w:pPr>" if named or kept or listed else ""
    runs = (f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' if line else "" for line in text.split("\n"))
    paragraphs = "".join(f"<w:p>{properties}{run}</w:p>" for run in runs)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'
