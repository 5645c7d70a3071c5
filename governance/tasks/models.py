"""What a unit is asked by an act: each unit's own copy, with its receipt."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Key, Moment, Tenant, Text, check, db, link, tenant_of


class Task(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One unit's part: what, why (the dictum), until when; acknowledged by the post that holds the unit."""

    __tablename__ = "task"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("unit_id", "unit"),
        link("acknowledged_by_id", "holding"),
        UniqueConstraint("document_id", "unit_id", "place"),
        Index("ix_task_unit", "institution_id", "unit_id", "due_on"),
        check("receipt", "(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    unit_id: Mapped[int] = mapped_column(Key)
    place: Mapped[str] = mapped_column(Text(40))  # the dictum, e.g. "KETIGA"
    what: Mapped[str] = mapped_column(Text(2000))
    due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by_id: Mapped[int | None] = mapped_column(Key)
