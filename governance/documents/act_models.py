"""What belongs to an act: what it does to other acts, how it was signed, and a signing on its way to that."""

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


class SigningState(StrEnum):
    """How far an electronic signing is."""

    PREPARED = "prepared"  # the number is reserved and stands in the file that is to be signed
    SENDING = "sending"  # the national service is being asked, until `lease_until`
    SIGNED = "signed"
    CANCELLED = "cancelled"  # with a reason; its number is void


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


class Signing(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """An electronic signing of an approved document, from the reserved number to the signed file or to its end.

    `sealed_sha256` is the approved file with number and date, `word_sha256` the same with the visible block,
    `prepared_sha256` its PDF. `token` stands in the QR code and becomes the act's. Neither NIK nor passphrase is here.
    """

    __tablename__ = "signing"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("signer_post_id", "post"),
        check("electronic", "way <> 'wet'"),
        check("signed_has_files", "state <> 'signed' OR (prepared_sha256 IS NOT NULL AND signed_sha256 IS NOT NULL)"),
        check("cancelled_has_reason", "state <> 'cancelled' OR length(reason) > 0"),
        check("ended", "(state IN ('signed', 'cancelled')) = (ended_at IS NOT NULL)"),
        Index("ix_signing_document", "institution_id", "document_id"),
        Index("uq_signing_token", "token", unique=True),
        Index(
            "uq_signing_under_way",
            "document_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    document_id: Mapped[int] = mapped_column(Key)
    way: Mapped[SigningWay] = mapped_column(word(SigningWay))
    state: Mapped[SigningState] = mapped_column(word(SigningState), default=SigningState.PREPARED)
    number: Mapped[str] = mapped_column(Text(200))
    signed_on: Mapped[date]
    token: Mapped[str] = mapped_column(Text(32))
    approved_sha256: Mapped[str] = mapped_column(Text(64))
    sealed_sha256: Mapped[str] = mapped_column(Text(64))
    word_sha256: Mapped[str] = mapped_column(Text(64))
    prepared_sha256: Mapped[str | None] = mapped_column(Text(64))
    signed_sha256: Mapped[str | None] = mapped_column(Text(64))
    signer_post_id: Mapped[int] = mapped_column(Key)
    signer_title: Mapped[str] = mapped_column(Text(200))
    signer_name: Mapped[str] = mapped_column(Text(200))
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text(400), default="")
    reason: Mapped[str] = mapped_column(Text(4000), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
