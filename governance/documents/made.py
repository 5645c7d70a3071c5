"""What was done to a document beside the decisions on it: changes of its route, and steps of others."""

from collections.abc import Mapping

from governance.calendar.words import day_in_words
from governance.documents.lifecycle import Move
from governance.documents.models import ExternalStep
from governance.documents.seen import Made, Seen
from governance.documents.step_models import StepChange
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.queries import short_title


def changes_made(actor: Actor, document: Seen, revisions: Mapping[int, int]) -> list[Made]:
    """What was done to the route without deciding; `revisions` gives each revision's number by its key."""
    rows = within(actor.institution_id, StepChange, StepChange, Post, Unit).where(StepChange.document_id == document.id)
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
            revision=revisions.get(row.revision_id),
            to=short_title(post, unit) if post else "",
        )
        for row, post, unit in db.session.execute(rows.order_by(StepChange.id))
    ]


def recorded(row: ExternalStep) -> Made:
    """A step of others with its letter."""
    letter = f"{row.letter_number}, {day_in_words(row.letter_date)}" if row.letter_date else row.reason
    return Made(row.by_title, row.post_id, Move.RECORD, f"{row.title}: {letter}", row.at, row.counts, None, row.step)
