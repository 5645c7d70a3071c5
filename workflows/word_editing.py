"""Editing a draft in Word: taken in hand for a while, handed in as a file that stands, read back into its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from governance.documents import citing, drafting, handed_in, under_way
from governance.documents.dating import dated
from governance.documents.editing import checked_out
from governance.documents.lifecycle import State
from governance.documents.models import CheckOut, Document, Origin, WorkingCopy
from governance.documents.origin import Origin as FileOrigin
from governance.documents.origin import document_mark
from governance.documents.revisions import leave_comparison
from governance.documents.round_trip import ReadBack, read_back
from governance.documents.text import DocumentText
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, OutOfOrder, Problem, Refusal, Stale
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter
from governance.people.queries import facts_of
from governance.trail.record import record
from workflows.bells import ring
from workflows.drafting import title_of
from workflows.library import Library

IN_HAND = timedelta(hours=24)


@dataclass(frozen=True)
class HandedIn:
    """An edited Word file, on the version of the working copy that its page showed.

    `anyway`: the person has seen that others saved meanwhile, or that the file names another document, and means it.
    """

    document_id: int
    version: int
    data: bytes
    anyway: bool = False


def check_out(document_id: int, *, by: Actor, now: datetime, take_over: bool = False) -> datetime:
    """Say that one edits the draft in Word; returns until when. It warns others and keeps nobody out.

    Refused while another has it in hand, unless `take_over`: then he is told.
    """
    with transaction() as after_commit:
        document, copy = _draft(document_id, by)
        other = checked_out(document.institution_id, document.id, now)
        if other is not None and other.person_id == by.person_id:
            return other.until
        if other is not None and not take_over:
            raise Refusal("word.in_hand", title=other.title, until=other.until.isoformat())
        _end(document, now)
        db.session.add(_taken(document, copy, by, now))
        if other is not None:
            _tell_taken_over(document, other, by, now)
        record("document.checked_out", by=by, about=("document", document.id), at=now, version=copy.version)
        after_commit(ring("notices.deliver"))
        return now + IN_HAND


def release(document_id: int, *, by: Actor, now: datetime) -> None:
    """Give the draft back without a file; a second time changes nothing."""
    with transaction():
        document, _copy = _draft(document_id, by)
        other = checked_out(document.institution_id, document.id, now)
        if other is not None and other.person_id == by.person_id:
            _end(document, now)
            record("document.released", by=by, about=("document", document.id), at=now)


def take_in(handed: HandedIn, *, by: Actor, now: datetime, library: Library) -> ReadBack:
    """Let an edited Word file stand for the draft: a new revision, fields read back, hand edits kept in the file."""
    opened = handed_in.opened(handed.data)
    with transaction():
        document, copy = _draft(handed.document_id, by)
        file = opened.required(promulgated=library.is_promulgated(document.kind))
        _require_ours(document, copy, handed, file.origin)
        on = dated(copy.fields, day_in(by.timezone, now))
        back = _read(document, copy, file.text, on, library)
        if handed.anyway:
            _keep_what_was(document, copy, on, now, library)
        sha256 = library.files.keep(handed.data)
        before, law = under_way.revision_of(document), library.law_of(document.institution_id)
        revision = under_way.cut(
            document,
            Origin.CORRECTED,
            sha256=sha256,
            fields=dict(back.fields),
            at=now,
            source_sha256=before.sha256 if before else None,
            template_sha256=before.template_sha256 if before else "",
            law_release=law.release,
        )
        leave_comparison(revision, by=by, at=now)
        citing.keep_read(revision, handed.data, law)
        _put(document, copy, back.fields, sha256, library)
        copy.saved_at, copy.saved_by_id, document.changed_at = now, by.person_id, now
        _end(document, now)
        record(
            "document.taken_in",
            by=by,
            about=("document", document.id),
            at=now,
            sha256=sha256,
            fields=", ".join(back.changed),
            by_hand=len(back.by_hand),
        )
        return back


def compose_anew(document_id: int, version: int, *, by: Actor, now: datetime, library: Library) -> int:
    """Let the fields stand again instead of the uploaded file, which stays as a revision; returns the new version."""
    with transaction():
        document, copy = _draft(document_id, by)
        if copy.version != version:
            raise Stale((f"saved:{copy.version}:{copy.saved_at.isoformat()}",), document_id=document.id)
        if copy.file_sha256 is not None:
            _put(document, copy, copy.fields, None, library)
            copy.saved_at, copy.saved_by_id, document.changed_at = now, by.person_id, now
            record("document.composed_anew", by=by, about=("document", document.id), at=now)
        return copy.version


def _draft(document_id: int, by: Actor) -> tuple[Document, WorkingCopy]:
    document = under_way.for_change(document_id, by)
    permissions.require(by, Act.EDIT, Matter(initiating_unit_id=document.initiating_unit_id))
    copy = under_way.copy_of(document)
    if document.state is not State.DRAFT or copy is None:
        raise OutOfOrder(document.state, "edit")
    return document, copy


def _taken(document: Document, copy: WorkingCopy, by: Actor, now: datetime) -> CheckOut:
    return CheckOut(
        institution_id=document.institution_id,
        document_id=document.id,
        person_id=by.person_id,
        post_id=by.post_id,
        title=by.title,
        version=copy.version,
        taken_at=now,
        until=now + IN_HAND,
    )


def _end(document: Document, now: datetime) -> None:
    mine = (CheckOut.institution_id == document.institution_id) & (CheckOut.document_id == document.id)
    db.session.execute(update(CheckOut).where(mine, CheckOut.ended_at.is_(None)).values(ended_at=now))


def _tell_taken_over(document: Document, other: CheckOut, by: Actor, now: datetime) -> None:
    leave(
        {other.post_id} - {by.post_id or 0},
        "document.taken_over",
        by=by,
        at=now,
        cause=f"document.taken_over:{other.id}",
        document_id=document.id,
        params={"title": document.title[:300], "by": by.title},
    )


def _require_ours(document: Document, copy: WorkingCopy, handed: HandedIn, origin: FileOrigin | None) -> None:
    """The file must be this document's, made from the working copy as it stands; or the person has said `anyway`."""
    if handed.anyway:
        return
    if origin is not None and origin.document != document_mark(document.id):
        raise Invalid(Problem("file", "word.other_document"))
    version = min(handed.version, origin.revision) if origin is not None else handed.version
    if version != copy.version:
        raise Stale((f"saved:{copy.version}:{copy.saved_at.isoformat()}",), document_id=document.id)


def _read(document: Document, copy: WorkingCopy, text: DocumentText, on: date, library: Library) -> ReadBack:
    kind, facts = library.kind(document.kind), facts_of(document.institution_id)
    law = library.law_of(document.institution_id)

    def composer(fields: Mapping[str, Any]) -> DocumentText:
        return drafting.compose(kind, fields, institution=facts, law=law, on=on)

    return read_back(kind, copy.fields, text, composer, {post.title: post.key for post in facts.posts})


def _keep_what_was(document: Document, copy: WorkingCopy, on: date, now: datetime, library: Library) -> None:
    """What others saved meanwhile becomes a revision before the file takes its place: nothing is lost."""
    if copy.file_sha256 is not None:
        return
    kind, facts = library.kind(document.kind), facts_of(document.institution_id)
    law = library.law_of(document.institution_id)
    text = drafting.compose(kind, copy.fields, institution=facts, law=law, on=on)
    data, template = library.render(document.institution_id, kind.key, text)
    revision = under_way.cut(
        document,
        Origin.CORRECTED,
        sha256=library.files.keep(data),
        fields=dict(copy.fields),
        at=now,
        template_sha256=template,
        law_release=law.release,
    )
    citing.keep(revision, text.citations)


def _put(
    document: Document, copy: WorkingCopy, fields: Mapping[str, Any], sha256: str | None, library: Library
) -> None:
    copy.fields, copy.file_sha256, copy.version = dict(fields), sha256, copy.version + 1
    document.title = title_of(library.kind(document.kind), fields)
