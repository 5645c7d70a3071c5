"""Paragraphs and tables of an older body woven into a newer one, each difference as a tracked change."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from governance.documents.aligning import Item, Pair, pairs
from governance.documents.lines import W
from governance.documents.redline_runs import Hand, mark_end, visible_text, write_change, write_whole
from governance.documents.weaving import P, Woven, closed, runs
from governance.documents.word_diff import How, item_of

TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
NOT_BLOCKS = frozenset({f"{W}tcPr", f"{W}sectPr"})


def weave(old: Any, new: Any, hand: Hand) -> None:
    """Make `new`, a body or a cell, hold what `old` held as well, as tracked changes."""
    before, after = _blocks(old), _blocks(new)
    woven = closed(before, after, lambda ones, others: _paired(ones, others, hand))
    for one in woven:
        if one.fate is How.KEPT:
            _write_kept(one.old, one.block, hand)
        else:
            _write_alone(one.block, one.fate, hand)
    for run in runs(woven):
        if run[0].is_paragraph:
            _mark_ends(run, hand)
    section = new.find(f"{W}sectPr")
    new.extend([*(one.block for one in woven), *([] if section is None else [section])])


def weave_table(old: Any, new: Any, hand: Hand) -> None:
    """Make the table `new` hold the rows of `old` as well: rows by their text, cells by their place."""
    before, after = old.findall(ROW), new.findall(ROW)
    found = pairs([_item_of_row(row) for row in before], [_item_of_row(row) for row in after], hand.bounds)
    at = new.index(after[0]) if after else len(new)
    for i, j in _with_equal_cells(before, after, found):
        if i is not None and j is not None:
            for one, other in zip(before[i].findall(CELL), after[j].findall(CELL), strict=True):
                weave(one, other, hand)
        elif i is not None:
            _write_row(before[i], How.REMOVED, hand)
            new.insert(at, before[i])
        elif j is not None:
            _write_row(after[j], How.ADDED, hand)
        at = at + 1


def _with_equal_cells(before: Sequence[Any], after: Sequence[Any], found: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs of rows, those apart whose cells cannot be set side by side."""
    for i, j in found:
        if i is not None and j is not None and len(before[i].findall(CELL)) != len(after[j].findall(CELL)):
            yield from ((i, None), (None, j))
        else:
            yield i, j


def _paired(before: Sequence[Any], after: Sequence[Any], hand: Hand) -> list[Woven]:
    found = pairs([_item_of_block(block) for block in before], [_item_of_block(block) for block in after], hand.bounds)
    return [Woven(None if i is None else before[i], None if j is None else after[j]) for i, j in found]


def _blocks(container: Any) -> list[Any]:
    return [child for child in container if child.tag not in NOT_BLOCKS]


def _mark_ends(run: Sequence[Woven], hand: Hand) -> None:
    """Mark the ends of neighbouring paragraphs; where the last one comes or goes, each mark stands one earlier.

    A paragraph that goes with its own end falls into the next one. The last before a table, or of all, has no next:
    there it is the end before it that goes, and the paragraph's text falls back behind the one that stays.
    """
    fates = [one.fate for one in run]
    stays = next((at for at in reversed(range(len(run))) if fates[at] is How.KEPT), None)
    marks = list(fates)
    if stays is not None and stays < len(run) - 1:
        marks[stays:] = [*fates[stays + 1 :], How.KEPT]
        _keep_looks(run[stays:])
    for one, mark in zip(run, marks, strict=True):
        if mark is not How.KEPT:
            mark_end(one.block, mark, hand)


def _keep_looks(run: Sequence[Woven]) -> None:
    """Give each paragraph that goes the form of the one before it that stays, since it lends that one its end."""
    look = None
    for one in run:
        properties = one.block.find(f"{W}pPr")
        if one.fate is not How.REMOVED:
            look = properties
            continue
        if properties is not None:
            one.block.remove(properties)
        if look is not None:
            one.block.insert(0, deepcopy(look))


def _write_alone(block: Any, fate: How, hand: Hand) -> None:
    if block.tag == P:
        write_whole(block, fate, hand)
    elif block.tag == TABLE:
        for row in block.findall(ROW):
            _write_row(row, fate, hand)


def _write_kept(old: Any, new: Any, hand: Hand) -> None:
    if new.tag == TABLE:
        weave_table(old, new, hand)
    elif new.tag == P and visible_text(old) != visible_text(new):
        write_change(old, new, hand)


def _write_row(row: Any, fate: How, hand: Hand) -> None:
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = row.makeelement(f"{W}trPr")
        row.insert(1 if row.find(f"{W}tblPrEx") is not None else 0, properties)
    properties.append(hand.mark(fate))
    for cell in row.findall(CELL):
        for block in _blocks(cell):
            _write_alone(block, fate, hand)
            if block.tag == P:
                mark_end(block, fate, hand)


def _item_of_block(block: Any) -> Item:
    if block.tag == P:
        return item_of(visible_text(block), P)
    rows = [_item_of_row(row) for row in block.findall(ROW)]
    words = frozenset[str]().union(*(row.words for row in rows))
    return Item(block.tag, tuple(row.whole for row in rows), tuple(row.bare for row in rows), words)


def _item_of_row(row: Any) -> Item:
    cells = ("\v".join(_text_of_block(block) for block in _blocks(cell)) for cell in row.findall(CELL))
    return item_of("\t".join(cells), f"{ROW} {len(row.findall(CELL))}")


def _text_of_block(block: Any) -> str:
    """The text, with a sign for its structure: what is nested otherwise is not equal."""
    if block.tag == P:
        return visible_text(block)
    rows = (str(_item_of_row(row).whole) for row in block.findall(ROW))
    return "\f".join(("", *rows, ""))
