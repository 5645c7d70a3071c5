"""How the blocks of two bodies stand in a third, so that all changes can be accepted or rejected and none is left.

A paragraph ends with its own mark. One that comes or goes needs a neighbour that stays to fall into: before a table
and at the end of a cell or body there is none behind it, so that one before it must stay, if only by another text
becoming its own. What Word and LibreOffice leave over otherwise is an empty paragraph.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

from governance.documents.lines import W
from governance.documents.redline_runs import visible_text
from governance.documents.word_diff import How

P = f"{W}p"


@dataclass(frozen=True, eq=False)
class Woven:
    """A block of the old body and the block of the new one that it became; one of them None where it goes or comes."""

    old: Any
    new: Any

    @property
    def fate(self) -> How:
        """What becomes of it."""
        if self.new is None:
            return How.REMOVED
        return How.ADDED if self.old is None else How.KEPT

    @property
    def block(self) -> Any:
        """The block that stands in the file."""
        return self.old if self.new is None else self.new

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a paragraph, whose end can be marked."""
        return bool(self.block.tag == P)


Weave = Callable[[Sequence[Any], Sequence[Any]], list[Woven]]


def closed(before: Sequence[Any], after: Sequence[Any], weave: Weave) -> list[Woven]:
    """The blocks of both bodies in one row (`weave` pairs them), so that the last paragraph stays."""
    woven = _settled(weave(before, after))
    if not before or not after or before[-1].tag != P or after[-1].tag != P:
        return woven
    if any(one.fate is How.KEPT for one in takewhile(lambda one: one.is_paragraph, reversed(woven))):
        return woven
    return [*_settled(weave(before[:-1], after[:-1])), Woven(before[-1], after[-1])]


def runs(woven: Sequence[Woven]) -> Iterator[list[Woven]]:
    """Stretches of paragraphs, and of what is between them."""
    for _, run in groupby(woven, key=lambda one: one.is_paragraph):
        yield list(run)


def _settled(woven: Sequence[Woven]) -> list[Woven]:
    """The row with a paragraph that stays in every stretch, where one can be had."""
    found = [_with_last_pair(run) if run[0].is_paragraph else run for run in runs(woven)]
    for at, run in enumerate(found):
        if run[0].is_paragraph and not _keeps(run):
            _lend(found, at)
    return [one for run in found for one in run]


def _with_last_pair(run: list[Woven]) -> list[Woven]:
    """Where a run of paragraphs ends with some that go and some that come, the last of both become one that changes."""
    tail = list(takewhile(lambda one: one.fate is not How.KEPT, reversed(run)))
    gone = next((one for one in tail if one.fate is How.REMOVED), None)
    come = next((one for one in tail if one.fate is How.ADDED), None)
    if gone is None or come is None:
        return run
    return [*(one for one in run if one is not gone and one is not come), Woven(gone.old, come.new)]


def _lend(found: list[list[Woven]], at: int) -> None:
    """Let a stretch that only comes (or goes) as a whole take in the nearest paragraph of the other body."""
    fate = found[at][0].fate
    for step in (-1, 1):
        lender = at + step
        while 0 <= lender < len(found) and all(one.fate is fate for one in found[lender]):
            lender += step
        if 0 <= lender < len(found) and found[lender][0].is_paragraph and _lent(found, at, lender, fate):
            return


def _lent(found: list[list[Woven]], at: int, lender: int, fate: How) -> bool:
    """Whether the lender gave its paragraph: the nearest one, and only if another stays with it."""
    run = found[lender]
    order = range(len(run)) if lender > at else reversed(range(len(run)))
    nearest = next((place for place in order if run[place].fate is not fate), None)
    if nearest is None or not _keeps([one for place, one in enumerate(run) if place != nearest]):
        return False
    lent = run[nearest]
    coming = fate is How.ADDED
    left = Woven(None, lent.new) if coming else Woven(lent.old, None)
    text = visible_text(lent.old if coming else lent.new)
    target = next((place for place, one in enumerate(found[at]) if visible_text(one.block) == text), 0)
    taken = found[at][target]
    found[at][target] = Woven(lent.old, taken.new) if coming else Woven(taken.old, lent.new)
    run[nearest : nearest + 1] = [] if left.old is None and left.new is None else [left]
    return True


def _keeps(run: Sequence[Woven]) -> bool:
    return any(one.fate is How.KEPT for one in run)
