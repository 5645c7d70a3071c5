"""First tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "institution",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=200), nullable=False),
        sa.Column("region_kind", sa.String(length=20), nullable=False),
        sa.Column("province", sa.String(length=100), nullable=False),
        sa.Column("head_office", sa.String(length=40), nullable=False),
        sa.Column("seat", sa.String(length=100), nullable=True),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column(
            "route",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "bases",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("scanned_on", sa.Date(), nullable=True),
        sa.CheckConstraint("region_kind IN ('kabupaten', 'kota', 'provinsi')", name=op.f("ck_institution_region_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("key", name=op.f("uq_institution_key")),
    )
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institution_scanned_on"), ["scanned_on"], unique=False)

    op.create_table(
        "pulse",
        sa.Column("bell", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bell", name=op.f("pk_pulse")),
    )
    op.create_table(
        "act",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("in_force_to IS NULL OR in_force_to >= in_force_from", name=op.f("ck_act_period")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_act_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_act_institution_id_id")),
        sa.UniqueConstraint("institution_id", "kind", "number", name=op.f("uq_act_institution_id_kind_number")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_act_kind", ["institution_id", "kind", "in_force_from"], unique=False)

    op.create_table(
        "evaluation_letter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "round",
            sa.Enum(
                "evaluasi", "pemantauan", "none", name="round", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column(
            "windows",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_evaluation_letter_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_letter")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_evaluation_letter_institution_id_id")),
        sa.UniqueConstraint("institution_id", "year", name=op.f("uq_evaluation_letter_institution_id_year")),
    )
    with op.batch_alter_table("evaluation_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_letter_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column(
            "payload",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="doing",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_job_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_job_institution_id_id")),
        sa.UniqueConstraint("institution_id", "verb", "key", name=op.f("uq_job_institution_id_verb_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_due", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("mandate", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("how_sure", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=1000), nullable=False),
        sa.Column(
            "computed",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "fulfilment",
            sa.Enum("open", "met", "dropped", name="fulfilment", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("NOT estimated OR due_on IS NOT NULL", name=op.f("ck_obligation_estimate_has_date")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_obligation_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_obligation_institution_id_id")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_obligation_institution_id_key")),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index("ix_obligation_due", ["fulfilment", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_year"), ["year"], unique=False)

    op.create_table(
        "person",
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_person_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_person_institution_id_id")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "series",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column(
            "way",
            sa.Enum("own", "register", name="way", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("pattern", sa.String(length=200), nullable=False),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column(
            "kinds",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_series_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_series_institution_id_id")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_series_institution_id_key")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "trail_head",
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_trail_head_institution_id")),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("pk_trail_head")),
    )
    op.create_table(
        "trail_line",
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_trail_line_institution_id")),
        sa.PrimaryKeyConstraint("institution_id", "number", name=op.f("pk_trail_line")),
    )
    with op.batch_alter_table("trail_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_line_about"), ["about"], unique=False)

    op.create_table(
        "unit",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short", sa.String(length=80), nullable=False),
        sa.Column("number_short", sa.String(length=80), nullable=True),
        sa.Column("part_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "part_of_id"],
            ["unit.institution_id", "unit.id"],
            name=op.f("fk_unit_institution_id_part_of_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_unit_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_unit_institution_id_id")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_unit_institution_id_key")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["person.institution_id", "person.id"],
            name=op.f("fk_api_token_institution_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_api_token_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_api_token_institution_id_id")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("initiating_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "secrecy",
            sa.Enum(
                "biasa", "terbatas", "rahasia", name="secrecy", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "approved",
                "enacted",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "route",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("revision_number", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(state = 'enacted') = (act_id IS NOT NULL)", name=op.f("ck_document_enacted_has_act")),
        sa.CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name=op.f("ck_document_approved_has_day")),
        sa.CheckConstraint(
            "state NOT IN ('in_review', 'approved') OR revision_number IS NOT NULL",
            name=op.f("ck_document_reviewed_has_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "act_id"],
            ["act.institution_id", "act.id"],
            name=op.f("fk_document_institution_id_act_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "initiating_unit_id"],
            ["unit.institution_id", "unit.id"],
            name=op.f("fk_document_institution_id_initiating_unit_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_document_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_document_institution_id_id")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_document_kind", ["institution_id", "kind", "year"], unique=False)
        batch_op.create_index("ix_document_list", ["institution_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_state"), ["state"], unique=False)

    op.create_table(
        "post",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "head_of_region",
                "deputy_head",
                "secretary",
                "assistant",
                "digital",
                "legal",
                "organisation",
                "planning",
                "finance",
                "inspectorate",
                "personnel",
                "service",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["unit.institution_id", "unit.id"],
            name=op.f("fk_post_institution_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_post_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_post_institution_id_id")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_post_institution_id_key")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("obligation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "h30", "h14", "h7", "h1", "late", name="rung", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "obligation_id"],
            ["obligation.institution_id", "obligation.id"],
            name=op.f("fk_reminder_institution_id_obligation_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_reminder_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_reminder_institution_id_id")),
        sa.UniqueConstraint("obligation_id", "due_on", "rung", name=op.f("uq_reminder_obligation_id_due_on_rung")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_reminder_sent", ["sent_at"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_table(
        "holding",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "definitive", "pj", "plt", "plh", name="manner", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_holding_to_after_from")),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["person.institution_id", "person.id"],
            name=op.f("fk_holding_institution_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "post_id"],
            ["post.institution_id", "post.id"],
            name=op.f("fk_holding_institution_id_post_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_holding_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_holding_institution_id_id")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_holding_person", ["person_id", "from_on"], unique=False)
        batch_op.create_index("ix_holding_post", ["post_id", "from_on"], unique=False)

    op.create_table(
        "number",
        sa.Column("series_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "use",
            sa.Enum("enacted", "reserved", "void", name="use", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("use <> 'void' OR length(reason) > 0", name=op.f("ck_number_void_has_reason")),
        sa.CheckConstraint("use = 'void' OR document_id IS NOT NULL", name=op.f("ck_number_used_by_document")),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_number_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "series_id"],
            ["series.institution_id", "series.id"],
            name=op.f("fk_number_institution_id_series_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_number_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_number_institution_id_id")),
        sa.UniqueConstraint("series_id", "year", "number", name=op.f("uq_number_series_id_year_number")),
    )
    with op.batch_alter_table("number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "submitted",
                "corrected",
                "sealed",
                "recorded",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "fields",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("template_sha256", sa.String(length=64), nullable=False),
        sa.Column("law_release", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "origin <> 'sealed' OR source_sha256 IS NOT NULL", name=op.f("ck_revision_sealed_has_source")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_revision_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_revision_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_revision_document_id_number")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_revision_institution_id_id")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_sha256"), ["sha256"], unique=False)

    op.create_table(
        "waiting",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_waiting_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "post_id"],
            ["post.institution_id", "post.id"],
            name=op.f("fk_waiting_institution_id_post_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_waiting_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("document_id", "post_id", name=op.f("uq_waiting_document_id_post_id")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_waiting_institution_id_id")),
    )
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_waiting_post", ["institution_id", "post_id"], unique=False)

    op.create_table(
        "working_copy",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "fields",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_working_copy_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_working_copy_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copy")),
        sa.UniqueConstraint("document_id", name=op.f("uq_working_copy_document_id")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_working_copy_institution_id_id")),
    )
    with op.batch_alter_table("working_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_copy_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("holding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "submit",
                "initial",
                "approve",
                "return",
                "withdraw",
                "enact",
                name="move",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("move NOT IN ('return', 'withdraw') OR length(reason) > 0", name=op.f("ck_decision_reason")),
        sa.CheckConstraint("sha256 IS NOT NULL OR move = 'withdraw'", name=op.f("ck_decision_bound")),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_decision_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holding_id"],
            ["holding.institution_id", "holding.id"],
            name=op.f("fk_decision_institution_id_holding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "post_id"],
            ["post.institution_id", "post.id"],
            name=op.f("fk_decision_institution_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "revision_id"],
            ["revision.institution_id", "revision.id"],
            name=op.f("fk_decision_institution_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_decision_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "document_id", "post_id", "move", "seen", name=op.f("uq_decision_document_id_post_id_move_seen")
        ),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_decision_institution_id_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=2000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)", name=op.f("ck_task_receipt")),
        sa.ForeignKeyConstraint(
            ["institution_id", "acknowledged_by_id"],
            ["holding.institution_id", "holding.id"],
            name=op.f("fk_task_institution_id_acknowledged_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_task_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["unit.institution_id", "unit.id"],
            name=op.f("fk_task_institution_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_task_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("document_id", "unit_id", "place", name=op.f("uq_task_document_id_unit_id_place")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_task_institution_id_id")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_task_unit", ["institution_id", "unit_id", "due_on"], unique=False)

    op.create_table(
        "notice",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "params",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("obligation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "document_id"],
            ["document.institution_id", "document.id"],
            name=op.f("fk_notice_institution_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "obligation_id"],
            ["obligation.institution_id", "obligation.id"],
            name=op.f("fk_notice_institution_id_obligation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["person.institution_id", "person.id"],
            name=op.f("fk_notice_institution_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "task_id"],
            ["task.institution_id", "task.id"],
            name=op.f("fk_notice_institution_id_task_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_notice_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_notice_institution_id_id")),
        sa.UniqueConstraint("person_id", "cause", name=op.f("uq_notice_person_id_cause")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_inbox", ["institution_id", "person_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index("ix_notice_unread", ["institution_id", "person_id", "read_at"], unique=False)

    op.create_table(
        "message",
        sa.Column("notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "created",
                "sending",
                "sent",
                "failed",
                name="sending",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "notice_id"],
            ["notice.institution_id", "notice.id"],
            name=op.f("fk_message_institution_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_message_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("institution_id", "id", name=op.f("uq_message_institution_id_id")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_message_notice_id")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_due", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_institution_id"), ["institution_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_institution_id"))
        batch_op.drop_index("ix_message_due")

    op.drop_table("message")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_unread")
        batch_op.drop_index(batch_op.f("ix_notice_institution_id"))
        batch_op.drop_index("ix_notice_inbox")

    op.drop_table("notice")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_unit")
        batch_op.drop_index(batch_op.f("ix_task_institution_id"))

    op.drop_table("task")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_institution_id"))
        batch_op.drop_index(batch_op.f("ix_decision_document_id"))

    op.drop_table("decision")
    with op.batch_alter_table("working_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_copy_institution_id"))

    op.drop_table("working_copy")
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.drop_index("ix_waiting_post")
        batch_op.drop_index(batch_op.f("ix_waiting_institution_id"))

    op.drop_table("waiting")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_sha256"))
        batch_op.drop_index(batch_op.f("ix_revision_institution_id"))

    op.drop_table("revision")
    with op.batch_alter_table("number", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_number_institution_id"))

    op.drop_table("number")
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.drop_index("ix_holding_post")
        batch_op.drop_index("ix_holding_person")
        batch_op.drop_index(batch_op.f("ix_holding_institution_id"))

    op.drop_table("holding")
    op.drop_table("sign_in")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_sent")
        batch_op.drop_index(batch_op.f("ix_reminder_institution_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_institution_id"))

    op.drop_table("post")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_state"))
        batch_op.drop_index("ix_document_list")
        batch_op.drop_index("ix_document_kind")
        batch_op.drop_index(batch_op.f("ix_document_institution_id"))

    op.drop_table("document")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_institution_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_institution_id"))

    op.drop_table("unit")
    with op.batch_alter_table("trail_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_line_about"))

    op.drop_table("trail_line")
    op.drop_table("trail_head")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_institution_id"))

    op.drop_table("series")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_institution_id"))

    op.drop_table("person")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_year"))
        batch_op.drop_index(batch_op.f("ix_obligation_institution_id"))
        batch_op.drop_index("ix_obligation_due")

    op.drop_table("obligation")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_institution_id"))
        batch_op.drop_index("ix_job_due")

    op.drop_table("job")
    with op.batch_alter_table("evaluation_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_letter_institution_id"))

    op.drop_table("evaluation_letter")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index("ix_act_kind")
        batch_op.drop_index(batch_op.f("ix_act_institution_id"))

    op.drop_table("act")
    op.drop_table("pulse")
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_institution_scanned_on"))

    op.drop_table("institution")
