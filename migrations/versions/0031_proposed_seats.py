"""Seats that are proposed: from what a post's part in a cycle was taken, "" where it was set by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain ALTER TABLE: a table copied for it would lose the triggers that keep its rows closed.
    op.add_column("cycle_seat", sa.Column("how_sure", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("cycle_seat", "how_sure")
