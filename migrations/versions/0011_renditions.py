"""Renditions: the PDF of a file, printed in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rendition",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "form",
            sa.Enum("naskah", "salinan", name="form", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("word_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "running", "done", "failed", name="doing", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("state <> 'done' OR pdf_sha256 IS NOT NULL", name=op.f("ck_rendition_done_has_pdf")),
        sa.CheckConstraint(
            "form <> 'naskah' OR word_sha256 = source_sha256", name=op.f("ck_rendition_naskah_is_itself")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_rendition_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_rendition_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendition")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_rendition_institution_id_id")),
        sa.UniqueConstraint(
            "document_id", "form", "word_sha256", name=op.f("uq_rendition_document_id_form_word_sha256")
        ),
    )
    with op.batch_alter_table("rendition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rendition_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_rendition_due", ["state", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("rendition")
