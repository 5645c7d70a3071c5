"""Which items of an older sequence became which of a newer one: within bounds, whatever the input.

Equal heads and tails go first, then what stands once on each side holds the rest in place, and only the short gaps that
are left are compared each with each (difflib). A gap too long for that counts as replaced as a whole.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

SHORT_GAP = 40_000  # old times new items compared each with each: 65 ms at the worst that was found
MOST_COMPARED = 3_000_000  # the same, over a whole comparison
MOST_LIKENED = 40_000  # pairs of one gap that are looked at for likeness
ALIKE = 0.45  # of the words of both; below this a text is another text
PART, FEW = 0.6, 3  # three quarters of the shorter one's words, of three at least, are enough as well
DEEPEST = 12


@dataclass
class Bounds:
    """What one comparison may still spend; once it is spent, whatever differs counts as replaced as a whole."""

    left: int = MOST_COMPARED

    def allow(self, cost: int) -> bool:
        """Whether this much may be spent; then it is."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


@dataclass(frozen=True)
class Span:
    """A stretch of both sequences, as half-open ranges: the same in both, or the one in place of the other."""

    equal: bool
    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True)
class Item:
    """What is paired: `whole` says when two are equal, `bare` leaves the number out, `words` say how alike they are.

    Only items of one `kind` are alike.
    """

    kind: str
    whole: Hashable
    bare: Hashable
    words: frozenset[str] = field(default=frozenset(), compare=False)


Pair = tuple[int | None, int | None]


def spans(old: Sequence[Hashable], new: Sequence[Hashable], bounds: Bounds) -> list[Span]:
    """The two sequences as stretches that are equal and stretches that differ, in their order."""
    return _joined(_spans(old, new, ((0, len(old)), (0, len(new))), bounds, 0))


def pairs(old: Sequence[Item], new: Sequence[Item], bounds: Bounds) -> list[Pair]:
    """Each old item beside the new one it became, in order; None where it is gone, or new.

    What is equal is paired first, then what differs in its number only, then what is alike.
    """
    found: list[Pair] = []
    for span in spans([(one.kind, one.whole) for one in old], [(one.kind, one.whole) for one in new], bounds):
        if span.equal:
            found += zip(range(*span.old), range(*span.new), strict=True)
        else:
            found += _renumbered(old, new, span, bounds)
    return found


def _renumbered(old: Sequence[Item], new: Sequence[Item], within: Span, bounds: Bounds) -> Iterator[Pair]:
    """The pairs of a stretch that differs: by what stands behind the number, else by likeness."""
    first_old, first_new = within.old[0], within.new[0]
    bare = [(item.kind, item.bare) for item in old[slice(*within.old)]]
    for span in spans(bare, [(item.kind, item.bare) for item in new[slice(*within.new)]], bounds):
        old_at, new_at = (_moved(span.old, first_old), _moved(span.new, first_new))
        if span.equal:
            yield from zip(range(*old_at), range(*new_at), strict=True)
        else:
            yield from _alike(old, new, Span(False, old_at, new_at), bounds)


def _alike(old: Sequence[Item], new: Sequence[Item], within: Span, bounds: Bounds) -> Iterator[Pair]:
    """The pairs of a stretch by likeness, in order, so that the sum of likeness is greatest; what is left, alone."""
    (i, i_end), (j, j_end) = within.old, within.new
    for i_found, j_found in _likest(old, new, within, bounds):
        yield from ((gone, None) for gone in range(i, i_found))
        yield from ((None, come) for come in range(j, j_found))
        yield i_found, j_found
        i, j = i_found + 1, j_found + 1
    yield from ((gone, None) for gone in range(i, i_end))
    yield from ((None, come) for come in range(j, j_end))


def _likest(old: Sequence[Item], new: Sequence[Item], within: Span, bounds: Bounds) -> list[tuple[int, int]]:
    rows, columns = range(*within.old), range(*within.new)
    cost = len(rows) * len(columns)
    if cost == 1 and old[rows[0]].kind == new[columns[0]].kind:
        return [(rows[0], columns[0])]  # One in place of one: a reader wants to see them side by side.
    if not cost or cost > MOST_LIKENED or not bounds.allow(cost):
        return []
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(columns))):
            paired = best[i + 1][j + 1] + likeness(old[rows[i]], new[columns[j]])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return [(rows[i], columns[j]) for i, j in _walked(best)]


def _walked(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs that make up the greatest sum."""
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def likeness(old: Item, new: Item) -> float:
    """How much of the words of both is in both, from 0 to 1; too little counts as nothing.

    A text cut down to a part of itself is alike too.
    """
    fewer, total = min(len(old.words), len(new.words)), len(old.words) + len(new.words)
    if not fewer or old.kind != new.kind:
        return 0.0
    shared = len(old.words & new.words)
    share = max(2 * shared / total, PART * shared / fewer if fewer >= FEW else 0.0)
    return share if share >= ALIKE else 0.0


def _spans(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    within: tuple[tuple[int, int], tuple[int, int]],
    bounds: Bounds,
    depth: int,
) -> Iterator[Span]:
    (i, i_end), (j, j_end) = within
    head = _same(lambda at: old[i + at] == new[j + at], min(i_end - i, j_end - j))
    yield Span(True, (i, i + head), (j, j + head))
    i, j = i + head, j + head
    tail = _same(lambda at: old[i_end - 1 - at] == new[j_end - 1 - at], min(i_end - i, j_end - j))
    last = Span(True, (i_end - tail, i_end), (j_end - tail, j_end))
    yield from _gap(old, new, ((i, i_end - tail), (j, j_end - tail)), bounds, depth)
    yield last


def _gap(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    within: tuple[tuple[int, int], tuple[int, int]],
    bounds: Bounds,
    depth: int,
) -> Iterator[Span]:
    """A stretch whose ends differ."""
    (i, i_end), (j, j_end) = within
    cost = (i_end - i) * (j_end - j)
    if 0 < cost <= SHORT_GAP and bounds.allow(cost):
        matcher = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            yield Span(tag == "equal", (i + i1, i + i2), (j + j1, j + j2))
        return
    anchors = _anchors(old, new, within) if cost > SHORT_GAP and depth < DEEPEST else []
    if not anchors:
        yield Span(False, (i, i_end), (j, j_end))
        return
    for i_found, j_found in [*anchors, (i_end, j_end)]:
        yield from _spans(old, new, ((i, i_found), (j, j_found)), bounds, depth + 1)
        i, j = i_found, j_found


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], within: tuple[tuple[int, int], tuple[int, int]]
) -> list[tuple[int, int]]:
    """What stands exactly once on each side, as many as keep their order (the patience way of Bram Cohen)."""
    places = [_once(side, *stretch) for side, stretch in zip((old, new), within, strict=True)]
    both = [(i, places[1][item]) for item, i in places[0].items() if item in places[1]]
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(both):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [at]
    kept, at = [], piles[-1] if piles else -1
    while at >= 0:
        kept.append(both[at])
        at = before[at]
    return kept[::-1]


def _once(side: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    count = Counter(side[start:end])
    return {side[at]: at for at in range(start, end) if count[side[at]] == 1}


def _same(equal: Callable[[int], bool], most: int) -> int:
    """How many are equal from the start."""
    return next((at for at in range(most) if not equal(at)), most)


def _moved(stretch: tuple[int, int], by: int) -> tuple[int, int]:
    return stretch[0] + by, stretch[1] + by


def _joined(found: Iterator[Span]) -> list[Span]:
    """Without empty stretches, and neighbours of one sort in one."""
    joined: list[Span] = []
    for span in found:
        if span.old[0] == span.old[1] and span.new[0] == span.new[1]:
            continue
        if joined and joined[-1].equal == span.equal:
            last = joined.pop()
            span = Span(span.equal, (last.old[0], span.old[1]), (last.new[0], span.new[1]))  # noqa: PLW2901
        joined.append(span)
    return joined
