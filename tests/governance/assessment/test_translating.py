"""Old evidence under a new instrument: every item of both sides is spoken of, and no value moves over."""

from fractions import Fraction

import pytest

from config.settings import ROOT
from governance.assessment.instrument_files import Instruments
from governance.assessment.instruments import Mapped, Pair
from governance.assessment.translating import Piece, Relation, translated

OLD, MIDDLE, NEW = "permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture(scope="module")
def shelf() -> Instruments:
    return Instruments.read(ROOT / "config" / "law" / "instruments")


def of(shelf: Instruments, before: str) -> Mapped:
    return next(one for one in shelf.mapped if one.before == before)


def test_the_team_decree_of_2020_speaks_for_collaboration_in_2026(shelf: Instruments) -> None:
    pieces = [Piece("10", 2, "Keputusan Tim Koordinasi", 7)]
    found = translated(of(shelf, MIDDLE), shelf.by_key, pieces)
    (reading,) = [one for one in found.carried if one.pieces]
    assert (reading.pair.after, reading.relation, reading.pair.how_sure) == (("4",), Relation.MERGED, "inferred")
    assert reading.pieces == tuple(pieces), "the level it was accepted for is told, and given to nothing"
    assert (found.speaks_for, len(found.empty)) == (1, 19)


def test_one_piece_can_speak_for_two_items_where_the_old_one_was_split(shelf: Instruments) -> None:
    found = translated(of(shelf, OLD), shelf.by_key, [Piece("3", 1, "Rencana Induk", 1)])
    assert found.speaks_for == 2
    assert {"1", "2"}.isdisjoint(found.empty)


def test_evidence_of_what_is_no_longer_rated_speaks_for_nothing(shelf: Instruments) -> None:
    found = translated(of(shelf, OLD), shelf.by_key, [Piece("2", 3, "Kebijakan proses bisnis", 1)])
    assert found.speaks_for == 0
    (dropped,) = [one for one in found.dropped if one.pieces]
    assert dropped.pair.after == ("14",), "the nearest subject is named, and that is all"


@pytest.mark.parametrize(("before", "nearest_only"), [(OLD, ("39",)), (MIDDLE, ())])
def test_every_item_of_both_instruments_is_spoken_of(
    shelf: Instruments, before: str, nearest_only: tuple[str, ...]
) -> None:
    found = translated(of(shelf, before), shelf.by_key, [])
    assert (found.unmapped_before, found.unmapped_after) == ((), nearest_only)
    left = [item for one in (*found.carried, *found.dropped) for item in one.pair.before]
    right = [item for one in (*found.carried, *found.new) for item in one.pair.after]
    assert sorted(left) == sorted(found.before.items)
    assert sorted({*right, *nearest_only}) == sorted(found.after.items)
    assert all(one.pair.before == () for one in found.new)


def test_what_a_mapping_leaves_out_is_said_and_not_guessed(shelf: Instruments) -> None:
    mapped = Mapped(OLD, MIDDLE, (Pair(("1",), ("10",), "same", "derived"),))
    found = translated(mapped, shelf.by_key, [Piece("2", 1, "Lain", 1)])
    assert "2" in found.unmapped_before
    assert "1" in found.unmapped_after
    assert found.speaks_for == 0


def test_a_reading_holds_no_value(shelf: Instruments) -> None:
    found = translated(of(shelf, MIDDLE), shelf.by_key, [Piece("10", 5, "Keputusan", 1)])
    assert not any(isinstance(value, Fraction) for one in found.carried for value in vars(one).values())
