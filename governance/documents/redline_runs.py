"""A paragraph taken apart into signs, and put together again from runs that are kept, inserted and deleted."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple
from zlib import crc32

from lxml import etree

from governance.documents.aligning import Bounds
from governance.documents.lines import W, follow_field, is_hidden, sign_of
from governance.documents.word_diff import How, Stretch, stretches

# What deleted text may hold besides letters; all else of an old file (pictures, notes) has no meaning in a new one.
SMALL = frozenset(f"{W}{name}" for name in ("tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab"))
INSIDE = frozenset({f"{W}hyperlink", f"{W}fldSimple"})
SKIPPED = frozenset({f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delText", f"{W}delInstrText"})
THINGS, SORTS_OF_THINGS = 0xE000, 0x1800  # Signs that no text uses stand for what is no text (a picture) among words.
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKS = {How.ADDED: "ins", How.REMOVED: "del"}


class Sign(NamedTuple):
    """A stretch of letters of one run, or one thing in it (a tab, a picture); `look` is the run's w:rPr."""

    text: str
    look: Any = None
    thing: Any = None
    visible: bool = True


@dataclass
class Hand:
    """Who makes the changes and when, what may still be spent, and the last number given to a change."""

    author: str
    at: datetime
    bounds: Bounds
    number: int

    def mark(self, how: How) -> Any:
        """A new w:ins or w:del."""
        self.number += 1
        day = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = {f"{W}id": str(self.number), f"{W}author": self.author, f"{W}date": day}
        return etree.Element(f"{W}{MARKS[how]}", values)


def visible_text(paragraph: Any) -> str:
    """The paragraph's text as a reader sees it."""
    return "".join(sign.text for sign in _signs(paragraph, []) if sign.visible)


def write_change(old: Any, new: Any, hand: Hand) -> None:
    """Make the new paragraph hold both texts, what differs as tracked changes."""
    before, after = list(_signs(old, [])), list(_signs(new, []))
    texts = ["".join(sign.text for sign in side) for side in (before, after)]
    _put(new, before, after, stretches(texts[0], texts[1], hand.bounds), hand)


def write_whole(paragraph: Any, how: How, hand: Hand) -> None:
    """Make the whole content of a paragraph one change."""
    found = list(_signs(paragraph, []))
    length = sum(len(sign.text) for sign in found)
    _put(paragraph, found, found, [Stretch(how, 0, length)] if length else [], hand)


def mark_end(paragraph: Any, how: How, hand: Hand) -> None:
    """Mark the paragraph's own end as inserted or deleted."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    look = properties.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        section = properties.find(f"{W}sectPr")
        properties.insert(len(properties) if section is None else properties.index(section), look)
    look.insert(0, hand.mark(how))


def _put(paragraph: Any, old: list[Sign], new: list[Sign], found: Iterable[Stretch], hand: Hand) -> None:
    content: list[Any] = []
    for how, start, end in found:
        runs = list(_runs(_cut(old if how is How.REMOVED else new, start, end), deleted=how is How.REMOVED))
        if how is not How.KEPT and runs:
            change = hand.mark(how)
            change.extend(runs)
            runs = [change]
        content += runs
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    paragraph.extend(content)


def _cut(found: list[Sign], start: int, end: int) -> Iterator[Sign]:
    """The signs from one place of the text to another."""
    at = 0
    for sign in found:
        first, last = max(start - at, 0), min(end - at, len(sign.text))
        if first < last:
            yield sign._replace(text=sign.text[first:last])
        at += len(sign.text)
        if at >= end:
            return


def _runs(found: Iterable[Sign], *, deleted: bool) -> Iterator[Any]:
    for _, group in groupby(found, key=lambda sign: (id(sign.look), _stands_alone(sign))):
        members = list(group)
        if _stands_alone(members[0]):
            yield from () if deleted else (deepcopy(sign.thing) for sign in members)
            continue
        pieces = [piece for sign in members for piece in _pieces(sign, deleted=deleted)]
        if pieces:
            run = etree.Element(f"{W}r")
            run.extend([*([] if members[0].look is None else [deepcopy(members[0].look)]), *pieces])
            yield run


def _pieces(sign: Sign, *, deleted: bool) -> Iterator[Any]:
    if sign.thing is None:
        text = etree.Element(f"{W}delText" if deleted else f"{W}t", {SPACE: "preserve"})
        text.text = sign.text
        yield text
    elif not deleted or sign.thing.tag in SMALL:
        yield deepcopy(sign.thing)


def _stands_alone(sign: Sign) -> bool:
    """Whether it stands beside the runs: a formula."""
    return sign.thing is not None and sign.thing.getparent().tag != f"{W}r"


def _signs(parent: Any, codes: list[bool]) -> Iterator[Sign]:
    """What a paragraph holds, in order; fields as their shown text, links as theirs."""
    for child in parent:
        if child.tag in INSIDE:
            yield from _signs(child, codes)
        elif child.tag == f"{W}r":
            yield from _signs_of_run(child, codes)
        elif child.tag not in SKIPPED:
            yield Sign(_stand_in(child), None, child, visible=False)


def _signs_of_run(run: Any, codes: list[bool]) -> Iterator[Sign]:
    look, hidden = run.find(f"{W}rPr"), is_hidden(run)
    for piece in run:
        if piece.tag == f"{W}fldChar":
            follow_field(codes, piece.get(f"{W}fldCharType", ""))
        elif any(codes) or piece.tag in SKIPPED or (piece.tag == f"{W}t" and not piece.text):
            continue
        elif hidden or not sign_of(piece):
            yield Sign(_stand_in(piece), look, piece, visible=False)
        elif piece.tag == f"{W}t":
            yield Sign(sign_of(piece), look)
        else:
            yield Sign(sign_of(piece), look, piece)


def _stand_in(thing: Any) -> str:
    return chr(THINGS + crc32(thing.tag.encode()) % SORTS_OF_THINGS)
