"""Which documents a change of official touches: what waits for the post, what it will sign, and what names a person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

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


@dataclass(frozen=True)
class Reader:
    """For whom it is read: he is told of nothing that he may not see, and of no more than he can read."""

    actor: Actor
    most: int = 200


def touched(
    by: Actor, post_id: int, kinds: Collection[str], reader: Reader | None = None
) -> tuple[list[Touched], bool]:
    """What waits for a post, and the documents under way of the kinds that it sets, the oldest first.

    All of them without a reader; also whether there are more than he is told of.
    """
    asked = select(Waiting.document_id).where(Waiting.institution_id == by.institution_id, Waiting.post_id == post_id)
    signs = Document.state.in_([State.IN_REVIEW, State.APPROVED]) & Document.kind.in_(kinds)
    waits = Document.id.in_(asked)
    rows = within(by.institution_id, Document, Document, waits.label("waits")).where(or_(waits, signs))
    found, more = _read(rows.order_by(Document.id), reader)
    told = [Touched(row.id, row.title, row.kind, row.state, bool(asks), _signs(row, kinds)) for row, asks in found]
    return told, more


def _read(rows: Select[Any], reader: Reader | None) -> tuple[Sequence[Any], bool]:
    """The rows, and whether there are more than the reader is told of."""
    if reader is None:
        return db.session.execute(rows).all(), False
    found = db.session.execute(rows.where(readable(reader.actor)).limit(reader.most + 1)).all()
    return found[: reader.most], len(found) > reader.most


def _signs(row: Document, kinds: Collection[str]) -> bool:
    return row.kind in kinds and row.state in (State.IN_REVIEW, State.APPROVED)


def in_person(
    by: Actor, names: Collection[str], kinds: Collection[str], today: date, reader: Reader | None = None
) -> tuple[list[InPerson], bool]:
    """The team decrees, under way or in force today, that name one of these persons; `kinds` are those with members.

    They are sought in all without a reader, else in the newest; also whether there are more than were sought in.
    A member named by office needs no change when the holder changes. An act that was only recorded has no fields
    here, so whom it names is not known.
    """
    rows = (
        within(by.institution_id, Document, Document, Revision.fields, Act)
        .join(Revision, (Revision.document_id == Document.id) & (Revision.number == Document.revision_number))
        .outerjoin(Act, Act.id == Document.act_id)
        .where(Document.kind.in_(kinds), Document.state.in_([State.IN_REVIEW, State.APPROVED, State.ENACTED]))
    )
    found = []
    read, more = _read(rows.order_by(Document.id.desc()), reader)
    for row, fields, act in read:
        offices = " / ".join(str(member.get("office") or "") for member in as_entries(fields.get("members")))
        named = tuple(name for name in dict.fromkeys(names) if speaks_of(offices, name))
        if named and (act is None or _in_force(row, act, today)):
            found.append(InPerson(row.id, row.title, row.state, named))
    return found, more


def _in_force(row: Document, act: Act, today: date) -> bool:
    known = Known(row.id, row.state, act.in_force_from, act.in_force_to, act.recorded, act.revoked_on)
    return effect(known.period, today) in (Effect.IN_FORCE, Effect.NOT_YET)
