"""What is asked stands once, and each unit's copy of it has a state, steps and hand-ins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SOURCES = ("dictum", "obligation", "indicator", "finding", "recommendation", "meeting", "circular", "by_hand")
STATES = ("received", "read", "accepted", "declined", "handed_in", "returned", "verified", "cancelled")
MOVES = ("read", "accept", "decline", "hand_in", "ask_extension", "comment", "return", "verify", "insist", "reassign",
         "grant_extension", "refuse_extension", "cancel", "remind")  # fmt: skip
WRITTEN_ONCE = ("task_step", "hand_in", "hand_in_file")


def upgrade() -> None:
    _assignments()
    _copies()
    _steps()
    for table in WRITTEN_ONCE:
        _close(table)


def downgrade() -> None:
    for table in ("hand_in_file", "hand_in", "task_step"):
        op.drop_table(table)
    with op.batch_alter_table("task") as batch:
        batch.add_column(sa.Column("document_id", KEY, nullable=True))
        batch.add_column(sa.Column("place", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("what", sa.String(length=2000), nullable=True))
    asked = "(SELECT {0} FROM assignment WHERE assignment.id = task.assignment_id)"
    values = ", ".join(f"{one} = {asked.format(one)}" for one in ("document_id", "place", "what"))
    op.execute(f"UPDATE task SET {values}")
    op.execute("DELETE FROM notice WHERE task_id IN (SELECT id FROM task WHERE document_id IS NULL)")
    op.execute("DELETE FROM task WHERE document_id IS NULL")
    with op.batch_alter_table("task") as batch:
        batch.drop_index("ix_task_assignment_id")
        batch.drop_constraint(op.f("uq_task_assignment_id_unit_id"), type_="unique")
        batch.drop_constraint(op.f("fk_task_institution_id_assignment_id"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_task_state"), type_="check")
        for column in ("assignment_id", "state", "moved_at", "wished_until", "version"):
            batch.drop_column(column)
        for column, kind in (("document_id", KEY), ("place", sa.String(40)), ("what", sa.String(2000))):
            batch.alter_column(column, existing_type=kind, nullable=False)
        batch.create_foreign_key(
            op.f("fk_task_institution_id_document_id"), "document", ["institution_id", "document_id"],
            ["institution_id", "id"],
        )  # fmt: skip
        batch.create_unique_constraint(op.f("uq_task_document_id_unit_id_place"), ["document_id", "unit_id", "place"])
    op.drop_table("assignment")


def _assignments() -> None:
    op.create_table(
        "assignment",
        sa.Column("source", _word("source", SOURCES), nullable=False),
        sa.Column("document_id", KEY, nullable=True),
        sa.Column("obligation_id", KEY, nullable=True),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=2000), nullable=False),
        sa.Column("why", sa.String(length=2000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("wants", JSON, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("holding_id", KEY, nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        *_tenant("assignment", "document_id:document", "obligation_id:obligation", "unit_id:unit", "holding_id:holding"),
        sa.UniqueConstraint("document_id", "place", name=op.f("uq_assignment_document_id_place")),
        sa.CheckConstraint(
            "source <> 'dictum' OR document_id IS NOT NULL", name=op.f("ck_assignment_dictum_has_document")
        ),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR obligation_id IS NOT NULL OR length(why) > 0",
            name=op.f("ck_assignment_reasoned"),
        ),
    )
    op.create_index("ix_assignment_institution_id", "assignment", ["institution_id"])
    op.execute(
        "INSERT INTO assignment (institution_id, source, document_id, place, what, why, due_on, wants, unit_id,"
        " by_title, created_at)"
        " SELECT task.institution_id, 'dictum', task.document_id, task.place, min(task.what), '', min(task.due_on), '[]',"
        " document.initiating_unit_id, '', min(task.created_at)"
        " FROM task JOIN document ON document.id = task.document_id"
        " GROUP BY task.institution_id, task.document_id, task.place, document.initiating_unit_id"
    )


def _copies() -> None:
    op.add_column("task", sa.Column("assignment_id", KEY, nullable=True))
    op.add_column("task", sa.Column("state", sa.String(length=20), nullable=False, server_default="received"))
    op.add_column("task", sa.Column("moved_at", MOMENT, nullable=True))
    op.add_column("task", sa.Column("wished_until", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE task SET moved_at = coalesce(acknowledged_at, created_at),"
        " state = CASE WHEN acknowledged_at IS NULL THEN 'received' ELSE 'accepted' END,"
        " assignment_id = (SELECT id FROM assignment WHERE assignment.document_id = task.document_id"
        " AND assignment.place = task.place)"
    )
    with op.batch_alter_table("task") as batch:
        batch.drop_constraint(op.f("uq_task_document_id_unit_id_place"), type_="unique")
        batch.drop_constraint(op.f("fk_task_institution_id_document_id"), type_="foreignkey")
        for column in ("document_id", "place", "what"):
            batch.drop_column(column)
        batch.alter_column("assignment_id", existing_type=KEY, nullable=False)
        batch.alter_column("moved_at", existing_type=MOMENT, nullable=False)
        batch.alter_column("state", existing_type=sa.String(20), server_default=None)
        batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
        batch.create_unique_constraint(op.f("uq_task_assignment_id_unit_id"), ["assignment_id", "unit_id"])
        batch.create_foreign_key(
            op.f("fk_task_institution_id_assignment_id"), "assignment", ["institution_id", "assignment_id"],
            ["institution_id", "id"],
        )  # fmt: skip
        told = ", ".join(f"'{one}'" for one in STATES)
        batch.create_check_constraint(op.f("ck_task_state"), f"state IN ({told})")
    op.create_index("ix_task_assignment_id", "task", ["assignment_id"])


def _steps() -> None:
    op.create_table(
        "task_step",
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("move", _word("move", MOVES), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("holding_id", KEY, nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_tenant("task_step", "task_id:task", "holding_id:holding", "unit_id:unit"),
    )
    op.create_index("ix_task_step_institution_id", "task_step", ["institution_id"])
    op.create_index("ix_task_step_task", "task_step", ["institution_id", "task_id", "id"])
    op.create_table(
        "hand_in",
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("step_id", KEY, nullable=False),
        sa.Column("tables", JSON, nullable=False),
        *_tenant("hand_in", "task_id:task", "step_id:task_step"),
        sa.UniqueConstraint("step_id", name=op.f("uq_hand_in_step_id")),
    )
    op.create_index("ix_hand_in_institution_id", "hand_in", ["institution_id"])
    op.create_index("ix_hand_in_task", "hand_in", ["institution_id", "task_id"])
    op.create_table(
        "hand_in_file",
        sa.Column("hand_in_id", KEY, nullable=False),
        sa.Column("want", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_tenant("hand_in_file", "hand_in_id:hand_in"),
    )
    op.create_index("ix_hand_in_file_institution_id", "hand_in_file", ["institution_id"])
    op.create_index("ix_hand_in_file", "hand_in_file", ["institution_id", "hand_in_id"])
    op.create_index("ix_hand_in_file_sha256", "hand_in_file", ["sha256"])


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


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
