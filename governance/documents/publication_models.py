"""What was published of an act, and what Bagian Hukum says of it for the legal-documentation network (JDIH)."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Key, Moment, Tenant, Text, check, db, link, tenant_of

OPEN = text("withdrawn_at IS NULL")


class Publication(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One time an act was published, until it is withdrawn with a reason; publishing again is another row.

    `sha256` is the PDF that strangers read, `source_sha256` the sealed file that was enacted and that it shows.
    """

    __tablename__ = "publication"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("holding_id", "holding"),
        check("withdrawn_has_reason", "(withdrawn_at IS NULL) = (length(reason) = 0)"),
        check("withdrawn_has_day", "(withdrawn_at IS NULL) = (withdrawn_on IS NULL)"),
        Index("uq_publication_open", "act_id", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_publication_act", "institution_id", "act_id", "id"),
    )

    act_id: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str] = mapped_column(Text(64))
    source_sha256: Mapped[str] = mapped_column(Text(64))
    size: Mapped[int]
    published_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(Moment)
    holding_id: Mapped[int] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200))
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="")
    reason: Mapped[str] = mapped_column(Text(1000), default="")


class PublicationDetail(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What Bagian Hukum completes of an act's metadata: written once, each version stays; the newest holds.

    An abstract has reasons, legal basis, content and notes (Permenhan 4/2023 Pasal 1).
    """

    __tablename__ = "publication_detail"
    __table_args__ = tenant_of(link("act_id", "act"), UniqueConstraint("act_id", "version"))

    act_id: Mapped[int] = mapped_column(Key)
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(Text(500), default="")
    legal_field: Mapped[str] = mapped_column(Text(200), default="")
    reasons: Mapped[str] = mapped_column(Text(4000), default="")
    basis: Mapped[str] = mapped_column(Text(4000), default="")
    content: Mapped[str] = mapped_column(Text(8000), default="")
    notes: Mapped[str] = mapped_column(Text(4000), default="")
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
