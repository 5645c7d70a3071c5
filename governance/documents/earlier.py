"""What a new document can build on: the last one of its kind that the actor may read, and the act in force."""

from datetime import date

from sqlalchemy import or_

from governance.documents.lifecycle import State
from governance.documents.models import Act, Document, Revision, WorkingCopy
from governance.documents.queries import readable
from governance.documents.starting import Earlier, Standing
from governance.kernel.db import db, within
from governance.people.actors import Actor


def last_of_kind(by: Actor, kind: str) -> Earlier | None:
    """The newest enacted document of the kind that has fields, else the newest that is under way; None where neither.

    An act that was only recorded has no fields, and a withdrawn draft is nobody's example.
    """
    current = (Revision.document_id == Document.id) & (Revision.number == Document.revision_number)
    enacted = db.session.execute(
        within(by.institution_id, Document, Revision.fields, Document.year, Act.number)
        .join(Revision, current)
        .join(Act, Act.id == Document.act_id)
        .where(Document.kind == kind, Document.state == State.ENACTED, readable(by))
        .order_by(Act.in_force_from.desc(), Document.id.desc())
        .limit(1)
    ).first()
    if enacted is not None:
        return Earlier(*enacted)
    under_way = db.session.execute(
        within(by.institution_id, Document, WorkingCopy.fields, Document.year)
        .join(WorkingCopy, WorkingCopy.document_id == Document.id)
        .where(Document.kind == kind, Document.state.not_in([State.ENACTED, State.WITHDRAWN]), readable(by))
        .order_by(Document.id.desc())
        .limit(1)
    ).first()
    return Earlier(*under_way) if under_way is not None else None


def in_force_beyond(by: Actor, kind: str, start: date) -> Standing | None:
    """The newest act of the kind that has begun by `start` and is in force on it; None where none is."""
    rows = (
        within(by.institution_id, Act, Act.number, Act.title, Act.signed_on, Act.in_force_to)
        .join(Document, Document.act_id == Act.id)
        .where(
            Act.kind == kind,
            Act.in_force_from <= start,
            or_(Act.in_force_to.is_(None), Act.in_force_to >= start),
            or_(Act.revoked_on.is_(None), Act.revoked_on > start),
            readable(by),
        )
        .order_by(Act.in_force_from.desc(), Act.id.desc())
    )
    found = db.session.execute(rows.limit(1)).first()
    return Standing(*found) if found is not None else None
