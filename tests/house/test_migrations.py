"""Migrations: one line of them, and at its end exactly the tables that the models describe."""

import secrets
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from config.settings import ROOT, Testing
from governance.kernel.db import db
from tests.databases import Database
from web.app import create_app
from web.tables import known_migrations

FOLDER = ROOT / "migrations"


def test_there_is_one_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_are_numbered_in_order() -> None:
    names = sorted(path.name for path in (FOLDER / "versions").glob("*.py") if path.name != "__init__.py")
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_a_migration_is_known_by_the_number_of_its_file() -> None:
    """The newest is told by the names of the files, so that a start needs no Alembic."""
    script = ScriptDirectory(str(FOLDER))
    assert [one.revision for one in script.walk_revisions()] == known_migrations()


def test_the_models_are_what_the_migrations_make(tmp_path: Path) -> None:
    with create_app(Testing.within(tmp_path)).app_context():
        flask_migrate.upgrade(directory=str(FOLDER))
        flask_migrate.check(directory=str(FOLDER))


# A message in each of the old states: state, attempts, lease, when its notice was read -> the new state.
OLD_MESSAGES: list[tuple[str, int, str | None, str | None, str]] = [
    ("created", 0, None, None, "created"),
    ("created", 2, None, None, "failed_temporary"),
    ("created", 0, None, "2026-01-02 00:00:00", "delivered"),
    ("sending", 1, "2026-01-03 00:00:00", None, "sending"),
    ("sent", 1, None, None, "sent"),
    ("sent", 1, None, "2026-01-02 00:00:00", "delivered"),
    ("failed", 1, None, None, "failed_permanent"),
]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_old_messages_keep_their_meaning(tmp_path: Path, kind: str) -> None:
    database = Database.of(kind, tmp_path, f"mandat_{secrets.token_hex(4)}")
    try:
        with create_app(Testing.within(tmp_path, DATABASE_URL=database.url)).app_context():
            flask_migrate.upgrade(directory=str(FOLDER), revision=_before("message_states"))
            with db.engine.begin() as connection:
                _leave_old_messages(connection)
            flask_migrate.upgrade(directory=str(FOLDER))
            with db.engine.connect() as connection:
                rows = connection.execute(sa.text("SELECT state, due_at IS NULL FROM message ORDER BY id")).all()
            db.engine.dispose()
    finally:
        database.remove()
    ended = {"sent", "delivered", "failed_permanent"}
    assert [(state, bool(empty)) for state, empty in rows] == [(new, new in ended) for *_, new in OLD_MESSAGES]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_old_tasks_keep_their_document_their_words_and_their_receipts(tmp_path: Path, kind: str) -> None:
    database = Database.of(kind, tmp_path, f"mandat_{secrets.token_hex(4)}")
    told = (
        "SELECT task.id, place, what, document_id, assignment.unit_id, state, wants FROM task"
        " JOIN assignment ON assignment.id = task.assignment_id ORDER BY task.id"
    )
    try:
        with create_app(Testing.within(tmp_path, DATABASE_URL=database.url)).app_context():
            flask_migrate.upgrade(directory=str(FOLDER), revision=_before("tasks_answered"))
            with db.engine.begin() as connection:
                _leave_old_tasks(connection)
            flask_migrate.upgrade(directory=str(FOLDER))
            with db.engine.connect() as connection:
                rows = [tuple(row)[:6] for row in connection.execute(sa.text(told)).all()]
                noticed = connection.execute(sa.text("SELECT task_id FROM notice")).scalars().all()
            db.engine.dispose()
    finally:
        database.remove()
    assert rows == [
        (1, "KEDUA", "melapor", 1, 1, "accepted"),
        (2, "KEDUA", "melapor", 1, 1, "received"),
        (3, "KETIGA", "menyiapkan", 1, 1, "received"),
    ]
    assert noticed == [2]


def _leave_old_tasks(connection: sa.Connection) -> None:
    """One decree that asked two units for one thing, one of which gave its receipt, and one of them for another."""
    put = partial(_put, connection)
    day = datetime(2026, 1, 1, tzinfo=UTC)
    put("institution", id=1, timezone="Asia/Jakarta", region_kind="kabupaten")
    put("person", id=1, institution_id=1)
    for key in (1, 2):
        put("unit", id=key, institution_id=1, key=f"u{key}")
    put("post", id=1, institution_id=1, unit_id=1, role="service")
    put("holding", id=1, institution_id=1, person_id=1, post_id=1, manner="definitive", from_on=day.date())
    put(
        "document",
        id=1,
        institution_id=1,
        initiating_unit_id=1,
        secrecy="biasa",
        state="draft",
        created_at=day,
        changed_at=day,
    )
    asked = {"institution_id": 1, "document_id": 1, "created_at": day}
    put("task", id=1, unit_id=1, place="KEDUA", what="melapor", acknowledged_at=day, acknowledged_by_id=1, **asked)
    put("task", id=2, unit_id=2, place="KEDUA", what="melapor", **asked)
    put("task", id=3, unit_id=2, place="KETIGA", what="menyiapkan", **asked)
    put("notice", id=1, institution_id=1, person_id=1, task_id=2, created_at=day)


def _put(connection: sa.Connection, table: str, **values: object) -> None:
    """A row of a table as it is now, with something in every column that must be said."""
    old = sa.Table(table, sa.MetaData(), autoload_with=connection)
    filled = {column.name: _something(column) for column in old.columns if _must_be_said(column)}
    connection.execute(old.insert().values(filled | values))


def _before(name: str) -> str:
    """The number of the migration before the one of that name."""
    (path,) = (FOLDER / "versions").glob(f"*_{name}.py")
    return f"{int(path.name[:4]) - 1:04}"


def _leave_old_messages(connection: sa.Connection) -> None:
    """One institution with one person, told as often as there are old states."""

    put = partial(_put, connection)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    put("institution", id=1, timezone="Asia/Jakarta", region_kind="kabupaten")
    put("person", id=1, institution_id=1)
    for key, (state, attempts, lease, read, _) in enumerate(OLD_MESSAGES, 1):
        read_at, lease_until = (datetime.fromisoformat(one) if one else None for one in (read, lease))
        told = {"institution_id": 1, "person_id": 1, "cause": f"c{key}", "created_at": moment, "read_at": read_at}
        put("notice", id=key, **told)
        sent = {"notice_id": key, "state": state, "attempts": attempts, "lease_until": lease_until, "due_at": moment}
        put("message", id=key, institution_id=1, **sent)


def _must_be_said(column: sa.Column[object]) -> bool:
    return not column.nullable and column.server_default is None


def _something(column: sa.Column[object]) -> object:
    """A value of the column's type; what it says does not matter."""
    kind = column.type
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.Boolean):
        return False
    return "x" if isinstance(kind, sa.String) else 1


@pytest.mark.postgres
def test_a_migration_gives_up_soon_where_it_would_have_to_wait(tmp_path: Path) -> None:
    database = Database.of("postgresql", tmp_path, f"mandat_{secrets.token_hex(4)}")
    settings = Testing.within(tmp_path, DATABASE_URL=database.url, MIGRATION_LOCK_TIMEOUT="100ms")
    other = sa.create_engine(database.url, poolclass=sa.NullPool)
    try:
        with create_app(settings).app_context():
            flask_migrate.upgrade(directory=str(FOLDER), revision="0001")
            with other.connect() as writer:
                writer.execute(sa.text("LOCK TABLE trail_line IN ROW EXCLUSIVE MODE"))
                with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
                    flask_migrate.upgrade(directory=str(FOLDER))
            assert db.session.execute(sa.text("SHOW lock_timeout")).scalar() == "0", "the pool knows nothing of it"
            assert db.session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "0001"
            db.session.rollback()
            flask_migrate.upgrade(directory=str(FOLDER))
            flask_migrate.check(directory=str(FOLDER))
            db.session.remove()
            db.engine.dispose()
    finally:
        database.remove()
