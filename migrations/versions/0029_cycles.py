"""The maturity index: cycles with their offices, evidence, scores and efforts; results, recommendations, peers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
TABLES = (
    "criterion",
    "cycle",
    "cycle_step",
    "cycle_seat",
    "share",
    "cycle_task",
    "cycle_paper",
    "table_import",
    "evidence",
    "evidence_use",
    "evidence_step",
    "declaration",
    "score",
    "rebuttal",
    "step_effort",
    "document_effort",
    "published_result",
    "recommendation",
    "peer_average",
)


def upgrade() -> None:
    op.create_table(
        "criterion",
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(length=20000), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        *_tenant("criterion"),
        _unique("criterion", "institution_id", "instrument", "item", "level"),
    )
    op.create_index("ix_criterion_institution_id", "criterion", ["institution_id"])

    op.create_table(
        "cycle",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("round", _word('evaluasi', 'pemantauan', 'none', name='round'), nullable=False),
        sa.Column("stage", _word('preparation', 'execution', 'reporting', 'closed', name='stage'), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("ready_by", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("frozen_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_tenant("cycle"),
        _unique("cycle", "institution_id", "year"),
        sa.CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_cycle_closed_has_moment")),
        sa.CheckConstraint("(stage = 'closed') = (frozen_sha256 IS NOT NULL)", name=op.f("ck_cycle_closed_is_frozen")),
    )
    op.create_index("ix_cycle_institution_id", "cycle", ["institution_id"])

    op.create_table(
        "cycle_step",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("move", _word('open', 'report', 'send_back', 'close', name='cyclemove'), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_tenant("cycle_step", "cycle_id:cycle"),
    )
    op.create_index("ix_cycle_step_cycle", "cycle_step", ["institution_id", "cycle_id"])
    op.create_index("ix_cycle_step_institution_id", "cycle_step", ["institution_id"])

    op.create_table(
        "cycle_seat",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("role", _word('data_entry', 'assessor', 'answerable', 'coordinator', name='cyclerole'), nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("items", JSON, nullable=False),
        *_tenant("cycle_seat", "cycle_id:cycle", "post_id:post"),
        _unique("cycle_seat", "cycle_id", "role", "post_id"),
    )
    op.create_index("ix_cycle_seat_institution_id", "cycle_seat", ["institution_id"])
    op.create_index("uq_cycle_seat_one", "cycle_seat", ["cycle_id", "role"], unique=True, postgresql_where=sa.text("role <> 'assessor'"), sqlite_where=sa.text("role <> 'assessor'"))

    op.create_table(
        "share",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("part", _word('responsible', 'contributor', name='part'), nullable=False),
        sa.Column("how_sure", sa.String(length=20), nullable=False),
        *_tenant("share", "cycle_id:cycle", "unit_id:unit"),
        _unique("share", "cycle_id", "item", "unit_id"),
    )
    op.create_index("ix_share_institution_id", "share", ["institution_id"])
    op.create_index("ix_share_unit", "share", ["institution_id", "unit_id", "cycle_id"])
    op.create_index("uq_share_responsible", "share", ["cycle_id", "item"], unique=True, postgresql_where=sa.text("part = 'responsible'"), sqlite_where=sa.text("part = 'responsible'"))

    op.create_table(
        "cycle_task",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("assignment_id", KEY, nullable=False),
        *_tenant("cycle_task", "cycle_id:cycle", "assignment_id:assignment"),
        _unique("cycle_task", "cycle_id", "item"),
    )
    op.create_index("ix_cycle_task_institution_id", "cycle_task", ["institution_id"])

    op.create_table(
        "cycle_paper",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        *_tenant("cycle_paper", "cycle_id:cycle", "document_id:document"),
        _unique("cycle_paper", "cycle_id", "kind"),
    )
    op.create_index("ix_cycle_paper_institution_id", "cycle_paper", ["institution_id"])

    op.create_table(
        "table_import",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=False),
        *_tenant("table_import", "cycle_id:cycle"),
        sa.CheckConstraint('undone_at IS NULL OR confirmed_at IS NOT NULL', name=op.f("ck_table_import_undone_after_confirmed")),
    )
    op.create_index("ix_table_import_cycle", "table_import", ["institution_id", "cycle_id", "id"])
    op.create_index("ix_table_import_institution_id", "table_import", ["institution_id"])

    op.create_table(
        "evidence",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("act_id", KEY, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("secrecy", _word('biasa', 'terbatas', 'rahasia', name='secrecy'), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=False),
        *_tenant("evidence", "act_id:act", "unit_id:unit"),
        sa.CheckConstraint('(sha256 IS NULL) <> (act_id IS NULL)', name=op.f("ck_evidence_file_or_act")),
        sa.CheckConstraint('(withdrawn_at IS NULL) = (length(withdrawn_reason) = 0)', name=op.f("ck_evidence_withdrawn_has_reason")),
    )
    op.create_index("ix_evidence_institution_id", "evidence", ["institution_id"])
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])
    op.create_index("uq_evidence_act", "evidence", ["institution_id", "act_id"], unique=True, postgresql_where=sa.text("act_id IS NOT NULL AND withdrawn_at IS NULL"), sqlite_where=sa.text("act_id IS NOT NULL AND withdrawn_at IS NULL"))
    op.create_index("uq_evidence_sha256", "evidence", ["institution_id", "sha256"], unique=True, postgresql_where=sa.text("sha256 IS NOT NULL AND withdrawn_at IS NULL"), sqlite_where=sa.text("sha256 IS NOT NULL AND withdrawn_at IS NULL"))

    op.create_table(
        "evidence_use",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("evidence_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("pointer", sa.String(length=500), nullable=False),
        sa.Column("explanation", sa.String(length=4000), nullable=False),
        sa.Column("state", _word('draft', 'in_process', 'revise', 'accepted', name='evidencestate'), nullable=False),
        sa.Column("reason", _word('wrong_object', 'not_uploaded', 'lower_level_open', name='reason'), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("judged_by", sa.String(length=200), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=True),
        sa.Column("carried_from_id", KEY, nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_tenant("evidence_use", "cycle_id:cycle", "evidence_id:evidence", "unit_id:unit", "carried_from_id:evidence_use"),
        _unique("evidence_use", "cycle_id", "item", "level", "code", "evidence_id", "unit_id"),
        sa.CheckConstraint("state <> 'revise' OR reason IS NOT NULL", name=op.f("ck_evidence_use_revise_has_reason")),
    )
    op.create_index("ix_evidence_use_evidence", "evidence_use", ["institution_id", "evidence_id"])
    op.create_index("ix_evidence_use_institution_id", "evidence_use", ["institution_id"])
    op.create_index("ix_evidence_use_item", "evidence_use", ["institution_id", "cycle_id", "item"])

    op.create_table(
        "evidence_step",
        sa.Column("use_id", KEY, nullable=False),
        sa.Column("move", _word('offer', 'submit', 'accept', 'send_back', 'reopen', 'withdraw', name='evidencemove'), nullable=False),
        sa.Column("reason", _word('wrong_object', 'not_uploaded', 'lower_level_open', name='reason'), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_tenant("evidence_step", "use_id:evidence_use"),
    )
    op.create_index("ix_evidence_step_institution_id", "evidence_step", ["institution_id"])
    op.create_index("ix_evidence_step_use", "evidence_step", ["institution_id", "use_id", "id"])

    op.create_table(
        "declaration",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column("state", _word('implemented_part', 'implemented_full', 'reviewed', 'followed_up', name='declared'), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("evidence_id", KEY, nullable=False),
        sa.Column("pointer", sa.String(length=500), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=False),
        *_tenant("declaration", "act_id:act", "evidence_id:evidence"),
        sa.CheckConstraint('(withdrawn_at IS NULL) = (length(withdrawn_reason) = 0)', name=op.f("ck_declaration_withdrawn_has_reason")),
    )
    op.create_index("ix_declaration_act", "declaration", ["institution_id", "act_id"])
    op.create_index("ix_declaration_institution_id", "declaration", ["institution_id"])

    op.create_table(
        "score",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("stage", _word('proposal', 'self', 'document', 'interview', 'visit', 'final', name='scorestage'), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("source_value", sa.String(length=40), nullable=False),
        sa.Column("explanation", sa.String(length=4000), nullable=False),
        sa.Column("uses", JSON, nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("holding_id", KEY, nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_tenant("score", "cycle_id:cycle", "holding_id:holding"),
    )
    op.create_index("ix_score_institution_id", "score", ["institution_id"])
    op.create_index("ix_score_item", "score", ["institution_id", "cycle_id", "item"])
    op.create_index("uq_score_counts", "score", ["cycle_id", "item", "stage"], unique=True, postgresql_where=sa.text("counts"), sqlite_where=sa.text("counts"))

    op.create_table(
        "rebuttal",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("score_id", KEY, nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("uses", JSON, nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        *_tenant("rebuttal", "cycle_id:cycle", "score_id:score"),
        sa.CheckConstraint('(answered_at IS NULL) = (length(answer) = 0)', name=op.f("ck_rebuttal_answered")),
    )
    op.create_index("ix_rebuttal_cycle", "rebuttal", ["institution_id", "cycle_id"])
    op.create_index("ix_rebuttal_institution_id", "rebuttal", ["institution_id"])

    op.create_table(
        "step_effort",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("effort", sa.String(length=40), nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column("needs", JSON, nullable=False),
        sa.Column("documents", JSON, nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_tenant("step_effort", "cycle_id:cycle", "unit_id:unit"),
        _unique("step_effort", "cycle_id", "item", "level"),
    )
    op.create_index("ix_step_effort_institution_id", "step_effort", ["institution_id"])

    op.create_table(
        "document_effort",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("effort", sa.String(length=40), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_tenant("document_effort", "cycle_id:cycle"),
        _unique("document_effort", "cycle_id", "key"),
    )
    op.create_index("ix_document_effort_institution_id", "document_effort", ["institution_id"])

    op.create_table(
        "published_result",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("predicate", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        *_tenant("published_result"),
        sa.CheckConstraint('(withdrawn_at IS NULL) = (length(reason) = 0)', name=op.f("ck_published_result_withdrawn_has_reason")),
    )
    op.create_index("ix_published_result_institution_id", "published_result", ["institution_id"])
    op.create_index("ix_published_result_year", "published_result", ["institution_id", "year"])

    op.create_table(
        "recommendation",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=2000), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assignment_id", KEY, nullable=True),
        sa.Column("state", _word('open', 'done', 'not_done', name='followup'), nullable=False),
        sa.Column("outcome", sa.String(length=4000), nullable=False),
        sa.Column("followed_in", sa.Integer(), nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_tenant("recommendation", "unit_id:unit", "assignment_id:assignment"),
        _unique("recommendation", "institution_id", "year", "number"),
        sa.CheckConstraint("state = 'open' OR length(outcome) > 0", name=op.f("ck_recommendation_answered")),
    )
    op.create_index("ix_recommendation_institution_id", "recommendation", ["institution_id"])
    op.create_index("ix_recommendation_year", "recommendation", ["institution_id", "year"])

    op.create_table(
        "peer_average",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("peers", sa.String(length=200), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_tenant("peer_average"),
        _unique("peer_average", "institution_id", "year", "peers"),
    )
    op.create_index("ix_peer_average_institution_id", "peer_average", ["institution_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _word(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


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
