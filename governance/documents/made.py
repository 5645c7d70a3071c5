"""What was done to a document beside the decisions on it: changes of its route, and steps of others."""

from governance.calendar.words import day_in_words
from governance.documents.lifecycle import Move
from governance.documents.models import ExternalStep, Revision
from governance.documents.seen import Made, Seen
from governance.documents.step_models import StepChange
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.queries import short_title


def changes_made(actor: Actor, document: Seen) -> list[Made]:
    """What was done to the route without deciding, each with the revision it was done on."""
    rows = within(actor.institution_id, StepChange, StepChange, Revision.number, Post, Unit)
    rows = rows.join(Revision, Revision.id == StepChange.revision_id).where(StepChange.document_id == document.id)
    rows = rows.outerjoin(Post, Post.id == StepChange.to_post_id).outerjoin(Unit, Unit.id == Post.unit_id)
    return [
        Made(
            row.title,
            row.post_id,
            row.move,
            row.reason,
            row.at,
            True,
            row.sha256,
            revision=number,
            to=short_title(post, unit) if post else "",
        )
        for row, number, post, unit in db.session.execute(rows.order_by(StepChange.id))
    ]


def recorded(row: ExternalStep) -> Made:
    """A step of others with its letter."""
    letter = f"{row.letter_number}, {day_in_words(row.letter_date)}" if row.letter_date else row.reason
    return Made(row.by_title, row.post_id, Move.RECORD, f"{row.title}: {letter}", row.at, row.counts, None, row.step)
