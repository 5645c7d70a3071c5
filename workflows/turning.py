"""Turning a route without deciding: back to an earlier signer, declined, handed on, an optional step left out."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.calendar.holidays import NOTHING_DECREED, Decreed
from governance.documents import route_moves, signings, under_way
from governance.documents.lifecycle import Move, State
from governance.documents.models import Document
from governance.documents.possible import FILL
from governance.documents.route import Asked, Step, read
from governance.documents.step_models import StepChange
from governance.documents.under_way import Decided
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem
from governance.people.actors import Actor
from governance.people.models import Holding, Post, Unit
from governance.people.queries import held_on, short_title
from governance.people.roles import Role
from governance.trail.record import record
from workflows.approval import ask_next, require_reason
from workflows.bells import ring
from workflows.drafting import initiators
from workflows.telling import tell

NEVER_HANDED_TO = frozenset({Role.SECRETARY, Role.HEAD_OF_REGION, Role.DEPUTY_HEAD})  # they approve and establish


@dataclass(frozen=True)
class Handing:
    """To which post an initial goes; `for_post_id` whose place it is, None: the actor's own."""

    asked: Decided  # its `reason` is the note that goes along
    to_post_id: int
    for_post_id: int | None = None


def return_to_step(asked: Decided, step: int, *, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """Send it back to a signer who was asked before, with notes, on the same revision.

    The decisions of that step and after it are void and those who made them are told; earlier ones still count.
    """
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if _was_changed(document, Move.RETURN_STEP, by, asked.seen, step=step):
            return
        under_way.require_move(document, Move.RETURN_STEP, by, asked.seen, at=now)
        require_reason(asked, Move.RETURN_STEP)
        route = read(document.route)
        before = under_way.open_step(document) if document.state is State.IN_REVIEW else None
        if step not in route_moves.targets(route, before):
            raise Invalid(Problem("to_step", "decision.no_such_step"))
        change = _change(document, Move.RETURN_STEP, asked, by=by, at=now)
        change.step = step
        db.session.add(change)
        signings.drop(document, asked.reason.strip(), by=by, now=now)
        void = under_way.void_from(document, step)
        document.move(Move.RETURN_STEP, now)
        document.round += 1
        place = _named(document, route[step])
        told = {*void, *initiators(document)} - {by.post_id or 0}
        tell(document, told, "document.returned_step", by, now, reason=asked.reason.strip()[:200], to=place)
        ask_next(document, by, now, decreed)
        _record("document.returned_step", document, change, by, now, to=place)
        after_commit(ring("notices.deliver"))


def decline(asked: Decided, *, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """A signer has a conflict of interest (UU 30/2014 Pasal 42-43): his place is open for another, never skipped.

    An initial waits until Bagian Hukum hands it to another post; the Sekda's approval, for another holder (Plh.).
    """
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if _was_changed(document, Move.DECLINE, by, asked.seen):
            return
        under_way.require_move(document, Move.DECLINE, by, asked.seen, at=now)
        require_reason(asked, Move.DECLINE)
        route, step = read(document.route), under_way.open_step(document)
        assert step is not None  # require_move: it is this post's turn
        assert by.post_id is not None
        change = _change(document, Move.DECLINE, asked, by=by, at=now)
        change.step, change.for_post_id, change.asked = step, by.post_id, route[step].asked.value
        db.session.add(change)
        document.route = [one.as_data() for one in route_moves.declined(route, step, by.post_id)]
        document.move(Move.DECLINE, now)
        approval = route[step].asked is Asked.APPROVE
        document.round += approval  # another holder of the same post decides anew, on a mark of his own
        key = "document.approval_declined" if approval else "document.declined"
        tell(document, {*initiators(document)} - {by.post_id}, key, by, now, reason=asked.reason.strip()[:200])
        ask_next(document, by, now, decreed)
        _record("document.declined", document, change, by, now)
        after_commit(ring("notices.deliver"))


def forward(handing: Handing, *, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """A signer hands his own initial to another post, or Bagian Hukum fills the place of one who declined."""
    asked = handing.asked
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        place = handing.for_post_id or by.post_id or 0
        if _was_changed(document, Move.FORWARD, by, asked.seen, for_post_id=place):
            return
        under_way.require_move(document, Move.FORWARD, by, asked.seen, at=now)
        require_reason(asked, Move.FORWARD)
        route, step = read(document.route), under_way.open_step(document)
        assert step is not None  # require_move: the route is open
        _require_place(document, route[step], place, by)
        to = _receiver(document, handing, day_in(by.timezone, now))
        change = _change(document, Move.FORWARD, asked, by=by, at=now)
        change.step, change.for_post_id, change.to_post_id = step, place, handing.to_post_id
        db.session.add(change)
        document.route = [one.as_data() for one in route_moves.handed_on(route, step, (place, handing.to_post_id))]
        document.move(Move.FORWARD, now)
        told = {handing.to_post_id, *initiators(document)} - {by.post_id or 0}
        tell(document, told, "document.forwarded", by, now, reason=asked.reason.strip()[:200], to=to)
        ask_next(document, by, now, decreed)
        _record("document.forwarded", document, change, by, now, to=to)
        after_commit(ring("notices.deliver"))


def skip(asked: Decided, *, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """Bagian Hukum leaves an optional step of initials out, with a reason; those who were asked are told."""
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if _was_changed(document, Move.SKIP, by, asked.seen):
            return
        under_way.require_move(document, Move.SKIP, by, asked.seen, at=now)
        require_reason(asked, Move.SKIP)
        route, step = read(document.route), under_way.open_step(document)
        assert step is not None  # require_move: the route is open
        change = _change(document, Move.SKIP, asked, by=by, at=now)
        change.step = step
        db.session.add(change)
        waiting = set(under_way.asked_of(document))
        document.route = [one.as_data() for one in route_moves.left_out(route, step)]
        document.move(Move.SKIP, now)
        document.round += 1
        told = {*waiting, *initiators(document)} - {by.post_id or 0}
        place = _named(document, route[step])
        tell(document, told, "document.skipped", by, now, reason=asked.reason.strip()[:200], to=place)
        ask_next(document, by, now, decreed)
        _record("document.skipped", document, change, by, now, to=place)
        after_commit(ring("notices.deliver"))


def _was_changed(document: Document, move: Move, by: Actor, seen: str, **what: int) -> bool:
    """Whether this very post has already done this on what it saw: nothing is left to do."""
    rows = within(document.institution_id, StepChange, StepChange.id).where(
        StepChange.document_id == document.id,
        StepChange.post_id == by.post_id,
        StepChange.move == move,
        StepChange.seen == seen,
        *(getattr(StepChange, name) == value for name, value in what.items()),
    )
    return db.session.scalar(rows.limit(1)) is not None


def _change(document: Document, move: Move, asked: Decided, *, by: Actor, at: datetime) -> StepChange:
    revision = under_way.revision_of(document)
    assert revision is not None  # CHECK reviewed_has_revision
    return StepChange(
        institution_id=document.institution_id,
        document_id=document.id,
        revision_id=revision.id,
        move=move,
        reason=asked.reason.strip(),
        holding_id=by.holding_id,
        post_id=by.post_id,
        title=by.title,
        sha256=revision.sha256,
        seen=asked.seen,
        at=at,
    )


def _require_place(document: Document, step: Step, place: int, by: Actor) -> None:
    """One's own initial that is waited for; or, for Bagian Hukum, the place of one who declined."""
    what = under_way.asked_of(document).get(by.post_id or 0)
    own = place == by.post_id and what == Asked.INITIAL.value and place not in step.declined
    if not own and not (by.role is Role.LEGAL and place in step.declined and what in (FILL, Asked.INITIAL.value)):
        raise NotAllowed("refused.not_your_turn", move=Move.FORWARD.value)


def _receiver(document: Document, handing: Handing, today: date) -> str:
    """What the receiving post is called; Invalid where it may not initial, or is held by nobody or one who declined."""
    rows = within(document.institution_id, Post, Post, Unit).join(Unit, Unit.id == Post.unit_id)
    found = db.session.execute(rows.where(Post.id == handing.to_post_id)).first()
    if found is None:
        raise Invalid(Problem("to_post", "decision.no_such_post"))
    post, unit = found
    if post.role in NEVER_HANDED_TO:
        raise Invalid(Problem("to_post", "decision.never_handed_to"))
    if post.id in route_moves.on_route(read(document.route)):
        raise Invalid(Problem("to_post", "refused.on_route_already"))
    held = within(document.institution_id, Holding, Holding.person_id)
    holders = set(db.session.scalars(held.where(Holding.post_id == post.id, held_on(today))))
    if not holders:
        raise Invalid(Problem("to_post", "decision.held_by_nobody"))
    if holders <= _declined_persons(document):
        raise Invalid(Problem("to_post", "decision.held_by_declined"))
    return short_title(post, unit)


def _declined_persons(document: Document) -> set[int]:
    rows = within(document.institution_id, Holding, Holding.person_id)
    rows = rows.join(StepChange, StepChange.holding_id == Holding.id)
    return set(db.session.scalars(rows.where(StepChange.document_id == document.id, StepChange.move == Move.DECLINE)))


def _named(document: Document, step: Step) -> str:
    """The posts of a step as people call them."""
    rows = within(document.institution_id, Post, Post, Unit).join(Unit, Unit.id == Post.unit_id)
    found = db.session.execute(rows.where(Post.id.in_(step.post_ids)).order_by(Post.id))
    return step.title or ", ".join(short_title(post, unit) for post, unit in found)


def _record(what: str, document: Document, change: StepChange, by: Actor, now: datetime, **more: str) -> None:
    told = {"reason": change.reason, "step": change.step + 1, "sha256": change.sha256, **more}
    record(what, by=by, about=("document", document.id), at=now, **told)
