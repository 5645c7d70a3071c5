"""Series of numbers, and every number that one of them gave: enacted, reserved, or void with a reason."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.documents.numbering import Use, Way
from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word


class Series(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """How one institution numbers a family of acts."""

    __tablename__ = "series"
    __table_args__ = tenant_of(UniqueConstraint("institution_id", "key"))

    key: Mapped[str] = mapped_column(Text(40))
    way: Mapped[Way] = mapped_column(word(Way))
    pattern: Mapped[str] = mapped_column(Text(200))
    classification: Mapped[str] = mapped_column(Text(40), default="")
    start: Mapped[int] = mapped_column(default=1)
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    classifications: Mapped[dict[str, str]] = mapped_column(Json, default=dict, server_default="{}")  # kind -> code
    start_year: Mapped[int | None]  # the one year that begins at `start`, others at 1; None: each year does
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Number(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One number of a series and a year: enacted, reserved by one document, or void with a reason.

    `written` is the whole number as it was given: a pattern that changes later leaves it as it is. `by_title` and `at`
    say who reserved it or made it void, and when.
    """

    __tablename__ = "number"
    __table_args__ = tenant_of(
        link("series_id", "series"),
        link("document_id", "document"),
        UniqueConstraint("series_id", "year", "number"),
        check("void_has_reason", "use <> 'void' OR length(reason) > 0"),
        check("used_by_document", "use = 'void' OR document_id IS NOT NULL"),
        Index(
            "uq_number_reserved",
            "series_id",
            "year",
            "document_id",
            unique=True,
            sqlite_where=text("use = 'reserved'"),
            postgresql_where=text("use = 'reserved'"),
        ),
        Index("ix_number_document", "institution_id", "document_id"),
        Index(
            "ix_number_dated",
            "institution_id",
            "dated_on",
            "id",
            sqlite_where=text("use <> 'enacted'"),
            postgresql_where=text("use <> 'enacted'"),
        ),
    )

    series_id: Mapped[int] = mapped_column(Key)
    year: Mapped[int]
    number: Mapped[int]
    use: Mapped[Use] = mapped_column(word(Use))
    document_id: Mapped[int | None] = mapped_column(Key)
    reason: Mapped[str] = mapped_column(Text(400), default="")
    written: Mapped[str] = mapped_column(Text(200), default="", server_default="")
    dated_on: Mapped[date | None]
    by_title: Mapped[str] = mapped_column(Text(200), default="", server_default="")
    at: Mapped[datetime | None] = mapped_column(Moment)
