"""Reading documents: lists and one document, as plain values, never beyond what the actor may see."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, or_, select
from sqlalchemy.orm import aliased

from governance.documents import route
from governance.documents.act_models import ActRelation, Relation, Signature, SigningWay
from governance.documents.barring import has_declined, left_open, own_draft
from governance.documents.lifecycle import State
from governance.documents.made import all_made
from governance.documents.marks import mark
from governance.documents.models import (
    Act,
    Binding,
    Decision,
    Document,
    Promulgation,
    Revision,
    Secrecy,
    Waiting,
    WorkingCopy,
)
from governance.documents.possible import moves_open_to
from governance.documents.seen import Enacted, HowSigned, Made, RouteLine, Seen, Wish
from governance.documents.standing import Known
from governance.documents.step_models import StepChange
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Holding, Person, Post, Unit
from governance.people.queries import acts_on, short_title


def readable(actor: Actor) -> ColumnElement[bool]:
    """Which documents an actor may see.

    Its own unit's, those it passes or passed through, and all for the posts that watch; what is enacted and `biasa`
    is for everyone of the institution.
    """
    if permissions.may(actor, permissions.Act.WATCH):
        return Document.id.is_not(None)
    asked = select(Waiting.document_id).where(
        Waiting.institution_id == actor.institution_id, Waiting.post_id == actor.post_id
    )
    decided = select(Decision.document_id).where(
        Decision.institution_id == actor.institution_id, Decision.post_id == actor.post_id
    )
    changed = select(StepChange.document_id).where(
        StepChange.institution_id == actor.institution_id, StepChange.post_id == actor.post_id
    )
    return or_(
        Document.initiating_unit_id == actor.unit_id,
        (Document.state == State.ENACTED) & (Document.secrecy == Secrecy.BIASA),
        Document.id.in_(asked),
        Document.id.in_(decided),
        Document.id.in_(changed),
    )


def documents(actor: Actor, wish: Wish, today: date) -> tuple[list[Seen], int | None]:
    """A page of documents, newest first, and the key of the next page (None at the end)."""
    rows = _rows(actor)
    conditions = {
        "state": Document.state == wish.state,
        "kind": Document.kind == wish.kind,
        "year": Document.year == wish.year,
    }
    rows = rows.where(*(condition for name, condition in conditions.items() if getattr(wish, name) is not None))
    if wish.after is not None:
        rows = rows.where(Document.id < wish.after)
    for token in wish.words.split():
        rows = rows.where(Document.title.icontains(token, autoescape=True))
    if wish.mine:
        rows = rows.where(Document.id.in_(_turns(actor)))
    found = db.session.execute(rows.order_by(Document.id.desc()).limit(wish.limit + 1)).all()
    shown = found[: wish.limit]
    seen = _seen(actor, shown, today)
    return seen, (seen[-1].id if len(found) > wish.limit else None)


def document(actor: Actor, document_id: int, today: date) -> Seen:
    """One document with its current revision's fields, or NotFound when it is not there for this actor."""
    rows = _rows(actor).add_columns(Revision.fields).where(Document.id == document_id)
    found = db.session.execute(rows).first()
    if found is None:
        raise NotFound
    *row, fields = found
    return replace(_seen(actor, [row], today)[0], fields=dict(fields or {}))


def may_read(actor: Actor, document_id: int) -> bool:
    """Whether the actor may see a document."""
    rows = within(actor.institution_id, Document, Document.id)
    return db.session.scalar(rows.where(Document.id == document_id, readable(actor))) is not None


def decisions(actor: Actor, document: Seen) -> list[Made]:
    """What was decided on a document, what was done to its route, which steps of others were recorded, oldest first."""
    return all_made(actor, document)


def route_lines(document: Seen, titles: Mapping[int, str]) -> list[RouteLine]:
    """The route a document was submitted on, per signer or step of others, in order; `titles` are the posts' own."""
    return [
        RouteLine(
            step.asked.value,
            step.title or titles[post_id],
            post_id,
            step.external,
            step.optional,
            place,
            step.initials.value,
            step.days,
            post_id in step.declined,
        )
        for place, step in enumerate(document.route)
        for post_id in step.post_ids
        if not step.left_out
    ]


def working_copy(actor: Actor, document_id: int) -> WorkingCopy:
    """The working copy of a document that the actor may see."""
    copy: WorkingCopy | None = db.session.scalar(
        within(actor.institution_id, WorkingCopy)
        .join(Document, Document.id == WorkingCopy.document_id)
        .where(WorkingCopy.document_id == document_id, readable(actor))
    )
    if copy is None:
        raise NotFound
    return copy


def known_by_kind(actor: Actor) -> dict[str, list[Known]]:
    """Every document that is under way or enacted, as the page of the five groups needs it, by kind."""
    rows = (
        within(
            actor.institution_id,
            Document,
            Document.kind,
            Document.id,
            Document.state,
            binding_day(),
            Act.in_force_to,
            Act.recorded,
            Act.revoked_on,
            _amends(),
        )
        .outerjoin(Act, Act.id == Document.act_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(Document.state != State.WITHDRAWN)
    )
    found: dict[str, list[Known]] = {}
    for kind, *known in db.session.execute(rows):
        found.setdefault(kind, []).append(Known(*known))
    return found


def _rows(actor: Actor) -> Select[Any]:
    current = (Revision.document_id == Document.id) & (Revision.number == Document.revision_number)
    columns = (Document, Unit.name, Revision.sha256, WorkingCopy.version, Act, Promulgation, Signature)
    return (
        within(actor.institution_id, Document, *columns)
        .join(Unit, Unit.id == Document.initiating_unit_id)
        .outerjoin(Revision, current)
        .outerjoin(WorkingCopy, WorkingCopy.document_id == Document.id)
        .outerjoin(Act, Act.id == Document.act_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .outerjoin(Signature, _first_signature())
        .where(readable(actor))
    )


def _first_signature() -> ColumnElement[bool]:
    """The one that made the act: it says in which of the three ways it is signed."""
    earlier = aliased(Signature)
    before = exists().where(earlier.institution_id == Act.institution_id, earlier.act_id == Act.id)
    return (Signature.act_id == Act.id) & ~before.where(earlier.id < Signature.id)


def binding_day() -> ColumnElement[date | None]:
    """The day from which an act binds: what must be promulgated does not bind before it is."""
    return case((Act.binds_from == Binding.PROMULGATION, Promulgation.in_force_from), else_=Act.in_force_from)


def _amends() -> ColumnElement[bool]:
    """Whether an act amends another one: the two are meant to hold together."""
    same = (ActRelation.institution_id == Act.institution_id) & (ActRelation.act_id == Act.id)
    return exists().where(same, ActRelation.relation == Relation.AMENDS, ActRelation.withdrawn_at.is_(None))


def _turns(actor: Actor) -> Select[Any]:
    return select(Waiting.document_id).where(
        Waiting.institution_id == actor.institution_id, Waiting.post_id == actor.post_id
    )


def _seen(actor: Actor, rows: Iterable[Any], today: date) -> list[Seen]:
    rows = list(rows)
    open_ones = [row[0].id for row in rows if _is_open(*row)]
    waiting = _waiting(actor, open_ones, today) if open_ones else {}
    return [_one(actor, row, waiting.get(row[0].id, [])) for row in rows]


def _is_open(document: Document, _unit: str, _sha256: str, _version: int, act: Act, gazetted: Any, _how: Any) -> bool:
    """Whether it may wait for anybody: a Peraturan does so until it is promulgated."""
    if document.state is State.ENACTED:
        return act.binds_from == Binding.PROMULGATION and gazetted is None and not act.recorded
    return document.state is not State.WITHDRAWN


def _waiting(actor: Actor, ids: list[int], today: date) -> dict[int, list[Any]]:
    who = (Holding.post_id == Waiting.post_id) & acts_on(today)
    found = db.session.execute(
        within(
            actor.institution_id,
            Waiting,
            Waiting.document_id,
            Waiting.post_id,
            Waiting.asked,
            Waiting.step,
            Waiting.due_on,
            own_draft(actor, Waiting.document_id, today).label("own"),
            has_declined(actor, Waiting.document_id).label("declined"),
            Post,
            Unit,
            Person.username,
        )
        .join(Post, Post.id == Waiting.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(Holding, who)
        .outerjoin(Person, Person.id == Holding.person_id)
        .where(Waiting.document_id.in_(ids))
        .order_by(Waiting.id)
    ).all()
    waiting: dict[int, list[Any]] = {}
    for row in found:
        waiting.setdefault(row.document_id, []).append(row)
    return waiting


def _one(actor: Actor, row: Any, waiting: list[Any]) -> Seen:
    document, unit_name, sha256, version, act, gazetted, how = row
    asked = {turn.post_id: turn.asked for turn in waiting}
    laid = route.read(document.route)
    matter = permissions.Matter(initiating_unit_id=document.initiating_unit_id, waiting_post_ids=asked)
    step = next((turn.step for turn in waiting), None)
    mine = [turn.due_on for turn in waiting if turn.post_id == actor.post_id] or [turn.due_on for turn in waiting]
    return Seen(
        id=document.id,
        kind=document.kind,
        year=document.year,
        title=document.title,
        state=document.state,
        secrecy=document.secrecy,
        unit_id=document.initiating_unit_id,
        unit_name=unit_name,
        seen=mark(document.id, document.state, (document.revision_number, sha256), version, document.round),
        revision=document.revision_number,
        sha256=sha256,
        version=version,
        changed_at=document.changed_at,
        act=_enacted(act, gazetted, how),
        waiting_for=tuple(turn.username for turn in waiting if turn.username),
        waiting_titles=tuple(dict.fromkeys(short_title(turn.Post, turn.Unit) for turn in waiting)),
        asked=asked.get(actor.post_id or 0, ""),
        moves=left_open(moves_open_to(actor, document.state, matter, asked), document.state, waiting, laid),
        route=laid,
        step=step,
        due_on=min(filter(None, mine), default=None),
    )


def _how(row: Signature) -> HowSigned:
    told = (row.way, row.sha256, row.signer_title, row.signer_name, row.signed_at, dict(row.report))
    return HowSigned(*told, row.by_title, row.at)


def _enacted(act: Act | None, gazetted: Promulgation | None, how: Signature | None) -> Enacted | None:
    if act is None:
        return None
    waits = act.binds_from == Binding.PROMULGATION and gazetted is None
    return Enacted(
        id=act.id,
        number=act.number,
        signed_on=act.signed_on,
        in_force_from=None if waits else (gazetted or act).in_force_from,
        in_force_to=act.in_force_to,
        sha256=act.sha256,
        scan_sha256=act.scan_sha256,
        recorded=act.recorded,
        gazette=gazetted.gazette_number if gazetted else None,
        promulgated_on=gazetted.promulgated_on if gazetted else None,
        gazetted_sha256=gazetted.sha256 if gazetted else None,
        issuer=act.issuer,
        objects=act.objects,
        token=act.token,
        revoked_on=act.revoked_on,
        way=how.way if how else None,
        signed_sha256=how.sha256 if how and how.way is not SigningWay.WET else None,
        how=_how(how) if how else None,
    )
