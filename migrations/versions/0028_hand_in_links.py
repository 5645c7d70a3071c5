"""Secret links by which an office hands in without an account: only the digest of each is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "hand_in_link",
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", sa.String(length=200), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("step_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in_link")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_hand_in_link_institution_id_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_hand_in_link_digest")),
        sa.UniqueConstraint("step_id", name=op.f("uq_hand_in_link_step_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_hand_in_link_institution_id")),
        *(
            sa.ForeignKeyConstraint(
                ["institution_id", column], [f"{other}.institution_id", f"{other}.id"],
                name=op.f(f"fk_hand_in_link_institution_id_{column}"),
            )
            for column, other in (("task_id", "task"), ("unit_id", "unit"), ("step_id", "task_step"))
        ),
        sa.CheckConstraint("(revoked_at IS NULL) = (length(revoked_by) = 0)", name=op.f("ck_hand_in_link_revoked_by")),
        sa.CheckConstraint("(used_at IS NULL) = (step_id IS NULL)", name=op.f("ck_hand_in_link_used")),
    )  # fmt: skip
    op.create_index("ix_hand_in_link_institution_id", "hand_in_link", ["institution_id"])
    op.create_index("ix_hand_in_link_task", "hand_in_link", ["institution_id", "task_id"])


def downgrade() -> None:
    op.drop_table("hand_in_link")
