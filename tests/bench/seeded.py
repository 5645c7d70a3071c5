"""Seeded houses for the measurements under load: made once in a run, by the same verb as `flask seed`."""

import atexit
import contextlib
import functools
import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import structlog
from flask import Flask

from config.settings import ROOT, Testing
from governance.kernel.db import db
from tests.bench.cluster import fresh_database
from web.app import create_app
from workflows import seeding
from workflows.seeding import Wish

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ALL = 550  # regional governments
OBLIGATIONS = 1_820  # of each: a million together


@functools.cache
def house(institutions: int, obligations: int = 0) -> Flask:
    """The application on a PostgreSQL database of that many institutions, everyone with an e-mail address."""
    kept = tempfile.TemporaryDirectory(prefix="mandat-bench-", ignore_cleanup_errors=True)
    atexit.register(kept.cleanup)
    url = fresh_database(f"seeded_{institutions}_{obligations}")
    app = create_app(Testing.within(Path(kept.name), DATABASE_URL=url, SLOW_QUERY_MS=10**9))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        wish = Wish(institutions, obligations=obligations, email=True)
        models, library = app.extensions["institutions"], app.extensions["mandat"]
        seeding.seed(wish, models=models, now=NOW, library=library, told=lambda so_far: None)
        vacuumed()
    return app


@contextlib.contextmanager
def inside(institutions: int, obligations: int = 0) -> Iterator[Flask]:
    """That house with its context around the measurement."""
    app = house(institutions, obligations)
    with app.app_context():
        yield app


def vacuumed() -> None:
    """What the server does by itself at night: statistics and visibility as they are in an installation that runs."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
