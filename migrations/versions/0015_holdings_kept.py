"""Holdings that an administrator keeps: the letter's date, who entered it, and a mistaken one withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("holding", sa.Column("letter_date", sa.Date(), nullable=True))
    op.add_column("holding", sa.Column("by_title", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("holding", sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("holding", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("holding", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.execute("DELETE FROM holding WHERE withdrawn_at IS NOT NULL")
    for column in ("version", "withdrawn_at", "entered_at", "by_title", "letter_date"):
        op.drop_column("holding", column)
