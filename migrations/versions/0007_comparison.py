"""What differs between a revision and the one before it, written once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
TABLE = "comparison"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("before_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        _link("document_id", "document"),
        _link("before_id", "revision"),
        _link("revision_id", "revision"),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_comparison_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
        sa.UniqueConstraint("before_id", "revision_id", name=op.f("uq_comparison_before_id_revision_id")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_comparison_institution_id_id")),
    )
    op.create_index(op.f("ix_comparison_institution_id"), TABLE, ["institution_id"], unique=False)
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)  # Its triggers go with it.


def _link(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_comparison_institution_id_{column}")
    return sa.ForeignKeyConstraint(["institution_id", column], [f"{table}.institution_id", f"{table}.id"], name=name)


def _guards() -> list[str]:
    """The triggers of 0002 for this table: no change of what is written, by whoever."""
    if op.get_bind().dialect.name == "postgresql":
        kinds = (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
        return [
            f"CREATE TRIGGER {TABLE}_no_{kind.lower()} BEFORE {kind} ON {TABLE}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            for kind, each in kinds
        ]
    return [
        f"CREATE TRIGGER {TABLE}_no_{kind.lower()} BEFORE {kind} ON {TABLE}"
        f" BEGIN SELECT RAISE(ABORT, 'closed: {kind} of {TABLE} is refused'); END"
        for kind in ("UPDATE", "DELETE")
    ]
