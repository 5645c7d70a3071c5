"""When a post first opened a revision, what the form check counted in it, and how many passages a comparison found."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(sa.dialects.postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("revision", sa.Column("checked", JSON, nullable=True))
    op.add_column("comparison", sa.Column("changed", sa.Integer(), nullable=True))
    op.create_table(
        "opened",
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_opened_institution_id_id")),
        sa.UniqueConstraint(
            "document_id", "post_id", "revision_number", name=op.f("uq_opened_document_id_post_id_revision_number")
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_opened_institution_id")),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_opened_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "post_id"],
            ["post.institution_id", "post.id"],
            name=op.f("fk_opened_institution_id_post_id"),
        ),
    )
    op.create_index("ix_opened_institution_id", "opened", ["institution_id"])
    _close("opened")


def downgrade() -> None:
    op.drop_table("opened")
    op.drop_column("comparison", "changed")
    op.drop_column("revision", "checked")


def _close(table: str) -> None:
    """Written once: no row changes or goes."""
    if op.get_bind().dialect.name == "postgresql":
        for what, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION refuse_change()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
        )
