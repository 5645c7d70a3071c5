"""Word templates that an institution uses instead of the shipped ones."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_template",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_own_template_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_template")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_own_template_institution_id_id")),
    )
    with op.batch_alter_table("own_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_template_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_own_template_kind", ["institution_id", "kind", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("own_template", schema=None) as batch_op:
        batch_op.drop_index("ix_own_template_kind")
        batch_op.drop_index(batch_op.f("ix_own_template_institution_id"))

    op.drop_table("own_template")
