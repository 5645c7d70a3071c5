"""What belongs to an act: what it does to other acts, and how it was signed. Both are closed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word


class Relation(StrEnum):
    """What an act does to another one."""

    AMENDS = "amends"
    REVOKES = "revokes"
    REPLACES = "replaces"  # revokes it and stands in its place
    IMPLEMENTS = "implements"


ENDING = frozenset({Relation.REVOKES, Relation.REPLACES})  # the other act no longer holds


class SigningWay(StrEnum):
    """The three honest ways an act is signed, never taken for one another."""

    WET = "wet"  # ink on paper; a scan shows it and proves nothing by itself
    SIGNED_PDF = "signed_pdf"  # a PDF signed elsewhere and uploaded; its PAdES signature was validated
    NATIONAL = "national"  # signed through the national service's client API


LIVE = text("withdrawn_at IS NULL")
ENDS = text("withdrawn_at IS NULL AND relation IN ('revokes', 'replaces')")


class ActRelation(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """`act_id` does this to another act: one of this institution's (`other_id`), else named by `other_title` alone.

    `since` is empty until the acting one binds: a Peraturan on its promulgation. A mistaken one is withdrawn, with a
    reason, and stays readable. One act is ended by one relation at most.
    """

    __tablename__ = "act_relation"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("other_id", "act"),
        check("named", "other_id IS NOT NULL OR length(other_title) > 0"),
        check("another", "other_id IS NULL OR other_id <> act_id"),
        check("withdrawn_reason", "withdrawn_at IS NULL OR length(withdrawn_reason) > 0"),
        Index("ix_act_relation_other", "institution_id", "other_id"),
        Index(
            "uq_act_relation_live",
            "act_id",
            "relation",
            "other_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("uq_act_relation_ends", "other_id", unique=True, sqlite_where=ENDS, postgresql_where=ENDS),
    )

    act_id: Mapped[int] = mapped_column(Key)
    relation: Mapped[Relation] = mapped_column(word(Relation))
    other_id: Mapped[int | None] = mapped_column(Key)
    other_title: Mapped[str] = mapped_column(Text(1000), default="")
    since: Mapped[date | None]
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="", server_default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text(4000), default="", server_default="")


class Signature(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """How an act was signed, by whom as what. `sha256` is the signed file (a scan for wet ink, where there is one).

    `report` is what the validation of an electronic signature found: plain words and values, as they were that day.
    """

    __tablename__ = "signature"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("holding_id", "holding"),
        check("electronic_has_file", "way = 'wet' OR sha256 IS NOT NULL"),
        Index("ix_signature_act", "institution_id", "act_id"),
        Index("ix_signature_sha256", "sha256"),
    )

    act_id: Mapped[int] = mapped_column(Key)
    way: Mapped[SigningWay] = mapped_column(word(SigningWay))
    sha256: Mapped[str | None] = mapped_column(Text(64))
    signer_title: Mapped[str] = mapped_column(Text(200))
    signer_name: Mapped[str] = mapped_column(Text(200))
    holding_id: Mapped[int | None] = mapped_column(Key)
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    report: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
