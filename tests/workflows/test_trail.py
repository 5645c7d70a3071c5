"""The trail in the database: any changed column of any line, a taken line and a cut tail are found."""

from datetime import date
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.kernel.errors import Invalid
from governance.trail.queries import first_break_of, trail_of
from tests.world import Maker, Place, World

LAST = "(SELECT max(number) FROM trail_line WHERE institution_id = 1)"


def broken(world: World, place: Place | None = None) -> Any:
    world.rows("SELECT 1")
    return first_break_of((place or world.serang).id)


def test_the_trail_of_a_walk_holds_in_every_institution(world: World, make: Maker) -> None:
    for place in (world.serang, world.kota, world.provinsi):
        make.document(State.ENACTED, place=place)
    assert [broken(world, place) for place in (world.serang, world.kota, world.provinsi)] == [None] * 3


def test_each_verb_leaves_one_line_that_names_the_post_and_no_person(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    told = trail_of(world.serang.id, ("document", paper.id))
    assert [one.what for one in told] == [
        "document.opened",
        "document.submitted",
        *["document.initialled"] * 3,
        "document.approved",
        "document.enacted",
    ]
    assert told[-1].by_title == world.hukum.actor.title
    assert not [line for line in world.trail() if "Pejabat" in line or "@" in line]


@pytest.mark.parametrize("place", ["1", "5", LAST], ids=["first", "middle", "last"])
@pytest.mark.parametrize(
    "change",
    [
        "text = replace(text, '\"number\"', '\"Number\"')",
        "text = text || ' '",
        "text = ''",
        "text = 'bukan JSON'",
        "hash = replace(replace(hash, 'a', 'x'), 'b', 'y')",
        "hash = upper(hash)",
        "hash = ''",
        "about = about || '0'",
        "about = ''",
        "number = number + 1000",
        "number = -number",
        "institution_id = 2, number = 1000",
    ],
)
def test_any_changed_column_of_a_line_is_found(world: World, make: Maker, change: str, place: str) -> None:
    make.document(State.ENACTED)
    world.change(f"UPDATE trail_line SET {change} WHERE institution_id = 1 AND number = {place}")  # noqa: S608
    assert broken(world) is not None


@pytest.mark.parametrize(
    "change",
    [
        "number = number + 1",
        "number = number - 1",
        "number = 0",
        "hash = ''",
        "hash = replace(hash, '0', '1')",
        "hash = upper(hash)",
    ],
)
def test_any_changed_column_of_the_head_is_found(world: World, make: Maker, change: str) -> None:
    make.document()
    world.change(f"UPDATE trail_head SET {change} WHERE institution_id = 1")  # noqa: S608
    assert broken(world) is not None


def test_every_single_letter_of_a_line_counts(world: World, make: Maker) -> None:
    make.document()
    forge = "UPDATE trail_line SET text = :text WHERE institution_id = 1 AND number = :id"
    last = f"SELECT number, text FROM trail_line WHERE institution_id = 1 AND number = {LAST}"  # noqa: S608
    ((key, text),) = world.rows(last)
    for at in range(0, len(text), 7):
        forged = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
        world.change(forge, text=forged, id=key)
        assert broken(world) is not None, f"letter {at}"
    world.change(forge, text=text, id=key)
    assert broken(world) is None


@pytest.mark.parametrize("place", ["1", "5", LAST], ids=["first", "middle", "last"])
def test_a_line_taken_out_is_found(world: World, make: Maker, place: str) -> None:
    make.document(State.APPROVED)
    world.change(f"DELETE FROM trail_line WHERE institution_id = 1 AND number = {place}")  # noqa: S608
    assert broken(world) is not None


@pytest.mark.parametrize("cut", [1, 3, 10_000])
def test_a_cut_tail_is_found_even_when_the_head_is_set_back(world: World, make: Maker, cut: int) -> None:
    make.document(State.ENACTED)
    world.change(f"DELETE FROM trail_line WHERE institution_id = 1 AND number > {LAST} - {cut}")  # noqa: S608
    world.change(
        "UPDATE trail_head SET number = coalesce((SELECT max(number) FROM trail_line WHERE institution_id = 1), 0),"
        " hash = coalesce((SELECT hash FROM trail_line WHERE institution_id = 1 ORDER BY number DESC LIMIT 1), '')"
        " WHERE institution_id = 1"
    )
    found = broken(world)
    assert found is not None
    assert found.why == "cut"


def test_a_trail_that_is_gone_with_its_head_is_found(world: World, make: Maker) -> None:
    make.document()
    world.change("DELETE FROM trail_line WHERE institution_id = 1")
    world.change("DELETE FROM trail_head WHERE institution_id = 1")
    assert broken(world) is not None


def test_a_refused_verb_leaves_no_line_and_no_anchor(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    anchor = (world.folder / "anchors" / str(world.serang.id)).read_bytes()
    with pytest.raises(Invalid):
        make.enact(paper, signed_on=date(2999, 1, 1))
    assert (world.folder / "anchors" / str(world.serang.id)).read_bytes() == anchor
    assert broken(world) is None


def test_an_anchor_half_written_when_the_power_went_is_passed_over(world: World, make: Maker) -> None:
    make.document()
    with (world.folder / "anchors" / str(world.serang.id)).open("ab") as file:
        file.write(b"99 abcd")
    assert broken(world) is None


def test_the_line_after_a_half_written_anchor_is_still_anchored(world: World, make: Maker) -> None:
    """The next head must not be swallowed by the unfinished line before it."""
    with (world.folder / "anchors" / str(world.serang.id)).open("ab") as file:
        file.write(b"99 abcd")
    make.document()
    world.change(f"DELETE FROM trail_line WHERE institution_id = 1 AND number = {LAST}")  # noqa: S608
    world.change(
        f"UPDATE trail_head SET number = {LAST}, hash = (SELECT hash FROM trail_line WHERE institution_id = 1"  # noqa: S608
        " ORDER BY number DESC LIMIT 1) WHERE institution_id = 1"
    )
    assert broken(world) is not None
