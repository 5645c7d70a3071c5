"""A year's assessment: the cycle, what was done with it, who takes which part, which office has which indicator."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.assessment.course import CycleMove, CycleRole, Part, Stage
from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.mandates.evaluation import Round

ONE_OFFICE = text("part = 'responsible'")
ONE_POST = text("role <> 'assessor'")


class Cycle(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A year's assessment on one instrument. `target` is the regional performance indicator (IKD), exact as n/d.

    `ready_by` is the day by which evidence has to be there. Closed, nothing that hangs on it changes any more: the
    database refuses, and `frozen_sha256` names the file that says all of it.
    """

    __tablename__ = "cycle"
    __table_args__ = tenant_of(
        UniqueConstraint("institution_id", "year"),
        check("closed_is_frozen", "(stage = 'closed') = (frozen_sha256 IS NOT NULL)"),
        check("closed_has_moment", "(stage = 'closed') = (closed_at IS NOT NULL)"),
    )

    year: Mapped[int]
    instrument: Mapped[str] = mapped_column(Text(60))
    round: Mapped[Round] = mapped_column(word(Round))
    stage: Mapped[Stage] = mapped_column(word(Stage), default=Stage.PREPARATION)
    target: Mapped[str | None] = mapped_column(Text(40))
    ready_by: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text(2000), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str] = mapped_column(Text(200), default="")
    frozen_sha256: Mapped[str | None] = mapped_column(Text(64))
    version: Mapped[int] = mapped_column(default=1)


class CycleStep(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What was done with a cycle as a whole, by whom as what, with which words."""

    __tablename__ = "cycle_step"
    __table_args__ = tenant_of(link("cycle_id", "cycle"), Index("ix_cycle_step_cycle", "institution_id", "cycle_id"))

    cycle_id: Mapped[int] = mapped_column(Key)
    move: Mapped[CycleMove] = mapped_column(word(CycleMove))
    words: Mapped[str] = mapped_column(Text(4000), default="")
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)


class CycleSeat(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A post's part in a cycle. `items` are those that an assessor rates; empty: all of them.

    `how_sure` is from what it was proposed, "" where it was set by hand.
    """

    __tablename__ = "cycle_seat"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"),
        link("post_id", "post"),
        UniqueConstraint("cycle_id", "role", "post_id"),
        Index(
            "uq_cycle_seat_one",
            "cycle_id",
            "role",
            unique=True,
            postgresql_where=ONE_POST,
            sqlite_where=ONE_POST,
        ),
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    role: Mapped[CycleRole] = mapped_column(word(CycleRole))
    post_id: Mapped[int] = mapped_column(Key)
    items: Mapped[list[str]] = mapped_column(Json, default=list)
    how_sure: Mapped[str] = mapped_column(Text(20), default="", server_default="")


class Share(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What an office has to do with an item. `how_sure` is the default's mark, "" where it was set by hand."""

    __tablename__ = "share"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"),
        link("unit_id", "unit"),
        UniqueConstraint("cycle_id", "item", "unit_id"),
        Index("ix_share_unit", "institution_id", "unit_id", "cycle_id"),
        Index(
            "uq_share_responsible",
            "cycle_id",
            "item",
            unique=True,
            postgresql_where=ONE_OFFICE,
            sqlite_where=ONE_OFFICE,
        ),
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    item: Mapped[str] = mapped_column(Text(20))
    unit_id: Mapped[int] = mapped_column(Key)
    part: Mapped[Part] = mapped_column(word(Part))
    how_sure: Mapped[str] = mapped_column(Text(20), default="")


class CycleTask(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What offices were asked for an item of a cycle: the assignment whose copies are their tasks."""

    __tablename__ = "cycle_task"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"), link("assignment_id", "assignment"), UniqueConstraint("cycle_id", "item")
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    item: Mapped[str] = mapped_column(Text(20))
    assignment_id: Mapped[int] = mapped_column(Key)


class CyclePaper(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A document of a cycle: its self-assessment report, its minutes, its consent to publish. One for each kind."""

    __tablename__ = "cycle_paper"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"), link("document_id", "document"), UniqueConstraint("cycle_id", "kind")
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Text(60))
    document_id: Mapped[int] = mapped_column(Key)


class Criterion(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """The official wording of one level of an item, as the institution loaded it."""

    __tablename__ = "criterion"
    __table_args__ = tenant_of(UniqueConstraint("institution_id", "instrument", "item", "level"))

    instrument: Mapped[str] = mapped_column(Text(60))
    item: Mapped[str] = mapped_column(Text(20))
    level: Mapped[int]
    wording: Mapped[str] = mapped_column(Text(20000))
    source: Mapped[str] = mapped_column(Text(500))
    loaded_at: Mapped[datetime] = mapped_column(Moment)


class TableImport(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A spreadsheet read into a cycle: `changes` says for each row what was and what is to be, to be undone by it.

    Nothing is imported until `confirmed_at`.
    """

    __tablename__ = "table_import"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"),
        Index("ix_table_import_cycle", "institution_id", "cycle_id", "id"),
        check("undone_after_confirmed", "undone_at IS NULL OR confirmed_at IS NOT NULL"),
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    name: Mapped[str] = mapped_column(Text(200))
    sha256: Mapped[str] = mapped_column(Text(64))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    by_title: Mapped[str] = mapped_column(Text(200))
    read_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str] = mapped_column(Text(200), default="")
