"""What units are asked: the thing asked once, each unit's own copy, every step of it, and what was handed in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.mandates.ladder import Rung
from governance.tasks.lifecycle import Move, State

OF_A_RUNG = text("rung IS NOT NULL")


class Source(StrEnum):
    """What a task comes from."""

    DICTUM = "dictum"
    OBLIGATION = "obligation"
    INDICATOR = "indicator"
    FINDING = "finding"  # of an ICT audit
    RECOMMENDATION = "recommendation"  # of an evaluation
    MEETING = "meeting"
    CIRCULAR = "circular"
    BY_HAND = "by_hand"


class Assignment(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What is asked of one unit or of many: what, why, until when, and what to hand in (`wants`, see wants.py).

    `place` is where it stands: a dictum, an indicator, a finding. `why` names the article where no document does.
    """

    __tablename__ = "assignment"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("obligation_id", "obligation"),
        link("unit_id", "unit"),
        link("holding_id", "holding"),
        UniqueConstraint("document_id", "place"),
        check("dictum_has_document", "source <> 'dictum' OR document_id IS NOT NULL"),
        check("reasoned", "document_id IS NOT NULL OR obligation_id IS NOT NULL OR length(why) > 0"),
    )

    source: Mapped[Source] = mapped_column(word(Source))
    document_id: Mapped[int | None] = mapped_column(Key)
    obligation_id: Mapped[int | None] = mapped_column(Key)
    place: Mapped[str] = mapped_column(Text(40), default="")
    what: Mapped[str] = mapped_column(Text(2000))
    why: Mapped[str] = mapped_column(Text(2000), default="")
    due_on: Mapped[date | None]
    wants: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    unit_id: Mapped[int] = mapped_column(Key)  # the unit that asks and verifies
    holding_id: Mapped[int | None] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)


class Task(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One unit's copy of an assignment: its own day and state, its receipt. `moved_at`: its last sign of life."""

    __tablename__ = "task"
    __table_args__ = tenant_of(
        link("assignment_id", "assignment"),
        link("unit_id", "unit"),
        link("acknowledged_by_id", "holding"),
        UniqueConstraint("assignment_id", "unit_id"),
        Index("ix_task_unit", "institution_id", "unit_id", "due_on"),
        check("receipt", "(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)"),
    )

    assignment_id: Mapped[int] = mapped_column(Key, index=True)
    unit_id: Mapped[int] = mapped_column(Key)
    due_on: Mapped[date | None]
    state: Mapped[State] = mapped_column(word(State), default=State.RECEIVED)
    created_at: Mapped[datetime] = mapped_column(Moment)
    moved_at: Mapped[datetime] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by_id: Mapped[int | None] = mapped_column(Key)
    wished_until: Mapped[date | None]  # an extension that is asked for and not answered yet
    version: Mapped[int] = mapped_column(default=1)


class TaskStep(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What was done with a task, by whom as what, with which words."""

    __tablename__ = "task_step"
    __table_args__ = tenant_of(
        link("task_id", "task"),
        link("holding_id", "holding"),
        link("unit_id", "unit"),
        Index("ix_task_step_task", "institution_id", "task_id", "id"),
        Index(
            "uq_task_step_rung",
            "task_id",
            "until",
            "rung",
            unique=True,
            postgresql_where=OF_A_RUNG,
            sqlite_where=OF_A_RUNG,
        ),
    )

    task_id: Mapped[int] = mapped_column(Key)
    move: Mapped[Move] = mapped_column(word(Move))
    words: Mapped[str] = mapped_column(Text(4000), default="")
    until: Mapped[date | None]
    rung: Mapped[Rung | None] = mapped_column(Text(20))  # of its ladder, where the scan reminded of the day `until`
    unit_id: Mapped[int | None] = mapped_column(Key)  # the unit it went to
    holding_id: Mapped[int | None] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)


class HandIn(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a unit handed in, once for each time: the rows of the tables asked for; the files stand beside it."""

    __tablename__ = "hand_in"
    __table_args__ = tenant_of(
        link("task_id", "task"),
        link("step_id", "task_step"),
        UniqueConstraint("step_id"),
        Index("ix_hand_in_task", "institution_id", "task_id"),
    )

    task_id: Mapped[int] = mapped_column(Key)
    step_id: Mapped[int] = mapped_column(Key)
    tables: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class HandInFile(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A file of a hand-in; `want` is the key of what it answers, "" for one that was added to it."""

    __tablename__ = "hand_in_file"
    __table_args__ = tenant_of(link("hand_in_id", "hand_in"), Index("ix_hand_in_file", "institution_id", "hand_in_id"))

    hand_in_id: Mapped[int] = mapped_column(Key)
    want: Mapped[str] = mapped_column(Text(40), default="")
    name: Mapped[str] = mapped_column(Text(200))
    media: Mapped[str] = mapped_column(Text(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Text(64), index=True)


class HandInLink(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A way to hand in for one unit's task without an account, once. Only the digest of its secret is kept."""

    __tablename__ = "hand_in_link"
    __table_args__ = tenant_of(
        link("task_id", "task"),
        link("unit_id", "unit"),
        link("step_id", "task_step"),
        Index("ix_hand_in_link_task", "institution_id", "task_id"),
        check("revoked_by", "(revoked_at IS NULL) = (length(revoked_by) = 0)"),
        check("used", "(used_at IS NULL) = (step_id IS NULL)"),
    )

    task_id: Mapped[int] = mapped_column(Key)
    unit_id: Mapped[int] = mapped_column(Key)  # whose it is: a task that was passed on is not theirs any more
    digest: Mapped[str] = mapped_column(Text(64), unique=True)
    by_title: Mapped[str] = mapped_column(Text(200))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_by: Mapped[str] = mapped_column(Text(200), default="")
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    step_id: Mapped[int | None] = mapped_column(Key, unique=True)  # the hand-in that came by it
