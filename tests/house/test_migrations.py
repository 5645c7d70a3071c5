"""Migrations: one line of them, and at its end exactly the tables that the models describe."""

from pathlib import Path

import flask_migrate
from alembic.config import Config
from alembic.script import ScriptDirectory

from config.settings import ROOT, Testing
from web.app import create_app

FOLDER = ROOT / "migrations"


def test_there_is_one_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_are_numbered_in_order() -> None:
    names = sorted(path.name for path in (FOLDER / "versions").glob("*.py") if path.name != "__init__.py")
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_the_models_are_what_the_migrations_make(tmp_path: Path) -> None:
    with create_app(Testing.within(tmp_path)).app_context():
        flask_migrate.upgrade(directory=str(FOLDER))
        flask_migrate.check(directory=str(FOLDER))
