"""What was done to a document beside the decisions on it: changes of its route, and steps of others."""

from typing import Any

from sqlalchemy import Select, cast, literal, null, select, true, union_all

from governance.calendar.words import day_in_words
from governance.documents.lifecycle import Move
from governance.documents.models import Decision, ExternalStep, Revision
from governance.documents.seen import Made, Seen
from governance.documents.step_models import StepChange
from governance.kernel.db import Key, db, within
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.queries import short_title


def decided_and_turned(actor: Actor, document: Seen) -> list[Made]:
    """The decisions and the changes of the route, each with the revision it was made on, in one statement."""
    decided = _told(actor, Decision, 0, Decision.counts, null())
    turned = _told(actor, StepChange, 1, true(), StepChange.to_post_id)
    told = union_all(
        decided.where(Decision.document_id == document.id), turned.where(StepChange.document_id == document.id)
    ).subquery()
    rows = (
        select(told, Post, Unit)
        .outerjoin(Post, (Post.institution_id == told.c.institution_id) & (Post.id == told.c.to_post_id))
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .order_by(told.c.place, told.c.id)
    )
    return [
        Made(
            row.title,
            row.post_id,
            row.move,
            row.reason,
            row.at,
            bool(row.counts),
            row.sha256,
            revision=row.number,
            to=short_title(row.Post, row.Unit) if row.Post else "",
        )
        for row in db.session.execute(rows)
    ]


def _told(actor: Actor, model: type[Decision] | type[StepChange], place: int, counts: Any, to: Any) -> Select[Any]:
    columns = (model.id, model.institution_id, model.title, model.post_id, model.move, model.reason, model.at)
    more = (literal(place).label("place"), counts.label("counts"), model.sha256, Revision.number)
    rows = within(actor.institution_id, model, *columns, *more, cast(to, Key).label("to_post_id"))
    return rows.outerjoin(Revision, Revision.id == model.revision_id)


def recorded(row: ExternalStep) -> Made:
    """A step of others with its letter."""
    letter = f"{row.letter_number}, {day_in_words(row.letter_date)}" if row.letter_date else row.reason
    return Made(row.by_title, row.post_id, Move.RECORD, f"{row.title}: {letter}", row.at, row.counts, None, row.step)
