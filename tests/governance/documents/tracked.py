"""Tracked changes accepted and rejected as the standard defines them (ISO 29500-1, 17.13.5): a judge of our own.

It shares nothing with the code it judges but the parser of the standard library.
"""

import zipfile
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


class Tracked:
    """A Word file's body, to be looked at with all changes accepted or rejected."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.xml = archive.read("word/document.xml")

    @property
    def marks(self) -> list[Any]:
        """Every mark of a change."""
        return [one for one in ET.fromstring(self.xml).iter() if one.tag in (f"{W}ins", f"{W}del")]

    @property
    def rows(self) -> list[Any]:
        """Every row of every table."""
        return list(ET.fromstring(self.xml).iter(f"{W}tr"))

    def plain(self) -> list[Any]:
        """The body as it is, of a file without changes."""
        assert self.marks == []
        return dumped(self._body())

    def accepted(self) -> list[Any]:
        """The body with every change accepted."""
        return dumped(settled(self._body(), keep=f"{W}ins", drop=f"{W}del"))

    def rejected(self) -> list[Any]:
        """The body with every change rejected."""
        return dumped(settled(self._body(), keep=f"{W}del", drop=f"{W}ins"))

    def _body(self) -> Any:
        body = ET.fromstring(self.xml).find(f"{W}body")
        assert body is not None
        return body


def settled(body: Any, *, keep: str, drop: str) -> Any:
    """The body with one kind of change made lasting and the other undone."""
    require_sound(body)
    _settle_rows(body, keep, drop)
    _settle_runs(body, keep, drop)
    for container in list(body.iter()):
        _settle_ends(container, drop)
    for properties in list(body.iter(f"{W}rPr")):
        for mark in properties.findall(keep) + properties.findall(drop):
            properties.remove(mark)
    assert not [one for one in body.iter() if one.tag in (keep, drop)]
    for cell in body.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p", "a cell ends with a paragraph"
    return body


def require_sound(body: Any) -> None:
    """The rules of the standard that an editor relies on."""
    marks = [one for one in body.iter() if one.tag in (f"{W}ins", f"{W}del")]
    numbers = [mark.get(f"{W}id") for mark in marks]
    assert len(numbers) == len(set(numbers))
    assert all(mark.get(f"{W}author") and mark.get(f"{W}date") for mark in marks)
    for deletion in body.iter(f"{W}del"):
        assert not list(deletion.iter(f"{W}t")), "deleted text is w:delText"
    for insertion in body.iter(f"{W}ins"):
        assert {child.tag for child in insertion} <= {f"{W}r"}
    for paragraph in body.iter(f"{W}p"):
        assert not [child for child in paragraph.iter(f"{W}delText") if _outside(paragraph, child)]


def _outside(paragraph: Any, text: Any) -> bool:
    return not any(text in deletion.iter() for deletion in paragraph.iter(f"{W}del"))


def _settle_rows(body: Any, keep: str, drop: str) -> None:
    for parent in list(body.iter()):
        for table in parent.findall(f"{W}tbl"):
            for row in table.findall(f"{W}tr"):
                properties = row.find(f"{W}trPr")
                if properties is not None and properties.find(drop) is not None:
                    table.remove(row)
                elif properties is not None and properties.find(keep) is not None:
                    properties.remove(properties.find(keep))
            if table.find(f"{W}tr") is None:
                parent.remove(table)


def _settle_runs(body: Any, keep: str, drop: str) -> None:
    for paragraph in list(body.iter(f"{W}p")):
        for change in paragraph.findall(drop):
            paragraph.remove(change)
        for change in paragraph.findall(keep):
            at = list(paragraph).index(change)
            paragraph.remove(change)
            for offset, run in enumerate(list(change)):
                paragraph.insert(at + offset, run)
    for text in body.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _settle_ends(container: Any, drop: str) -> None:
    """A paragraph whose end goes falls into the next one and takes its form."""
    blocks = list(container)
    for paragraph, following in zip_longest(blocks, blocks[1:]):
        if paragraph.tag != f"{W}p" or paragraph.find(f"{W}pPr/{W}rPr/{drop}") is None:
            continue
        rest = [child for child in paragraph if child.tag != f"{W}pPr"]
        if following is None or following.tag != f"{W}p":
            assert not rest, "text before a table or at an end has no paragraph to fall into"
            assert following is not None, "the last paragraph of a cell or body stays"
        else:
            at = 1 if following.find(f"{W}pPr") is not None else 0
            for offset, child in enumerate(rest):
                following.insert(at + offset, child)
        container.remove(paragraph)


def dumped(body: Any) -> list[Any]:
    """Paragraphs as (style, text), tables as rows of cells of paragraphs."""
    return [_dumped(child) for child in body if child.tag in (f"{W}p", f"{W}tbl")]


def _dumped(block: Any) -> Any:
    if block.tag == f"{W}p":
        style = block.find(f"{W}pPr/{W}pStyle")
        return (style.get(f"{W}val") if style is not None else None, "".join(map(_shown, block.iter())))
    return [[dumped(cell) for cell in row.findall(f"{W}tc")] for row in block.findall(f"{W}tr")]


def _shown(piece: Any) -> str:
    if piece.tag == f"{W}t":
        return piece.text or ""
    return "" if piece.get(f"{W}type") == "page" else SIGNS.get(piece.tag, "")


def texts(dump: Any) -> Any:
    """A dump without the styles."""
    return [texts(one) if isinstance(one, list) else one[1] for one in dump]
