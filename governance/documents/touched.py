"""Which documents a change of official touches: what waits for the post, what it will sign, and what names a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from governance.documents.effect import Effect, effect
from governance.documents.lifecycle import State
from governance.documents.models import Act, Document, Revision, Waiting
from governance.documents.queries import readable
from governance.documents.signer_names import speaks_of
from governance.documents.standing import Known
from governance.documents.values import as_entries
from governance.kernel.db import db, within
from governance.people.actors import Actor


@dataclass(frozen=True)
class Touched:
    """A document under way: it waits for the post, or the post will set it."""

    id: int
    title: str
    kind: str
    state: State
    waits: bool
    signs: bool


@dataclass(frozen=True)
class InPerson:
    """A decree under way or in force whose members are given by name: a new official needs a new decree."""

    id: int
    title: str
    state: State
    names: tuple[str, ...]


def touched(by: Actor, post_id: int, kinds: Collection[str], *, seen_by: Actor | None = None) -> list[Touched]:
    """What waits for a post, and the documents under way of the kinds that it sets, the oldest first.

    `seen_by` leaves out what that reader may not see.
    """
    asked = select(Waiting.document_id).where(Waiting.institution_id == by.institution_id, Waiting.post_id == post_id)
    signs = Document.state.in_([State.IN_REVIEW, State.APPROVED]) & Document.kind.in_(kinds)
    waits = Document.id.in_(asked)
    rows = within(by.institution_id, Document, Document, waits.label("waits")).where(or_(waits, signs))
    if seen_by is not None:
        rows = rows.where(readable(seen_by))
    return [
        Touched(row.id, row.title, row.kind, row.state, bool(waiting), _signs(row, kinds))
        for row, waiting in db.session.execute(rows.order_by(Document.id).limit(200))
    ]


def _signs(row: Document, kinds: Collection[str]) -> bool:
    return row.kind in kinds and row.state in (State.IN_REVIEW, State.APPROVED)


def in_person(
    by: Actor, names: Collection[str], kinds: Collection[str], today: date, *, seen_by: Actor | None = None
) -> list[InPerson]:
    """The team decrees, under way or in force today, that name one of these persons; `kinds` are those with members.

    A member named by office needs no change when the holder changes. An act that was only recorded has no fields here,
    so whom it names is not known.
    """
    rows = (
        within(by.institution_id, Document, Document, Revision.fields, Act)
        .join(Revision, (Revision.document_id == Document.id) & (Revision.number == Document.revision_number))
        .outerjoin(Act, Act.id == Document.act_id)
        .where(Document.kind.in_(kinds), Document.state.in_([State.IN_REVIEW, State.APPROVED, State.ENACTED]))
    )
    if seen_by is not None:
        rows = rows.where(readable(seen_by))
    found = []
    for row, fields, act in db.session.execute(rows.order_by(Document.id.desc()).limit(200)):
        offices = " / ".join(str(member.get("office") or "") for member in as_entries(fields.get("members")))
        named = tuple(name for name in dict.fromkeys(names) if speaks_of(offices, name))
        if named and (act is None or _in_force(row, act, today)):
            found.append(InPerson(row.id, row.title, row.state, named))
    return found


def _in_force(row: Document, act: Act, today: date) -> bool:
    known = Known(row.id, row.state, act.in_force_from, act.in_force_to, act.recorded, act.revoked_on)
    return effect(known.period, today) in (Effect.IN_FORCE, Effect.NOT_YET)
