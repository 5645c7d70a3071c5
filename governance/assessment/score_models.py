"""Scores of a cycle, each kept apart and never overwritten, what was said against them, and the efforts of a path."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.assessment.course import ScoreStage
from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word

COUNTS = text("counts")


class Score(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What an item got at a stage, exact as n/d, from whom and why. A new one takes the place of the old, which stays.

    `source_value` is another body's index that was converted. `uses` are the ids of the evidence it rests on.
    `value` is null where a score was taken back: the item is not yet rated.
    """

    __tablename__ = "score"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"),
        link("holding_id", "holding"),
        Index("ix_score_item", "institution_id", "cycle_id", "item"),
        Index(
            "uq_score_counts",
            "cycle_id",
            "item",
            "stage",
            unique=True,
            postgresql_where=COUNTS,
            sqlite_where=COUNTS,
        ),
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    item: Mapped[str] = mapped_column(Text(20))
    stage: Mapped[ScoreStage] = mapped_column(word(ScoreStage))
    value: Mapped[str | None] = mapped_column(Text(40))
    source_value: Mapped[str] = mapped_column(Text(40), default="")
    explanation: Mapped[str] = mapped_column(Text(4000), default="")
    uses: Mapped[list[int]] = mapped_column(Json, default=list)
    counts: Mapped[bool] = mapped_column(default=True)
    holding_id: Mapped[int | None] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)


class Rebuttal(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What is said against a score (sanggahan), the value asked for, and the answer. Answered once."""

    __tablename__ = "rebuttal"
    __table_args__ = tenant_of(
        link("score_id", "score"),
        link("cycle_id", "cycle"),
        Index("ix_rebuttal_cycle", "institution_id", "cycle_id"),
        check("answered", "(answered_at IS NULL) = (length(answer) = 0)"),
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    score_id: Mapped[int] = mapped_column(Key)
    value: Mapped[str | None] = mapped_column(Text(40))
    words: Mapped[str] = mapped_column(Text(4000))
    uses: Mapped[list[int]] = mapped_column(Json, default=list)
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text(4000), default="")
    upheld: Mapped[bool | None]  # whether the score was changed for it
    answered_by: Mapped[str] = mapped_column(Text(200), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class StepEffort(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What raising an item to a level asks in this cycle. `needs` are "ITEM:LEVEL", `documents` keys of DocumentEffort.

    A step that is ruled out has no effort.
    """

    __tablename__ = "step_effort"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"), link("unit_id", "unit"), UniqueConstraint("cycle_id", "item", "level")
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    item: Mapped[str] = mapped_column(Text(20))
    level: Mapped[int]
    effort: Mapped[str | None] = mapped_column(Text(40))
    unit_id: Mapped[int | None] = mapped_column(Key)
    earliest_on: Mapped[date | None]
    needs: Mapped[list[str]] = mapped_column(Json, default=list)
    documents: Mapped[list[str]] = mapped_column(Json, default=list)
    note: Mapped[str] = mapped_column(Text(1000), default="")
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class DocumentEffort(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a document that steps share asks once. `key` is a kind of document, or a word of the institution's own."""

    __tablename__ = "document_effort"
    __table_args__ = tenant_of(link("cycle_id", "cycle"), UniqueConstraint("cycle_id", "key"))

    cycle_id: Mapped[int] = mapped_column(Key)
    key: Mapped[str] = mapped_column(Text(60))
    title: Mapped[str] = mapped_column(Text(300), default="")
    effort: Mapped[str] = mapped_column(Text(40))
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
