"""A closed cycle as one file: what it holds, that it reads the same again, and that no statement changes its rows."""

import hashlib
import json
from typing import Any

import pytest
import sqlalchemy as sa

from governance.assessment import cycle_models, evidence_models, freezing, score_models
from governance.kernel.db import db
from tests.cycles import cycle_of, share
from tests.full_cycle import full_cycle
from tests.world import NOW, Maker, World
from workflows import cycling
from workflows.cycling import Moved

WHOLE = (*freezing.OF_A_CYCLE, evidence_models.EvidenceStep, evidence_models.Evidence)


def closed(world: World, make: Maker, **more: Any) -> tuple[int, str]:
    cycle_id = full_cycle(world, make, **more)
    said = Moved(cycle_id, 1, "Selesai")
    return cycle_id, cycling.close(said, by=world.asisten.actor, now=NOW, library=world.library)


def kept(world: World, sha256: str) -> Any:
    return json.loads(world.library.files.read(sha256))


def now(world: World, cycle_id: int) -> dict[str, Any]:
    db.session.rollback()
    instrument = world.library.instruments.instrument("permenpanrb-59-2020")
    return freezing.frozen(world.serang.id, cycle_id, instrument, world.library.law.release)


def test_everything_that_hangs_on_a_cycle_is_in_its_file(world: World, make: Maker) -> None:
    cycle_id, sha256 = closed(world, make)
    data = world.library.files.read(sha256)
    assert hashlib.sha256(data).hexdigest() == sha256
    assert world.value("SELECT frozen_sha256 FROM cycle WHERE id = :id", id=cycle_id) == sha256
    facts = json.loads(data)["facts"]
    assert {model.__tablename__ for model in WHOLE} <= facts.keys()
    assert all(facts.values()), "a part of the cycle that this test makes no row of"
    assert {use["state"] for use in facts["evidence_use"]} == {"accepted"}
    assert facts["evidence"][0]["sha256"].startswith("012a")
    assert len(facts["act"]) == 2  # the two signed papers, with their numbers and what was signed
    assert all(act["number"] and act["sha256"] for act in facts["act"])
    assert facts["cycle"][0]["target"] == "13/5"
    assert [step["move"] for step in facts["cycle_step"]] == ["close"]


def test_the_index_of_every_stage_is_in_it_exactly(world: World, make: Maker) -> None:
    _cycle_id, sha256 = closed(world, make)
    computed = kept(world, sha256)["computed"]
    assert (computed["self"]["index"], computed["self"]["index_exact"]) == ("2.00", "2/1")
    assert (computed["final"]["index_exact"], computed["present"]["index_exact"]) == ("5/2", "5/2")
    assert computed["document"]["index"] is None
    assert len(computed["document"]["missing"]) == 46


def test_a_table_that_hangs_on_a_cycle_is_never_left_out() -> None:
    hanging = {
        model.__tablename__
        for models in (cycle_models, evidence_models, score_models)
        for model in vars(models).values()
        if isinstance(model, type) and "cycle_id" in getattr(getattr(model, "__table__", None), "columns", ())
    }
    assert hanging == {model.__tablename__ for model in freezing.OF_A_CYCLE}


def test_what_is_read_again_is_the_same_to_the_last_letter(world: World, make: Maker) -> None:
    cycle_id, sha256 = closed(world, make)
    verdict = freezing.compared(kept(world, sha256), now(world, cycle_id))
    assert verdict.is_whole
    assert not verdict.computed_differs


def test_what_comes_after_the_close_elsewhere_leaves_it_whole(world: World, make: Maker) -> None:
    """Offices get other names, evidence is withdrawn for the next year: the closed year says what it said."""
    cycle_id, sha256 = closed(world, make)
    world.change("UPDATE unit SET name = name || ' Baru'")
    world.change("UPDATE evidence SET withdrawn_at = '2026-11-21 00:00:00', withdrawn_reason = 'x', name = 'Lain'")
    assert freezing.compared(kept(world, sha256), now(world, cycle_id)).is_whole


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE score SET value = '3' WHERE item = '7'", "score"),
        ("UPDATE share SET part = 'contributor' WHERE item = '2'", "share"),
        ("UPDATE evidence SET sha256 = 'x'", "evidence"),
        ("UPDATE evidence_use SET pointer = 'Pasal 9'", "evidence_use"),
        ("DELETE FROM rebuttal", "rebuttal"),
        ("UPDATE cycle SET target = '3/1'", "cycle"),
        ("UPDATE act SET sha256 = 'x'", "act"),
    ],
)
def test_a_hand_in_the_database_is_found_and_named(world: World, make: Maker, statement: str, table: str) -> None:
    cycle_id, sha256 = closed(world, make)
    world.change(statement)
    assert freezing.compared(kept(world, sha256), now(world, cycle_id)).differing == (table,)


OF_A_CYCLE = tuple(model.__tablename__ for model in freezing.OF_A_CYCLE if model is not cycle_models.CycleStep)


def attacks(cycle_id: int, other_id: int) -> dict[str, list[str]]:
    """By table: a row more, a row other than it was, a row less, and a row of another cycle moved in."""
    found = {}
    for table in OF_A_CYCLE:
        columns = [column.key for column in db.metadata.tables[table].columns if column.key != "id"]
        listed = ", ".join(f'"{column}"' for column in columns)
        row = f"SELECT id + 1000000, {listed} FROM {table} WHERE cycle_id = {cycle_id} LIMIT 1"  # noqa: S608
        found[table] = [
            f"INSERT INTO {table} (id, {listed}) {row}",
            f"UPDATE {table} SET institution_id = institution_id WHERE cycle_id = {cycle_id}",  # noqa: S608
            f"UPDATE {table} SET cycle_id = {other_id} WHERE cycle_id = {cycle_id}",  # noqa: S608
            f"DELETE FROM {table} WHERE cycle_id = {cycle_id}",  # noqa: S608
        ]
    found["share"].append(f"UPDATE share SET cycle_id = {cycle_id} WHERE cycle_id = {other_id}")  # noqa: S608
    found["cycle"] = [
        "UPDATE cycle SET stage = 'reporting', frozen_sha256 = NULL, closed_at = NULL WHERE stage = 'closed'",
        "UPDATE cycle SET target = '3/1' WHERE stage = 'closed'",
        "DELETE FROM cycle WHERE stage = 'closed'",
    ]
    found["cycle_step"] = ["UPDATE cycle_step SET words = ''", "DELETE FROM cycle_step"]
    found["evidence"] = ["UPDATE evidence SET sha256 = 'x'", "DELETE FROM evidence"]
    return found


def test_no_statement_changes_what_hangs_on_a_closed_cycle(world: World, make: Maker) -> None:
    cycle_id, _sha256 = closed(world, make)
    other_id = cycle_of(world, year=2026)
    share(world, other_id, {"7": world.dinkes})
    before = world.everything()
    for statements in attacks(cycle_id, other_id).values():
        for statement in statements:
            db.session.rollback()
            with pytest.raises(sa.exc.DBAPIError, match="closed"), db.engine.begin() as connection:
                connection.execute(sa.text(statement))
    assert world.everything() == before
