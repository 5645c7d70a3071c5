"""Secret links to calendar feeds: whose dates they show, by whom they were made, and when they were revoked."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Key, Moment, Tenant, Text, check, db, link, tenant_of


class FeedLink(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A calendar program's way to the dates of a person or, with `unit_id`, of a unit. Only its digest is kept."""

    __tablename__ = "feed_link"
    __table_args__ = tenant_of(
        link("person_id", "person"),
        link("unit_id", "unit"),
        Index("ix_feed_link_person", "institution_id", "person_id"),
        Index("ix_feed_link_unit", "institution_id", "unit_id"),
        check("revoked_by", "(revoked_at IS NULL) = (length(revoked_by) = 0)"),
    )

    person_id: Mapped[int] = mapped_column(Key)  # who made it; whose dates it shows where no unit is named
    unit_id: Mapped[int | None] = mapped_column(Key)
    digest: Mapped[str] = mapped_column(Text(64), unique=True)
    label: Mapped[str] = mapped_column(Text(100), default="")
    by_title: Mapped[str] = mapped_column(Text(200), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_by: Mapped[str] = mapped_column(Text(200), default="")
