"""Tasking: what an act asks of each unit is handed out."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.calendar.calendars import calendar_of
from governance.documents import drafting, under_way
from governance.documents.dating import dated
from governance.documents.models import Act, Document
from governance.documents.text import DocumentText
from governance.kernel.db import db, transaction, within
from governance.notices.leaving import leave, leave_job
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.queries import facts_of
from governance.tasks.models import Assignment, Source
from governance.trail.record import record
from workflows.asking import give
from workflows.bells import ring
from workflows.library import Library


@dataclass(frozen=True)
class DueTask:
    """What each unit is asked, with the day it is due: working days counted from the day of signing."""

    place: str
    what: str
    due_on: date
    given_at: datetime


def hand_out(document_id: int, *, by: Actor, now: datetime, library: Library) -> int:
    """Give each unit named in an enacted decree its part; returns how many tasks stand. Doing it twice adds nothing."""
    with transaction() as after_commit:
        document, act = under_way.enacted_for_change(document_id, by)
        text = text_of(document, act, library)
        if text is None:
            return 0
        posts = _member_posts(text, by)
        calendar = calendar_of(by.institution_id, library.law.holidays)
        for task in text.unit_tasks:
            due_on = calendar.working_days_after(act.signed_on, task.working_days)
            _give(document, act, DueTask(task.dictum, task.what[:2000], due_on, now), posts, by)
        leave_job("delivering.lay_out", key=f"document:{document.id}", by=by, at=now, document_id=document.id)
        record("task.handed_out", by=by, about=("document", document.id), at=now, units=len(posts))
        after_commit(ring("notices.deliver", "jobs.run"))
        return len(posts) * len(text.unit_tasks)


def text_of(document: Document, act: Act, library: Library) -> DocumentText | None:
    """What an enacted decree says, composed from its fields; None where it was only recorded."""
    revision = under_way.revision_of(document)
    if revision is None or revision.template_sha256 == "":
        return None
    on, law = dated(revision.fields, act.signed_on), library.law_of(document.institution_id)
    facts = facts_of(document.institution_id)
    return drafting.compose(library.kind(document.kind), revision.fields, institution=facts, law=law, on=on)


def _member_posts(text: DocumentText, by: Actor) -> dict[int, int]:
    """The posts of the team that are asked, each with its unit; one post per unit."""
    keys = [member.post for member in text.member_posts if member.role == "anggota" and member.post]
    rows = within(by.institution_id, Post, Post.unit_id, Post.id).where(Post.key.in_(keys)).order_by(Post.id.desc())
    return dict(db.session.execute(rows).all())


def _give(document: Document, act: Act, task: DueTask, posts: dict[int, int], by: Actor) -> None:
    if not posts:
        return
    asked = _assignment(document, task)
    give(asked, list(posts), at=task.given_at)
    leave(
        list(posts.values()),
        "task.given",
        by=by,
        at=task.given_at,
        cause=f"task.given:{document.id}:{task.place}",
        document_id=document.id,
        params={
            "title": document.title[:300],
            "number": act.number,
            "place": task.place,
            "what": task.what[:300],
            "due_on": task.due_on.isoformat(),
        },
    )


def _assignment(document: Document, task: DueTask) -> Assignment:
    """The dictum as something that is asked, once."""
    rows = within(document.institution_id, Assignment).where(
        Assignment.document_id == document.id, Assignment.place == task.place
    )
    found: Assignment | None = db.session.scalar(rows)
    if found is not None:
        return found
    row = Assignment(institution_id=document.institution_id, source=Source.DICTUM, document_id=document.id)
    row.place, row.what, row.due_on = task.place, task.what, task.due_on
    row.unit_id, row.created_at = document.initiating_unit_id, task.given_at
    db.session.add(row)
    db.session.flush()
    return row
