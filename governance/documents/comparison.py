"""What differs between two Word files, as plain values for a page: paragraphs and rows, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from governance.documents.aligning import Bounds, Item, pairs
from governance.documents.lines import Line, Table, beside, blocks
from governance.documents.package import Package
from governance.documents.redline import require_comparable
from governance.documents.word_diff import How, item_of, stretches

PAGE_NUMBER = re.compile(r"[-–—\s\d]*")  # An editor keeps in it whatever page it showed last.
FORM = 1  # of the stored values; another number means that they are computed anew


class Fate(StrEnum):
    """What became of a block."""

    EQUAL = "equal"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Some text and what became of it."""

    how: How
    text: str


Text = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph (one cell) or a row of a table; `table` numbers the tables, None for a paragraph.

    `aside` marks what stands in a header, footer or note.
    """

    fate: Fate
    cells: tuple[Text, ...]
    table: int | None = None
    aside: bool = False


@dataclass(frozen=True)
class Comparison:
    """All blocks of both files in their order."""

    blocks: tuple[Block, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many blocks were changed, added and removed."""
        return {
            fate.value: sum(1 for block in self.blocks if block.fate is fate)
            for fate in (Fate.CHANGED, Fate.ADDED, Fate.REMOVED)
        }

    def as_data(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "form": FORM,
            "blocks": [
                {
                    "fate": block.fate.value,
                    "cells": [[[piece.how.value, piece.text] for piece in cell] for cell in block.cells],
                    **({} if block.table is None else {"table": block.table}),
                    **({"aside": True} if block.aside else {}),
                }
                for block in self.blocks
            ],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Comparison | None":
        """What was stored; None for what an older program stored in another form."""
        if data.get("form") != FORM:
            return None
        return cls(tuple(_block_from(one) for one in data["blocks"]))


def compare(old: bytes, new: bytes) -> Comparison:
    """Compare two Word files; BadFile or TooLarge for what cannot be read."""
    packages = [Package.read(data) for data in (old, new)]
    for package in packages:
        require_comparable(package)
    bounds = Bounds()
    before, after = (list(_opened(blocks(package))) for package in packages)
    found = list(_compared(before, after, bounds))
    asides = [_asides(package) for package in packages]
    return Comparison((*found, *(_aside(block) for block in _compared(asides[0], asides[1], bounds))))


def _asides(package: Package) -> list[Line]:
    """What stands in the margins, each text once: LibreOffice writes a header anew for each section that shows it."""
    return [Line(None, text) for text in dict.fromkeys(beside(package)) if not PAGE_NUMBER.fullmatch(text)]


def _opened(found: Iterable[Line | Table]) -> Iterator[Line | Table]:
    """The blocks, what lies in a paragraph's text boxes behind it; empty paragraphs say nothing."""
    for block in found:
        if isinstance(block, Table) or block.text.strip():
            yield block
        if isinstance(block, Line):
            yield from (Line(None, text) for text in block.inset)


def _compared(before: Sequence[Any], after: Sequence[Any], bounds: Bounds) -> Iterator[Block]:
    tables = 0
    for i, j in pairs([_item(block) for block in before], [_item(block) for block in after], bounds):
        old, new = (None if i is None else before[i]), (None if j is None else after[j])
        if isinstance(old or new, Line):
            yield _block([] if old is None else [old.text], [] if new is None else [new.text], bounds)
            continue
        tables += 1
        yield from _rows(() if old is None else old.rows, () if new is None else new.rows, tables, bounds)


def _rows(before: Sequence[Any], after: Sequence[Any], table: int, bounds: Bounds) -> Iterator[Block]:
    """The rows of a table by their text, the cells by their place."""
    for i, j in pairs([_item_of_row(row) for row in before], [_item_of_row(row) for row in after], bounds):
        old, new = (() if i is None else before[i]), (() if j is None else after[j])
        if i is not None and j is not None and len(old) != len(new):
            yield _block(old, (), bounds, table)
            yield _block((), new, bounds, table)
        else:
            yield _block(old, new, bounds, table)


def _block(old: Sequence[str], new: Sequence[str], bounds: Bounds, table: int | None = None) -> Block:
    """One block from its cells' texts; no cells at all on a side where it is not."""
    if not old or not new:
        fate, how = (Fate.ADDED, How.ADDED) if new else (Fate.REMOVED, How.REMOVED)
        return Block(fate, tuple((Piece(how, text),) for text in new or old), table)
    cells = tuple(_text(one, other, bounds) for one, other in zip(old, new, strict=True))
    return Block(Fate.EQUAL if tuple(old) == tuple(new) else Fate.CHANGED, cells, table)


def _text(old: str, new: str, bounds: Bounds) -> Text:
    if old == new:
        return (Piece(How.KEPT, new),)
    return tuple(
        Piece(how, (old if how is How.REMOVED else new)[start:end]) for how, start, end in stretches(old, new, bounds)
    )


def _item(block: Line | Table) -> Item:
    if isinstance(block, Line):
        return item_of(block.text, "paragraph")
    rows = [_item_of_row(row) for row in block.rows]
    words = frozenset[str]().union(*(row.words for row in rows))
    return Item("table", tuple(row.whole for row in rows), tuple(row.bare for row in rows), words)


def _item_of_row(row: Sequence[str]) -> Item:
    return item_of("\t".join(row), f"row of {len(row)}")


def _aside(block: Block) -> Block:
    return Block(block.fate, block.cells, block.table, aside=True)


def _block_from(data: dict[str, Any]) -> Block:
    cells = tuple(tuple(Piece(How(how), text) for how, text in cell) for cell in data["cells"])
    return Block(Fate(data["fate"]), cells, data.get("table"), data.get("aside", False))
