"""Delegations: a post signs some kinds of documents in another post's name (a.n.)."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of


class Delegation(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """From a day to a day (inclusive), by a letter: Permendagri 80/2015 Pasal 115 ayat (3) for Keputusan.

    Written once; what was given by mistake, or ends early, is withdrawn and stays readable.
    """

    __tablename__ = "delegation"
    __table_args__ = tenant_of(
        link("from_post_id", "post"),
        link("to_post_id", "post"),
        check("another", "from_post_id <> to_post_id"),
        check("to_after_from", "to_on >= from_on"),
        check("withdrawn_by_somebody", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
        Index("ix_delegation_from", "institution_id", "from_post_id", "from_on"),
    )

    from_post_id: Mapped[int] = mapped_column(Key)
    to_post_id: Mapped[int] = mapped_column(Key)
    kinds: Mapped[list[str]] = mapped_column(Json)
    from_on: Mapped[date]
    to_on: Mapped[date]
    letter: Mapped[str] = mapped_column(Text(200))
    letter_date: Mapped[date]
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(Text(200))
