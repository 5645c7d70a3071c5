"""Commenting: a reader of a revision says what is wrong with a part of it; the initiating unit answers, once."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents import commented, under_way
from governance.documents.brief import Brief
from governance.documents.commented import Commentable
from governance.documents.comments import SectionComment
from governance.documents.dating import dated
from governance.documents.lifecycle import State
from governance.documents.models import Document, Revision
from governance.documents.reading import read_document
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, OutOfOrder, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter
from governance.people.queries import facts_of
from governance.trail.record import record
from workflows.bells import ring
from workflows.drafting import initiators
from workflows.library import Library

TEXT_LIMIT = 4000
ANSWERABLE = (State.DRAFT, State.IN_REVIEW)


@dataclass(frozen=True)
class Said:
    """A comment on the part at `place` of the revision that `seen` marks."""

    document_id: int
    seen: str
    place: str
    text: str


@dataclass(frozen=True)
class Answered:
    """The initiating unit's answer to a comment."""

    document_id: int
    comment_id: int
    text: str


def comment(said: Said, *, by: Actor, now: datetime, library: Library) -> int:
    """Write a comment down; whoever may read the document may do so while it is in review. Returns its id.

    The same words of the same post on the same part of the same revision are one comment, however often they come.
    """
    with transaction() as after_commit:
        document = under_way.for_change(said.document_id, by)
        if document.state is not State.IN_REVIEW:
            raise OutOfOrder(document.state, "comment")
        under_way.require_seen(document, said.seen)
        revision = under_way.revision_of(document)
        assert revision is not None  # CHECK reviewed_has_revision
        part = _part(said.place, document, library, day_in(by.timezone, now))
        text = _required(said.text)
        there = _there(revision, by, part, text)
        if there is not None:
            return there
        row = _row(document, revision, part, by)
        row.text, row.at = text, now
        db.session.add(row)
        db.session.flush()
        record("document.commented", by=by, about=("document", document.id), at=now, part=part.label, text=text[:200])
        leave(
            set(initiators(document)) - {by.post_id or 0},
            "document.commented",
            by=by,
            at=now,
            cause=f"document.commented:{row.id}",
            document_id=document.id,
            params={"title": document.title[:300], "by": by.title, "part": part.label, "text": text[:200]},
        )
        after_commit(ring("notices.deliver"))
        return row.id


def answer(answered: Answered, *, by: Actor, now: datetime) -> None:
    """Answer a comment: once, and for good."""
    with transaction():
        document = under_way.for_change(answered.document_id, by)
        permissions.require(by, Act.EDIT, Matter(initiating_unit_id=document.initiating_unit_id))
        rows = within(by.institution_id, SectionComment).where(
            SectionComment.document_id == document.id, SectionComment.id == answered.comment_id
        )
        row: SectionComment | None = db.session.scalar(rows)
        if row is None:
            raise NotFound
        text = _required(answered.text)
        if row.answered_at is not None:
            if row.answer == text:
                return
            raise Refusal("comment.answered", part=row.label)
        if document.state not in ANSWERABLE:
            raise OutOfOrder(document.state, "answer")
        row.answer, row.answered_by, row.answered_at = text, by.title, now
        row.answered_holding_id = by.holding_id
        record(
            "document.comment_answered",
            by=by,
            about=("document", document.id),
            at=now,
            part=row.label,
            text=text[:200],
        )


def _part(place: str, document: Document, library: Library, today: date) -> Commentable:
    """The part that is meant, of the very file that is decided on."""
    kind, revision = library.kind(document.kind), under_way.revision_of(document)
    assert revision is not None  # CHECK reviewed_has_revision
    on = dated(revision.fields, today)
    law = library.law_of(document.institution_id)
    brief = Brief.of(kind, revision.fields, facts_of(document.institution_id), law, on)
    parts = commented.commentable(brief, read_document(library.files.read(revision.sha256)))
    found = next((part for part in parts if part.place == place), None)
    if found is None:
        raise Invalid(Problem("place", "comment.unknown_place" if place else "comment.place_missing"))
    return found


def _required(text: str) -> str:
    text = text.strip()
    problems = [*unprintable("text", text)]
    if not text:
        problems.append(Problem("text", "comment.text_missing"))
    if len(text) > TEXT_LIMIT:
        problems.append(Problem("text", "draft.too_long", {"limit": TEXT_LIMIT, "length": len(text)}))
    if problems:
        raise Invalid(*problems)
    return text


def _there(revision: Revision, by: Actor, part: Commentable, text: str) -> int | None:
    rows = within(by.institution_id, SectionComment, SectionComment.id).where(
        SectionComment.revision_id == revision.id,
        SectionComment.post_id == by.post_id,
        SectionComment.place == part.place,
        SectionComment.text == text,
    )
    found: int | None = db.session.scalar(rows)
    return found


def _row(document: Document, revision: Revision, part: Commentable, by: Actor) -> SectionComment:
    return SectionComment(
        institution_id=document.institution_id,
        document_id=document.id,
        revision_id=revision.id,
        place=part.place,
        label=part.label,
        section=part.section,
        holding_id=by.holding_id,
        post_id=by.post_id,
        by_title=by.title,
        answer="",
        answered_by="",
    )
