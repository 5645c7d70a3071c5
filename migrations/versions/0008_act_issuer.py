"""Acts made by others: who issued them and what they examine; closed like the rest of an act."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = ("id", "institution_id", "kind", "title", "number", "signed_on", "in_force_from", "in_force_to", "sha256",
          "binds_from", "recorded")  # fmt: skip
NEW = ("issuer", "objects")


def upgrade() -> None:
    op.add_column("act", sa.Column("issuer", sa.String(length=300), nullable=True))
    op.add_column("act", sa.Column("objects", sa.String(length=2000), nullable=True))
    _close((*BEFORE, *NEW))


def downgrade() -> None:
    _close(BEFORE)
    op.drop_column("act", "objects")
    op.drop_column("act", "issuer")


def _close(columns: tuple[str, ...]) -> None:
    """Only an act's scan may follow, once: the trigger of 0002 over these columns."""
    changed = " OR ".join(
        f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns
    )
    scan = "OLD.scan_sha256 IS NOT NULL AND NEW.scan_sha256 IS DISTINCT FROM OLD.scan_sha256"
    condition = f"{changed} OR ({scan})"
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER act_no_update ON act")
        op.execute(
            f"CREATE TRIGGER act_no_update BEFORE UPDATE ON act FOR EACH ROW WHEN ({condition})"
            " EXECUTE FUNCTION refuse_change()"
        )
        return
    op.execute("DROP TRIGGER act_no_update")
    op.execute(
        f"CREATE TRIGGER act_no_update BEFORE UPDATE ON act WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}"
        " BEGIN SELECT RAISE(ABORT, 'closed: UPDATE of act is refused'); END"
    )
