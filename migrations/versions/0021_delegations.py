"""Delegations: which post signs which kinds in another's name (a.n.), from when to when, by which letter."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(sa.dialects.postgresql.JSONB(none_as_null=True), "postgresql")
CLOSED = ("id", "institution_id", "from_post_id", "to_post_id", "from_on", "to_on", "letter", "letter_date", "by_title", "at")
ONCE = ("withdrawn_at", "withdrawn_by")


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("from_post_id", KEY, nullable=False),
        sa.Column("to_post_id", KEY, nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_delegation_institution_id_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_delegation_institution_id")),
        *(_link(column) for column in ("from_post_id", "to_post_id")),
        sa.CheckConstraint("from_post_id <> to_post_id", name=op.f("ck_delegation_another")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_delegation_to_after_from")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_delegation_withdrawn_by_somebody")
        ),
    )
    op.create_index("ix_delegation_institution_id", "delegation", ["institution_id"])
    op.create_index("ix_delegation_from", "delegation", ["institution_id", "from_post_id", "from_on"])
    _close()


def downgrade() -> None:
    op.drop_table("delegation")


def _link(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["institution_id", column],
        ["post.institution_id", "post.id"],
        name=op.f(f"fk_delegation_institution_id_{column}"),
    )


def _close() -> None:
    """What was given is never rewritten: it is withdrawn, once."""
    changed = [f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in CLOSED]
    changed += [f"OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column}" for column in ONCE]
    changed.append("CAST(NEW.kinds AS TEXT) IS DISTINCT FROM CAST(OLD.kinds AS TEXT)")
    condition = " OR ".join(f"({one})" for one in changed)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER delegation_no_update BEFORE UPDATE ON delegation FOR EACH ROW WHEN ({condition})"
            " EXECUTE FUNCTION refuse_change()"
        )
        for what, each in (("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER delegation_no_{what.lower()} BEFORE {what} ON delegation FOR EACH {each}"
                " EXECUTE FUNCTION refuse_change()"
            )
        return
    op.execute(
        f"CREATE TRIGGER delegation_no_update BEFORE UPDATE ON delegation WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}"
        " BEGIN SELECT RAISE(ABORT, 'closed: UPDATE of delegation is refused'); END"
    )
    op.execute(
        "CREATE TRIGGER delegation_no_delete BEFORE DELETE ON delegation"
        " BEGIN SELECT RAISE(ABORT, 'closed: DELETE of delegation is refused'); END"
    )
