"""Migrations: one line of them, and at its end exactly the tables that the models describe."""

import secrets
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
