"""The days that an institution itself closes, or keeps open, beside the national ones."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Moment, Tenant, Text, check, db, tenant_of, word

STANDING = text("withdrawn_at IS NULL")


class DayKind(StrEnum):
    """What the institution says of a day. The first two complete or correct an estimate of the national ones."""

    PUBLIC = "public"  # a national holiday
    JOINT_LEAVE = "joint_leave"
    LOCAL = "local"  # a holiday of the region
    OPEN = "open"  # a working day, whatever the national list estimates


class ClosedDay(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A day as the institution entered it, with its source. Withdrawn with a reason, never deleted."""

    __tablename__ = "closed_day"
    __table_args__ = tenant_of(
        Index(
            "uq_closed_day_standing", "institution_id", "day", unique=True,
            postgresql_where=STANDING, sqlite_where=STANDING,
        ),
        check("withdrawn_has_reason", "(withdrawn_at IS NULL) = (length(reason) = 0)"),
    )  # fmt: skip

    day: Mapped[date]
    name: Mapped[str] = mapped_column(Text(200))
    kind: Mapped[DayKind] = mapped_column(word(DayKind), default=DayKind.LOCAL)
    source: Mapped[str] = mapped_column(Text(200), default="")
    by_title: Mapped[str] = mapped_column(Text(200))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="")
    reason: Mapped[str] = mapped_column(Text(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
