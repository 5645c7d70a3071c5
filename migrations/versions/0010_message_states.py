"""States of a message (decision 0023): delivered, two ways to have failed, and a time to look again until the end.

`due_at` is empty exactly when nothing more will happen; while a message is being sent it holds the end of the lease,
so `lease_until` goes. The index on it therefore holds only what is still to be done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OLD = "state IN ('created', 'sending', 'sent', 'failed')"
NEW = "state IN ('created', 'sending', 'sent', 'delivered', 'failed_temporary', 'failed_permanent')"
ENDED = "(due_at IS NULL) = (state IN ('sent', 'delivered', 'failed_permanent'))"
READ = "(SELECT 1 FROM notice WHERE notice.id = message.notice_id AND notice.read_at IS NOT NULL)"


def upgrade() -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_sending"), type_="check")
        batch_op.drop_index("ix_message_due")
        batch_op.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=True)
    op.execute("UPDATE message SET state = 'failed_permanent' WHERE state = 'failed'")
    op.execute("UPDATE message SET state = 'failed_temporary' WHERE state = 'created' AND attempts > 0")
    op.execute(f"UPDATE message SET state = 'delivered' WHERE state NOT IN ('sending', 'failed_permanent') AND EXISTS {READ}")
    op.execute("UPDATE message SET due_at = lease_until WHERE state = 'sending' AND lease_until IS NOT NULL")
    op.execute("UPDATE message SET due_at = NULL WHERE state IN ('sent', 'delivered', 'failed_permanent')")
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_column("lease_until")
        batch_op.create_check_constraint(op.f("ck_message_sending"), NEW)
        batch_op.create_check_constraint(op.f("ck_message_ended"), ENDED)
    waiting = sa.text("due_at IS NOT NULL")
    op.create_index("ix_message_due", "message", ["due_at", "id"], postgresql_where=waiting, sqlite_where=waiting)


def downgrade() -> None:
    op.drop_index("ix_message_due", "message")
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_sending"), type_="check")
        batch_op.drop_constraint(op.f("ck_message_ended"), type_="check")
        batch_op.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE message SET lease_until = due_at WHERE state = 'sending'")
    op.execute("UPDATE message SET state = 'failed' WHERE state = 'failed_permanent'")
    op.execute("UPDATE message SET state = 'created' WHERE state = 'failed_temporary'")
    op.execute("UPDATE message SET state = 'sent' WHERE state = 'delivered'")
    op.execute("UPDATE message SET due_at = (SELECT created_at FROM notice WHERE notice.id = notice_id) WHERE due_at IS NULL")
    with op.batch_alter_table("message") as batch_op:
        batch_op.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_check_constraint(op.f("ck_message_sending"), OLD)
    op.create_index("ix_message_due", "message", ["state", "due_at"])

