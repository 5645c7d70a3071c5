"""What a Peraturan needs: steps that others take, recorded by their letters, and its promulgation.

Both are closed like decisions and acts. The trigger of `act` learns its new column.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STEP = (
    "id institution_id document_id revision_id step title letter_number letter_date scan_sha256 reason holding_id post_id"
    " by_title seen at"
).split()
ACT = "id institution_id kind title number signed_on in_force_from in_force_to sha256 recorded".split()
SCAN_ONCE = "(OLD.scan_sha256 IS NOT NULL AND NEW.scan_sha256 IS DISTINCT FROM OLD.scan_sha256)"


def upgrade() -> None:
    op.create_table(
        "external_step",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("letter_number", sa.String(length=200), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("holding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(length(letter_number) > 0) = (letter_date IS NOT NULL)", name=op.f("ck_external_step_dated")
        ),
        sa.CheckConstraint("length(letter_number) > 0 OR length(reason) > 0", name=op.f("ck_external_step_told")),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_external_step_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holding_id"],
            ["holding.institution_id", "holding.id"],
            name=op.f("fk_external_step_institution_id_holding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "post_id"],
            ["post.institution_id", "post.id"],
            name=op.f("fk_external_step_institution_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "revision_id"],
            ["revision.institution_id", "revision.id"],
            name=op.f("fk_external_step_institution_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_external_step_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_step")),
        sa.UniqueConstraint("document_id", "step", "seen", name=op.f("uq_external_step_document_id_step_seen")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_external_step_institution_id_id")),
    )
    with op.batch_alter_table("external_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_external_step_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_external_step_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "promulgation",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("promulgated_on", sa.Date(), nullable=False),
        sa.Column("gazette_number", sa.String(length=120), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("holding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "act_id"],
            ["act.institution_id", "act.id"],
            name=op.f("fk_promulgation_institution_id_act_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holding_id"],
            ["holding.institution_id", "holding.id"],
            name=op.f("fk_promulgation_institution_id_holding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "post_id"],
            ["post.institution_id", "post.id"],
            name=op.f("fk_promulgation_institution_id_post_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_promulgation_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promulgation")),
        sa.UniqueConstraint("act_id", name=op.f("uq_promulgation_act_id")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_promulgation_institution_id_id")),
    )
    with op.batch_alter_table("promulgation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promulgation_institution_id"), ["institution_id"], unique=False)

    op.add_column("act", sa.Column("binds_from", sa.String(length=20), server_default="signing", nullable=False))
    _unguard("act", "update")
    _guard("act", f"{_changed([*ACT, 'binds_from'])} OR {SCAN_ONCE}", ("update",))
    _guard("external_step", f"{_changed(STEP)} OR (NEW.counts AND NOT OLD.counts)")
    _guard("promulgation", "")


def downgrade() -> None:
    _unguard("act", "update")
    op.drop_column("act", "binds_from")
    _guard("act", f"{_changed(ACT)} OR {SCAN_ONCE}", ("update",))
    with op.batch_alter_table("promulgation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promulgation_institution_id"))

    op.drop_table("promulgation")
    with op.batch_alter_table("external_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_step_institution_id"))
        batch_op.drop_index(batch_op.f("ix_external_step_document_id"))

    op.drop_table("external_step")


def _changed(columns: list[str]) -> str:
    return " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)


def _guard(table: str, condition: str, kinds: tuple[str, ...] = ("update", "delete", "truncate")) -> None:
    """Refuse every change but those that `condition` leaves; SQLite knows no TRUNCATE."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for kind in kinds if postgresql else [kind for kind in kinds if kind != "truncate"]:
        when = condition if kind == "update" else ""
        if postgresql:
            each = "STATEMENT" if kind == "truncate" else f"ROW{f' WHEN ({when})' if when else ''}"
            op.execute(
                f"CREATE TRIGGER {table}_no_{kind} BEFORE {kind.upper()} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        else:
            limit = f" WHEN {when.replace('IS DISTINCT FROM', 'IS NOT')}" if when else ""
            op.execute(
                f"CREATE TRIGGER {table}_no_{kind} BEFORE {kind.upper()} ON {table}{limit}"
                f" BEGIN SELECT RAISE(ABORT, 'closed: {kind.upper()} of {table} is refused'); END"
            )


def _unguard(table: str, kind: str) -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER {table}_no_{kind}" + (f" ON {table}" if postgresql else ""))
