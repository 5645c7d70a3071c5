"""A document being changed inside a verb: taken for change, decided on, its revision cut, its turns laid anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from governance.documents import route, route_moves
from governance.documents.barring import turn_now
from governance.documents.lifecycle import Move, State, after
from governance.documents.marks import mark
from governance.documents.models import Act, Decision, Document, ExternalStep, Origin, Revision, Waiting, WorkingCopy
from governance.documents.possible import ACT_OF, closed_to, may_move
from governance.documents.queries import readable
from governance.documents.route_due import Term
from governance.documents.step_models import StepChange
from governance.kernel.clock import day_in
from governance.kernel.db import db, within
from governance.kernel.errors import NotAllowed, NotFound, Stale
from governance.people.actors import Actor
from governance.people.permissions import Matter


@dataclass(frozen=True)
class Decided:
    """A decision someone asks to make on what he saw (`seen`); `reason` where the move needs one."""

    document_id: int
    seen: str
    reason: str = ""


def for_change(document_id: int, by: Actor) -> Document:
    """The document, locked, if the actor may see it; NotFound otherwise."""
    rows = within(by.institution_id, Document).where(Document.id == document_id, readable(by))
    document: Document | None = db.session.scalar(rows.with_for_update(of=Document))
    if document is None:
        raise NotFound
    return document


def enacted_for_change(document_id: int, by: Actor) -> tuple[Document, Act]:
    """A document, locked, with the act it became; NotFound where it is none of the actor's institution, or became none.

    What an act leaves to be done (tasks, deliveries) may be in the hands of two at once: of one who was cut off and
    came back, and of one who took over. The lock lets the second find what the first wrote.
    """
    rows = within(by.institution_id, Document, Document, Act).join(Act, Act.id == Document.act_id)
    found = db.session.execute(rows.where(Document.id == document_id).with_for_update(of=Document)).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def copy_of(document: Document) -> WorkingCopy | None:
    """Its working copy; an act that was only recorded has none."""
    rows = within(document.institution_id, WorkingCopy).where(WorkingCopy.document_id == document.id)
    copy: WorkingCopy | None = db.session.scalar(rows)
    return copy


def revision_of(document: Document) -> Revision | None:
    """Its newest revision, None before the first submission."""
    rows = within(document.institution_id, Revision).where(
        Revision.document_id == document.id, Revision.number == document.revision_number
    )
    revision: Revision | None = db.session.scalar(rows)
    return revision


def seen_now(document: Document) -> str:
    """The mark of the document as it stands."""
    copy, revision = copy_of(document), revision_of(document)
    content = (document.revision_number, revision.sha256 if revision else None)
    return mark(document.id, document.state, content, copy.version if copy else None, document.round)


def was_done(document: Document, move: Move, by: Actor, seen: str) -> bool:
    """Whether this very post already made this very move on what it saw, and it still counts: nothing is left to do."""
    rows = within(document.institution_id, Decision, Decision.id).where(
        Decision.document_id == document.id,
        Decision.post_id == by.post_id,
        Decision.move == move,
        Decision.seen == seen,
        Decision.counts.is_(True),
    )
    return db.session.scalar(rows) is not None


def require_move(document: Document, move: Move, by: Actor, seen: str, *, at: datetime | None = None) -> None:
    """NotAllowed, Stale or OutOfOrder unless `by` may make `move` now on what he saw.

    With `at`, also unless the person himself may: who drafted it, or declined, and what the open step allows.
    """
    state = State(document.state)
    asked = asked_of(document)
    matter = Matter(initiating_unit_id=document.initiating_unit_id, waiting_post_ids=asked)
    if (state, move) in ACT_OF and not may_move(by, state, move, matter, asked):
        raise NotAllowed("refused.not_your_turn" if asked else "refused.not_allowed", move=move.value)
    require_seen(document, seen)
    after(state, move)
    if at is not None and state in (State.IN_REVIEW, State.APPROVED) and move is not Move.WITHDRAW:
        step = open_step(document) if state is State.IN_REVIEW else None
        turn = turn_now(by, document, step, day_in(by.timezone, at), route.read(document.route))
        if move in (closed := closed_to(turn)):
            raise NotAllowed(closed[move], move=move.value)


def require_seen(document: Document, seen: str) -> None:
    """Stale, naming what changed, unless the actor saw the document as it stands."""
    if seen != seen_now(document):
        raise Stale(_changes(document), document_id=document.id, state=document.state.value)


def asked_of(document: Document) -> dict[int, str]:
    """What each waiting post is asked."""
    rows = within(document.institution_id, Waiting, Waiting.post_id, Waiting.asked)
    return dict(db.session.execute(rows.where(Waiting.document_id == document.id)).all())


@dataclass(frozen=True)
class Opened:
    """The step that was opened: its place in the route, and its term."""

    step: int | None = None
    term: Term = field(default_factory=Term)


def ask(document: Document, posts: Mapping[int, str], at: datetime, opened: Opened | None = None) -> list[int]:
    """Replace whose turn it is; returns the posts that were not asked the same before.

    Whoever was asked the same on the same step keeps his day and his warning.
    """
    opened = opened or Opened()
    mine = (Waiting.institution_id == document.institution_id) & (Waiting.document_id == document.id)
    kept = {
        row.post_id
        for row in db.session.scalars(select(Waiting).where(mine, Waiting.step.is_not(None)))
        if (row.step, row.asked) == (opened.step, posts.get(row.post_id))
    }
    db.session.execute(delete(Waiting).where(mine, Waiting.post_id.not_in(kept)))
    fresh = [post_id for post_id in posts if post_id not in kept]
    for post_id in fresh:
        waiting = Waiting(institution_id=document.institution_id, document_id=document.id, post_id=post_id, since=at)
        waiting.asked, waiting.step = posts[post_id], opened.step
        waiting.due_on, waiting.warn_on = opened.term.due_on, opened.term.warn_on
        db.session.add(waiting)
    return fresh


def next_turns(document: Document) -> dict[int, str]:
    """Whose turn the route says it is now, and what each is asked; empty when the route is done."""
    steps, decided = route.read(document.route), made_on(document)
    index = route.open_step(steps, decided)
    if index is None:
        return {}
    return dict.fromkeys(route.waiting_posts(steps, decided), steps[index].asked.value)


def open_step(document: Document) -> int | None:
    """The index of the route's first step that still misses a decision or a record."""
    return route.open_step(route.read(document.route), made_on(document))


def made_on(document: Document) -> list[route.Decided]:
    """The decisions and records that count."""
    rows = within(document.institution_id, Decision, Decision.post_id, Decision.move).where(
        Decision.document_id == document.id, Decision.counts.is_(True), Decision.move.in_([Move.INITIAL, Move.APPROVE])
    )
    decided = [route.Decided(post_id, route.Asked(move.value)) for post_id, move in db.session.execute(rows)]
    return decided + [route.Decided(one.post_id, route.Asked.RECORD, one.step) for one in external_steps(document)]


def decide(document: Document, move: Move, decided: Decided, *, by: Actor, at: datetime) -> Decision:
    """Write down what a holding did, bound to the sha256 it saw."""
    revision = revision_of(document)
    decision = Decision(
        institution_id=document.institution_id,
        document_id=document.id,
        revision_id=revision.id if revision else None,
        holding_id=by.holding_id,
        post_id=by.post_id,
        title=by.title,
        move=move,
        sha256=revision.sha256 if revision else None,
        seen=decided.seen,
        reason=decided.reason.strip(),
        at=at,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def void_decisions(document: Document) -> list[int]:
    """End all decisions that still count; returns the posts that made them, to be told."""
    counting = (Decision.institution_id == document.institution_id) & (Decision.document_id == document.id)
    counting &= Decision.counts.is_(True) & Decision.move.in_([Move.SUBMIT, Move.INITIAL, Move.APPROVE])
    posts = list(db.session.scalars(select(Decision.post_id).where(counting).distinct()))
    db.session.execute(update(Decision).where(counting).values(counts=False))
    for step in external_steps(document):
        step.counts = False
        posts.append(step.post_id)
    return posts


def void_from(document: Document, step: int) -> list[int]:
    """End the decisions of that step of the route and of those after it; returns the posts that made them."""
    void = route_moves.void_from(route.read(document.route), step)
    rows = within(document.institution_id, Decision).where(
        Decision.document_id == document.id, Decision.counts.is_(True), Decision.move.in_([Move.INITIAL, Move.APPROVE])
    )
    made: list[tuple[Decision | ExternalStep, route.Decided]] = [
        (one, route.Decided(one.post_id, route.Asked(one.move.value))) for one in db.session.scalars(rows)
    ]
    made += [(one, route.Decided(one.post_id, route.Asked.RECORD, one.step)) for one in external_steps(document)]
    ended = [row for row, decided in made if route_moves.ends(decided, void)]
    for row in ended:
        row.counts = False
    return [row.post_id for row in ended]


def external_steps(document: Document) -> list[ExternalStep]:
    """The steps of others that are recorded and still count."""
    rows = within(document.institution_id, ExternalStep).where(
        ExternalStep.document_id == document.id, ExternalStep.counts.is_(True)
    )
    return list(db.session.scalars(rows.order_by(ExternalStep.id)))


def cut(
    document: Document, origin: Origin, *, sha256: str, fields: dict[str, Any], at: datetime, **came_from: Any
) -> Revision:
    """Cut an immutable revision, the current one from now on.

    `came_from` takes source_sha256, template_sha256 and law_release.
    """
    rows = within(document.institution_id, Revision, func.max(Revision.number))
    number = (db.session.scalar(rows.where(Revision.document_id == document.id)) or 0) + 1
    revision = Revision(
        institution_id=document.institution_id,
        document_id=document.id,
        number=number,
        origin=origin,
        fields=fields,
        sha256=sha256,
        created_at=at,
        **came_from,
    )
    db.session.add(revision)
    document.revision_number = number
    db.session.flush()
    return revision


def reopen_copy(document: Document, at: datetime) -> None:
    """A returned draft is a new thing to submit, even if nobody changes a word of it."""
    copy = copy_of(document)
    if copy is not None:
        copy.version, copy.saved_at = copy.version + 1, at


def _changes(document: Document) -> list[str]:
    """What someone with an old copy is told: the newest decision and when it was made."""
    rows = within(document.institution_id, Decision).where(Decision.document_id == document.id)
    last: Decision | StepChange | None = db.session.scalar(rows.order_by(Decision.id.desc()).limit(1))
    changed = within(document.institution_id, StepChange).where(StepChange.document_id == document.id)
    newer = db.session.scalar(changed.order_by(StepChange.id.desc()).limit(1))
    if newer is not None and (last is None or newer.at >= last.at):
        last = newer
    copy = copy_of(document)
    changes = [f"state:{document.state.value}"]
    if last is not None:
        changes.append(f"decision:{last.move.value}:{last.title}:{last.at.isoformat()}")
    if copy is not None and document.state is State.DRAFT:
        changes.append(f"saved:{copy.version}:{copy.saved_at.isoformat()}")
    return changes
