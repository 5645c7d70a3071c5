"""The tables' form: which migration the code expects, where the database stands, and the way forward.

Alembic is loaded by the first that asks for more than the newest number: no page needs it, and a start is shorter.
"""

from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import Connection
from werkzeug.local import LocalProxy

from config.settings import ROOT
from governance.kernel.db import db

FOLDER = ROOT / "migrations"


def known_migrations() -> list[str]:
    """The numbers of the code's migrations, newest first; files are named by them, in one line (tests/house)."""
    return sorted((path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py")), reverse=True)


def offer_migrations(app: Flask) -> None:
    """Let `flask db` and whoever migrates find Flask-Migrate in `app`; it is put in place when first asked for."""

    @cache
    def put_in_place() -> Any:
        from flask_migrate import Migrate  # noqa: PLC0415 - heavy: a start that migrates nothing needs none of it

        Migrate(app, db, directory=str(FOLDER))
        return app.extensions["migrate"]

    app.extensions["migrate"] = LocalProxy(put_in_place)


def migration_of(connection: Connection) -> str | None:
    """Where the tables stand; None where nothing was ever migrated."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - heavy, as above

    return MigrationContext.configure(connection).get_current_revision()


def migrate() -> None:
    """Bring the tables to the newest form."""
    from flask_migrate import upgrade  # noqa: PLC0415 - heavy, as above

    upgrade(directory=str(FOLDER))
