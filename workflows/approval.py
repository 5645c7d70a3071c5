"""Approval: submitting, initialling, approving, returning, withdrawing, and Bagian Hukum's corrections."""

from datetime import datetime

from governance.calendar.calendars import calendar_of
from governance.calendar.holidays import NOTHING_DECREED, Decreed
from governance.documents import barring, citing, handed_in, route, signings, under_way
from governance.documents.beyond_text import beyond_text
from governance.documents.dating import dated
from governance.documents.form_only import differing
from governance.documents.laying import offices_of, route_for, steps_on
from governance.documents.lifecycle import NEEDS_REASON, Move
from governance.documents.models import Document, Origin, Revision
from governance.documents.package import Package
from governance.documents.possible import FILL
from governance.documents.reading import read_document
from governance.documents.revisions import leave_comparison
from governance.documents.route_due import Term, term
from governance.documents.strategic import strategic_warning
from governance.documents.under_way import Decided, Opened
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.drafting import initiators
from workflows.drawing_up import drawn_up
from workflows.form_check import counted, findings_in
from workflows.library import Library
from workflows.telling import tell, tell_form_corrected, tell_revised, void_and_tell

REASON_LIMIT = 4000


def submit(asked: Decided, *, by: Actor, now: datetime, library: Library) -> None:
    """Check the form, cut a revision from the working copy and lay the route: the first posts are asked.

    Invalid names every error of the fields or of the form; warnings and notes go along, counted in the trail.
    """
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if under_way.was_done(document, Move.SUBMIT, by, asked.seen):
            return
        under_way.require_move(document, Move.SUBMIT, by, asked.seen)
        kind, today, offices = library.kind(document.kind), day_in(by.timezone, now), offices_of(by.institution_id)
        revision, checked = drawn_up(document, today, now, library)
        steps = steps_on(by.institution_id, kind, dated(revision.fields, today))
        document.route = [one.as_data() for one in route_for(steps, document.initiating_unit_id, offices)]
        under_way.void_decisions(document)
        under_way.decide(document, Move.SUBMIT, asked, by=by, at=now)
        document.move(Move.SUBMIT, now)
        ask_next(document, by, now, library.law.holidays)
        tell_revised(document, by, now)
        leave_comparison(revision, by=by, at=now)
        record("document.submitted", by=by, about=("document", document.id), at=now, sha256=revision.sha256, **checked)
        after_commit(ring("notices.deliver", "jobs.run"))


def initial(asked: Decided, *, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """The step's post initials (paraf) the revision it saw. `decreed`: the national days that terms are counted by."""
    _decide(asked, Move.INITIAL, by=by, now=now, decreed=decreed)


def approve(asked: Decided, *, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """The Sekda approves the konsep he saw, never his own; Bagian Hukum brings it to the establishing post."""
    _decide(asked, Move.APPROVE, by=by, now=now, decreed=decreed)


def return_to_author(asked: Decided, *, by: Actor, now: datetime) -> None:
    """Send the draft back with a reason; initials given so far are void, and those who gave them are told."""
    _end(asked, Move.RETURN, by=by, now=now)


def withdraw(asked: Decided, *, by: Actor, now: datetime) -> None:
    """The initiating unit gives the draft up, with a reason."""
    _end(asked, Move.WITHDRAW, by=by, now=now)


def correct(asked: Decided, data: bytes, *, by: Actor, now: datetime, library: Library) -> bool:
    """Bagian Hukum, at its step, puts a corrected Word file in place; returns whether only its form was corrected.

    Then the initials given so far still count and the remaining steps are asked; else the route begins anew
    (decision 0041). Its form is checked and counted in the trail, and refuses nothing (decision 0033).
    """
    opened = handed_in.opened(data)
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        permissions.require(by, Act.CORRECT)
        if under_way.asked_of(document).get(by.post_id or 0) != Move.INITIAL.value:
            raise NotAllowed("refused.not_your_turn", move="correct")
        under_way.require_seen(document, asked.seen)
        require_readable("note", asked.reason)
        opened.required(promulgated=library.is_promulgated(document.kind))
        before = under_way.revision_of(document)
        assert before is not None  # a document in review has one: CHECK reviewed_has_revision
        sha256 = library.files.keep(data)
        if sha256 == before.sha256:
            return True
        differs = _differing(library.files.read(before.sha256), data)
        found = findings_in(data, document, before.fields, today=day_in(by.timezone, now), library=library)
        revision = _corrected(document, before, sha256, now, counted(found))
        citing.keep_read(revision, data, library.law_of(by.institution_id))
        document.changed_at = now
        if differs:
            void_and_tell(document, "document.corrected", by, now, asked.reason)
        else:
            tell_form_corrected(document, by, now, asked.reason)
        ask_next(document, by, now, library.law.holidays)
        leave_comparison(revision, by=by, at=now)
        what = "document.corrected" if differs else "document.form_corrected"
        hashes = {"before": before.sha256, "sha256": sha256, "differs": ", ".join(differs)}
        record(what, by=by, about=("document", document.id), at=now, **hashes, **counted(found))
        after_commit(ring("notices.deliver", "jobs.run"))
        return not differs


def _differing(before: bytes, after: bytes) -> tuple[str, ...]:
    """In what two files differ by more than form, by the names of their parts."""
    parts = differing(read_document(before), read_document(after))
    same = beyond_text(Package.read(before)) == beyond_text(Package.read(after))
    return parts if same else (*parts, "beyond_text")


def _corrected(document: Document, before: Revision, sha256: str, now: datetime, checked: dict[str, int]) -> Revision:
    return under_way.cut(
        document,
        Origin.CORRECTED,
        sha256=sha256,
        fields=before.fields,
        at=now,
        source_sha256=before.sha256,
        template_sha256=before.template_sha256,
        law_release=before.law_release,
        checked=checked,
    )


def _decide(asked: Decided, move: Move, *, by: Actor, now: datetime, decreed: Decreed) -> None:
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if under_way.was_done(document, move, by, asked.seen):
            return
        under_way.require_move(document, move, by, asked.seen, at=now)
        require_reason(asked, move)
        decision = under_way.decide(document, move, asked, by=by, at=now)
        document.move(move, now)
        if move is Move.APPROVE:
            _ask_to_enact(document, by, now)
        else:
            ask_next(document, by, now, decreed)
        what = "document.approved" if move is Move.APPROVE else "document.initialled"
        told = strategic_warning(under_way.revision_of(document), by.holding_id)
        record(what, by=by, about=("document", document.id), at=now, sha256=decision.sha256, **told)
        after_commit(ring("notices.deliver"))


def _end(asked: Decided, move: Move, *, by: Actor, now: datetime) -> None:
    """Return or withdraw: the route ends here."""
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if under_way.was_done(document, move, by, asked.seen):
            return
        under_way.require_move(document, move, by, asked.seen, at=now)
        require_reason(asked, move)
        reason = asked.reason.strip()
        signings.drop(document, reason, by=by, now=now)
        waiting = [] if move is Move.RETURN else list(under_way.asked_of(document))
        under_way.decide(document, move, asked, by=by, at=now)
        document.move(move, now)
        under_way.reopen_copy(document, now)
        key = "document.returned" if move is Move.RETURN else "document.withdrawn"
        void_and_tell(document, key, by, now, reason, *waiting)
        under_way.ask(document, dict.fromkeys(initiators(document), "submit") if move is Move.RETURN else {}, now)
        record(key, by=by, about=("document", document.id), at=now, reason=reason)
        after_commit(ring("notices.deliver"))


def ask_next(document: Document, by: Actor, now: datetime, decreed: Decreed = NOTHING_DECREED) -> None:
    """Ask the posts whose turn the route says it is, until when, and tell those who were not asked the same before.

    Where one of them declined, Bagian Hukum is asked to find who takes the place.
    """
    turns = under_way.next_turns(document)
    steps, index = route.read(document.route), under_way.open_step(document)
    legal = _post_with(document, Role.LEGAL)
    if legal is not None and index is not None and _waits_for_another(document, steps, index):
        turns.setdefault(legal, FILL)
    days = steps[index].days if index is not None else 0
    today = day_in(by.timezone, now)
    due = term(days, today, calendar_of(by.institution_id, decreed)) if days else Term()
    fresh = under_way.ask(document, turns, now, Opened(index, due))
    for asked in sorted({turns[post_id] for post_id in fresh}):
        posts = [post_id for post_id in fresh if turns[post_id] == asked]
        tell(document, posts, f"document.asked_{asked}", by, now)


def _waits_for_another(document: Document, steps: tuple[route.Step, ...], index: int) -> bool:
    """Whether a post of the open step declined, or the one that approves did."""
    if steps[index].asked is route.Asked.APPROVE:
        return barring.approval_declined(document)
    return bool(steps[index].declined)


def _post_with(document: Document, role: Role) -> int | None:
    rows = within(document.institution_id, Post, Post.id).where(Post.role == role).order_by(Post.id).limit(1)
    found: int | None = db.session.scalar(rows)
    return found


def _ask_to_enact(document: Document, by: Actor, now: datetime) -> None:
    legal = _post_with(document, Role.LEGAL)
    under_way.ask(document, {legal: Move.ENACT.value} if legal else {}, now)
    tell(document, [legal] if legal else [], "document.asked_enact", by, now)
    tell(document, initiators(document), "document.approved", by, now)


def followers(document: Document) -> set[int]:
    """The initiating unit's head and everyone on the route."""
    return {post_id for step in document.route for post_id in step["posts"]} | set(initiators(document))


def require_reason(asked: Decided, move: Move) -> None:
    """Invalid where a move needs a reason and there is none, or nobody could read it."""
    if move in NEEDS_REASON and not asked.reason.strip():
        raise Invalid(Problem("reason", "decision.reason_missing"))
    require_readable("reason", asked.reason.strip())


def require_readable(place: str, text: str) -> None:
    """Invalid for what nobody should be shown, or would read to its end."""
    if problems := unprintable(place, text):
        raise Invalid(*problems)
    if len(text) > REASON_LIMIT:
        raise Invalid(Problem(place, "decision.reason_long", {"limit": REASON_LIMIT}))
