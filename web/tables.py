"""The tables' form: which migration the code expects, where the database stands, and the way forward.

Alembic is loaded by the first that asks for more than the newest number: no page needs it, and a start is shorter.
"""

from functools import cache
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import Connection
from werkzeug.local import LocalProxy

from config.settings import ROOT
from governance.kernel.db import db

FOLDER = ROOT / "migrations"


def known_migrations() -> list[str]:
    """The numbers of the code's migrations, newest first; files are named by them, in one line (tests/house)."""
    return sorted((path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py")), reverse=True)


@click.command("db", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@with_appcontext
def db_command(words: tuple[str, ...]) -> None:
    """Bawa tabel basis data ke bentuk terbaru: perintah-perintah Flask-Migrate (flask db --help)."""
    # Heavy: a start that migrates nothing needs none of it. Its stubs leave the command line out.
    from flask_migrate import cli  # type: ignore[attr-defined]  # noqa: PLC0415

    cli.db.main(list(words) or ["--help"], prog_name="flask db")


def offer_migrations(app: Flask) -> None:
    """Let `flask db` and whoever migrates find Flask-Migrate in `app`; it is put in place when first asked for."""

    @cache
    def put_in_place() -> Any:
        from flask_migrate import Migrate  # noqa: PLC0415 - heavy, as above

        Migrate(app, db, directory=str(FOLDER))
        return app.extensions["migrate"]

    app.extensions["migrate"] = LocalProxy(put_in_place)
    app.cli.add_command(db_command)


def migration_of(connection: Connection) -> str | None:
    """Where the tables stand; None where nothing was ever migrated."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - heavy, as above

    return MigrationContext.configure(connection).get_current_revision()


def migrate() -> None:
    """Bring the tables to the newest form."""
    from flask_migrate import upgrade  # noqa: PLC0415 - heavy, as above

    upgrade(directory=str(FOLDER))
