"""Two texts word by word: what is kept, what is removed, what is added, as a person would mark it."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from governance.documents.aligning import Bounds, Item, Span, spans

WORD = re.compile(r"\w+|\s+|[^\w\s]")
LETTERS = re.compile(r"\w+")
NUMBERED = re.compile(r"\s*(?:(?:Menimbang|Mengingat)\s*:\s*)?\(?(?:[a-z]{1,2}|\d{1,3})[.)]\s+|\s*\d{1,3}\s*")
LONGEST = 100_000  # letters of a paragraph compared word by word; a longer one is replaced as a whole
SKETCH = 2_000  # letters by which a paragraph is likened to others
KEPT_AT_LEAST = 0.2  # of the longer text's words; where less is kept, the whole text is marked as another


class How(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Stretch(NamedTuple):
    """A piece of text by its place: `start` to `end` in the new text, or in the old one where it is removed."""

    how: How
    start: int
    end: int


def stretches(old: str, new: str, bounds: Bounds) -> list[Stretch]:
    """How the old text became the new one; what is removed stands before what came in its place."""
    if max(len(old), len(new)) > LONGEST:
        found = [] if old == new else [Span(False, (0, 1), (0, 1))]
        return _placed([[0, len(old)], [0, len(new)]], found or [Span(True, (0, 1), (0, 1))])
    words = [WORD.findall(text) for text in (old, new)]
    found = _readable(words[0], spans(words[0], words[1], bounds))
    return _placed([_starts(side) for side in words], found)


def item_of(text: str, kind: str) -> Item:
    """A paragraph, or a row, as it is paired with others of its kind."""
    return Item(kind, text, NUMBERED.sub("", text, count=1), frozenset(LETTERS.findall(text[:SKETCH])))


def _readable(old: Sequence[str], found: list[Span]) -> list[Span]:
    """Without the crumbs: a blank or a sign alone between two changes is taken into them."""
    joined: list[Span] = []
    for at, span in enumerate(found):
        crumb = span.equal and 0 < at < len(found) - 1 and not any(map(LETTERS.match, old[slice(*span.old)]))
        if joined and (crumb or (not span.equal and not joined[-1].equal)):
            last = joined.pop()
            joined.append(Span(False, (last.old[0], span.old[1]), (last.new[0], span.new[1])))
        else:
            joined.append(span)
    kept = sum(1 for span in joined if span.equal for word in old[slice(*span.old)] if LETTERS.match(word))
    ends = (found[-1].old[1], found[-1].new[1]) if found else (0, 0)
    if len(joined) > 1 and kept < KEPT_AT_LEAST * max(ends) / 2:  # about half of what is compared are blanks
        return [Span(False, (0, ends[0]), (0, ends[1]))]
    return joined


def _starts(words: Sequence[str]) -> list[int]:
    """Where each word begins, and behind the last where the text ends."""
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _placed(starts: list[list[int]], found: list[Span]) -> list[Stretch]:
    placed = []
    for span in found:
        (old_start, old_end), (new_start, new_end) = (
            (starts[side][stretch[0]], starts[side][stretch[1]]) for side, stretch in enumerate((span.old, span.new))
        )
        if span.equal:
            placed.append(Stretch(How.KEPT, new_start, new_end))
            continue
        placed += [Stretch(How.REMOVED, old_start, old_end), Stretch(How.ADDED, new_start, new_end)]
    return [one for one in placed if one.start < one.end]
