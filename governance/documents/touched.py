"""Which documents a change of official touches: what waits for the post, and what it will sign under its name."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from governance.documents.lifecycle import State
from governance.documents.models import Document, Waiting
from governance.documents.queries import readable
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


def touched(by: Actor, post_id: int, kinds: Collection[str], *, seen_by: Actor | None = None) -> list[Touched]:
    """What waits for a post, and the documents under way of the kinds that it sets, the oldest first.

    `seen_by` leaves out what that reader may not see. A member named by office needs no change when the holder
    changes, so acts in force are not among them.
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
