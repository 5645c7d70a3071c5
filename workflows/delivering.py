"""Delivery: whom a decree names is laid out with the last day, and the act's obligation follows the receipts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from governance.calendar.calendars import calendar_of
from governance.documents import drafting, under_way
from governance.documents.dating import dated
from governance.documents.delivering import DEADLINE, Named, Term, named_in, term
from governance.documents.delivery_models import Delivery
from governance.documents.models import Act, Document, Secrecy
from governance.kernel.db import db, insert_new, transaction, within
from governance.mandates.rules import Deadline
from governance.notices.leaving import leave, leave_job
from governance.obligations.delivery import FAMILY, STAGE, key_of
from governance.obligations.models import Fulfilment, Obligation
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.queries import facts_of
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library


def lay_out(document_id: int, *, by: Actor, now: datetime, library: Library) -> int:
    """One row for each recipient an enacted decree names, with the last day; returns how many there are.

    UU 30/2014 Pasal 61-62. What was only recorded, a Peraturan and a paper have none. Doing it twice adds nothing.
    """
    with transaction() as after_commit:
        document, act = under_way.enacted_for_change(document_id, by)
        named = _named(document, act, by, library)
        if not named:
            return 0
        last = _term(act, len(named), library)
        posts = _posts(by, [one.post for one in named if one.post])
        if not _add(document, act, (named, posts), last, now):
            return len(named)
        _tell(document, act, last, by, now)
        leave_job("delivering.follow", key=f"document:{document.id}", by=by, at=now, document_id=document.id)
        record(
            "delivery.laid_out",
            by=by,
            about=("document", document.id),
            at=now,
            recipients=len(named),
            due_on=last.due_on.isoformat(),
        )
        after_commit(ring("jobs.run", "notices.deliver"))
        return len(named)


def follow(document_id: int, *, by: Actor, now: datetime, library: Library) -> None:
    """Let the act's one obligation say what its deliveries say: until when, why then, and whether all were received."""
    with transaction():
        document, act = under_way.enacted_for_change(document_id, by)
        rows = within(by.institution_id, Delivery, Delivery.due_on, Delivery.received_on)
        found = db.session.execute(rows.where(Delivery.act_id == act.id)).all()
        if not found:
            return
        last, deadline = _term(act, len(found), library), library.law.deadlines[DEADLINE]
        obligation = _obligation(document, act, last, deadline, now)
        _follow_calendar(obligation, act, document, last, now)
        days = [row.received_on for row in found]
        if obligation.fulfilment is not Fulfilment.OPEN or None in days:
            return
        obligation.fulfilment, obligation.met_on = Fulfilment.MET, max(days)
        obligation.met_by = f"{len(days)} tanda terima"
        obligation.version, obligation.changed_at = obligation.version + 1, now
        record("delivery.completed", by=by, about=("document", document.id), at=now, count=len(days))


def _named(document: Document, act: Act, by: Actor, library: Library) -> tuple[Named, ...]:
    """Whom the sealed revision names; the post that set the decree needs it brought no more."""
    revision = under_way.revision_of(document)
    if act.recorded or revision is None or document.kind not in library.kinds:
        return ()
    kind, facts = library.kind(document.kind), facts_of(by.institution_id)
    on = dated(revision.fields, act.signed_on)
    text = drafting.compose(kind, revision.fields, institution=facts, law=library.law_of(by.institution_id), on=on)
    setter = facts.post_of(kind.establishes)
    return named_in(text, {setter.key} if setter else ())


def _term(act: Act, recipients: int, library: Library) -> Term:
    calendar = calendar_of(act.institution_id, library.law.holidays)
    return term(act.signed_on, recipients, library.law.deadlines[DEADLINE], calendar)


def _posts(by: Actor, keys: Sequence[str]) -> dict[str, tuple[int, int]]:
    """(post id, unit id) of each of these posts."""
    rows = within(by.institution_id, Post, Post.key, Post.id, Post.unit_id).where(Post.key.in_(keys))
    return {key: (post_id, unit_id) for key, post_id, unit_id in db.session.execute(rows)}


def _add(
    document: Document,
    act: Act,
    named: tuple[Sequence[Named], dict[str, tuple[int, int]]],
    last: Term,
    now: datetime,
) -> bool:
    """Whether any row was new."""
    recipients, posts = named
    values = []
    for place, one in enumerate(recipients):
        post_id, unit_id = posts.get(one.post or "", (None, None))
        values.append(
            {
                "institution_id": document.institution_id,
                "act_id": act.id,
                "document_id": document.id,
                "place": place,
                "recipient": one.recipient,
                "post_id": post_id,
                "unit_id": unit_id,
                "due_on": last.due_on,
                "created_at": now,
                "received_by": "",
                "by_title": "",
            }
        )
    written = insert_new(Delivery).values(values).on_conflict_do_nothing().returning(Delivery.id)
    return bool(db.session.execute(written).all())


def _tell(document: Document, act: Act, last: Term, by: Actor, now: datetime) -> None:
    """Tell the posts that are named; what is not biasa is brought by Bagian Hukum and told nobody here."""
    if document.secrecy is not Secrecy.BIASA:
        return
    named = within(by.institution_id, Delivery, Delivery.post_id).where(
        Delivery.act_id == act.id, Delivery.post_id.is_not(None)
    )
    leave(
        named,
        "delivery.given",
        by=by,
        at=now,
        cause=f"delivery.given:{document.id}",
        document_id=document.id,
        params={"title": document.title[:300], "number": act.number, "due_on": last.due_on.isoformat()},
    )


def _obligation(document: Document, act: Act, last: Term, deadline: Deadline, now: datetime) -> Obligation:
    """The act's obligation, made where it is not there yet. Its number is told only of what everyone may know."""
    key = key_of(document.kind, act.id)
    rows = within(document.institution_id, Obligation).where(Obligation.key == key).with_for_update()
    found: Obligation | None = db.session.scalar(rows)
    if found is not None:
        return found
    obligation = Obligation(
        institution_id=document.institution_id,
        key=key,
        mandate=document.kind,
        stage=STAGE,
        family=FAMILY,
        ladder="short",  # Its term is of working days.
        year=act.signed_on.year,
        begins_on=act.signed_on,
        due_on=last.due_on,
        estimated=False,
        how_sure="read" if deadline.verified else "memory",
        basis=deadline.article,
        computed=_computed(document, act, last),
        fulfilment=Fulfilment.OPEN,
        met_by="",
        version=1,
        changed_at=now,
    )
    db.session.add(obligation)
    return obligation


def _follow_calendar(obligation: Obligation, act: Act, document: Document, last: Term, now: datetime) -> None:
    """While it is open, its day is the one that the calendar of today gives."""
    if obligation.fulfilment is Fulfilment.OPEN and obligation.due_on != last.due_on:
        obligation.due_on, obligation.computed = last.due_on, _computed(document, act, last)
        obligation.changed_at, obligation.version = now, obligation.version + 1


def _computed(document: Document, act: Act, last: Term) -> list[dict[str, Any]]:
    number = act.number if document.secrecy is Secrecy.BIASA else ""
    return [{"key": "why.delivery.act", "params": {"number": number}}] * bool(number) + list(last.steps)
