"""The terms of steps: a post is warned one working day before, its superior and the initiator are told after."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select

from governance.documents.laying import Offices, offices_of
from governance.documents.models import Document, Waiting
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.notices.leaving import leave
from governance.people.actors import Actor, system
from governance.people.models import Institution, Post, Unit
from governance.people.queries import short_title
from governance.trail.record import record
from workflows.bells import ring

MOST = 500  # turns in one transaction; whatever is left is found by the next


def scan(*, now: datetime) -> int:
    """Warn and escalate what is due in each institution's local day, each once; returns how many turns were told of.

    Asks what is passed and not yet told, so an outage heals itself: after one that was longer than the term, only
    that it is late is told.
    """
    told = scanned = _scan(now)
    while scanned == MOST:
        scanned = _scan(now)
        told += scanned
    return told


def _scan(now: datetime) -> int:
    """At most so many turns in one transaction; returns how many were told of."""
    with transaction() as after_commit:
        zones = db.session.execute(select(Institution.id, Institution.timezone)).all()
        told = 0
        for zone, group in groupby(sorted(zones, key=lambda one: one.timezone), key=lambda one: one.timezone):
            rows = _due([one.id for one in group], day_in(zone, now), MOST - told)
            for institution_id, turns in groupby(rows, key=lambda one: one.Waiting.institution_id):
                told += _tell(list(turns), system(institution_id, zone), now)
        after_commit(ring("notices.deliver"))
        return told


def _due(institution_ids: Sequence[int], today: date, limit: int) -> Sequence[Any]:
    """The turns whose warning or whose end has come and was not told yet, with their document and post."""
    rows = (
        select(Waiting, Document, Post, Unit)
        .join(Document, Document.id == Waiting.document_id)
        .join(Post, Post.id == Waiting.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Waiting.institution_id.in_(institution_ids), Waiting.warn_on <= today)
        .where(or_(Waiting.warned_at.is_(None), (Waiting.due_on < today) & Waiting.escalated_at.is_(None)))
        .order_by(Waiting.institution_id, Waiting.id)
        .limit(limit)
        .with_for_update(of=Waiting)
    )
    return db.session.execute(rows).all()


def _tell(turns: Sequence[Any], by: Actor, now: datetime) -> int:
    """Tell the turns of one institution."""
    offices, today = offices_of(by.institution_id), day_in(by.timezone, now)
    late = 0
    for waiting, document, post, unit in turns:
        is_late = waiting.due_on < today
        late += is_late
        posts = _escalated(document, post, offices) if is_late else {post.id}
        leave(
            posts,
            "step.late" if is_late else "step.due",
            by=by,
            at=now,
            cause=f"step.{'late' if is_late else 'due'}:{waiting.id}",
            document_id=document.id,
            params={
                "title": document.title[:300],
                "post": short_title(post, unit),
                "due_on": waiting.due_on.isoformat(),
            },
        )
        waiting.warned_at = waiting.warned_at or now
        waiting.escalated_at = now if is_late else None
    what = {"warned": len(turns) - late, "late": late}
    record("steps.reminded", by=by, about=("institution", by.institution_id), at=now, **what)
    return len(turns)


def _escalated(document: Document, post: Post, offices: Offices) -> set[int]:
    """The post, the one above it, and the head of the unit that initiated."""
    others = (offices.superior_of(post), offices.head_of(document.initiating_unit_id))
    return {post.id, *(one.id for one in others if one is not None)}
