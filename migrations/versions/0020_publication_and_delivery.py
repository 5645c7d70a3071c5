"""Acts published to everyone, what is said of them, and the delivery of decrees to those they name."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("withdrawn_at IS NULL")
# Of a publication only its withdrawal is added, of a delivery only its receipt; each once.
WITHDRAWAL = ("withdrawn_on", "withdrawn_at", "withdrawn_by", "reason")
PUBLISHED = ("id", "institution_id", "act_id", "sha256", "source_sha256", "size", "published_on", "published_at",
             "holding_id", "by_title")  # fmt: skip
RECEIPT = ("received_on", "way", "received_by", "scan_sha256", "recorded_at", "recorded_by_id", "by_title")
DELIVERED = ("id", "institution_id", "act_id", "document_id", "place", "recipient", "post_id", "unit_id", "due_on",
             "created_at")  # fmt: skip


def upgrade() -> None:
    _publications()
    _details()
    _deliveries()
    _close("publication", _once(PUBLISHED, WITHDRAWAL, "withdrawn_at"))
    _close("publication_detail", "")
    _close("delivery", _once(DELIVERED, RECEIPT, "received_on"))


def downgrade() -> None:
    for table in ("delivery", "publication_detail", "publication"):
        op.drop_table(table)


def _publications() -> None:
    op.create_table(
        "publication",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holding_id", KEY, nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        *_tenant("publication", "act_id:act", "holding_id:holding"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (length(reason) = 0)", name=op.f("ck_publication_withdrawn_has_reason")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_on IS NULL)", name=op.f("ck_publication_withdrawn_has_day")
        ),
    )
    op.create_index("ix_publication_institution_id", "publication", ["institution_id"])
    op.create_index("ix_publication_act", "publication", ["institution_id", "act_id", "id"])
    op.create_index(
        "uq_publication_open", "publication", ["act_id"], unique=True, postgresql_where=OPEN, sqlite_where=OPEN
    )


def _details() -> None:
    op.create_table(
        "publication_detail",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("legal_field", sa.String(length=200), nullable=False),
        sa.Column("reasons", sa.String(length=4000), nullable=False),
        sa.Column("basis", sa.String(length=4000), nullable=False),
        sa.Column("content", sa.String(length=8000), nullable=False),
        sa.Column("notes", sa.String(length=4000), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_tenant("publication_detail", "act_id:act"),
        sa.UniqueConstraint("act_id", "version", name=op.f("uq_publication_detail_act_id_version")),
    )
    op.create_index("ix_publication_detail_institution_id", "publication_detail", ["institution_id"])


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=500), nullable=False),
        sa.Column("post_id", KEY, nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column(
            "way",
            sa.Enum("program", "direct", "post", "electronic", name="deliveryway", native_enum=False,
                    create_constraint=True, length=20),
            nullable=True,
        ),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", KEY, nullable=True),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        *_tenant("delivery", "act_id:act", "document_id:document", "post_id:post", "unit_id:unit",
                 "recorded_by_id:holding"),
        sa.UniqueConstraint("act_id", "place", name=op.f("uq_delivery_act_id_place")),
        sa.CheckConstraint("(post_id IS NULL) = (unit_id IS NULL)", name=op.f("ck_delivery_post_of_unit")),
        sa.CheckConstraint(
            "(received_on IS NULL) = (way IS NULL) AND (received_on IS NULL) = (recorded_at IS NULL)",
            name=op.f("ck_delivery_receipt"),
        ),
        sa.CheckConstraint(
            "received_on IS NULL OR length(received_by) > 0", name=op.f("ck_delivery_received_by")
        ),
    )
    op.create_index("ix_delivery_institution_id", "delivery", ["institution_id"])
    op.create_index("ix_delivery_open", "delivery", ["institution_id", "received_on", "due_on", "id"])
    op.create_index("ix_delivery_unit", "delivery", ["institution_id", "unit_id", "received_on"])


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


def _once(fixed: tuple[str, ...], added: tuple[str, ...], when: str) -> str:
    """The condition under which an update is refused: a fixed column changes, or what is added was there already."""
    changed = [f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in fixed]
    changed += [f'OLD.{when} IS NOT NULL AND NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in added]
    return " OR ".join(f"({one})" for one in changed)


def _close(table: str, condition: str) -> None:
    """No row goes; a row changes only where `condition` (none: never) does not refuse it."""
    if op.get_bind().dialect.name == "postgresql":
        when = f" WHEN ({condition})" if condition else ""
        for what, each in (("UPDATE", f"ROW{when}"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION refuse_change()"
            )
        return
    when = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    for what, only in (("UPDATE", when), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}{only}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
        )
