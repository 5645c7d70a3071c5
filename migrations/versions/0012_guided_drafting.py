"""What a draft began with and where that came from, and comments by section, each answered once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
TABLE = "section_comment"
WRITTEN_ONCE = (
    "id",
    "institution_id",
    "document_id",
    "revision_id",
    "place",
    "label",
    "section",
    "text",
    "holding_id",
    "post_id",
    "by_title",
    "at",
)


def upgrade() -> None:
    # Drafts that are already open do not know what they began with: they say no source rather than a false one.
    op.add_column("working_copy", sa.Column("began", JSON, server_default="{}", nullable=False))
    op.create_table(
        TABLE,
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("section", sa.String(60), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("holding_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("by_title", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(4000), nullable=False),
        sa.Column("answered_holding_id", KEY, nullable=True),
        sa.Column("answered_by", sa.String(200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_section_comment_said")),
        sa.CheckConstraint(
            "(length(answer) > 0) = (answered_at IS NOT NULL)", name=op.f("ck_section_comment_answered_whole")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_holding_id IS NULL)", name=op.f("ck_section_comment_answered_by_holding")
        ),
        _link("document_id", "document"),
        _link("revision_id", "revision"),
        _link("holding_id", "holding"),
        _link("post_id", "post"),
        _link("answered_holding_id", "holding"),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_section_comment_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_comment")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_section_comment_institution_id_id")),
    )
    op.create_index(op.f("ix_section_comment_institution_id"), TABLE, ["institution_id"], unique=False)
    op.create_index("ix_section_comment_document", TABLE, ["institution_id", "document_id", "id"], unique=False)
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)  # Its triggers go with it.
    op.drop_column("working_copy", "began")


def _link(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_section_comment_institution_id_{column}")
    return sa.ForeignKeyConstraint(["institution_id", column], [f"{table}.institution_id", f"{table}.id"], name=name)


def _guards() -> list[str]:
    """The triggers of 0002 for this table: a comment stays as it was written, and its answer is given once."""
    changed = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in WRITTEN_ONCE)
    refused = f"OLD.answered_at IS NOT NULL OR {changed}"
    if op.get_bind().dialect.name == "postgresql":
        each = {"UPDATE": f"FOR EACH ROW WHEN ({refused})", "DELETE": "FOR EACH ROW", "TRUNCATE": "FOR EACH STATEMENT"}
        return [
            f"CREATE TRIGGER {TABLE}_no_{kind.lower()} BEFORE {kind} ON {TABLE} {which}"
            " EXECUTE FUNCTION refuse_change()"
            for kind, which in each.items()
        ]
    return [
        f"CREATE TRIGGER {TABLE}_no_{kind.lower()} BEFORE {kind} ON {TABLE}{limit}"
        f" BEGIN SELECT RAISE(ABORT, 'closed: {kind} of {TABLE} is refused'); END"
        for kind, limit in (("UPDATE", f" WHEN {refused.replace('IS DISTINCT FROM', 'IS NOT')}"), ("DELETE", ""))
    ]
