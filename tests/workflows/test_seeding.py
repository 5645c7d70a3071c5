"""Seeded institutions: as the procedure makes them, the same for the same seed, never among real ones."""

from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.kernel.errors import NotAllowed, Refusal
from governance.trail.queries import first_break_of
from tests.world import NOW, Api, Maker, World
from workflows import scanning, seeding
from workflows.seeding import Wish
from workflows.seeding_places import UNITS, kind_of, place
from workflows.signing_in import make_token, sign_in

SEEDED = "institution_id IN (SELECT id FROM institution WHERE key LIKE 'contoh!_%' ESCAPE '!')"
TABLES = ["unit", "post", "person", "holding", "series", "act", "document", "working_copy", "revision", "decision"]
TABLES += ["waiting", "number", "task", "obligation", "notice", "trail_line"]


def sow(world: World, scale: int = 2, **more: Any) -> list[int]:
    """Seed into the world; returns what was told on the way."""
    told: list[int] = []
    models = world.app.extensions["institutions"]
    wish = Wish(scale, **({"add": True} | more))
    assert seeding.seed(wish, models=models, now=NOW, library=world.library, told=told.append) == scale
    return told


def rows(world: World, what: str, table: str, rest: str = "") -> list[Any]:
    """Something of the seeded rows of a table."""
    return [tuple(row) for row in world.rows(f"SELECT {what} FROM {table} WHERE {SEEDED} {rest}")]  # noqa: S608


def seeded(world: World) -> dict[str, list[Any]]:
    """Every seeded row of every table."""
    return {table: sorted(map(str, rows(world, "*", table))) for table in TABLES}


def test_seeded_institutions_have_years_of_papers_in_every_state_and_their_trail_holds(world: World) -> None:
    assert sow(world, obligations=100) == [2]
    assert [table for table, found in seeded(world).items() if not found] == []
    assert {state for (state,) in rows(world, "DISTINCT state", "document")} == {state.value for state in State}
    assert rows(world, "count(*)", "unit", "GROUP BY institution_id") == [(UNITS,), (UNITS,)]
    assert rows(world, "count(*)", "obligation", "GROUP BY institution_id") == [(100,), (100,)]
    for (institution_id,) in world.rows("SELECT id FROM institution"):
        assert first_break_of(institution_id) is None
    numbers = rows(world, "max(number), count(*)", "number", "GROUP BY series_id, year")
    assert all(highest == count for highest, count in numbers), "no number is left out"


def test_the_same_seed_makes_the_same_rows_and_another_others(world: World) -> None:
    sow(world, random_seed=7)
    once = seeded(world)
    world.house.as_it_was()
    sow(world, random_seed=7)
    assert seeded(world) == once
    world.house.as_it_was()
    sow(world, random_seed=8)
    assert seeded(world)["task"] != once["task"]


def test_verbs_and_pages_go_on_after_seeding(world: World, make: Maker) -> None:
    sow(world, 1)
    make.document(State.ENACTED)
    assert scanning.scan(now=NOW, library=world.library).institutions == 4
    ask = Api(world.app, make_token("diskominfo.contoh_001", "tests", now=NOW))
    found = (ask("GET", "/documents").json or {})["items"]
    assert {one["state"] for one in found} == {state.value for state in State}
    for one in found:
        assert ask("GET", f"/documents/{one['id']}").status_code == 200
    assert (ask("GET", "/notices").json or {})["items"]
    legal = Api(world.app, make_token("hukum.contoh_001", "tests", now=NOW))
    approved = next(one["id"] for one in found if one["state"] == "approved")
    more = {"signed_on": "2026-11-20"} | ({"number": "9 TAHUN 2026"} if is_register(world) else {})
    assert legal.move(approved, "enact", **more).status_code == 200


def is_register(world: World) -> bool:
    return rows(world, "way", "series", "AND key = 'keputusan'") == [("register",)]


def test_nothing_is_seeded_among_real_institutions_unless_asked(world: World) -> None:
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        sow(world, add=False)
    assert refusal.value.key == "refused.seed_among_real"
    assert world.everything() == before


def test_nobody_signs_in_as_a_seeded_person_without_a_password_file(world: World, run: Any, tmp_path: Any) -> None:
    assert run("seed", "--scale", "1", "--add").stdout == "1\n"
    with pytest.raises(NotAllowed):
        sign_in("setda.contoh_001", "!", now=NOW)
    secret = tmp_path / "sandi"
    secret.write_text("kata sandi bersama\n")
    result = run("seed", "--scale", "1", "--add", "--password-file", str(secret))
    assert (result.stdout, result.stderr) == ("1\n", "1 dari 1 pemerintah daerah\n")
    sign_in("setda.contoh_002", "kata sandi bersama", now=NOW)


def test_the_mix_of_regions_is_about_that_of_the_country(world: World) -> None:
    kinds = [kind_of(number) for number in range(1, 551)]
    assert (kinds.count("provinsi"), kinds.count("kota"), kinds.count("kabupaten")) == (39, 78, 433)
    places = [place(number, world.app.extensions["institutions"]) for number in range(1, 43)]
    assert len({one.name for one in places}) == len(places)
    assert {len(one.units) for one in places} == {UNITS}
    assert {one.head_office for one in places} == {"Bupati", "Wali Kota", "Gubernur"}
