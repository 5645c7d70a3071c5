"""A mark that changes whenever what an institution's facts and register say changes: so that processes may keep them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("institution", sa.Column("facts_mark", sa.String(32), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("institution", "facts_mark")
