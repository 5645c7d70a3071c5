"""Editing a draft in Word: who has it in hand until when, and the uploaded file that stands."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_out",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_check_out_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["person.institution_id", "person.id"],
            name=op.f("fk_check_out_institution_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_check_out_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_out")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_check_out_institution_id_id")),
    )
    with op.batch_alter_table("check_out", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_out_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_check_out_open", ["institution_id", "document_id", "ended_at"], unique=False)

    op.add_column("working_copy", sa.Column("file_sha256", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("working_copy", "file_sha256")
    with op.batch_alter_table("check_out", schema=None) as batch_op:
        batch_op.drop_index("ix_check_out_open")
        batch_op.drop_index(batch_op.f("ix_check_out_institution_id"))

    op.drop_table("check_out")
