"""What a new computation changes: each rule its own rows, persons' answers left whole, nothing the second time."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from governance.obligations.changes import Kind, Standing, Wanted, changes

BEFORE, AFTER = date(2026, 5, 1), date(2026, 6, 1)
OWN = frozenset({"own"})


def values(due_on: date | None = BEFORE, *, estimated: bool = False) -> dict[str, Any]:
    return {"mandate": "m", "stage": "", "year": 2026, "unit_id": 1, "due_on": due_on, "estimated": estimated}


def standing(fulfilment: str = "open", *, family: str = "own", answered: bool = False, **more: Any) -> Standing:
    state = {"fulfilment": fulfilment, "met_on": None, "met_by": "", "act_id": None}
    return Standing(7, "m:1", family, fulfilment, answered, values(**more) | state)


def wanted(due_on: date | None = AFTER, met: dict[str, Any] | None = None, *, estimated: bool = False) -> Wanted:
    return Wanted("m:1", "own", values(due_on, estimated=estimated), met)


MET = {"met_on": BEFORE, "met_by": "Nomor 1", "act_id": 3}


@pytest.mark.parametrize(
    ("row", "wish", "kind"),
    [
        (None, wanted(), Kind.ADDED),
        (standing("dropped"), wanted(), Kind.ADDED),
        (standing(), wanted(), Kind.MOVED),
        (standing(due_on=None), wanted(), Kind.DATED),
        (standing(), wanted(None), Kind.UNDATED),
        (standing(due_on=AFTER, estimated=True), wanted(), Kind.CONFIRMED),
        (standing(), wanted(met=MET), Kind.MET),
        (standing("met"), wanted(), Kind.REOPENED),
        (standing(), None, Kind.DROPPED),
        (standing("met"), None, Kind.DROPPED),
    ],
)
def test_a_change_is_told_by_its_kind(row: Standing | None, wish: Wanted | None, kind: Kind) -> None:
    (one,) = changes([row] if row else [], [wish] if wish else [], OWN)
    assert one.kind is kind
    assert one.id == (7 if row else None)


@pytest.mark.parametrize(
    ("row", "wish"),
    [
        (standing(due_on=AFTER), wanted()),
        (standing("dropped"), None),
        (standing(answered=True), wanted()),
        (standing("waived", answered=True), None),
        (standing("met", answered=True), None),
        (standing(family="delivery"), wanted()),
        (standing(family="delivery"), None),
        (standing(family=""), None),
    ],
)
def test_what_stands_or_is_not_this_rules_is_left_alone(row: Standing, wish: Wanted | None) -> None:
    assert changes([row], [wish] if wish else [], OWN) == []


def test_another_reason_on_the_same_day_is_written_and_told_to_nobody() -> None:
    wish = replace(wanted(BEFORE), values=values(BEFORE) | {"basis": "Pasal 63"})
    (one,) = changes([standing()], [wish], OWN)
    assert one.kind is Kind.REASONED
    assert one.values == {"basis": "Pasal 63"}
