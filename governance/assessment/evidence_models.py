"""Evidence: a file or an act, what it is offered for, what assessors said of it, and what is declared of an act."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from governance.assessment.judging import EvidenceMove, EvidenceState, Reason
from governance.documents.models import Secrecy
from governance.kernel.db import Key, Moment, Tenant, Text, check, db, link, tenant_of, word

KEPT_FILE = text("sha256 IS NOT NULL AND withdrawn_at IS NULL")
KEPT_ACT = text("act_id IS NOT NULL AND withdrawn_at IS NULL")


class Declared(StrEnum):
    """What can be declared of an act beyond its enactment: the states of proofs.yaml that no document's state shows."""

    IMPLEMENTED_PART = "implemented_part"
    IMPLEMENTED_FULL = "implemented_full"
    REVIEWED = "reviewed"
    FOLLOWED_UP = "followed_up"


class Evidence(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A file or an act of the institution that can be offered for many indicators; the same content is kept once."""

    __tablename__ = "evidence"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("unit_id", "unit"),
        Index(
            "uq_evidence_sha256",
            "institution_id",
            "sha256",
            unique=True,
            postgresql_where=KEPT_FILE,
            sqlite_where=KEPT_FILE,
        ),
        Index(
            "uq_evidence_act",
            "institution_id",
            "act_id",
            unique=True,
            postgresql_where=KEPT_ACT,
            sqlite_where=KEPT_ACT,
        ),
        check("file_or_act", "(sha256 IS NULL) <> (act_id IS NULL)"),
        check("withdrawn_has_reason", "(withdrawn_at IS NULL) = (length(withdrawn_reason) = 0)"),
    )

    name: Mapped[str] = mapped_column(Text(300))
    act_id: Mapped[int | None] = mapped_column(Key)
    sha256: Mapped[str | None] = mapped_column(Text(64), index=True)
    media: Mapped[str] = mapped_column(Text(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    dated_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    signed: Mapped[bool] = mapped_column(default=False)
    secrecy: Mapped[Secrecy] = mapped_column(word(Secrecy), default=Secrecy.BIASA)
    unit_id: Mapped[int] = mapped_column(Key)  # the office it came from
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text(1000), default="")


class EvidenceUse(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """Evidence offered for a level of an item in a cycle. `code` is the evidence item it answers (I19-L1-01) or "".

    `pointer` names the page or article; `reason`, `words`, `judged_by` are the last that an assessor said of it.
    `unit_id` is the office that offers it.
    """

    __tablename__ = "evidence_use"
    __table_args__ = tenant_of(
        link("cycle_id", "cycle"),
        link("evidence_id", "evidence"),
        link("unit_id", "unit"),
        link("carried_from_id", "evidence_use"),
        Index("ix_evidence_use_item", "institution_id", "cycle_id", "item"),
        Index("ix_evidence_use_evidence", "institution_id", "evidence_id"),
        UniqueConstraint("cycle_id", "item", "level", "code", "evidence_id", "unit_id"),
        check("revise_has_reason", "state <> 'revise' OR reason IS NOT NULL"),
    )

    cycle_id: Mapped[int] = mapped_column(Key)
    item: Mapped[str] = mapped_column(Text(20))
    level: Mapped[int]
    code: Mapped[str] = mapped_column(Text(20), default="")
    evidence_id: Mapped[int] = mapped_column(Key)
    unit_id: Mapped[int] = mapped_column(Key)
    pointer: Mapped[str] = mapped_column(Text(500), default="")
    explanation: Mapped[str] = mapped_column(Text(4000), default="")
    state: Mapped[EvidenceState] = mapped_column(word(EvidenceState), default=EvidenceState.DRAFT)
    reason: Mapped[Reason | None] = mapped_column(word(Reason))
    words: Mapped[str] = mapped_column(Text(4000), default="")
    judged_by: Mapped[str] = mapped_column(Text(200), default="")
    judged_at: Mapped[datetime | None] = mapped_column(Moment)
    carried_from_id: Mapped[int | None] = mapped_column(Key)  # of the cycle before
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class EvidenceStep(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What was done with offered evidence, by whom as what, with which reason and words. Written once."""

    __tablename__ = "evidence_step"
    __table_args__ = tenant_of(
        link("use_id", "evidence_use"), Index("ix_evidence_step_use", "institution_id", "use_id", "id")
    )

    use_id: Mapped[int] = mapped_column(Key)
    move: Mapped[EvidenceMove] = mapped_column(word(EvidenceMove))
    reason: Mapped[Reason | None] = mapped_column(word(Reason))
    words: Mapped[str] = mapped_column(Text(4000), default="")
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)


class Declaration(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """That an act is implemented, was reviewed, was followed up: since when, shown by which evidence. Never deleted."""

    __tablename__ = "declaration"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("evidence_id", "evidence"),
        Index("ix_declaration_act", "institution_id", "act_id"),
        check("withdrawn_has_reason", "(withdrawn_at IS NULL) = (length(withdrawn_reason) = 0)"),
    )

    act_id: Mapped[int] = mapped_column(Key)
    state: Mapped[Declared] = mapped_column(word(Declared))
    on: Mapped[date]
    evidence_id: Mapped[int] = mapped_column(Key)
    pointer: Mapped[str] = mapped_column(Text(500), default="")
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(Text(200), default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text(1000), default="")
