"""Closed rows: the database itself refuses to change the trail, revisions, decisions, acts and closed documents.

A migration that rebuilds one of these tables on SQLite (batch_alter_table) loses its triggers and must call `guard`
of its own again; a test looks that they are there.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Table -> what of an UPDATE is refused ("" refuses each). An act's scan may follow once; a decision may only stop to
# count.
REFUSED = {
    "trail_line": "",
    "revision": "",
    "number": "OLD.use <> 'reserved'",
    "document": "OLD.state IN ('enacted', 'withdrawn')",
    "act": (
        "{changed} OR (OLD.scan_sha256 IS NOT NULL AND NEW.scan_sha256 IS DISTINCT FROM OLD.scan_sha256)",
        (
            "id",
            "institution_id",
            "kind",
            "title",
            "number",
            "signed_on",
            "in_force_from",
            "in_force_to",
            "sha256",
            "recorded",
        ),
    ),
    "decision": (
        "{changed} OR (NEW.counts AND NOT OLD.counts)",
        (
            "id",
            "institution_id",
            "document_id",
            "revision_id",
            "holding_id",
            "post_id",
            "title",
            "move",
            "sha256",
            "seen",
            "reason",
            "at",
        ),
    ),
}


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'closed: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
            " END $$"
        )
    for table, refused in REFUSED.items():
        condition = refused if isinstance(refused, str) else refused[0].format(changed=_changed(refused[1]))
        if postgresql:
            _guard_postgresql(table, condition)
        else:
            _guard_sqlite(table, condition.replace("IS DISTINCT FROM", "IS NOT"))


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in REFUSED:
        for kind in ("update", "delete", "truncate") if postgresql else ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{kind}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION refuse_change()")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)


def _guard_postgresql(table: str, condition: str) -> None:
    when = f" WHEN ({condition})" if condition else ""
    refuse = "EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW{when} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")


def _guard_sqlite(table: str, condition: str) -> None:
    when = f" WHEN {condition}" if condition else ""
    for kind, limit in (("UPDATE", when), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{kind.lower()} BEFORE {kind} ON {table}{limit}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {kind} of {table} is refused'); END"
        )
