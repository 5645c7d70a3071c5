"""What persons are told (inbox), what leaves by e-mail (outbox), and the jobs that verbs leave for each other."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, db, link, tenant_of, word


class Sending(StrEnum):
    """Where a message stands on its way out."""

    CREATED = "created"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Doing(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Notice(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What one person is told. `cause` names why, once: the same cause never tells the same person twice."""

    __tablename__ = "notice"
    __table_args__ = tenant_of(
        link("person_id", "person"),
        link("document_id", "document"),
        link("task_id", "task"),
        link("obligation_id", "obligation"),
        UniqueConstraint("person_id", "cause"),
        Index("ix_notice_inbox", "institution_id", "person_id", "id"),
        Index("ix_notice_unread", "institution_id", "person_id", "read_at"),
    )

    person_id: Mapped[int] = mapped_column(Key)
    cause: Mapped[str] = mapped_column(Text(120))
    key: Mapped[str] = mapped_column(Text(60))
    params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    document_id: Mapped[int | None] = mapped_column(Key)
    task_id: Mapped[int | None] = mapped_column(Key)
    obligation_id: Mapped[int | None] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class Message(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One notice on its way out by e-mail: claimed with a lease, sent, marked."""

    __tablename__ = "message"
    __table_args__ = tenant_of(
        link("notice_id", "notice"),
        UniqueConstraint("notice_id"),
        Index("ix_message_due", "state", "due_at"),
    )

    notice_id: Mapped[int] = mapped_column(Key)
    state: Mapped[Sending] = mapped_column(word(Sending), default=Sending.CREATED)
    due_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(Text(400), default="")


class Job(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a verb leaves to be done by another verb, in that one's own transaction; done once per key."""

    __tablename__ = "job"
    __table_args__ = tenant_of(
        UniqueConstraint("institution_id", "verb", "key"),
        Index("ix_job_due", "state", "due_at"),
    )

    verb: Mapped[str] = mapped_column(Text(60))
    key: Mapped[str] = mapped_column(Text(120))
    payload: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    state: Mapped[Doing] = mapped_column(word(Doing), default=Doing.WAITING)
    due_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(Text(400), default="")


class Pulse(db.Model):  # type: ignore[name-defined,misc]
    """When a bell last ran, for /healthz and the foot of every page."""

    __tablename__ = "pulse"

    bell: Mapped[str] = mapped_column(Text(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
