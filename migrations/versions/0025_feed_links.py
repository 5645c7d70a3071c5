"""Secret links to calendar feeds: a person's own, or a unit's; only the digest of each is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "feed_link",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", sa.String(length=200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_link")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_feed_link_institution_id_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_feed_link_digest")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_feed_link_institution_id")),
        *(
            sa.ForeignKeyConstraint(
                ["institution_id", column], [f"{other}.institution_id", f"{other}.id"],
                name=op.f(f"fk_feed_link_institution_id_{column}"),
            )
            for column, other in (("person_id", "person"), ("unit_id", "unit"))
        ),
        sa.CheckConstraint("(revoked_at IS NULL) = (length(revoked_by) = 0)", name=op.f("ck_feed_link_revoked_by")),
    )  # fmt: skip
    op.create_index("ix_feed_link_institution_id", "feed_link", ["institution_id"])
    op.create_index("ix_feed_link_person", "feed_link", ["institution_id", "person_id"])
    op.create_index("ix_feed_link_unit", "feed_link", ["institution_id", "unit_id"])


def downgrade() -> None:
    op.drop_table("feed_link")
