"""Runs the migrations on the application's own engine; columns are written as plain SQL types."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from sqlalchemy.types import TypeEngine

import governance.assessment.cycle_models
import governance.assessment.evidence_models
import governance.assessment.result_models
import governance.assessment.score_models
import governance.desk.models
import governance.documents.act_models
import governance.documents.models
import governance.documents.number_models
import governance.notices.models
import governance.obligations.models
import governance.people.models
import governance.tasks.models
import governance.trail.models  # noqa: F401
from governance.kernel.db import Moment, Text, db

MIGRATION_LOCK = 0x6D616E646174  # "mandat"


def plain(kind: str, item: Any, rendering: Any) -> str | bool:
    """A migration names no type of ours: it must run unchanged in ten years."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Text):
        return f"sa.String(length={item.impl.length})" if getattr(item.impl, "length", None) else "sa.String()"
    if isinstance(item, sa.JSON):
        rendering.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")'
    return False


def same(_context: Any, _column: Any, in_database: TypeEngine[Any], here: TypeEngine[Any], _type: Any) -> bool | None:
    """Whether a column's type differs, seen through our types to what they store."""
    seen = here.impl if isinstance(here, (Moment, Text)) else here
    if isinstance(in_database, sa.String) and isinstance(seen, sa.String):
        return in_database.length != seen.length
    return None if seen is here else False


def bound_in_time(connection: sa.Connection) -> None:
    """On PostgreSQL: give up soon rather than let every page queue behind us, and let one host migrate at a time.

    The connection leaves the pool, so that neither the timeouts nor the lock outlive the migration.
    """
    connection.detach()
    with connection.begin():
        for name in ("lock_timeout", "statement_timeout"):
            value = current_app.config[f"MIGRATION_{name.upper()}"]
            connection.execute(sa.select(sa.func.set_config(name, value, False)))
        connection.execute(sa.select(sa.func.pg_advisory_lock(MIGRATION_LOCK)))


def without_foreign_keys(connection: sa.Connection) -> None:
    """On SQLite: let a table that others point at be built anew; what points nowhere afterwards is found at the end.

    The connection leaves the pool, so that no other statement runs without them.
    """
    connection.detach()
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")


def require_whole(connection: sa.Connection) -> None:
    """Fail where a row points at nothing: a migration has lost what others need."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise RuntimeError(f"rows point at nothing: {lost[:5]}")


with db.engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        bound_in_time(connection)
    else:
        without_foreign_keys(connection)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=plain,
        compare_type=same,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        require_whole(connection)
