"""Acts that end others, the way each was signed, and the token under which a stranger may check it."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Filled in once (a token, the day of its end), then closed like the rest of an act.
ONCE = ("scan_sha256", "token", "revoked_on")
CLOSED = ("id", "institution_id", "kind", "title", "number", "signed_on", "in_force_from", "in_force_to", "sha256",
          "binds_from", "recorded", "issuer", "objects")  # fmt: skip


def upgrade() -> None:
    op.add_column("act", sa.Column("token", sa.String(length=32), nullable=True))
    op.add_column("act", sa.Column("revoked_on", sa.Date(), nullable=True))
    connection = op.get_bind()
    for (act_id,) in connection.execute(sa.text("SELECT id FROM act")).all():
        told = {"token": secrets.token_hex(16), "id": act_id}
        connection.execute(sa.text("UPDATE act SET token = :token WHERE id = :id"), told)
    op.create_index("uq_act_token", "act", ["token"], unique=True)
    _close_acts(ONCE)
    _relations()
    _signatures()
    for table in ("act_relation", "signature"):
        _close(table)


def downgrade() -> None:
    op.drop_table("signature")
    op.drop_table("act_relation")
    _close_acts(ONCE[:1])
    op.drop_index("uq_act_token", "act")
    op.drop_column("act", "revoked_on")
    op.drop_column("act", "token")


def _relations() -> None:
    op.create_table(
        "act_relation",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "amends", "revokes", "replaces", "implements",
                name="relation", native_enum=False, create_constraint=True, length=20,
            ),
            nullable=False,
        ),
        sa.Column("other_id", KEY, nullable=True),
        sa.Column("other_title", sa.String(length=1000), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_tenant("act_relation", "act_id:act", "other_id:act"),
        sa.UniqueConstraint(
            "act_id", "relation", "other_id", name=op.f("uq_act_relation_act_id_relation_other_id")
        ),
        sa.CheckConstraint("other_id IS NOT NULL OR length(other_title) > 0", name=op.f("ck_act_relation_named")),
        sa.CheckConstraint("other_id IS NULL OR other_id <> act_id", name=op.f("ck_act_relation_another")),
    )
    op.create_index("ix_act_relation_institution_id", "act_relation", ["institution_id"])
    op.create_index("ix_act_relation_other", "act_relation", ["institution_id", "other_id"])


def _signatures() -> None:
    op.create_table(
        "signature",
        sa.Column("act_id", KEY, nullable=False),
        sa.Column(
            "way",
            sa.Enum("wet", "signed_pdf", "national", name="signingway", native_enum=False, create_constraint=True,
                    length=20),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("signer_title", sa.String(length=200), nullable=False),
        sa.Column("signer_name", sa.String(length=200), nullable=False),
        sa.Column("holding_id", KEY, nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True).with_variant(sa.dialects.postgresql.JSONB(none_as_null=True), "postgresql"), nullable=False),
        sa.Column("by_title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_tenant("signature", "act_id:act", "holding_id:holding"),
        sa.CheckConstraint("way = 'wet' OR sha256 IS NOT NULL", name=op.f("ck_signature_electronic_has_file")),
    )
    op.create_index("ix_signature_institution_id", "signature", ["institution_id"])
    op.create_index("ix_signature_act", "signature", ["institution_id", "act_id"])
    op.create_index("ix_signature_sha256", "signature", ["sha256"])


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


def _close_acts(once: tuple[str, ...]) -> None:
    changed = [f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in CLOSED]
    changed += [f"OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column}" for column in once]
    condition = " OR ".join(f"({one})" for one in changed)
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
