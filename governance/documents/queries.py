"""Reading documents: lists and one document, as plain values, never beyond what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from governance.documents import route
from governance.documents.lifecycle import Move, State
from governance.documents.marks import mark
from governance.documents.models import Act, Decision, Document, Revision, Secrecy, Waiting, WorkingCopy
from governance.documents.possible import moves_open_to
from governance.documents.route import Step
from governance.documents.standing import Known
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Holding, Person, Post, Unit
from governance.people.queries import held_on, short_title


@dataclass(frozen=True)
class Enacted:
    """The act a document became."""

    id: int
    number: str
    signed_on: date
    in_force_from: date
    in_force_to: date | None
    sha256: str | None
    scan_sha256: str | None
    recorded: bool


@dataclass(frozen=True)
class Seen:
    """A document as someone sees it; `seen` is the mark that the next move must name."""

    id: int
    kind: str
    year: int
    title: str
    state: State
    secrecy: Secrecy
    unit_id: int
    unit_name: str
    seen: str
    revision: int | None
    sha256: str | None
    version: int | None
    changed_at: datetime
    act: Enacted | None
    waiting_for: tuple[str, ...]
    waiting_titles: tuple[str, ...]
    moves: tuple[Move, ...]
    route: tuple[Step, ...]

    @property
    def number(self) -> str | None:
        """The act's number, None before it is enacted."""
        return self.act.number if self.act else None


@dataclass(frozen=True)
class Wish:
    """What a list is filtered by; empty means all. `after` is the key of the page before."""

    state: State | None = None
    kind: str | None = None
    year: int | None = None
    words: str = ""
    mine: bool = False
    after: int | None = None
    limit: int = 50


@dataclass(frozen=True)
class Made:
    """A decision as the page of a document shows it."""

    title: str
    post_id: int
    move: Move
    reason: str
    at: datetime
    counts: bool
    sha256: str | None


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
    return or_(
        Document.initiating_unit_id == actor.unit_id,
        (Document.state == State.ENACTED) & (Document.secrecy == Secrecy.BIASA),
        Document.id.in_(asked),
        Document.id.in_(decided),
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
    """One document, or NotFound when it is not there for this actor."""
    found = db.session.execute(_rows(actor).where(Document.id == document_id)).all()
    if not found:
        raise NotFound
    return _seen(actor, found, today)[0]


def decisions(actor: Actor, document_id: int) -> list[Made]:
    """What was decided on a document, oldest first."""
    rows = within(actor.institution_id, Decision).where(Decision.document_id == document_id).order_by(Decision.id)
    return [
        Made(row.title, row.post_id, row.move, row.reason, row.at, row.counts, row.sha256)
        for row in db.session.scalars(rows)
    ]


def route_titles(actor: Actor, document: Seen) -> list[tuple[str, str, int]]:
    """The route a document was submitted on: (what is asked, the post's title, the post's id) per signer, in order."""
    posts = [post_id for step in document.route for post_id in step.post_ids]
    if not posts:
        return []
    rows = within(actor.institution_id, Post, Post, Unit).join(Unit, Unit.id == Post.unit_id).where(Post.id.in_(posts))
    titles = {post.id: short_title(post, unit) for post, unit in db.session.execute(rows)}
    return [(step.asked.value, titles[post_id], post_id) for step in document.route for post_id in step.post_ids]


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
            Act.in_force_from,
            Act.in_force_to,
            Act.recorded,
        )
        .outerjoin(Act, Act.id == Document.act_id)
        .where(Document.state != State.WITHDRAWN)
    )
    found: dict[str, list[Known]] = {}
    for kind, *known in db.session.execute(rows):
        found.setdefault(kind, []).append(Known(*known))
    return found


def _rows(actor: Actor) -> Select[Any]:
    current = (Revision.document_id == Document.id) & (Revision.number == Document.revision_number)
    return (
        within(actor.institution_id, Document, Document, Unit.name, Revision.sha256, WorkingCopy.version, Act)
        .join(Unit, Unit.id == Document.initiating_unit_id)
        .outerjoin(Revision, current)
        .outerjoin(WorkingCopy, WorkingCopy.document_id == Document.id)
        .outerjoin(Act, Act.id == Document.act_id)
        .where(readable(actor))
    )


def _turns(actor: Actor) -> Select[Any]:
    return select(Waiting.document_id).where(
        Waiting.institution_id == actor.institution_id, Waiting.post_id == actor.post_id
    )


def _seen(actor: Actor, rows: Iterable[Any], today: date) -> list[Seen]:
    rows = list(rows)
    open_ones = [row[0].id for row in rows if row[0].state not in (State.ENACTED, State.WITHDRAWN)]
    waiting = _waiting(actor, open_ones, today) if open_ones else {}
    return [_one(actor, row, waiting.get(row[0].id, [])) for row in rows]


def _waiting(actor: Actor, ids: list[int], today: date) -> dict[int, list[Any]]:
    who = (Holding.post_id == Waiting.post_id) & held_on(today)
    found = db.session.execute(
        within(
            actor.institution_id,
            Waiting,
            Waiting.document_id,
            Waiting.post_id,
            Waiting.asked,
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
    document, unit_name, sha256, version, act = row
    asked = {turn.post_id: turn.asked for turn in waiting}
    matter = permissions.Matter(initiating_unit_id=document.initiating_unit_id, waiting_post_ids=asked)
    return Seen(
        id=document.id,
        kind=document.kind,
        year=document.year,
        title=document.title,
        state=document.state,
        secrecy=document.secrecy,
        unit_id=document.initiating_unit_id,
        unit_name=unit_name,
        seen=mark(document.id, document.state, (document.revision_number, sha256), version),
        revision=document.revision_number,
        sha256=sha256,
        version=version,
        changed_at=document.changed_at,
        act=_enacted(act),
        waiting_for=tuple(turn.username for turn in waiting if turn.username),
        waiting_titles=tuple(dict.fromkeys(short_title(turn.Post, turn.Unit) for turn in waiting)),
        moves=moves_open_to(actor, document.state, matter, asked),
        route=route.read(document.route),
    )


def _enacted(act: Act | None) -> Enacted | None:
    if act is None:
        return None
    return Enacted(
        id=act.id,
        number=act.number,
        signed_on=act.signed_on,
        in_force_from=act.in_force_from,
        in_force_to=act.in_force_to,
        sha256=act.sha256,
        scan_sha256=act.scan_sha256,
        recorded=act.recorded,
    )
