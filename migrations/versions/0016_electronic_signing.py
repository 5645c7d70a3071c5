"""Electronic signings under way: number reserved, file prepared, signed, or given up with a reason; then closed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FIXED = ("id", "institution_id", "document_id", "way", "number", "signed_on", "token", "approved_sha256",
         "sealed_sha256", "word_sha256", "signer_post_id", "signer_title", "signer_name", "by_title", "at")  # fmt: skip
ENDED = "OLD.state IN ('signed', 'cancelled')"


def upgrade() -> None:
    _forms("naskah", "salinan", "electronic")
    op.create_table(
        "signing",
        sa.Column("document_id", KEY, nullable=False),
        sa.Column(
            "way",
            sa.Enum("wet", "signed_pdf", "national", name="signingway", native_enum=False, create_constraint=True,
                    length=20),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("prepared", "sending", "signed", "cancelled", name="signingstate", native_enum=False,
                    create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("approved_sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=False),
        sa.Column("word_sha256", sa.String(length=64), nullable=False),
        sa.Column("prepared_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_sha256", sa.String(length=64), nullable=True),
        sa.Column("signer_post_id", KEY, nullable=False),
        sa.Column("signer_title", sa.String(length=200), nullable=False),
        sa.Column("signer_name", sa.String(length=200), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_signing_institution_id_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_signing_institution_id")),
        *(
            sa.ForeignKeyConstraint(
                ["institution_id", column],
                [f"{other}.institution_id", f"{other}.id"],
                name=op.f(f"fk_signing_institution_id_{column}"),
            )
            for column, other in (("document_id", "document"), ("signer_post_id", "post"))
        ),
        sa.CheckConstraint("way <> 'wet'", name=op.f("ck_signing_electronic")),
        sa.CheckConstraint(
            "state <> 'signed' OR (prepared_sha256 IS NOT NULL AND signed_sha256 IS NOT NULL)",
            name=op.f("ck_signing_signed_has_files"),
        ),
        sa.CheckConstraint("state <> 'cancelled' OR length(reason) > 0", name=op.f("ck_signing_cancelled_has_reason")),
        sa.CheckConstraint(
            "(state IN ('signed', 'cancelled')) = (ended_at IS NOT NULL)", name=op.f("ck_signing_ended")
        ),
    )
    op.create_index("ix_signing_institution_id", "signing", ["institution_id"])
    op.create_index("ix_signing_document", "signing", ["institution_id", "document_id"])
    op.create_index("uq_signing_token", "signing", ["token"], unique=True)
    under_way = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_signing_under_way", "signing", ["document_id"], unique=True,
        postgresql_where=under_way, sqlite_where=under_way,
    )
    _close()


def downgrade() -> None:
    op.drop_table("signing")
    op.execute("DELETE FROM rendition WHERE form = 'electronic'")
    _forms("naskah", "salinan")


def _forms(*known: str) -> None:
    """Which forms a rendition may have: its words with a CHECK."""
    words = ", ".join(f"'{one}'" for one in known)
    with op.batch_alter_table("rendition") as batch_op:
        batch_op.drop_constraint(op.f("ck_rendition_form"), type_="check")
        batch_op.create_check_constraint(op.f("ck_rendition_form"), f"form IN ({words})")


def _close() -> None:
    """What is signed or given up stays so; before that only its progress changes, never what is to be signed."""
    changed = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in FIXED)
    once = "OLD.prepared_sha256 IS NOT NULL AND NEW.prepared_sha256 IS DISTINCT FROM OLD.prepared_sha256"
    condition = f"{ENDED} OR {changed} OR ({once})"
    if op.get_bind().dialect.name == "postgresql":
        refuse = "EXECUTE FUNCTION refuse_change()"
        op.execute(
            f"CREATE TRIGGER signing_no_update BEFORE UPDATE ON signing FOR EACH ROW WHEN ({condition}) {refuse}"
        )
        op.execute(f"CREATE TRIGGER signing_no_delete BEFORE DELETE ON signing FOR EACH ROW {refuse}")
        op.execute(f"CREATE TRIGGER signing_no_truncate BEFORE TRUNCATE ON signing FOR EACH STATEMENT {refuse}")
        return
    lite = condition.replace("IS DISTINCT FROM", "IS NOT")
    for what, when in (("UPDATE", f" WHEN {lite}"), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER signing_no_{what.lower()} BEFORE {what} ON signing{when}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of signing is refused'); END"
        )
