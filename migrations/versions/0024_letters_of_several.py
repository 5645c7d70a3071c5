"""A letter may hold several notices: a day's reminders, or a digest; what each person wishes of letters; quiet hours.

A message belongs to its person. One of a single notice names it, as before; one of several is of a sort and of a day, and
its notices are enclosed one by one. `firm`: the mail server may have taken it already, so nothing is enclosed any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("due_at IS NOT NULL")
OF_MANY = sa.text("sort IS NOT NULL")


def upgrade() -> None:
    op.add_column("institution", sa.Column("quiet_from", sa.Integer(), nullable=False, server_default="20"))
    op.add_column("institution", sa.Column("quiet_to", sa.Integer(), nullable=False, server_default="6"))
    _settings()
    op.drop_index("ix_message_due", "message")
    op.add_column("message", sa.Column("person_id", KEY, nullable=True))
    op.add_column("message", sa.Column("sort", sa.String(length=20), nullable=True))
    op.add_column("message", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("message", sa.Column("firm", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE message SET person_id = (SELECT person_id FROM notice WHERE notice.id = message.notice_id)")
    with op.batch_alter_table("message") as batch:
        batch.alter_column("person_id", existing_type=KEY, nullable=False)
        batch.alter_column("notice_id", existing_type=KEY, nullable=True)
        batch.create_foreign_key(
            op.f("fk_message_institution_id_person_id"), "person", ["institution_id", "person_id"], ["institution_id", "id"]
        )
        batch.create_check_constraint(op.f("ck_message_sort"), "sort IN ('reminders', 'digest')")
        batch.create_check_constraint(
            op.f("ck_message_one_or_many"),
            "(sort IS NULL) = (notice_id IS NOT NULL) AND (sort IS NULL) = (day IS NULL)",
        )
    op.create_index("ix_message_due", "message", ["due_at", "id"], postgresql_where=WAITING, sqlite_where=WAITING)
    op.create_index(
        "uq_message_day", "message", ["person_id", "sort", "day"], unique=True, postgresql_where=OF_MANY, sqlite_where=OF_MANY
    )
    _enclosures()


def downgrade() -> None:
    """What stood in letters of several goes with them: it is in the inbox all the same."""
    op.drop_table("enclosure")
    op.execute("DELETE FROM message WHERE sort IS NOT NULL")
    op.drop_index("uq_message_day", "message")
    op.drop_index("ix_message_due", "message")
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f("ck_message_one_or_many"), type_="check")
        batch.drop_constraint(op.f("ck_message_sort"), type_="check")
        batch.drop_constraint(op.f("fk_message_institution_id_person_id"), type_="foreignkey")
        batch.alter_column("notice_id", existing_type=KEY, nullable=False)
        for column in ("person_id", "sort", "day", "firm"):
            batch.drop_column(column)
    op.create_index("ix_message_due", "message", ["due_at", "id"], postgresql_where=WAITING, sqlite_where=WAITING)
    op.drop_table("notice_setting")
    for column in ("quiet_from", "quiet_to"):
        op.drop_column("institution", column)


def _settings() -> None:
    op.create_table(
        "notice_setting",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("digest_at", sa.Integer(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("off", sa.String(length=200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_setting")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_notice_setting_institution_id_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_notice_setting_person_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_notice_setting_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["person.institution_id", "person.id"],
            name=op.f("fk_notice_setting_institution_id_person_id"),
        ),
        sa.CheckConstraint("digest_at BETWEEN 0 AND 23", name=op.f("ck_notice_setting_digest_hour")),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_to IS NULL) AND (quiet_from IS NULL"
            " OR (quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23))",
            name=op.f("ck_notice_setting_quiet_hours"),
        ),
    )
    op.create_index("ix_notice_setting_institution_id", "notice_setting", ["institution_id"])


def _enclosures() -> None:
    op.create_table(
        "enclosure",
        sa.Column("message_id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("institution_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_enclosure_institution_id_id")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_enclosure_notice_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_enclosure_institution_id")),
        *(
            sa.ForeignKeyConstraint(
                ["institution_id", f"{table}_id"],
                [f"{table}.institution_id", f"{table}.id"],
                name=op.f(f"fk_enclosure_institution_id_{table}_id"),
            )
            for table in ("message", "notice")
        ),
    )
    op.create_index("ix_enclosure_institution_id", "enclosure", ["institution_id"])
    op.create_index("ix_enclosure_message_id", "enclosure", ["message_id"])
