"""What a new computation of a timetable changes: rows as they stand against what is expected now; pure.

Each rule (`family`) changes and drops what it laid out itself and nothing else. What a person answered (reported as
met, waived) stays whole until he takes it back; what the rule itself found met is open again where it is met no more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

OPEN, MET, DROPPED = "open", "met", "dropped"


class Kind(StrEnum):
    """What happens to an obligation, as people are told."""

    ADDED = "added"  # new, or asked again after it was dropped
    MOVED = "moved"  # another due date
    DATED = "dated"  # had no due date
    UNDATED = "undated"  # has none any more
    CONFIRMED = "confirmed"  # the same day, no longer an estimate
    DROPPED = "dropped"
    MET = "met"
    REOPENED = "reopened"  # what met it does not count any more
    REASONED = "reasoned"  # the same day for other reasons: nobody needs to be told


@dataclass(frozen=True)
class Standing:
    """A row as it stands: `values` are its columns as `Wanted` names them; `answered` by a person."""

    id: int
    key: str
    family: str
    fulfilment: str
    answered: bool
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """A row as its rule wants it: the columns, and by what it is met already (`met_on`, `met_by`, `act_id`)."""

    key: str
    family: str
    values: Mapping[str, Any]
    met: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Change:
    """One change: `id` of the row (None: a new one), the columns to write, and how it is told."""

    kind: Kind
    key: str
    id: int | None
    values: Mapping[str, Any]
    before: date | None
    after: date | None
    mandate: str
    stage: str
    year: int
    unit_id: int | None
    estimated: bool = False


def changes(standing: Iterable[Standing], wanted: Iterable[Wanted], families: Collection[str]) -> list[Change]:
    """What must change so that the rows of these families say what is wanted; nothing where they do already."""
    there = {one.key: one for one in standing}
    asked = {one.key: one for one in wanted}
    found = [_towards(there.get(key), one) for key, one in asked.items()]
    found += [_dropped(one) for one in there.values() if one.key not in asked and _may_drop(one, families)]
    return [one for one in found if one is not None]


def _may_drop(one: Standing, families: Collection[str]) -> bool:
    return one.family in families and not one.answered and one.fulfilment != DROPPED


def _towards(row: Standing | None, wish: Wanted) -> Change | None:
    if row is None:
        return _change(Kind.ADDED, None, wish, {**wish.values, **_fulfilled(wish.met)})
    if row.family != wish.family or row.answered:
        return None  # Another rule's row, or a person's answer: neither is this rule's to change.
    state = _fulfilled(wish.met)
    differing = {name: value for name, value in {**wish.values, **state}.items() if row.values.get(name) != value}
    return _change(_kind(row, wish, state), row, wish, differing) if differing else None


def _kind(row: Standing, wish: Wanted, state: Mapping[str, Any]) -> Kind:
    if row.fulfilment != state["fulfilment"]:
        if state["fulfilment"] == MET:
            return Kind.MET
        return Kind.ADDED if row.fulfilment == DROPPED else Kind.REOPENED
    before, after = row.values.get("due_on"), wish.values["due_on"]
    if before == after or state["fulfilment"] == MET:
        firm = row.values.get("estimated") and not wish.values["estimated"]
        return Kind.CONFIRMED if firm and state["fulfilment"] == OPEN else Kind.REASONED
    if before is None or after is None:
        return Kind.DATED if before is None else Kind.UNDATED
    return Kind.MOVED


def _fulfilled(met: Mapping[str, Any] | None) -> dict[str, Any]:
    nothing = {"fulfilment": OPEN, "met_on": None, "met_by": "", "act_id": None}
    return nothing if met is None else nothing | {"fulfilment": MET} | dict(met)


def _change(kind: Kind, row: Standing | None, wish: Wanted, values: Mapping[str, Any]) -> Change:
    return Change(
        kind=kind,
        key=wish.key,
        id=row.id if row else None,
        values=values,
        before=row.values.get("due_on") if row and row.fulfilment != DROPPED else None,
        after=wish.values["due_on"],
        mandate=wish.values["mandate"],
        stage=wish.values["stage"],
        year=wish.values["year"],
        unit_id=wish.values["unit_id"],
        estimated=wish.values["estimated"],
    )


def _dropped(row: Standing) -> Change:
    values = row.values
    return Change(
        kind=Kind.DROPPED,
        key=row.key,
        id=row.id,
        values={"fulfilment": DROPPED, "met_on": None, "met_by": "", "act_id": None},
        before=values["due_on"],
        after=None,
        mandate=values["mandate"],
        stage=values["stage"],
        year=values["year"],
        unit_id=values["unit_id"],
    )
