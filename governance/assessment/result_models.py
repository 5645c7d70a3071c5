"""What the ministry published of a year, what it recommended, and what was read of peers: history that stays open."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word


class FollowUp(StrEnum):
    """What became of a recommendation."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"


class PublishedResult(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """The official result of a year, as published: `values` by code (index, aspects, domains) in the text as it stands.

    The only figure that is "the index". A year without a cycle is kept by this row alone. Never overwritten: a
    correction withdraws the row with a reason and enters another.
    """

    __tablename__ = "published_result"
    __table_args__ = tenant_of(
        Index("ix_published_result_year", "institution_id", "year"),
        check("withdrawn_has_reason", "(withdrawn_at IS NULL) = (length(reason) = 0)"),
    )

    year: Mapped[int]
    instrument: Mapped[str] = mapped_column(Text(60))
    values: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    predicate: Mapped[str] = mapped_column(Text(60), default="")  # as published
    target: Mapped[str | None] = mapped_column(Text(40))  # IKD of a year without a cycle, exact as n/d
    number: Mapped[str] = mapped_column(Text(200), default="")
    dated_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text(1000), default="")
    scan_sha256: Mapped[str | None] = mapped_column(Text(64))
    by_title: Mapped[str] = mapped_column(Text(200))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="")
    reason: Mapped[str] = mapped_column(Text(1000), default="")


class Recommendation(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a year's result recommends, and to whom: a task of its owner, followed up in the years after."""

    __tablename__ = "recommendation"
    __table_args__ = tenant_of(
        link("unit_id", "unit"),
        link("assignment_id", "assignment"),
        Index("ix_recommendation_year", "institution_id", "year"),
        UniqueConstraint("institution_id", "year", "number"),
        check("answered", "state = 'open' OR length(outcome) > 0"),
    )

    year: Mapped[int]
    number: Mapped[int]
    item: Mapped[str] = mapped_column(Text(20), default="")
    what: Mapped[str] = mapped_column(Text(2000))
    unit_id: Mapped[int] = mapped_column(Key)
    due_on: Mapped[date | None]
    assignment_id: Mapped[int | None] = mapped_column(Key)
    state: Mapped[FollowUp] = mapped_column(word(FollowUp), default=FollowUp.OPEN)
    outcome: Mapped[str] = mapped_column(Text(4000), default="")
    followed_in: Mapped[int | None]  # the year in which it was followed up
    by_title: Mapped[str] = mapped_column(Text(200))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class PeerAverage(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """The averages of comparable governments in a year, as the institution found them published."""

    __tablename__ = "peer_average"
    __table_args__ = tenant_of(UniqueConstraint("institution_id", "year", "peers"))

    year: Mapped[int]
    instrument: Mapped[str] = mapped_column(Text(60))
    peers: Mapped[str] = mapped_column(Text(200))  # who they are
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    source: Mapped[str] = mapped_column(Text(1000))
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
