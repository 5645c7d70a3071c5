"""Approval: submitting, initialling, approving, returning, withdrawing, and Bagian Hukum's corrections."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from governance.documents import citing, drafting, fields, handed_in, route, signings, under_way
from governance.documents.comments import open_comments
from governance.documents.dating import dated
from governance.documents.kinds import Kind
from governance.documents.lifecycle import NEEDS_REASON, Move
from governance.documents.models import Decision, Document, Origin, Revision
from governance.documents.revisions import leave_comparison
from governance.documents.under_way import Decided
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Institution, Post
from governance.people.permissions import Act
from governance.people.queries import facts_of, post_holder
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.drafting import initiators
from workflows.form_check import counted, findings_in, require_form
from workflows.library import Library

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
        kind = library.kind(document.kind)
        revision, checked = _drawn_up(document, kind, day_in(by.timezone, now), now, library)
        on = dated(revision.fields, day_in(by.timezone, now))
        document.route = [step.as_data() for step in route.laid(_steps(kind, on), _posts(document))]
        under_way.void_decisions(document)
        under_way.decide(document, Move.SUBMIT, asked, by=by, at=now)
        document.move(Move.SUBMIT, now)
        ask_next(document, by, now)
        leave_comparison(revision, by=by, at=now)
        record("document.submitted", by=by, about=("document", document.id), at=now, sha256=revision.sha256, **checked)
        after_commit(ring("notices.deliver", "jobs.run"))


def initial(asked: Decided, *, by: Actor, now: datetime) -> None:
    """The step's post initials (paraf) the revision it saw."""
    _decide(asked, Move.INITIAL, by=by, now=now)


def approve(asked: Decided, *, by: Actor, now: datetime) -> None:
    """The Sekda approves the konsep he saw; Bagian Hukum is asked to bring it to the establishing post."""
    _decide(asked, Move.APPROVE, by=by, now=now)


def return_to_author(asked: Decided, *, by: Actor, now: datetime) -> None:
    """Send the draft back with a reason; initials given so far are void, and those who gave them are told."""
    _end(asked, Move.RETURN, by=by, now=now)


def withdraw(asked: Decided, *, by: Actor, now: datetime) -> None:
    """The initiating unit gives the draft up, with a reason."""
    _end(asked, Move.WITHDRAW, by=by, now=now)


def correct(asked: Decided, data: bytes, *, by: Actor, now: datetime, library: Library) -> None:
    """Bagian Hukum, at its step, puts a corrected Word file in place: a new revision; the route begins anew.

    Its form is checked and counted in the trail, and refuses nothing: the legal section answers for it (decision 0033).
    """
    opened = handed_in.opened(data)
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        permissions.require(by, Act.CORRECT)
        if under_way.asked_of(document).get(by.post_id or 0) != Move.INITIAL.value:
            raise NotAllowed("refused.not_your_turn", move="correct")
        under_way.require_seen(document, asked.seen)
        _require_readable("note", asked.reason)
        opened.required(promulgated=library.is_promulgated(document.kind))
        before = under_way.revision_of(document)
        assert before is not None  # a document in review has one: CHECK reviewed_has_revision
        sha256 = library.files.keep(data)
        if sha256 == before.sha256:
            return
        today = day_in(by.timezone, now)
        checked = counted(findings_in(data, document, before.fields, today=today, library=library))
        revision = under_way.cut(
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
        citing.keep_read(revision, data, library.law_of(by.institution_id))
        document.changed_at = now
        _void_and_tell(document, "document.corrected", by, now, asked.reason)
        ask_next(document, by, now)
        leave_comparison(revision, by=by, at=now)
        hashes = {"before": before.sha256, "sha256": sha256}
        record("document.corrected", by=by, about=("document", document.id), at=now, **hashes, **checked)
        after_commit(ring("notices.deliver", "jobs.run"))


def _decide(asked: Decided, move: Move, *, by: Actor, now: datetime) -> None:
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if under_way.was_done(document, move, by, asked.seen):
            return
        under_way.require_move(document, move, by, asked.seen)
        _require_reason(asked, move)
        decision = under_way.decide(document, move, asked, by=by, at=now)
        document.move(move, now)
        if move is Move.APPROVE:
            _ask_to_enact(document, by, now)
        else:
            ask_next(document, by, now)
        what = "document.approved" if move is Move.APPROVE else "document.initialled"
        record(what, by=by, about=("document", document.id), at=now, sha256=decision.sha256)
        after_commit(ring("notices.deliver"))


def _end(asked: Decided, move: Move, *, by: Actor, now: datetime) -> None:
    """Return or withdraw: the route ends here."""
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if under_way.was_done(document, move, by, asked.seen):
            return
        under_way.require_move(document, move, by, asked.seen)
        _require_reason(asked, move)
        reason = asked.reason.strip()
        signings.drop(document, reason, by=by, now=now)
        waiting = [] if move is Move.RETURN else list(under_way.asked_of(document))
        under_way.decide(document, move, asked, by=by, at=now)
        document.move(move, now)
        under_way.reopen_copy(document, now)
        key = "document.returned" if move is Move.RETURN else "document.withdrawn"
        _void_and_tell(document, key, by, now, reason, *waiting)
        under_way.ask(document, dict.fromkeys(initiators(document), "submit") if move is Move.RETURN else {}, now)
        record(key, by=by, about=("document", document.id), at=now, reason=reason)
        after_commit(ring("notices.deliver"))


def _drawn_up(
    document: Document, kind: Kind, today: date, now: datetime, library: Library
) -> tuple[Revision, dict[str, int]]:
    """The revision that this submission cuts and its findings, counted; Invalid when something is missing or wrong."""
    copy = under_way.copy_of(document)
    assert copy is not None  # only a recorded act has no working copy, and that is never a draft
    facts, law = facts_of(document.institution_id), library.law_of(document.institution_id)
    problems = (
        *fields.problems(kind, copy.fields, institution=facts, complete=True, law=law),
        *_unanswered(document),
    )
    if problems:
        raise Invalid(*problems)
    written = _with_signer(document, kind, dict(copy.fields), today)
    text = drafting.compose(kind, written, institution=facts, law=law, on=dated(written, today))
    sha256, template = copy.file_sha256, ""  # an uploaded file is what was written: it is submitted as it is
    if sha256 is None:
        data, template = library.render(document.institution_id, kind.key, text)
    else:
        data = library.files.read(sha256)
    findings = findings_in(data, document, written, today=today, library=library)
    require_form(findings)
    revision = under_way.cut(
        document,
        Origin.SUBMITTED,
        sha256=library.files.keep(data),
        fields=written,
        at=now,
        template_sha256=template,
        law_release=law.release,
        checked=counted(findings),
    )
    if copy.file_sha256 is None:
        citing.keep(revision, text.citations)
    else:
        citing.keep_read(revision, data, law)
    return revision, counted(findings)


def _unanswered(document: Document) -> list[Problem]:
    """What readers said and nobody answered: it is answered before the document goes back to them."""
    return [
        Problem(f"comments.{one.id}", "draft.comment_open", {"section": one.label, "by": one.by_title})
        for one in open_comments(document.institution_id, document.id)
    ]


def _with_signer(document: Document, kind: Kind, written: dict[str, Any], today: date) -> dict[str, Any]:
    """The fields with the name of who holds the establishing post today, where none was typed."""
    if not written.get("signer_name"):
        post_id = _post_with(document, kind.establishes)
        holder = post_holder(document.institution_id, post_id, today) if post_id else None
        written["signer_name"] = holder[1] if holder else None
    return written


def _steps(kind: Kind, on: date) -> list[dict[str, Any]]:
    """The steps that a document of that day takes."""
    return [asdict(step) for step in kind.route if step.stands(on)]


def _posts(document: Document) -> Any:
    """A function from a step's `who` to the post's id in this institution."""
    chosen = db.session.get_one(Institution, document.institution_id).route

    def post_of(who: str) -> int | None:
        if who == "initiator_head":
            return next(iter(initiators(document)), None)
        if who in chosen:
            rows = within(document.institution_id, Post, Post.id).where(Post.key == chosen[who])
            found: int | None = db.session.scalar(rows)
            return found
        return _post_with(document, Role(who))

    return post_of


def _post_with(document: Document, role: Role) -> int | None:
    rows = within(document.institution_id, Post, Post.id).where(Post.role == role).order_by(Post.id).limit(1)
    found: int | None = db.session.scalar(rows)
    return found


def ask_next(document: Document, by: Actor, now: datetime) -> None:
    """Ask the posts whose turn the route says it is, and tell them."""
    turns = under_way.next_turns(document)
    under_way.ask(document, turns, now)
    for asked in sorted(set(turns.values())):
        posts = [post_id for post_id, what in turns.items() if what == asked]
        _tell(document, posts, f"document.asked_{asked}", by, now)


def _ask_to_enact(document: Document, by: Actor, now: datetime) -> None:
    legal = _post_with(document, Role.LEGAL)
    under_way.ask(document, {legal: Move.ENACT.value} if legal else {}, now)
    _tell(document, [legal] if legal else [], "document.asked_enact", by, now)
    _tell(document, initiators(document), "document.approved", by, now)


def _void_and_tell(document: Document, key: str, by: Actor, now: datetime, reason: str, *others: int) -> None:
    decided = under_way.void_decisions(document)
    posts = ({*decided, *initiators(document), *others}) - {by.post_id or 0}
    _tell(document, list(posts), key, by, now, reason=reason[:200])


def followers(document: Document) -> set[int]:
    """The initiating unit's head and everyone on the route."""
    return {post_id for step in document.route for post_id in step["posts"]} | set(initiators(document))


def _tell(document: Document, posts: list[int], key: str, by: Actor, now: datetime, **params: str) -> None:
    rows = within(document.institution_id, Decision, Decision.id).where(Decision.document_id == document.id)
    step = len(db.session.scalars(rows).all())
    leave(
        posts,
        key,
        by=by,
        at=now,
        cause=f"{key}:{document.id}:{document.revision_number}:{step}",
        document_id=document.id,
        params={"title": document.title[:300], "by": by.title, **params},
    )


def _require_reason(asked: Decided, move: Move) -> None:
    if move in NEEDS_REASON and not asked.reason.strip():
        raise Invalid(Problem("reason", "decision.reason_missing"))
    _require_readable("reason", asked.reason.strip())


def _require_readable(place: str, text: str) -> None:
    """Invalid for what nobody should be shown, or would read to its end."""
    if problems := unprintable(place, text):
        raise Invalid(*problems)
    if len(text) > REASON_LIMIT:
        raise Invalid(Problem(place, "decision.reason_long", {"limit": REASON_LIMIT}))
