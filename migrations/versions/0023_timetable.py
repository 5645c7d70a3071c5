"""Obligations that rules compute and a reason may waive; dated facts and closed days of an institution; open rungs."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STANDING = sa.text("withdrawn_at IS NULL")
FULFILMENTS = "'open', 'met', 'dropped'"
RUNGS = "'h30', 'h14', 'h7', 'h1', 'late'"
DELIVERY, EVALUATION = "stage = 'penyampaian'", "mandate = 'monitoring_evaluation'"


def upgrade() -> None:
    op.add_column("institution", sa.Column("work_week", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("institution", sa.Column("timetable_mark", sa.String(length=64), nullable=False, server_default=""))
    _obligations()
    with op.batch_alter_table("reminder") as batch:
        batch.drop_constraint(op.f("ck_reminder_rung"), type_="check")
    _milestones()
    _closed_days()


def downgrade() -> None:
    op.drop_table("closed_day")
    op.drop_table("milestone")
    with op.batch_alter_table("reminder") as batch:
        batch.create_check_constraint(op.f("ck_reminder_rung"), f"rung IN ({RUNGS})")
    op.execute("UPDATE obligation SET fulfilment = 'dropped' WHERE fulfilment = 'waived'")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_index("ix_obligation_unit")
        batch.drop_constraint(op.f("ck_obligation_waived_has_reason"), type_="check")
        batch.drop_constraint(op.f("ck_obligation_fulfilment"), type_="check")
        batch.drop_constraint(op.f("fk_obligation_institution_id_unit_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_obligation_institution_id_act_id"), type_="foreignkey")
        for column in ("family", "ladder", "unit_id", "act_id", "reason", "by_title", "report_sha256",
                       "acknowledged_at", "acknowledged_by", "acknowledged_due", "version", "changed_at"):  # fmt: skip
            batch.drop_column(column)
        batch.create_check_constraint(op.f("ck_obligation_fulfilment"), f"fulfilment IN ({FULFILMENTS})")
    op.drop_column("institution", "timetable_mark")
    op.drop_column("institution", "work_week")


def _obligations() -> None:
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("family", sa.String(length=40), nullable=False, server_default=""))
        batch.add_column(sa.Column("ladder", sa.String(length=40), nullable=False, server_default="standard"))
        batch.add_column(sa.Column("unit_id", KEY, nullable=True))
        batch.add_column(sa.Column("act_id", KEY, nullable=True))
        batch.add_column(sa.Column("reason", sa.String(length=1000), nullable=False, server_default=""))
        batch.add_column(sa.Column("by_title", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("report_sha256", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("acknowledged_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("acknowledged_by", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("acknowledged_due", sa.Date(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("changed_at", MOMENT, nullable=True))
        batch.drop_constraint(op.f("ck_obligation_fulfilment"), type_="check")
        batch.create_check_constraint(op.f("ck_obligation_fulfilment"), f"fulfilment IN ({FULFILMENTS}, 'waived')")
        batch.create_check_constraint(
            op.f("ck_obligation_waived_has_reason"), "fulfilment <> 'waived' OR length(reason) > 0"
        )
        for column, other in (("unit_id", "unit"), ("act_id", "act")):
            batch.create_foreign_key(
                op.f(f"fk_obligation_institution_id_{column}"), other, ["institution_id", column],
                ["institution_id", "id"],
            )  # fmt: skip
        batch.create_index("ix_obligation_unit", ["institution_id", "unit_id", "due_on"])
    op.execute(f"UPDATE obligation SET family = 'delivery' WHERE {DELIVERY}")
    op.execute(f"UPDATE obligation SET family = 'evaluation' WHERE {EVALUATION} AND family = ''")


def _milestones() -> None:
    op.create_table(
        "milestone",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        *_entered("milestone"),
    )
    op.create_index("ix_milestone_institution_id", "milestone", ["institution_id"])
    op.create_index("ix_milestone_key", "milestone", ["institution_id", "key", "day"])


def _closed_days() -> None:
    op.create_table(
        "closed_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        *_entered("closed_day"),
        sa.CheckConstraint("kind IN ('public', 'joint_leave', 'local', 'open')", name=op.f("ck_closed_day_daykind")),
    )
    op.create_index("ix_closed_day_institution_id", "closed_day", ["institution_id"])
    op.create_index(
        "uq_closed_day_standing", "closed_day", ["institution_id", "day"], unique=True,
        postgresql_where=STANDING, sqlite_where=STANDING,
    )  # fmt: skip


def _entered(table: str) -> list[sa.schema.SchemaItem]:
    """By whom it was entered and, where it no longer counts, by whom and why it was withdrawn; never deleted."""
    return [
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("institution_id", "id", name=op.f(f"uq_{table}_institution_id_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (length(reason) = 0)", name=op.f(f"ck_{table}_withdrawn_has_reason")
        ),
    ]
