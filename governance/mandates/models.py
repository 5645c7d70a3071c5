"""An institution's own rows of the register: regulations it entered, and what it found of regulations."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Moment, Tenant, Text, check, db, tenant_of, word
from governance.mandates.entries import Relation


class RegulationEntry(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A regulation that the institution entered, or one that waited to be completed; from `closed_on` it is not used.

    `key` is the register's: "serang:perda_11_2016", or the key of the entry that it completes. One open row has a key.
    """

    __tablename__ = "regulation_entry"
    __table_args__ = tenant_of(
        Index(
            "uq_regulation_entry_open",
            "institution_id",
            "key",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
        check("period", "in_force_to IS NULL OR in_force_from IS NULL OR in_force_to >= in_force_from"),
        check("closed_with_reason", "closed_on IS NULL OR length(closed_reason) > 0"),
    )

    key: Mapped[str] = mapped_column(Text(80))
    type: Mapped[str] = mapped_column(Text(20))
    number: Mapped[int | None]
    year: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text(1000))
    issuer: Mapped[str] = mapped_column(Text(200))
    area: Mapped[str] = mapped_column(Text(200), default="")
    gazette_kind: Mapped[str | None] = mapped_column(Text(2))
    gazette_year: Mapped[int | None]
    gazette_number: Mapped[int | None]
    gazette_supplement: Mapped[int | None]
    enacted: Mapped[date | None]
    promulgated: Mapped[date | None]
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    in_preparation: Mapped[bool] = mapped_column(default=False)
    how_sure: Mapped[str] = mapped_column(Text(20))
    note: Mapped[str] = mapped_column(Text(2000), default="")
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    version: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(Text(1000), default="")


class RegulationFact(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What the institution found of a regulation: revoked or amended by another, or cited in kinds of its own."""

    __tablename__ = "regulation_fact"
    __table_args__ = tenant_of(
        check("by_another", "(relation = 'cited') = (by_key IS NULL)"),
        check("source", "length(source) > 0"),
        check("closed_with_reason", "closed_on IS NULL OR length(closed_reason) > 0"),
        Index("ix_regulation_fact_regulation", "institution_id", "regulation_key"),
    )

    regulation_key: Mapped[str] = mapped_column(Text(80))
    relation: Mapped[Relation] = mapped_column(word(Relation))
    by_key: Mapped[str | None] = mapped_column(Text(80))
    since: Mapped[date | None]
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    source: Mapped[str] = mapped_column(Text(400))
    how_sure: Mapped[str] = mapped_column(Text(20))
    note: Mapped[str] = mapped_column(Text(2000), default="")
    version: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str] = mapped_column(Text(1000), default="")
