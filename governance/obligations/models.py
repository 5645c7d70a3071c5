"""Obligations: a mandate's occurrence, its due date and how that was computed; letters that move it; reminders sent."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.mandates.evaluation import Round
from governance.mandates.ladder import Rung


class Fulfilment(StrEnum):
    """Whether it was met."""

    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"  # its rule does not ask it any more: the ministry's letter, a changed fact, a changed law
    WAIVED = "waived"  # somebody said why it need not be met


class Obligation(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What is due from an institution, when, and why then. `key` begins with the mandate's key.

    `family` names the rule that lays it out: that rule alone changes or drops it. `version` grows with every change.
    Reminders stop for the day on which somebody acknowledged it; a moved date asks anew.
    """

    __tablename__ = "obligation"
    __table_args__ = tenant_of(
        UniqueConstraint("institution_id", "key"),
        link("unit_id", "unit"),
        link("act_id", "act"),
        Index("ix_obligation_due", "fulfilment", "due_on"),
        Index("ix_obligation_unit", "institution_id", "unit_id", "due_on"),
        check("waived_has_reason", "fulfilment <> 'waived' OR length(reason) > 0"),
        check("estimate_has_date", "NOT estimated OR due_on IS NOT NULL"),
    )

    key: Mapped[str] = mapped_column(Text(120))
    mandate: Mapped[str] = mapped_column(Text(60))
    stage: Mapped[str] = mapped_column(Text(60), default="")
    family: Mapped[str] = mapped_column(Text(40), default="", server_default="")
    ladder: Mapped[str] = mapped_column(Text(40), default="standard", server_default="standard")
    unit_id: Mapped[int | None] = mapped_column(Key)  # the unit that answers for it
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
    act_id: Mapped[int | None] = mapped_column(Key)  # the act that met it
    report_sha256: Mapped[str | None] = mapped_column(Text(64))  # the report that met it
    reason: Mapped[str] = mapped_column(Text(1000), default="", server_default="")
    by_title: Mapped[str] = mapped_column(Text(200), default="", server_default="")
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by: Mapped[str] = mapped_column(Text(200), default="", server_default="")
    acknowledged_due: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    changed_at: Mapped[datetime | None] = mapped_column(Moment)


def is_answered(row: Obligation) -> bool:
    """Whether a person answered it. Answers from before rules could find one met have no title, and no change since."""
    if row.fulfilment is Fulfilment.WAIVED:
        return True
    return row.fulfilment is Fulfilment.MET and (row.by_title != "" or row.changed_at is None)


class Milestone(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A dated fact of the institution that dates are computed from: an RPJMD, an inauguration, an audit's report.

    `year` is the budget year or round it is of, where it is of one; `until` the last day of a span. Never deleted.
    """

    __tablename__ = "milestone"
    __table_args__ = tenant_of(
        Index("ix_milestone_key", "institution_id", "key", "day"),
        check("withdrawn_has_reason", "(withdrawn_at IS NULL) = (length(reason) = 0)"),
    )

    key: Mapped[str] = mapped_column(Text(40))
    year: Mapped[int | None]
    day: Mapped[date]
    until: Mapped[date | None]
    number: Mapped[str] = mapped_column(Text(200), default="")
    note: Mapped[str] = mapped_column(Text(1000), default="")
    scan_sha256: Mapped[str | None] = mapped_column(Text(64))
    by_title: Mapped[str] = mapped_column(Text(200))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="")
    reason: Mapped[str] = mapped_column(Text(1000), default="")
    version: Mapped[int] = mapped_column(default=1)


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
    rung: Mapped[Rung] = mapped_column(Text(20))
    sent_at: Mapped[datetime] = mapped_column(Moment)
