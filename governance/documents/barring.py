"""Who may not decide on a document though his post may: he drafted it, or declined it for a conflict of interest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, false, select

from governance.documents.lifecycle import Move, State
from governance.documents.models import Decision, Document, WorkingCopy
from governance.documents.possible import Turn, closed_to
from governance.documents.route import Asked, Step
from governance.documents.route_moves import targets
from governance.documents.step_models import StepChange
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.models import Holding, Post
from governance.people.queries import held_on
from governance.people.roles import Role


def own_draft(actor: Actor, document_id: Any, today: date) -> ColumnElement[bool]:
    """Whether the Sekda's approval would be the actor's approval of what he drafted himself.

    He saved its text, submitted or initialled it for the initiating unit, or holds a post of that unit today.
    """
    if actor.role is not Role.SECRETARY or actor.person_id is None:
        return false()
    mine = (Document.institution_id == actor.institution_id) & (Document.id == document_id)
    of_unit = (Post.institution_id == actor.institution_id) & (Post.unit_id == Document.initiating_unit_id)
    held = (Holding.institution_id == actor.institution_id) & (Holding.person_id == actor.person_id)
    wrote = exists().where(
        WorkingCopy.institution_id == actor.institution_id,
        WorkingCopy.document_id == document_id,
        WorkingCopy.saved_by_id == actor.person_id,
    )
    heads = exists(
        select(Holding.id)
        .join(Post, Post.id == Holding.post_id)
        .join(Document, mine)
        .where(of_unit, held, held_on(today))
    )
    signed = exists(
        select(Decision.id)
        .join(Holding, Holding.id == Decision.holding_id)
        .join(Post, Post.id == Decision.post_id)
        .join(Document, mine)
        .where(of_unit, held, Decision.institution_id == actor.institution_id, Decision.document_id == document_id)
        .where(Decision.counts.is_(True), Decision.move.in_([Move.SUBMIT, Move.INITIAL]))
    )
    return wrote | heads | signed


def has_declined(actor: Actor, document_id: Any) -> ColumnElement[bool]:
    """Whether the actor's person has said, since it was last submitted, that he has a conflict of interest."""
    if actor.person_id is None:
        return false()
    return exists(
        select(StepChange.id)
        .join(Holding, Holding.id == StepChange.holding_id)
        .where(StepChange.institution_id == actor.institution_id, StepChange.document_id == document_id)
        .where(
            StepChange.move == Move.DECLINE,
            Holding.person_id == actor.person_id,
            ~_submitted_since(actor.institution_id),
        )
    )


def _submitted_since(institution_id: int) -> ColumnElement[bool]:
    """Whether a document was submitted again after a change of its route: everyone is asked anew."""
    return exists().where(
        Decision.institution_id == institution_id,
        Decision.document_id == StepChange.document_id,
        Decision.move == Move.SUBMIT,
        Decision.revision_id > StepChange.revision_id,
    )


def approval_declined(document: Document) -> bool:
    """Whether the Sekda's approval was declined since the document was last submitted: it waits for another holder."""
    rows = within(document.institution_id, StepChange, StepChange.id).where(
        StepChange.document_id == document.id,
        StepChange.move == Move.DECLINE,
        StepChange.asked == Asked.APPROVE.value,
        ~_submitted_since(document.institution_id),
    )
    return db.session.scalar(rows.limit(1)) is not None


def turn_of(route: tuple[Step, ...], step: int | None, *, own: bool, declined: bool) -> Turn:
    """What the open step allows (None: the route is done) to a person who is that to the document."""
    one = route[step] if step is not None and step < len(route) else None
    optional = one is not None and one.optional and one.asked is Asked.INITIAL
    approval = one is not None and one.asked is Asked.APPROVE
    return Turn(own, declined, optional, bool(targets(route, step)), approval)


def turn_now(actor: Actor, document: Document, step: int | None, today: date, route: tuple[Step, ...]) -> Turn:
    """The same, asked of the database for one document."""
    asked = within(
        actor.institution_id, Document, own_draft(actor, document.id, today), has_declined(actor, document.id)
    )
    own, declined = db.session.execute(asked.where(Document.id == document.id)).one()
    return turn_of(route, step, own=own, declined=declined)


def left_open(
    moves: tuple[Move, ...], state: State, waiting: Sequence[Any], route: tuple[Step, ...]
) -> tuple[Move, ...]:
    """The moves that stay open to the person who asks; `waiting` are the rows of whose turn it is."""
    if state not in (State.IN_REVIEW, State.APPROVED) or not waiting:
        return moves
    first = waiting[0]
    step = first.step if state is State.IN_REVIEW else None
    closed = closed_to(turn_of(route, step, own=bool(first.own), declined=bool(first.declined)))
    return tuple(move for move in moves if move not in closed or move is Move.WITHDRAW)
