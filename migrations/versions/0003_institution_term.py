"""What an institution's titles call the subject: SPBE or Pemerintah Digital, its own choice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("institution", sa.Column("term", sa.String(40), nullable=False, server_default="spbe"))


def downgrade() -> None:
    op.drop_column("institution", "term")
