"""The rules of delegations: borders, scope, nothing given on, no circles."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from governance.documents.delegating import Given, problems

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)
A_DAY = timedelta(days=1)
HEAD, SECRETARY, OFFICE = 1, 2, 3
DECREE, LETTER, REGULATION = "decree", "letter", "regulation"
GIVEN = Given(HEAD, SECRETARY, frozenset({DECREE}), FIRST, LAST)
OWN, NEVER = {DECREE, LETTER, REGULATION}, {REGULATION}


def keys(new: Given, *others: Given, own: set[str] | None = None) -> list[str]:
    return [one.key for one in problems(new, others, own=OWN if own is None else own, never=NEVER)]


@pytest.mark.parametrize(("on", "covers"), [(FIRST - A_DAY, False), (FIRST, True), (LAST, True), (LAST + A_DAY, False)])
def test_it_covers_its_first_and_its_last_day(on: date, covers: bool) -> None:
    assert GIVEN.covers(DECREE, on) is covers
    assert not GIVEN.covers(LETTER, on)
    assert not replace(GIVEN, withdrawn=True).covers(DECREE, on)


def test_a_good_one_has_nothing_against_it() -> None:
    assert keys(GIVEN) == []
    assert keys(GIVEN, replace(GIVEN, withdrawn=True)) == []
    assert keys(GIVEN, replace(GIVEN, from_on=LAST + A_DAY, to_on=LAST + 2 * A_DAY)) == []
    assert keys(GIVEN, replace(GIVEN, to_post=OFFICE)) == []


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (replace(GIVEN, to_post=HEAD), "delegation.same_post"),
        (replace(GIVEN, to_on=FIRST - A_DAY), "draft.end_before_start"),
        (replace(GIVEN, kinds=frozenset()), "delegation.no_kinds"),
        (replace(GIVEN, kinds=frozenset({REGULATION})), "delegation.regulation"),
        (replace(GIVEN, kinds=frozenset({"minutes"})), "delegation.not_own"),
    ],
)
def test_what_is_wrong_with_it_is_named(new: Given, key: str) -> None:
    assert key in keys(new)


def test_what_was_received_is_not_given_on() -> None:
    on = Given(SECRETARY, OFFICE, frozenset({DECREE}), LAST, LAST + A_DAY)
    assert keys(on, GIVEN, own={LETTER}) == ["delegation.further"]
    later = replace(on, from_on=LAST + A_DAY)
    assert keys(later, GIVEN, own={LETTER}) == ["delegation.not_own"]
    assert keys(replace(on, kinds=frozenset({LETTER})), GIVEN, own={LETTER}) == []


def test_the_same_twice_on_one_day_is_refused() -> None:
    assert keys(replace(GIVEN, from_on=LAST, to_on=LAST + A_DAY), GIVEN) == ["delegation.overlap"]
    assert keys(replace(GIVEN, from_on=LAST + A_DAY, to_on=LAST + A_DAY), GIVEN) == []


def test_no_circle_also_over_another_post() -> None:
    back = Given(SECRETARY, HEAD, frozenset({LETTER}), LAST, LAST)
    assert keys(back, GIVEN) == ["delegation.circle"]
    over = replace(GIVEN, from_post=SECRETARY, to_post=OFFICE)
    assert keys(Given(OFFICE, HEAD, frozenset({LETTER}), FIRST, FIRST), GIVEN, over) == ["delegation.circle"]
    assert keys(replace(back, from_on=LAST + A_DAY, to_on=LAST + A_DAY), GIVEN) == []
