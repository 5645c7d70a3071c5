"""What comes along from the cycle before: which items an item became, at which level its evidence is proposed; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from governance.assessment.course import CycleRole, Part
from governance.assessment.instruments import Instrument, Mapped

COMES = frozenset({"same", "split", "merged"})  # of a dropped item nothing comes along: it is no longer rated


@dataclass(frozen=True)
class Kept:
    """An office's share, or a post's seat (`part` is then its role), of the cycle before."""

    holder: int
    part: Part | CycleRole
    items: tuple[str, ...]
    how_sure: str = ""


@dataclass(frozen=True)
class Offered:
    """Evidence that was offered in the cycle before. `gone` says why it does not come along, "" where it does."""

    id: int
    item: str
    level: int
    code: str
    evidence_id: int
    unit_id: int
    name: str
    gone: str = ""


@dataclass(frozen=True)
class Proposed:
    """Where it is offered now. `translated`: for another instrument, so that somebody has to look again."""

    before: Offered
    item: str
    level: int
    code: str
    translated: bool


def why_gone(withdrawn: bool, until: date | None, today: date) -> str:
    """Why evidence does not come along: it was withdrawn, or its last day is over; "" where it does."""
    if withdrawn:
        return "withdrawn"
    return "expired" if until is not None and until < today else ""


def became(mapped: Iterable[Mapped], before: str, after: str) -> Mapping[str, tuple[str, ...]] | None:
    """Which items each item of one instrument became in another, over those in between; None: nothing says so."""
    by_pair = {(one.before, one.after): one for one in mapped}
    ways: list[tuple[str, dict[str, tuple[str, ...]] | None]] = [(before, None)]
    seen = {before}
    while ways:
        key, found = ways.pop(0)
        if key == after and found is not None:
            return found
        for (from_, to), one in by_pair.items():
            if from_ == key and to not in seen:
                seen.add(to)
                ways.append((to, _joined(found, _step(one))))
    return None


def proposals(
    offered: Iterable[Offered], to: Instrument, became_: Mapping[str, tuple[str, ...]] | None
) -> Iterator[Proposed]:
    """Where each comes to stand; `became_` is None within one instrument. The same place is taken once.

    Under another instrument the level is no more than a proposal, within its scale, and the code of the old one falls
    away.
    """
    taken = set[tuple[object, ...]]()
    lowest = max(to.min_value, 1)
    for one in offered:
        if one.gone:
            continue
        for item in (one.item,) if became_ is None else became_.get(one.item, ()):
            level = min(max(one.level, lowest), to.max_value)
            code = one.code if became_ is None else ""
            place = (item, level, code, one.evidence_id, one.unit_id)
            if item in to.items and place not in taken:
                taken.add(place)
                yield Proposed(one, item, level, code, became_ is not None)


def shares(kept: Iterable[Kept], to: Instrument, became_: Mapping[str, tuple[str, ...]] | None) -> list[Kept]:
    """The shares of the new cycle, one item each: the first that answers for an item keeps it, others contribute."""
    found: dict[tuple[str, int], Kept] = {}
    answered = set[str]()
    for one in sorted(kept, key=lambda one: one.part is not Part.RESPONSIBLE):
        for item in _items(one.items, to, became_):
            place = (item, one.holder)
            if place in found:
                continue
            part = Part.CONTRIBUTOR if item in answered else one.part
            answered |= {item} if part is Part.RESPONSIBLE else set()
            found[place] = Kept(one.holder, part, (item,), "inferred" if became_ is not None else one.how_sure)
    return list(found.values())


def seats(kept: Iterable[Kept], to: Instrument, became_: Mapping[str, tuple[str, ...]] | None) -> list[Kept]:
    """The seats of the new cycle, an assessor's items as they are called now.

    Who rated some items of which none is left has no seat: no items would mean all of them.
    """
    found = [(one, tuple(_items(one.items, to, became_))) for one in kept]
    return [Kept(one.holder, one.part, items, one.how_sure) for one, items in found if items or not one.items]


def _items(items: Collection[str], to: Instrument, became_: Mapping[str, tuple[str, ...]] | None) -> list[str]:
    named = items if became_ is None else [new for old in items for new in became_.get(old, ())]
    return [item for item in dict.fromkeys(named) if item in to.items]


def _step(one: Mapped) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in one.pairs:
        if pair.relation in COMES:
            for old in pair.before:
                found[old] += pair.after
    return {old: tuple(new) for old, new in found.items()}


def _joined(first: dict[str, tuple[str, ...]] | None, then: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    if first is None:
        return then
    return {
        old: tuple(dict.fromkeys(new for between in betweens for new in then.get(between, ())))
        for old, betweens in first.items()
    }
