"""Obligations: a mandate's occurrence, its due date and how that was computed; letters that move it; reminders sent."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.mandates.evaluation import Round
from governance.obligations.ladder import Rung


class Fulfilment(StrEnum):
    """Whether it was met."""

    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"  # the ministry's letter does not ask it this year


class Obligation(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What is due from an institution, when, and why then. `key` begins with the mandate's key."""

    __tablename__ = "obligation"
    __table_args__ = tenant_of(
        UniqueConstraint("institution_id", "key"),
        Index("ix_obligation_due", "fulfilment", "due_on"),
        check("estimate_has_date", "NOT estimated OR due_on IS NOT NULL"),
    )

    key: Mapped[str] = mapped_column(Text(120))
    mandate: Mapped[str] = mapped_column(Text(60))
    stage: Mapped[str] = mapped_column(Text(60), default="")
    year: Mapped[int] = mapped_column(index=True)
    begins_on: Mapped[date | None]
    due_on: Mapped[date | None]
    estimated: Mapped[bool] = mapped_column(default=False)
    how_sure: Mapped[str] = mapped_column(Text(20), default="")
    basis: Mapped[str] = mapped_column(Text(1000), default="")
    computed: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    fulfilment: Mapped[Fulfilment] = mapped_column(word(Fulfilment), default=Fulfilment.OPEN)
    met_on: Mapped[date | None]
    met_by: Mapped[str] = mapped_column(Text(200), default="")


class EvaluationLetter(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """The ministry's letter of a year: what is asked and in which windows."""

    __tablename__ = "evaluation_letter"
    __table_args__ = tenant_of(UniqueConstraint("institution_id", "year"))

    year: Mapped[int]
    round: Mapped[Round] = mapped_column(word(Round))
    number: Mapped[str] = mapped_column(Text(200))
    dated_on: Mapped[date]
    windows: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    scan_sha256: Mapped[str | None] = mapped_column(Text(64))
    version: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[datetime] = mapped_column(Moment)


class Reminder(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A rung climbed for one due date; a moved date starts its ladder anew."""

    __tablename__ = "reminder"
    __table_args__ = tenant_of(
        link("obligation_id", "obligation"),
        UniqueConstraint("obligation_id", "due_on", "rung"),
        Index("ix_reminder_sent", "sent_at"),
    )

    obligation_id: Mapped[int] = mapped_column(Key)
    due_on: Mapped[date]
    rung: Mapped[Rung] = mapped_column(word(Rung))
    sent_at: Mapped[datetime] = mapped_column(Moment)
