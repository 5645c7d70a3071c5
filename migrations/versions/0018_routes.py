"""Routes as data: an institution's own, what happens to a document's route on its way, and by when a step is due."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(sa.dialects.postgresql.JSONB(none_as_null=True), "postgresql")
MOVES = (
    "submit", "initial", "approve", "return", "withdraw", "enact", "record", "promulgate", "return_step", "decline",
    "forward", "skip",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("document", sa.Column("round", sa.Integer(), server_default="0", nullable=False))
    op.add_column("waiting", sa.Column("step", sa.Integer(), nullable=True))
    for day in ("due_on", "warn_on"):
        op.add_column("waiting", sa.Column(day, sa.Date(), nullable=True))
    for moment in ("warned_at", "escalated_at"):
        op.add_column("waiting", sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_waiting_due", "waiting", ["warn_on"])
    _settings()
    _changes()
    _close("step_change")


def downgrade() -> None:
    op.drop_table("step_change")
    op.drop_table("route_setting")
    op.drop_index("ix_waiting_due", "waiting")
    for column in ("escalated_at", "warned_at", "warn_on", "due_on", "step"):
        op.drop_column("waiting", column)
    op.drop_column("document", "round")


def _settings() -> None:
    op.create_table(
        "route_setting",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("steps", JSON, nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_tenant("route_setting"),
    )
    op.create_index("ix_route_setting_institution_id", "route_setting", ["institution_id"])
    op.create_index("ix_route_setting_kind", "route_setting", ["institution_id", "kind", "id"])


def _changes() -> None:
    name = "step_change"
    op.create_table(
        name,
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column(
            "move",
            sa.Enum(*MOVES, name="move", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("for_post_id", KEY, nullable=True),
        sa.Column("to_post_id", KEY, nullable=True),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("asked", sa.String(length=20), nullable=False),
        sa.Column("holding_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_tenant(
            name,
            "document_id:document",
            "revision_id:revision",
            "holding_id:holding",
            "post_id:post",
            "for_post_id:post",
            "to_post_id:post",
        ),
        sa.UniqueConstraint(
            "document_id",
            "post_id",
            "move",
            "step",
            "for_post_id",
            "seen",
            name=op.f("uq_step_change_document_id_post_id_move_step_for_post_id_seen"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_step_change_reason")),
        sa.CheckConstraint("(move = 'forward') = (to_post_id IS NOT NULL)", name=op.f("ck_step_change_handed_to")),
        sa.CheckConstraint(
            "move NOT IN ('forward', 'decline') OR for_post_id IS NOT NULL", name=op.f("ck_step_change_handed_from")
        ),
    )
    op.create_index("ix_step_change_institution_id", name, ["institution_id"])
    op.create_index("ix_step_change_document_id", name, ["document_id"])


def _tenant(table: str, *links: str) -> list[sa.schema.SchemaItem]:
    found: list[sa.schema.SchemaItem] = [
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("institution_id", "id", name=op.f(f"uq_{table}_institution_id_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")),
    ]
    for link in links:
        column, other = link.split(":")
        found.append(
            sa.ForeignKeyConstraint(
                ["institution_id", column],
                [f"{other}.institution_id", f"{other}.id"],
                name=op.f(f"fk_{table}_institution_id_{column}"),
            )
        )
    return found


def _close(table: str) -> None:
    """Written once: no row changes or goes."""
    if op.get_bind().dialect.name == "postgresql":
        for what, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION refuse_change()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
        )
