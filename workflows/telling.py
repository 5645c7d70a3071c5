"""Telling those on a document's route what happened to it: each once, with the way to the very thing."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func

from governance.documents import under_way
from governance.documents.lifecycle import Move
from governance.documents.models import Decision, Document, Revision
from governance.documents.step_models import StepChange
from governance.kernel.db import db, within
from governance.notices.leaving import leave
from governance.people.actors import Actor
from workflows.drafting import initiators


def tell(document: Document, posts: Collection[int], key: str, by: Actor, now: datetime, **params: str) -> None:
    """Tell these posts; the same happening is told once, however often a verb is repeated."""
    leave(
        posts,
        key,
        by=by,
        at=now,
        cause=f"{key}:{document.id}:{document.revision_number}:{_happened(document)}",
        document_id=document.id,
        params={"title": document.title[:300], "by": by.title, **params},
    )


def void_and_tell(document: Document, key: str, by: Actor, now: datetime, reason: str, *others: int) -> None:
    """End every decision that counts; tell those who made them, the initiator, and these others."""
    decided = under_way.void_decisions(document)
    posts = ({*decided, *initiators(document), *others}) - {by.post_id or 0}
    tell(document, list(posts), key, by, now, reason=reason[:200], **_compared(document))


def tell_revised(document: Document, by: Actor, now: datetime) -> None:
    """Tell whoever decided on an earlier revision, and is not asked at once, that a new one has taken its place."""
    rows = within(document.institution_id, Decision, Decision.post_id).join(
        Revision, Revision.id == Decision.revision_id
    )
    earlier = rows.where(
        Decision.document_id == document.id,
        Decision.move.in_([Move.INITIAL, Move.APPROVE]),
        Revision.number < document.revision_number,
    )
    posts = set(db.session.scalars(earlier)) - set(under_way.asked_of(document)) - {by.post_id}
    tell(document, posts, "document.revised", by, now, **_compared(document))


def tell_form_corrected(document: Document, by: Actor, now: datetime, note: str) -> None:
    """Tell those whose initials still count, and the initiator, that only the form was corrected."""
    posts = {one.post_id for one in under_way.made_on(document)} | set(initiators(document))
    told = {"reason": note.strip()[:200] or "–", **_compared(document)}
    tell(document, posts - {by.post_id}, "document.form_corrected", by, now, **told)


def _compared(document: Document) -> dict[str, str]:
    """The revision that a notice leads to the comparison of; none before there are two."""
    number = document.revision_number or 0
    return {"revision": str(number)} if number > 1 else {}


def _happened(document: Document) -> int:
    """How much has happened to a document: decisions and changes of its route."""
    return sum(
        db.session.scalar(within(document.institution_id, model, func.count()).where(model.document_id == document.id))
        or 0
        for model in (Decision, StepChange)
    )
