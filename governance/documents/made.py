"""What was done to a document: decisions, changes of its route, and steps of others, read in one statement."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, String, case, cast, literal, null, select, true, union_all

from governance.calendar.words import day_in_words
from governance.documents.lifecycle import Move
from governance.documents.models import Decision, ExternalStep, Revision
from governance.documents.seen import Made, Seen
from governance.documents.step_models import StepChange
from governance.kernel.db import Key, db, within
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.queries import short_title


def all_made(actor: Actor, document: Seen) -> list[Made]:
    """Everything, each with the revision it was made on; what was done in one moment stays in its order."""
    told = union_all(
        _told(actor, Decision, 0, Decision.counts, null()).where(Decision.document_id == document.id),
        _told(actor, StepChange, 1, true(), StepChange.to_post_id).where(StepChange.document_id == document.id),
        _recorded(actor).where(ExternalStep.document_id == document.id),
    ).subquery()
    rows = (
        select(told, Post, Unit)
        .outerjoin(Post, (Post.institution_id == told.c.institution_id) & (Post.id == told.c.to_post_id))
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .order_by(told.c.place, told.c.id)
    )
    return sorted((_made(row) for row in db.session.execute(rows)), key=lambda one: one.at)


def _told(actor: Actor, model: type[Decision] | type[StepChange], place: int, counts: Any, to: Any) -> Select[Any]:
    """Decisions, or changes of the route; what only a step of others has is empty."""
    columns = (model.id, model.institution_id, model.title, model.post_id, model.move, model.reason, model.at)
    more = (literal(place).label("place"), counts.label("counts"), model.sha256, Revision.number)
    to_whom = cast(to, Key).label("to_post_id")
    of_others = (literal("").label("step"), literal("").label("named"), cast(null(), Date).label("letter_date"))
    rows = within(actor.institution_id, model, *columns, *more, to_whom, *of_others)
    return rows.outerjoin(Revision, Revision.id == model.revision_id)


def _recorded(actor: Actor) -> Select[Any]:
    """Steps of others in the same columns: for the reason stands the letter's number, or why there was no letter."""
    step = ExternalStep
    letter = case((step.letter_date.is_not(None), step.letter_number), else_=step.reason)
    columns = (step.id, step.institution_id, step.by_title, step.post_id, literal(Move.RECORD.value), letter, step.at)
    more = (literal(2), step.counts, cast(null(), String), cast(null(), Integer), cast(null(), Key))
    return within(actor.institution_id, step, *columns, *more, step.step, step.title, step.letter_date)


def _made(row: Any) -> Made:
    return Made(
        row.title,
        row.post_id,
        row.move,
        _reason(row.named, row.reason, row.letter_date) if row.step else row.reason,
        row.at,
        bool(row.counts),
        row.sha256,
        row.step,
        revision=row.number,
        to=short_title(row.Post, row.Unit) if row.Post else "",
    )


def _reason(named: str, letter: str, day: date | None) -> str:
    """A step of others with its letter."""
    return f"{named}: {letter}, {day_in_words(day)}" if day else f"{named}: {letter}"
