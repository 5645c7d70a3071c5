"""Publication: an act shown to everyone, withdrawn with a reason, and what Bagian Hukum says of it for the network."""

from dataclasses import dataclass, fields
from datetime import datetime

from governance.documents import queries, under_way
from governance.documents.models import Document
from governance.documents.publication_models import Publication, PublicationDetail
from governance.documents.publishable import details_of, last_of, ready
from governance.documents.publishing import LIMITS, Details, PublicFile, obstacle
from governance.documents.seen import Seen
from governance.documents.values import cleaned_text
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, OutOfOrder, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.approval import followers
from workflows.bells import ring
from workflows.library import Library

LONGEST_REASON = 1000


@dataclass(frozen=True)
class Withdrawal:
    """Why an act is no longer shown; strangers read the reason on its page."""

    document_id: int
    reason: str


def publish(document_id: int, *, seen: str, by: Actor, now: datetime, library: Library) -> None:
    """Show an act to everyone: the PDF that was looked at (`seen`, its sha256), of the very file that was enacted.

    Published already with that file: nothing new. UU 12/2011 Pasal 88-89 ask that legal products be made known;
    Permenkumham 8/2019 says what is told of them.
    """
    with transaction() as after_commit:
        permissions.require(by, Act.PUBLISH)
        row = under_way.for_change(document_id, by)
        document = queries.document(by, document_id, day_in(by.timezone, now))
        file = _publishable(document, by, library)
        assert document.act is not None  # `obstacle` refuses what is not enacted
        last = last_of(by, document.act.id)
        if last is not None and last.withdrawn_at is None:
            if last.sha256 == file.sha256:
                return
            raise Refusal("publish.already")
        if seen != file.sha256:
            raise Stale((f"publication:{file.sha256[:12]}",))
        db.session.add(_row(document.act.id, file, len(library.files.read(file.sha256)), by, now))
        _tell(row, document, "act.published", by, now)
        record(
            "act.published",
            by=by,
            about=("document", document.id),
            at=now,
            sha256=file.sha256,
            source=file.source_sha256,
            signed=file.signed,
        )
        after_commit(ring("notices.deliver"))


def withdraw(asked: Withdrawal, *, by: Actor, now: datetime) -> None:
    """Take an act off the public pages; its page then says when and why. A second time changes nothing."""
    with transaction() as after_commit:
        permissions.require(by, Act.PUBLISH)
        row = under_way.for_change(asked.document_id, by)
        document = queries.document(by, asked.document_id, day_in(by.timezone, now))
        reason = _reason(asked.reason)
        last = last_of(by, document.act.id) if document.act else None
        if last is None:
            raise OutOfOrder(document.state, "unpublish")
        if last.withdrawn_at is not None:
            return
        last.withdrawn_at, last.withdrawn_on = now, day_in(by.timezone, now)
        last.withdrawn_by, last.reason = by.title, reason
        _tell(row, document, "act.unpublished", by, now, reason=reason[:300])
        record("act.unpublished", by=by, about=("document", document.id), at=now, reason=reason, sha256=last.sha256)
        after_commit(ring("notices.deliver"))


def complete(document_id: int, details: Details, *, by: Actor, now: datetime, library: Library) -> int:
    """Save what Bagian Hukum says of an act as a new version; returns that version. What changed nothing is not saved.

    `details.version` is the version that was looked at: Stale where somebody saved another meanwhile.
    """
    with transaction():
        permissions.require(by, Act.PUBLISH)
        under_way.for_change(document_id, by)
        document = queries.document(by, document_id, day_in(by.timezone, now))
        key = obstacle(document, document.kind in library.citing_kinds)
        if key and key != "publish.not_promulgated":  # Its abstract may be written while the gazette is waited for.
            raise Refusal(key)
        assert document.act is not None  # `obstacle` refuses what is not enacted
        given = _cleaned(details)
        present = details_of(by, document.act.id)
        if present.version != given.version:
            raise Stale((f"details:{present.version}",))
        if present == given:
            return present.version
        row = PublicationDetail(institution_id=by.institution_id, act_id=document.act.id, by_title=by.title, at=now)
        for name in LIMITS:
            setattr(row, name, getattr(given, name))
        row.version = present.version + 1
        db.session.add(row)
        changed = [name for name in LIMITS if getattr(given, name) != getattr(present, name)]
        record(
            "act.described",
            by=by,
            about=("document", document.id),
            at=now,
            version=row.version,
            changed=sorted(changed),
        )
        return row.version


def _publishable(document: Seen, by: Actor, library: Library) -> PublicFile:
    if key := obstacle(document, document.kind in library.citing_kinds):
        raise Refusal(key)
    file = ready(by, document).file
    if file is None:
        raise Refusal("publish.no_file")
    return file


def _row(act_id: int, file: PublicFile, size: int, by: Actor, now: datetime) -> Publication:
    return Publication(
        institution_id=by.institution_id,
        act_id=act_id,
        sha256=file.sha256,
        source_sha256=file.source_sha256,
        size=size,
        published_on=day_in(by.timezone, now),
        published_at=now,
        holding_id=by.holding_id,
        by_title=by.title,
        withdrawn_by="",
        reason="",
    )


def _reason(typed: str) -> str:
    reason = cleaned_text(typed)
    if not reason:
        raise Invalid(Problem("reason", "unpublish.reason_missing"))
    if len(reason) > LONGEST_REASON:
        raise Invalid(Problem("reason", "draft.too_long", {"limit": LONGEST_REASON, "length": len(reason)}))
    if problems := unprintable("reason", reason):
        raise Invalid(*problems)
    return reason


def _cleaned(details: Details) -> Details:
    """The texts as they are stored; Invalid where one is too long or cannot be shown."""
    texts = {one.name: getattr(details, one.name) for one in fields(details) if one.name in LIMITS}
    texts = {name: cleaned_text(text) for name, text in texts.items()}
    problems = []
    for name, text in texts.items():
        problems += unprintable(name, text)
        if len(text) > LIMITS[name]:
            problems.append(Problem(name, "draft.too_long", {"limit": LIMITS[name], "length": len(text)}))
    if problems:
        raise Invalid(*problems)
    return Details(**texts, version=details.version)


def _tell(row: Document, document: Seen, key: str, by: Actor, now: datetime, **params: str) -> None:
    """Tell the initiating unit's head and everyone on the route."""
    leave(
        followers(row) - {by.post_id or 0},
        key,
        by=by,
        at=now,
        cause=f"{key}:{document.id}:{now.isoformat()}",
        document_id=document.id,
        params={"title": document.title[:300], "number": document.number or "", **params},
    )
