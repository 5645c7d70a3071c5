"""Reading what acts do to one another, both ways, and which of a kind hold at once; never beyond what one may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, null, or_, union_all

from governance.documents.act_models import ActRelation, Relation
from governance.documents.models import Act, Document, Promulgation
from governance.documents.queries import binding_day, readable
from governance.documents.standing import Known, in_force_among
from governance.kernel.db import db, within
from governance.people.actors import Actor

CHOICES = 200
_OF_RELATION = (
    ActRelation.id,
    ActRelation.act_id,
    ActRelation.relation,
    ActRelation.other_id,
    ActRelation.other_title,
    ActRelation.since,
    ActRelation.by_title,
    ActRelation.at,
    ActRelation.withdrawn_at,
    ActRelation.withdrawn_by,
    ActRelation.withdrawn_reason,
)
_OF_CHOICE = (Document.id, Act.kind, Act.number, Act.title, Act.signed_on)


@dataclass(frozen=True)
class Related:
    """One relation as the page of one of its acts shows it; `title` is empty where the reader may not see the other.

    `outward`: this act does it to the other. `document_id` None: the other is no act of this institution, or hidden.
    """

    id: int
    relation: Relation
    outward: bool
    document_id: int | None
    number: str
    title: str
    since: date | None
    by_title: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str


@dataclass(frozen=True)
class Choice:
    """An act that another may be related to."""

    document_id: int
    kind: str
    number: str
    title: str
    signed_on: date


Around = tuple[list[Related], list[Choice]]


def relations_of(actor: Actor, act_id: int) -> list[Related]:
    """What an act does to others and what others do to it, oldest first, withdrawn ones too."""
    return around(actor, act_id)[0]


def around(actor: Actor, act_id: int, kind: str | None = None, on: date = date.min) -> Around:
    """In one statement: an act's relations, and the acts of a kind that hold on a day (none where no kind is named)."""
    related = _tied(actor, act_id)
    if kind is None:
        rows = db.session.execute(related).all()
    else:
        rows = db.session.execute(union_all(related, _beside(actor, kind, on))).all()
    found = [_related(act_id, row) for row in rows if row[0] is not None]
    others = [Choice(*row[-5:]) for row in rows if row[0] is None]
    return sorted(found, key=lambda one: one.id), sorted(others, key=lambda one: (one.signed_on, one.document_id))


def _tied(actor: Actor, act_id: int) -> Any:
    other = case((ActRelation.act_id == act_id, ActRelation.other_id), else_=ActRelation.act_id)
    seen = (Document.act_id == other) & (Document.institution_id == actor.institution_id) & readable(actor)
    return (
        within(actor.institution_id, ActRelation, *_OF_RELATION, *_OF_CHOICE)
        .select_from(ActRelation)
        .outerjoin(Document, seen)
        .outerjoin(Act, Act.id == Document.act_id)
        .where(or_(ActRelation.act_id == act_id, ActRelation.other_id == act_id))
    )


def _beside(actor: Actor, kind: str, on: date) -> Any:
    """The acts of a kind that hold on a day, in the columns of a relation that is none."""
    nothing = (cast(null(), column.type) for column in _OF_RELATION)
    rows = within(actor.institution_id, Act, *nothing, *_OF_CHOICE).select_from(Act)
    return _holding(rows.join(Document, Document.act_id == Act.id).where(readable(actor)), kind, on)


def document_of(actor: Actor, relation_id: int) -> int | None:
    """The document whose act is said to do it, None where the reader may not see it."""
    rows = (
        within(actor.institution_id, ActRelation, Document.id)
        .select_from(ActRelation)
        .join(Document, Document.act_id == ActRelation.act_id)
    )
    found: int | None = db.session.scalar(rows.where(ActRelation.id == relation_id, readable(actor)))
    return found


def newest_acts(actor: Actor, upto: date) -> list[Choice]:
    """The newest acts that were signed until a day, as many as can be chosen from."""
    rows = _choices(actor).where(Act.signed_on <= upto).order_by(Act.signed_on.desc(), Act.id.desc())
    return [Choice(*row) for row in db.session.execute(rows.limit(CHOICES))]


def acts_numbered(actor: Actor, number: str) -> list[Choice]:
    """The acts that bear exactly this number: one of each kind at most."""
    rows = _choices(actor).where(Act.number == " ".join(number.split()))
    return [Choice(*row) for row in db.session.execute(rows.order_by(Act.id))]


def in_force_of_kind(actor: Actor, kind: str, on: date) -> list[Choice]:
    """The acts of a kind that hold on a day, the oldest first."""
    rows = _holding(_choices(actor), kind, on).order_by(Act.signed_on, Act.id)
    return [Choice(*row) for row in db.session.execute(rows)]


def _holding(rows: Any, kind: str, on: date) -> Any:
    return rows.outerjoin(Promulgation, Promulgation.act_id == Act.id).where(holds(kind, on))


def holds(kind: str, on: date) -> ColumnElement[bool]:
    """Whether an act is of a kind and holds on a day; its promulgation is joined."""
    return and_(
        Act.kind == kind,
        binding_day() <= on,
        or_(Act.in_force_to.is_(None), Act.in_force_to >= on),
        or_(Act.revoked_on.is_(None), Act.revoked_on > on),
    )


def together(known: dict[str, list[Known]], kinds: Iterable[str], on: date) -> dict[str, list[int]]:
    """The documents of each of these kinds of which two or more hold at once on a day.

    An act and the one that amends it are meant to hold together.
    """
    holding = {kind: [one.id for one in in_force_among(known.get(kind, ()), on) if not one.amends] for kind in kinds}
    return {kind: ids for kind, ids in holding.items() if len(ids) > 1}


def _choices(actor: Actor) -> Any:
    return (
        within(actor.institution_id, Act, *_OF_CHOICE)
        .select_from(Act)
        .join(Document, Document.act_id == Act.id)
        .where(readable(actor))
    )


def _related(act_id: int, row: Any) -> Related:
    outward = row.act_id == act_id
    named = row.other_title if outward and row.other_id is None else ""
    return Related(
        id=row[0],
        relation=row.relation,
        outward=outward,
        document_id=row[-5],
        number=row.number or "",
        title=row.title or named,
        since=row.since,
        by_title=row.by_title,
        at=row.at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_reason=row.withdrawn_reason,
    )
