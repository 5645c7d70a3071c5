"""The whole walk in the name of the running database role, which owns nothing and can change nothing closed."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from config.settings import Testing
from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.cycles import cycle_of, share
from tests.founded import House
from tests.web.api import test_walk as walk
from tests.web.api.asking import ApiOf
from tests.workflows.test_frozen_cycle import OF_A_CYCLE, attacks, closed
from tests.world import Maker, World
from web.app import create_app

pytestmark = pytest.mark.postgres
CHANGES = (
    "UPDATE trail_line SET text = text",
    "DELETE FROM trail_line",
    "TRUNCATE trail_line",
    "DELETE FROM trail_head",
    "UPDATE revision SET sha256 = sha256",
    "UPDATE act SET number = number",
    "UPDATE act SET in_force_to = NULL",
    "DELETE FROM act",
    "UPDATE decision SET sha256 = sha256",
    "UPDATE number SET number = number",
    "DELETE FROM document",
    "DELETE FROM notice",
    "UPDATE holding SET from_on = from_on",
    "DELETE FROM person",
    "UPDATE alembic_version SET version_num = ''",
    "ALTER TABLE trail_line DISABLE TRIGGER USER",
    "DROP TRIGGER trail_line_no_update ON trail_line",
    "CREATE TABLE own (id int)",
    "SET session_replication_role = replica",
)


@pytest.fixture
def database() -> str:
    return "postgresql"


@pytest.fixture
def world(houses: Callable[[str], House], database: str) -> Iterator[World]:
    """The world again, seen through a role that was given its rights by the command and nothing else."""
    house = houses(database)
    house.as_it_was()
    role, password = f"mandat_run_{secrets.token_hex(4)}", secrets.token_hex()
    owner = sa.create_engine(house.database.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    tell(owner, f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
    try:
        given = house.app.test_cli_runner().invoke(args=["grant-runtime", role, "--apply"])
        assert given.exit_code == 0, given.output
        url = sa.make_url(house.database.url).set(username=role, password=password)
        app = create_app(Testing.within(house.folder, DATABASE_URL=url.render_as_string(hide_password=False)))
        with app.app_context():
            yield World(House(app, house.folder, house.database, house.places))
            db.session.remove()
            db.engine.dispose()
    finally:
        tell(owner, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def tell(engine: sa.Engine, *statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def refused(statement: str) -> str:
    """Why the database refuses a statement."""
    db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError) as refusal, db.engine.begin() as connection:
        connection.execute(sa.text(statement))
    return str(refusal.value.orig)


def test_the_whole_walk_needs_no_more_than_was_given(world: World, api: ApiOf, run: Any) -> None:
    walk.test_from_the_law_to_every_offices_inbox(world, api, run)
    walk.test_the_years_evaluation_stands_in_the_timetable(world, api)
    assert world.value("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == 0


def test_every_move_and_the_operators_readings_work_too(world: World, make: Maker, run: Any) -> None:
    make.document(State.WITHDRAWN)
    make.document(State.APPROVED)
    make.document(State.ENACTED)
    assert run("verify-trail").exit_code == 0
    assert world.app.test_client().get("/readyz").status_code == 200
    assert b"mandat_database_up 1.0" in world.app.test_client().get("/metrics").data


def test_what_is_closed_is_closed_to_the_running_role(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    before = world.everything()
    for statement in CHANGES:
        answer = refused(statement)
        assert "permission denied" in answer or "must be owner" in answer, answer
    assert "closed" in refused("UPDATE document SET state = 'draft', act_id = NULL"), "the right alone would allow it"
    assert world.everything() == before


def test_a_closed_cycle_is_closed_to_the_running_role(world: World, make: Maker) -> None:
    cycle_id, _sha256 = closed(world, make)
    other_id = cycle_of(world, year=2026)
    share(world, other_id, {"7": world.dinkes})
    before, by_trigger = world.everything(), set()
    for table, statements in attacks(cycle_id, other_id).items():
        for statement in statements:
            answer = refused(statement)
            assert "permission denied" in answer or "closed" in answer, answer
            by_trigger |= {table} if "closed" in answer else set()
    assert by_trigger >= {*OF_A_CYCLE, "cycle"}, "the right to add or change is there, and the trigger alone refuses"
    assert world.everything() == before


def test_rights_are_refused_to_whoever_they_would_not_bind(world: World, houses: Callable[[str], House]) -> None:
    owner = houses("postgresql").app.test_cli_runner()
    for role, word in (
        ("tidak_ada", "tidak ada"),
        (sa.make_url(houses("postgresql").database.url).username, "pemilik"),
    ):
        answer = owner.invoke(args=["grant-runtime", str(role), "--apply"])
        assert answer.exit_code == 1
        assert word in answer.stderr
