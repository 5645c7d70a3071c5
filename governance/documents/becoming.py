"""What became of a document: its PDFs, whether it is public, and how far it reached those it names; one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, true

from governance.documents.delivery_models import Delivery
from governance.documents.models import Document, Form, Rendition, Secrecy
from governance.documents.publication_models import Publication
from governance.documents.renditions import Shown, before_it, printable, shown_from
from governance.documents.seen import Seen
from governance.kernel.db import db, within
from governance.people import permissions
from governance.people.actors import Actor


@dataclass(frozen=True)
class Reach:
    """How many of those that a decree names have it, and the latest day; `mine`: the row its reader may acknowledge."""

    received: int
    all: int
    due_on: date | None
    mine: int | None


@dataclass(frozen=True)
class Became:
    """All three, of a document that the actor was shown."""

    renditions: dict[Form, Shown]
    publication: Publication | None  # the newest, withdrawn or not
    reach: Reach


def became(actor: Actor, document: Seen) -> Became:
    """What became of it; of a draft nothing has."""
    reach = _reach(actor, document)
    printed = (Rendition.institution_id == Document.institution_id) & (Rendition.document_id == Document.id)
    printed &= Rendition.source_sha256 == printable(document)
    rows = (
        within(actor.institution_id, Document, Rendition, before_it(), Publication, *reach.c)
        .select_from(Document)
        .outerjoin(Rendition, printed)
        .outerjoin(Publication, _newest())
        .join(reach, true())
        .where(Document.id == document.id)
        .order_by(Rendition.id)
    )
    # Only the count of what is printed before looks across institutions: the queue is one for all.
    found = db.session.execute(rows.execution_options(across=True)).all()
    return Became(
        {row[0].form: shown_from(row[0], row[1]) for row in found if row[0] is not None},
        found[0][2] if found else None,
        Reach(*found[0][3:]) if found else Reach(0, 0, None, None),
    )


def _newest() -> Any:
    """The newest publication of a document's act."""
    same = (Publication.institution_id == Document.institution_id) & (Publication.act_id == Document.act_id)
    newest = select(func.max(Publication.id)).where(same).correlate(Document).scalar_subquery()
    return Publication.id == newest


def _reach(actor: Actor, document: Seen) -> Any:
    """The deliveries of a document, counted: always one row."""
    addressed = permissions.Matter(addressed_unit_id=actor.unit_id)
    answers = document.secrecy is Secrecy.BIASA and permissions.may(actor, permissions.Act.ACKNOWLEDGE, addressed)
    mine = (Delivery.unit_id == actor.unit_id) & Delivery.received_on.is_(None) & answers
    counted = (
        func.count(Delivery.received_on).label("received"),
        func.count(Delivery.id).label("every"),
        func.max(Delivery.due_on).label("due_on"),
        func.min(Delivery.id).filter(mine).label("mine"),
    )
    rows = within(actor.institution_id, Delivery, *counted)
    return rows.where(Delivery.document_id == document.id).subquery()
