"""Reminders of tasks, once for each rung and day; how many rows the last scan could not do."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OF_A_RUNG = sa.text("rung IS NOT NULL")


def upgrade() -> None:
    # Plain ALTER TABLE: a table copied for it would lose the triggers that keep its rows closed.
    op.add_column("pulse", sa.Column("failed", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("task_step", sa.Column("rung", sa.String(length=20), nullable=True))
    op.create_index(
        "uq_task_step_rung", "task_step", ["task_id", "until", "rung"], unique=True,
        postgresql_where=OF_A_RUNG, sqlite_where=OF_A_RUNG,
    )  # fmt: skip
    # What is already asked gets its own ladder: a delivery has a few working days.
    op.execute("UPDATE obligation SET ladder = 'short' WHERE family = 'delivery'")


def downgrade() -> None:
    op.drop_index("uq_task_step_rung", "task_step")
    op.drop_column("task_step", "rung")
    op.drop_column("pulse", "failed")
