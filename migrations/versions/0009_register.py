"""The register of regulations: an institution's own entries, what it found of others, and what revisions cite."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

# Table -> what of an UPDATE is refused ("" refuses each); no row is ever deleted.
REFUSED = {
    "citation": "",
    "regulation_entry": "OLD.closed_on IS NOT NULL OR NEW.key <> OLD.key OR NEW.institution_id <> OLD.institution_id",
    "regulation_fact": (
        "OLD.closed_on IS NOT NULL OR NEW.regulation_key <> OLD.regulation_key OR NEW.relation <> OLD.relation"
        " OR NEW.institution_id <> OLD.institution_id"
    ),
}


def upgrade() -> None:
    op.create_table(
        "regulation_entry",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("gazette_kind", sa.String(length=2), nullable=True),
        sa.Column("gazette_year", sa.Integer(), nullable=True),
        sa.Column("gazette_number", sa.Integer(), nullable=True),
        sa.Column("gazette_supplement", sa.Integer(), nullable=True),
        sa.Column("enacted", sa.Date(), nullable=True),
        sa.Column("promulgated", sa.Date(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("in_preparation", sa.Boolean(), nullable=False),
        sa.Column("how_sure", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        *_kept("regulation_entry"),
        sa.CheckConstraint(
            "in_force_to IS NULL OR in_force_from IS NULL OR in_force_to >= in_force_from",
            name=op.f("ck_regulation_entry_period"),
        ),
    )
    op.create_table(
        "regulation_fact",
        sa.Column("regulation_key", sa.String(length=80), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "revoked",
                "amended",
                "cited",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("by_key", sa.String(length=80), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("how_sure", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        *_kept("regulation_fact"),
        sa.CheckConstraint("(relation = 'cited') = (by_key IS NULL)", name=op.f("ck_regulation_fact_by_another")),
        sa.CheckConstraint("length(source) > 0", name=op.f("ck_regulation_fact_source")),
    )
    op.create_table(
        "citation",
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("regulation_key", sa.String(length=80), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "revision_id"],
            ["revision.institution_id", "revision.id"],
            name=op.f("fk_citation_institution_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_citation_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_citation_institution_id_id")),
        sa.UniqueConstraint("revision_id", "place", name=op.f("uq_citation_revision_id_place")),
    )
    for table in REFUSED:
        op.create_index(op.f(f"ix_{table}_institution_id"), table, ["institution_id"], unique=False)
    open_only = sa.text("closed_on IS NULL")
    op.create_index(
        "uq_regulation_entry_open",
        "regulation_entry",
        ["institution_id", "key"],
        unique=True,
        sqlite_where=open_only,
        postgresql_where=open_only,
    )
    op.create_index("ix_citation_regulation", "citation", ["institution_id", "regulation_key", "revision_id"])
    op.create_index("ix_regulation_fact_regulation", "regulation_fact", ["institution_id", "regulation_key"])
    for table, refused in REFUSED.items():
        _guard(table, refused)


def downgrade() -> None:
    for table in REFUSED:
        op.drop_table(table)


def _kept(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What both kinds of rows carry: the version, how they were closed, and whose they are."""
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=1000), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR length(closed_reason) > 0", name=op.f(f"ck_{table}_closed_with_reason")
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("institution_id", "id", name=op.f(f"uq_{table}_institution_id_id")),
    )


def _guard(table: str, refused: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        when = f" WHEN ({refused})" if refused else ""
        refuse = "EXECUTE FUNCTION refuse_change()"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW{when} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")
        return
    for kind, limit in (("UPDATE", f" WHEN {refused}" if refused else ""), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{kind.lower()} BEFORE {kind} ON {table}{limit}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {kind} of {table} is refused'); END"
        )
