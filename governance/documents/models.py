"""Documents: their working copy, immutable revisions, decisions and the acts they became."""

import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.documents import lifecycle
from governance.documents.lifecycle import Move, State
from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.notices.models import Doing


class Secrecy(StrEnum):
    """Who may see it beyond those it passes through; only `biasa` can ever be published."""

    BIASA = "biasa"
    TERBATAS = "terbatas"
    RAHASIA = "rahasia"


class Origin(StrEnum):
    """How a revision came to be."""

    SUBMITTED = "submitted"
    CORRECTED = "corrected"  # uploaded by Bagian Hukum
    SEALED = "sealed"  # the approved file with number and date filled in
    RECORDED = "recorded"  # an act made before or outside this program


class Binding(StrEnum):
    """From when an act binds: a Keputusan from signing, a Peraturan from promulgation (UU 23/2014 Pasal 248)."""

    SIGNING = "signing"
    PROMULGATION = "promulgation"


class Form(StrEnum):
    """In which form an act's or a draft's file is printed."""

    NASKAH = "naskah"  # the file of a revision as it is
    SALINAN = "salinan"  # the authenticated copy of an act's sealed file
    ELECTRONIC = "electronic"  # the sealed file with the block that shows an electronic signature, to be signed


def new_token() -> str:
    """128 random bits: what is shown to strangers instead of a row's number."""
    return secrets.token_hex(16)


class Document(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A mandated document on its way to an act. Only `move` sets `state`."""

    __tablename__ = "document"
    __table_args__ = tenant_of(
        link("initiating_unit_id", "unit"),
        link("act_id", "act"),
        check("enacted_has_act", "(state = 'enacted') = (act_id IS NOT NULL)"),
        check("reviewed_has_revision", "state NOT IN ('in_review', 'approved') OR revision_number IS NOT NULL"),
        check("approved_has_day", "state <> 'approved' OR approved_at IS NOT NULL"),
        Index("ix_document_list", "institution_id", "id"),
        Index("ix_document_kind", "institution_id", "kind", "year"),
    )

    kind: Mapped[str] = mapped_column(Text(60))
    year: Mapped[int]
    title: Mapped[str] = mapped_column(Text(1000))
    initiating_unit_id: Mapped[int] = mapped_column(Key)
    secrecy: Mapped[Secrecy] = mapped_column(word(Secrecy), default=Secrecy.BIASA)
    state: Mapped[State] = mapped_column(word(State), default=State.DRAFT, index=True)
    route: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    revision_number: Mapped[int | None]
    round: Mapped[int] = mapped_column(default=0, server_default="0")  # how often the route was set back, see marks.py
    act_id: Mapped[int | None] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)

    def move(self, move: Move, at: datetime) -> None:
        """Make a move of the table, or OutOfOrder."""
        self.state = lifecycle.after(State(self.state), move)
        self.changed_at = at
        self.approved_at = at if self.state is State.APPROVED else None


class Waiting(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """Whose turn it is: the roll-up of the route and the decisions, so that a home page is one indexed read."""

    __tablename__ = "waiting"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("post_id", "post"),
        UniqueConstraint("document_id", "post_id"),
        Index("ix_waiting_post", "institution_id", "post_id"),
        Index("ix_waiting_due", "warn_on"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    asked: Mapped[str] = mapped_column(Text(20))
    since: Mapped[datetime] = mapped_column(Moment)
    step: Mapped[int | None]  # its place in the document's route
    due_on: Mapped[date | None]
    warn_on: Mapped[date | None]  # the working day before, on which the post is warned
    warned_at: Mapped[datetime | None] = mapped_column(Moment)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment)


class WorkingCopy(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What is being written: autosaved, with a version that every save must name."""

    __tablename__ = "working_copy"
    __table_args__ = tenant_of(link("document_id", "document"), UniqueConstraint("document_id"))

    document_id: Mapped[int] = mapped_column(Key)
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    file_sha256: Mapped[str | None] = mapped_column(Text(64))  # an uploaded Word file that stands; fields are its view
    began: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")  # see starting.py
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by_id: Mapped[int | None] = mapped_column(Key)


class CheckOut(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """Somebody edits the draft in Word, until a moment: it warns others, and never keeps them out."""

    __tablename__ = "check_out"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("person_id", "person"),
        Index("ix_check_out_open", "institution_id", "document_id", "ended_at"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    person_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    title: Mapped[str] = mapped_column(Text(200))
    version: Mapped[int]  # of the working copy that was taken
    taken_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Revision(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """Immutable: the fields, the file they became, and the template and law data it came from."""

    __tablename__ = "revision"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        UniqueConstraint("document_id", "number"),
        check("sealed_has_source", "origin <> 'sealed' OR source_sha256 IS NOT NULL"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    number: Mapped[int]
    origin: Mapped[Origin] = mapped_column(word(Origin))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(Text(64), index=True)
    source_sha256: Mapped[str | None] = mapped_column(Text(64))
    template_sha256: Mapped[str] = mapped_column(Text(64), default="")
    law_release: Mapped[str] = mapped_column(Text(64), default="")
    checked: Mapped[dict[str, int] | None] = mapped_column(Json)  # what the form check counted, None: not checked
    created_at: Mapped[datetime] = mapped_column(Moment)


class ExternalStep(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A step that others take, recorded by its letter: the team's review, harmonisation, the province's facilitation.

    Left out only with a reason. `counts` ends when a newer revision or a return voids it.
    """

    __tablename__ = "external_step"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("revision_id", "revision"),
        link("holding_id", "holding"),
        link("post_id", "post"),
        UniqueConstraint("document_id", "step", "seen"),
        check("told", "length(letter_number) > 0 OR length(reason) > 0"),
        check("dated", "(length(letter_number) > 0) = (letter_date IS NOT NULL)"),
    )

    document_id: Mapped[int] = mapped_column(Key, index=True)
    revision_id: Mapped[int] = mapped_column(Key)
    step: Mapped[str] = mapped_column(Text(40))
    title: Mapped[str] = mapped_column(Text(200))
    letter_number: Mapped[str] = mapped_column(Text(200), default="")
    letter_date: Mapped[date | None]
    scan_sha256: Mapped[str | None] = mapped_column(Text(64))
    reason: Mapped[str] = mapped_column(Text(4000), default="")
    holding_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200))
    seen: Mapped[str] = mapped_column(Text(64))
    counts: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(Moment)


class StoredComparison(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What differs between a revision and the one before it, as it was computed when the revision was cut."""

    __tablename__ = "comparison"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("before_id", "revision"),
        link("revision_id", "revision"),
        UniqueConstraint("before_id", "revision_id"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    before_id: Mapped[int] = mapped_column(Key)
    revision_id: Mapped[int] = mapped_column(Key)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    changed: Mapped[int | None]  # how many passages differ; None in rows of an older program
    created_at: Mapped[datetime] = mapped_column(Moment)


class Cited(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One item of a revision's Mengingat as it stands in the file; `regulation_key` None: not in the register."""

    __tablename__ = "citation"
    __table_args__ = tenant_of(
        link("revision_id", "revision"),
        UniqueConstraint("revision_id", "place"),
        Index("ix_citation_regulation", "institution_id", "regulation_key", "revision_id"),
    )

    revision_id: Mapped[int] = mapped_column(Key)
    place: Mapped[int]
    regulation_key: Mapped[str | None] = mapped_column(Text(80))
    text: Mapped[str] = mapped_column(Text(4000))


class Decision(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What one holding did, having seen one sha256. `counts` ends when a newer revision or a return voids it."""

    __tablename__ = "decision"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("revision_id", "revision"),
        link("holding_id", "holding"),
        link("post_id", "post"),
        UniqueConstraint("document_id", "post_id", "move", "seen"),
        check("bound", "sha256 IS NOT NULL OR move = 'withdraw'"),
        check("reason", "move NOT IN ('return', 'withdraw') OR length(reason) > 0"),
    )

    document_id: Mapped[int] = mapped_column(Key, index=True)
    revision_id: Mapped[int | None] = mapped_column(Key)
    holding_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    title: Mapped[str] = mapped_column(Text(200))
    move: Mapped[Move] = mapped_column(word(Move))
    sha256: Mapped[str | None] = mapped_column(Text(64))
    seen: Mapped[str] = mapped_column(Text(64))
    reason: Mapped[str] = mapped_column(Text(4000), default="")
    counts: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Act(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What was enacted. UU 30/2014 Pasal 58: a decree says from when and until when it is in force."""

    __tablename__ = "act"
    __table_args__ = tenant_of(
        check("period", "in_force_to IS NULL OR in_force_to >= in_force_from"),
        Index("ix_act_kind", "institution_id", "kind", "in_force_from"),
        UniqueConstraint("institution_id", "kind", "number"),
        Index("ix_act_signed", "institution_id", "signed_on", "id"),
        Index("uq_act_token", "token", unique=True),
    )

    kind: Mapped[str] = mapped_column(Text(60))
    title: Mapped[str] = mapped_column(Text(1000))
    number: Mapped[str] = mapped_column(Text(200))
    signed_on: Mapped[date]
    in_force_from: Mapped[date]
    in_force_to: Mapped[date | None]
    sha256: Mapped[str | None] = mapped_column(Text(64))
    scan_sha256: Mapped[str | None] = mapped_column(Text(64))
    binds_from: Mapped[Binding] = mapped_column(Text(20), default=Binding.SIGNING, server_default="signing")
    recorded: Mapped[bool] = mapped_column(default=False)
    issuer: Mapped[str | None] = mapped_column(Text(300))  # who made it where this government did not
    objects: Mapped[str | None] = mapped_column(Text(2000))  # what a report of others examines
    token: Mapped[str | None] = mapped_column(Text(32), default=new_token)  # what a stranger checks it by
    revoked_on: Mapped[date | None]  # the day from which a later act ended it

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds: its own end, or the day before a later act ended it; None without an end."""
        revoked = self.revoked_on and self.revoked_on - timedelta(days=1)
        return min((day for day in (self.in_force_to, revoked) if day is not None), default=None)


class Promulgation(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A Peraturan put into Berita Daerah by the Sekda; it binds from then. `sha256` is the file with its gazette."""

    __tablename__ = "promulgation"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("holding_id", "holding"),
        link("post_id", "post"),
        UniqueConstraint("act_id"),
    )

    act_id: Mapped[int] = mapped_column(Key)
    promulgated_on: Mapped[date]
    gazette_number: Mapped[str] = mapped_column(Text(120))
    in_force_from: Mapped[date]
    sha256: Mapped[str] = mapped_column(Text(64))
    holding_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    title: Mapped[str] = mapped_column(Text(200))
    seen: Mapped[str] = mapped_column(Text(64))
    at: Mapped[datetime] = mapped_column(Moment)


class OwnTemplate(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A Word template that an institution uses instead of the one shipped; the newest that is not withdrawn holds."""

    __tablename__ = "own_template"
    __table_args__ = tenant_of(Index("ix_own_template_kind", "institution_id", "kind", "id"))

    kind: Mapped[str] = mapped_column(Text(60))
    sha256: Mapped[str] = mapped_column(Text(64))
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Rendition(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A Word file on its way to a PDF: claimed with a lease, printed, marked. One row for each file and form.

    `source_sha256` is the revision's file, `word_sha256` the file that is printed: the same, or the copy made from it.
    `answer` is the key of what went wrong, or of what to know about a PDF that is there.
    """

    __tablename__ = "rendition"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        UniqueConstraint("document_id", "form", "word_sha256"),
        check("done_has_pdf", "state <> 'done' OR pdf_sha256 IS NOT NULL"),
        check("naskah_is_itself", "form <> 'naskah' OR word_sha256 = source_sha256"),
        Index("ix_rendition_due", "state", "due_at"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    form: Mapped[Form] = mapped_column(word(Form))
    source_sha256: Mapped[str] = mapped_column(Text(64))
    word_sha256: Mapped[str] = mapped_column(Text(64))
    pdf_sha256: Mapped[str | None] = mapped_column(Text(64))
    state: Mapped[Doing] = mapped_column(word(Doing), default=Doing.WAITING)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(Text(400), default="")
