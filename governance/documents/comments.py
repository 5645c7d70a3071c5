"""Comments by section: what readers of a revision say about its parts, and what the initiating unit answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from governance.documents.models import Revision
from governance.kernel.db import Key, Moment, Tenant, Text, check, db, link, tenant_of, within
from governance.people.actors import Actor


class SectionComment(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a reader of a revision says about one part of it; the initiating unit answers once."""

    __tablename__ = "section_comment"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("revision_id", "revision"),
        link("holding_id", "holding"),
        link("post_id", "post"),
        link("answered_holding_id", "holding"),
        check("said", "length(text) > 0"),
        check("answered_whole", "(length(answer) > 0) = (answered_at IS NOT NULL)"),
        check("answered_by_holding", "(answered_at IS NULL) = (answered_holding_id IS NULL)"),
        Index("ix_section_comment_document", "institution_id", "document_id", "id"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    revision_id: Mapped[int] = mapped_column(Key)
    place: Mapped[str] = mapped_column(Text(60))  # of the document's text, or "form.SECTION"
    label: Mapped[str] = mapped_column(Text(200))  # what the place was called: "Menimbang", "KEDUA", "LAMPIRAN I"
    section: Mapped[str] = mapped_column(Text(60))  # of the form, where it is answered
    text: Mapped[str] = mapped_column(Text(4000))
    holding_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text(4000), default="")
    answered_holding_id: Mapped[int | None] = mapped_column(Key)
    answered_by: Mapped[str] = mapped_column(Text(200), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True)
class Comment:
    """A comment as a page or the API shows it, with the number of the revision it was made on."""

    id: int
    revision: int
    place: str
    label: str
    section: str
    text: str
    by: str
    post_id: int
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.answered_at is None


def comments_on(actor: Actor, document_id: int) -> list[Comment]:
    """Every comment on a document that the actor may read (the caller has made sure), oldest first."""
    rows = (
        within(actor.institution_id, SectionComment, SectionComment, Revision.number)
        .join(Revision, Revision.id == SectionComment.revision_id)
        .where(SectionComment.document_id == document_id)
        .order_by(SectionComment.id)
    )
    return [_shown(row, number) for row, number in db.session.execute(rows)]


def open_comments(institution_id: int, document_id: int) -> Sequence[SectionComment]:
    """The comments on a document that nobody has answered, oldest first."""
    rows = within(institution_id, SectionComment).where(
        SectionComment.document_id == document_id, SectionComment.answered_at.is_(None)
    )
    return db.session.scalars(rows.order_by(SectionComment.id)).all()


def by_section(comments: Iterable[Comment]) -> dict[str, list[Comment]]:
    """The comments under the form's section they belong to."""
    found: dict[str, list[Comment]] = {}
    for comment in comments:
        found.setdefault(comment.section, []).append(comment)
    return found


def _shown(row: SectionComment, number: int) -> Comment:
    return Comment(
        id=row.id,
        revision=number,
        place=row.place,
        label=row.label,
        section=row.section,
        text=row.text,
        by=row.by_title,
        post_id=row.post_id,
        at=row.at,
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )
