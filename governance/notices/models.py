"""What persons are told (inbox), what leaves by e-mail (outbox), and the jobs that verbs leave for each other."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.notices.timing import Sort


class Sending(StrEnum):
    """Where a message stands on its way out; each word says no more than is known (decision 0023)."""

    CREATED = "created"  # nobody has tried yet
    SENDING = "sending"  # in the hands of a process, until its lease runs out
    SENT = "sent"  # the mail server took it
    DELIVERED = "delivered"  # the person has read the notice, by the letter's link or in the inbox
    FAILED_TEMPORARY = "failed_temporary"  # it did not go out, and will be tried again
    FAILED_PERMANENT = "failed_permanent"  # it will not be tried again: refused, no address, or given up


ENDED = (Sending.SENT, Sending.DELIVERED, Sending.FAILED_PERMANENT)
STILL_DUE = text("due_at IS NOT NULL")
OF_MANY = text("sort IS NOT NULL")


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
    """A letter on its way out by e-mail: claimed with a lease, sent, marked.

    It is of one notice, or of several (`sort`, `day`; decision 0054), which are then its enclosures. `day` is the local
    day from which such a letter may go. `firm`: the mail server may have it already, so nothing is enclosed any more.

    `due_at` is when somebody must look at it: to send it, or, while it is being sent, because that lease has run out.
    It is empty exactly when nothing more will happen, so its index holds only what is still to be done.
    """

    __tablename__ = "message"
    __table_args__ = tenant_of(
        link("notice_id", "notice"),
        link("person_id", "person"),
        UniqueConstraint("notice_id"),
        check("ended", f"(due_at IS NULL) = (state IN ({', '.join(repr(state.value) for state in ENDED)}))"),
        check("one_or_many", "(sort IS NULL) = (notice_id IS NOT NULL) AND (sort IS NULL) = (day IS NULL)"),
        Index("ix_message_due", "due_at", "id", postgresql_where=STILL_DUE, sqlite_where=STILL_DUE),
        Index(
            "uq_message_day", "person_id", "sort", "day", unique=True, postgresql_where=OF_MANY, sqlite_where=OF_MANY
        ),
    )

    person_id: Mapped[int] = mapped_column(Key)
    notice_id: Mapped[int | None] = mapped_column(Key)
    sort: Mapped[Sort | None] = mapped_column(word(Sort))
    day: Mapped[date | None]
    firm: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[Sending] = mapped_column(word(Sending), default=Sending.CREATED)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(Text(400), default="")


class Enclosure(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A notice that stands in a letter of several; each in one letter."""

    __tablename__ = "enclosure"
    __table_args__ = tenant_of(
        link("message_id", "message"),
        link("notice_id", "notice"),
        UniqueConstraint("notice_id"),
        Index("ix_enclosure_message_id", "message_id"),
    )

    message_id: Mapped[int] = mapped_column(Key)
    notice_id: Mapped[int] = mapped_column(Key)


class NoticeSetting(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a person wishes of e-mail; who has no row has it at once, with the institution's quiet hours.

    `digest_at`: the hour of his digest, None for at once. Hours are of the institution's zone. `off`: the topics that
    he wants no e-mail of, as ",course,comments,".
    """

    __tablename__ = "notice_setting"
    __table_args__ = tenant_of(
        link("person_id", "person"),
        UniqueConstraint("person_id"),
        check("digest_hour", "digest_at BETWEEN 0 AND 23"),
        check(
            "quiet_hours",
            "(quiet_from IS NULL) = (quiet_to IS NULL) AND (quiet_from IS NULL"
            " OR (quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23))",
        ),
    )

    person_id: Mapped[int] = mapped_column(Key)
    digest_at: Mapped[int | None]
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    off: Mapped[str] = mapped_column(Text(200), default="")


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
    failed: Mapped[int] = mapped_column(default=0, server_default="0")  # rows that it had to leave
