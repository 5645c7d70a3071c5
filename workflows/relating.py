"""Relations between acts, recorded by Bagian Hukum after the enactment, and taken back where they are mistaken."""

from datetime import datetime

from governance.documents import relating, under_way
from governance.documents.act_models import ActRelation
from governance.documents.lifecycle import State
from governance.documents.models import Act, Document
from governance.documents.relating import Wish
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.trail.record import record
from workflows.bells import ring

REASON_LIMIT = 4000
RELATED = {"key": "because.act_revoked", "params": {}}


def relate(document_id: int, wish: Wish, *, by: Actor, now: datetime) -> None:
    """Record what the act of a document does to another, as its text says."""
    with transaction() as after_commit:
        document = under_way.for_change(document_id, by)
        permissions.require(by, permissions.Act.RELATE)
        if document.state is not State.ENACTED or document.act_id is None:
            raise Refusal("relation.not_enacted")
        act = one_within(by.institution_id, Act, document.act_id)
        row = relating.write_down(act, wish, by=by, at=now)
        timetable_changed(f"act_relation:{row.id}:entered", by=by, at=now, because=RELATED)
        record(
            "act.related",
            by=by,
            about=("document", document.id),
            at=now,
            relation=row.relation.value,
            other=row.other_title[:300],
            other_act=row.other_id,
            since=row.since.isoformat() if row.since else None,
        )
        after_commit(ring("jobs.run"))


def withdraw(relation_id: int, reason: str, *, by: Actor, now: datetime) -> int:
    """Take a mistaken relation back, with a reason; the row stays, and an act that it ended holds again.

    Returns the document of the act that was said to do it.
    """
    with transaction() as after_commit:
        document = under_way.for_change(_document_id(relation_id, by), by)
        permissions.require(by, permissions.Act.RELATE)
        row = db.session.scalars(
            within(by.institution_id, ActRelation).where(ActRelation.id == relation_id).with_for_update()
        ).one()
        if row.withdrawn_at is not None:
            raise Refusal("relation.withdrawn")
        relating.take_back(row, _reason(reason), by=by, at=now)
        timetable_changed(f"act_relation:{row.id}:withdrawn", by=by, at=now, because=RELATED)
        record(
            "act.relation_withdrawn",
            by=by,
            about=("document", document.id),
            at=now,
            relation=row.relation.value,
            other=row.other_title[:300],
            other_act=row.other_id,
            reason=row.withdrawn_reason,
        )
        after_commit(ring("jobs.run"))
        return document.id


def _document_id(relation_id: int, by: Actor) -> int:
    rows = (
        within(by.institution_id, ActRelation, Document.id)
        .select_from(ActRelation)
        .join(Document, Document.act_id == ActRelation.act_id)
    )
    found: int | None = db.session.scalar(rows.where(ActRelation.id == relation_id))
    if found is None:
        raise NotFound
    return found


def _reason(reason: str) -> str:
    problems = unprintable("reason", reason)
    if not reason.strip():
        problems.append(Problem("reason", "relation.reason_missing"))
    if len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "decision.reason_long", {"limit": REASON_LIMIT}))
    if problems:
        raise Invalid(*problems)
    return reason.strip()
