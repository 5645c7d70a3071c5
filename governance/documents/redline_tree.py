"""Before two Word files are compared: what stands in the way of tracked changes is taken out of a body's tree.

Content controls are opened and bookmarks dropped (with them left in, LibreOffice joins paragraphs when changes are
rejected), earlier tracked changes are accepted, and fields that run over several paragraphs become their shown text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from governance.documents.lines import W

OPENED = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo", "ins", "moveTo")
)
DROPPED = frozenset(
    f"{W}{name}"
    for name in (
        "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "del", "moveFrom", "bookmarkStart", "bookmarkEnd",
        "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "numberingChange",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange",
        "tcPrChange", "cellIns", "cellMerge",
    )
)  # fmt: skip
# Where a mark of a change stands in a property: it says something of the row or the paragraph, not of runs.
MARKED = {f"{W}trPr", f"{W}rPr"}
BLOCKS = frozenset({f"{W}p", f"{W}tbl"})


def made_plain(root: Any) -> None:
    """Take out of the tree what a comparison cannot carry; what is read from it stays the same."""
    gone = [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None]
    gone += [mark.getparent().getparent() for mark in root.iter(f"{W}cellDel")]
    for element in gone:
        element.getparent().remove(element)
    _join_paragraphs(root)
    for element in list(root.iter(*OPENED, *DROPPED)):
        if element.getparent() is None:
            continue
        if element.tag in OPENED and element.getparent().tag not in MARKED:
            opened(element)
        else:
            element.getparent().remove(element)
    _end_long_fields(root)


def opened(element: Any) -> None:
    """Put an element's children in its place."""
    parent, at = element.getparent(), element.getparent().index(element)
    parent[at : at + 1] = list(element)


def _join_paragraphs(root: Any) -> None:
    """Accept paragraph marks deleted earlier: what is left of such a paragraph goes into the next one."""
    for paragraph in list(root.iter(f"{W}p")):
        following = paragraph.getnext()
        deleted = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        if not deleted or following is None or following.tag != f"{W}p":
            continue
        rest = [child for child in paragraph if child.tag != f"{W}pPr"]
        at = 1 if following.find(f"{W}pPr") is not None else 0
        following[at:at] = rest
        paragraph.getparent().remove(paragraph)


@dataclass
class _Field:
    """A field that is open while the tree is walked."""

    paragraph: Any
    parts: list[Any] = field(default_factory=list)


def _end_long_fields(root: Any) -> None:
    """A field that does not begin and end in one paragraph (a table of contents) becomes its shown text."""
    for part in list(_parts_of_long_fields(root)):
        part.getparent().remove(part)


def _parts_of_long_fields(root: Any) -> Iterator[Any]:
    open_ones: list[_Field] = []
    for part in root.iter(f"{W}fldChar", f"{W}instrText"):
        paragraph = next(part.iterancestors(f"{W}p"), None)
        step = part.get(f"{W}fldCharType", "")
        if step == "begin":
            open_ones.append(_Field(paragraph))
        if not open_ones:
            yield part
            continue
        open_ones[-1].parts.append(part)
        if step == "end":
            ended = open_ones.pop()
            if ended.paragraph is not paragraph:
                yield from ended.parts
    for left in open_ones:
        yield from left.parts
