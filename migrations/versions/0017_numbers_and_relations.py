"""Numbers reserved and void with who and when, series that are settings, relations that a mistake can be taken out of.

A relation is written once; it may begin once (a Peraturan's on its promulgation) and be withdrawn once, with a reason.
`act.revoked_on` follows the relation that ended the act: it is emptied only when that relation was withdrawn.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(sa.dialects.postgresql.JSONB(none_as_null=True), "postgresql")
RESERVED = "use = 'reserved'"
LIVE = "withdrawn_at IS NULL"
ENDS = f"{LIVE} AND relation IN ('revokes', 'replaces')"
OF_NUMBER = ("id", "institution_id", "series_id", "year", "number", "written", "document_id")
OF_RELATION = ("id", "institution_id", "act_id", "relation", "other_id", "other_title", "by_title", "at")
OF_ACT = ("id", "institution_id", "kind", "title", "number", "signed_on", "in_force_from", "in_force_to", "sha256",
          "binds_from", "recorded", "issuer", "objects")  # fmt: skip
GAZETTE = "(SELECT id FROM series WHERE key = 'berita_daerah')"


def upgrade() -> None:
    _drop_update_guard("number")
    _drop_update_guard("act")
    op.add_column("series", sa.Column("classifications", JSON, nullable=False, server_default="{}"))
    op.add_column("series", sa.Column("start_year", sa.Integer(), nullable=True))
    op.add_column("series", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("number", sa.Column("written", sa.String(200), nullable=False, server_default=""))
    op.add_column("number", sa.Column("dated_on", sa.Date(), nullable=True))
    op.add_column("number", sa.Column("by_title", sa.String(200), nullable=False, server_default=""))
    op.add_column("number", sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    _fill_numbers()
    open_ones = sa.text(RESERVED)
    op.create_index("uq_number_reserved", "number", ["series_id", "year", "document_id"], unique=True,
                    sqlite_where=open_ones, postgresql_where=open_ones)  # fmt: skip
    op.create_index("ix_number_document", "number", ["institution_id", "document_id"])
    others = sa.text("use <> 'enacted'")
    op.create_index("ix_number_dated", "number", ["institution_id", "dated_on", "id"],
                    sqlite_where=others, postgresql_where=others)  # fmt: skip
    op.create_index("ix_act_signed", "act", ["institution_id", "signed_on", "id"])
    _make_relations()
    _guard("number", f"OLD.use <> 'reserved' OR {_changed(OF_NUMBER)}")
    _guard("act_relation", _of_relation(), every=True)
    _guard_acts()


def downgrade() -> None:
    _drop_update_guard("number")
    _drop_update_guard("act")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_act_change()")
    op.drop_index("ix_act_signed", "act")
    op.drop_index("ix_number_dated", "number")
    op.drop_index("ix_number_document", "number")
    op.drop_index("uq_number_reserved", "number")
    for column in ("at", "by_title", "dated_on", "written"):
        op.drop_column("number", column)
    for column in ("version", "start_year", "classifications"):
        op.drop_column("series", column)
    _make_relations_of_old()
    _guard("number", "OLD.use <> 'reserved'")
    _guard("act", f"{_changed(OF_ACT)} OR {_filled_once('scan_sha256', 'token', 'revoked_on')}")


def _fill_numbers() -> None:
    """What was given so far: each number as the act bears it, on the day of its signature or promulgation."""
    act = "FROM document d JOIN act a ON a.id = d.act_id WHERE d.id = number.document_id"
    gazette = "FROM document d JOIN promulgation p ON p.act_id = d.act_id WHERE d.id = number.document_id"
    for condition, written, day, source in (
        (f"series_id NOT IN {GAZETTE}", "a.number", "a.signed_on", act),
        (f"series_id IN {GAZETTE}", "p.gazette_number", "p.promulgated_on", gazette),
    ):
        op.execute(
            f"UPDATE number SET written = COALESCE((SELECT {written} {source}), ''),"
            f" dated_on = (SELECT {day} {source}) WHERE {condition}"
        )


def _make_relations() -> None:
    """Made anew: no verb has written a relation before this one."""
    op.drop_table("act_relation")
    _relation_table(
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("withdrawn_reason", sa.String(length=4000), nullable=False, server_default=""),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR length(withdrawn_reason) > 0", name=op.f("ck_act_relation_withdrawn_reason")
        ),
    )
    live, ends = sa.text(LIVE), sa.text(ENDS)
    op.create_index("uq_act_relation_live", "act_relation", ["act_id", "relation", "other_id"], unique=True,
                    sqlite_where=live, postgresql_where=live)  # fmt: skip
    op.create_index("uq_act_relation_ends", "act_relation", ["other_id"], unique=True,
                    sqlite_where=ends, postgresql_where=ends)  # fmt: skip


def _make_relations_of_old() -> None:
    op.drop_table("act_relation")
    _relation_table(
        sa.Column("since", sa.Date(), nullable=False),
        sa.UniqueConstraint(
            "act_id", "relation", "other_id", name=op.f("uq_act_relation_act_id_relation_other_id")
        ),
    )
    _guard("act_relation", "", every=True)


def _relation_table(*more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "act_relation",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column(
            "relation",
            sa.Enum("amends", "revokes", "replaces", "implements", name="relation", native_enum=False,
                    create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("other_id", KEY, nullable=True),
        sa.Column("other_title", sa.String(length=1000), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_relation")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_act_relation_institution_id_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_act_relation_institution_id")),
        *(
            sa.ForeignKeyConstraint(
                ["institution_id", column], ["act.institution_id", "act.id"],
                name=op.f(f"fk_act_relation_institution_id_{column}"),
            )
            for column in ("act_id", "other_id")
        ),
        sa.CheckConstraint("other_id IS NOT NULL OR length(other_title) > 0", name=op.f("ck_act_relation_named")),
        sa.CheckConstraint("other_id IS NULL OR other_id <> act_id", name=op.f("ck_act_relation_another")),
        *more,
    )  # fmt: skip
    op.create_index("ix_act_relation_institution_id", "act_relation", ["institution_id"])
    op.create_index("ix_act_relation_other", "act_relation", ["institution_id", "other_id"])


def _of_relation() -> str:
    once = "OLD.since IS NOT NULL AND NEW.since IS DISTINCT FROM OLD.since"
    return f"OLD.withdrawn_at IS NOT NULL OR ({once}) OR {_changed(OF_RELATION)}"


def _guard_acts() -> None:
    """As before, but an act whose ending was withdrawn holds again: its day of revocation is emptied."""
    closed = f"{_changed(OF_ACT)} OR {_filled_once('scan_sha256', 'token')}"
    revoked = "OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS DISTINCT FROM OLD.revoked_on"
    withdrawn = (
        f"NEW.revoked_on IS NULL AND NOT EXISTS (SELECT 1 FROM act_relation r WHERE r.other_id = OLD.id AND {ENDS})"
        " AND EXISTS (SELECT 1 FROM act_relation r WHERE r.other_id = OLD.id AND r.withdrawn_at IS NOT NULL)"
    )
    if op.get_bind().dialect.name != "postgresql":
        _guard("act", f"{closed} OR ({revoked} AND NOT ({withdrawn}))")
        return
    # The condition of a trigger may not ask other tables on PostgreSQL: its function does.
    op.execute(
        "CREATE FUNCTION refuse_act_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT ({closed}) AND {withdrawn} THEN RETURN NEW; END IF;"
        " RAISE EXCEPTION 'closed: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
        " END $$"
    )
    op.execute(
        f"CREATE TRIGGER act_no_update BEFORE UPDATE ON act FOR EACH ROW WHEN ({closed} OR ({revoked}))"
        " EXECUTE FUNCTION refuse_act_change()"
    )


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'(NEW."{column}" IS DISTINCT FROM OLD."{column}")' for column in columns)


def _filled_once(*columns: str) -> str:
    once = (f"(OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})" for column in columns)
    return f"({' OR '.join(once)})"


def _drop_update_guard(table: str) -> None:
    on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER {table}_no_update{on}")


def _guard(table: str, condition: str, *, every: bool = False) -> None:
    """Refuse an UPDATE under that condition; `every`: the table is new, and no row of it goes either."""
    if op.get_bind().dialect.name == "postgresql":
        when = f" WHEN ({condition})" if condition else ""
        made = [("UPDATE", f"ROW{when}")] + ([("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")] if every else [])
        for what, each in made:
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION refuse_change()"
            )
        return
    when = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    for what, limit in [("UPDATE", when)] + ([("DELETE", "")] if every else []):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}{limit}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
        )
