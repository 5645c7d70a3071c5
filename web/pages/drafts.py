"""The draft form: saved while typing, merged when someone else saved, submitted when complete."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import fields as field_rules
from governance.documents import queries
from governance.documents.comments import by_section, comments_on
from governance.documents.doubts import Grade
from governance.documents.editing import in_hand
from governance.documents.kinds import Kind
from governance.documents.lifecycle import Move, State
from governance.documents.seen import Seen
from governance.documents.under_way import Decided
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from governance.people.permissions import Act, Matter
from web.at_hand import copy_of, institution_of, library
from web.doubts import looked_through
from web.findings import findings_in, findings_of, findings_shape
from web.forms.draft import Sections, filled_in, labels, read_back
from web.forms.reading import sent, shown
from web.guard import current_actor
from web.moving import move_document
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import document_shape
from web.sheets import composed, text_from, text_of
from web.shown import hour
from workflows import commenting, drafting
from workflows.commenting import Answered
from workflows.drafting import Typed

ANSWER = "answers."


@pages.get("/documents/<int:document_id>/draft")
def draft(document_id: int) -> ResponseReturnValue:
    actor, seen = my_draft(document_id)
    if seen.state is not State.DRAFT:
        return redirect(url_for("pages.document", document_id=document_id))
    return _page(actor, seen)


@pages.post("/documents/<int:document_id>/draft")
def save_draft(document_id: int) -> ResponseReturnValue:
    actor, seen = my_draft(document_id)
    if seen.state is not State.DRAFT:
        raise Stale((f"state:{seen.state.value}",))
    submits = sent("move") == Move.SUBMIT.value
    fields = _sent_fields(actor, seen)
    if submits:
        fields = filled_in(fields)
    try:
        _save(actor, seen, fields)
    except Stale:
        return _page(actor, seen, fields=fields, conflict=True), 409
    except Invalid as refusal:
        return _page(actor, seen, fields=fields, refused=refusal), 422
    seen = queries.document(actor, document_id, today_of(actor))
    return _submit(actor, seen) if submits else _again(actor, seen)


def _save(actor: Actor, seen: Seen, fields: dict[str, Any]) -> None:
    """The fields, where no uploaded file stands for them; then the answers, unless only a list was rearranged."""
    if copy_of(actor, seen).file_sha256 is None:
        drafting.save_copy(Typed(seen.id, version_sent(), fields), by=actor, now=clock.now(), library=library())
    if not touched_list():
        answer_comments(actor, seen.id)


def _again(actor: Actor, seen: Seen) -> ResponseReturnValue:
    """The form again, at the list that was touched; a redirect would lose answers that are still being written."""
    place = touched_list()
    if place and typed_answers():
        return _page(actor, seen)
    anchor = f"f-{place}" if place else None
    return redirect(url_for("pages.draft", document_id=seen.id, touched=place, _anchor=anchor), 303)


def _submit(actor: Actor, seen: Seen) -> ResponseReturnValue:
    try:
        move_document(Decided(seen.id, seen.seen), Move.SUBMIT, actor)
    except Invalid as refusal:
        return _page(actor, seen, refused=refusal), 422
    flash(_("Draf diajukan. Revisi dikunci dan diteruskan menurut rute."), "good")
    return redirect(url_for("pages.document", document_id=seen.id), 303)


@pages.post("/documents/<int:document_id>/autosave")
def autosave(document_id: int) -> ResponseReturnValue:
    actor, seen = my_draft(document_id)
    if seen.state is not State.DRAFT:
        raise Stale((f"state:{seen.state.value}",))
    fields = _sent_fields(actor, seen)
    now = clock.now()
    try:
        drafting.save_copy(Typed(document_id, version_sent(), fields), by=actor, now=now, library=library())
    except Stale:
        stored = copy_of(actor, seen).fields
        return jsonify(
            version=seen.version, changed=_labels_of(seen, _differing(library().kind(seen.kind), stored, fields))
        ), 409
    seen = queries.document(actor, document_id, today_of(actor))
    sheet = render_template("partials/sheet.html", decree=composed(actor, seen), changed=())
    found = render_template("partials/findings.html", findings=findings_shape(findings_of(actor, seen)))
    return jsonify(
        version=seen.version,
        seen=seen.seen,
        saved_at=hour(now, actor),
        sheet=sheet,
        findings=found,
        sources=_sources(actor, seen, fields),
    )


def my_draft(document_id: int) -> tuple[Actor, Seen]:
    """The document, if its draft is the reader's to write; to others it is as if it had no form."""
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    may = permissions.may(actor, Act.EDIT, Matter(initiating_unit_id=seen.unit_id))
    if not may or seen.version is None:
        raise NotFound
    return actor, seen


def _sent_fields(actor: Actor, seen: Seen) -> dict[str, Any]:
    before = copy_of(actor, seen).fields
    return read_back(library().kind(seen.kind), request.form, before)


def version_sent() -> int:
    """The version of the working copy that the page showed."""
    value = sent("version")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def touched_list() -> str | None:
    """The list in which a row was added, removed or moved: where to land, and what is not to be folded away."""
    touched = sent("add") or sent("remove") or sent("up")
    return touched.split(".")[0] or None


def typed_answers() -> dict[str, str]:
    """The answers to comments that were written into the form, by the comment's number."""
    return {
        name.removeprefix(ANSWER): value.strip()
        for name, value in request.form.items()
        if name.startswith(ANSWER) and value.strip()
    }


def answer_comments(actor: Actor, document_id: int) -> None:
    """Write down each answer that was typed; Invalid names the comment whose answer cannot be taken."""
    for number, text in typed_answers().items():
        if number.isascii() and number.isdigit() and len(number) < 16:
            try:
                commenting.answer(Answered(document_id, int(number), text), by=actor, now=clock.now())
            except Invalid as refusal:
                raise Invalid(*(replace(one, place=f"comments.{number}") for one in refusal.problems)) from refusal


def _page(
    actor: Actor, seen: Seen, *, fields: Any = None, conflict: bool = False, refused: Invalid | None = None
) -> str:
    kind, facts = library().kind(seen.kind), institution_of(actor)
    copy = copy_of(actor, seen)
    shown_fields = copy.fields if fields is None else fields
    differing = _differing(kind, copy.fields, shown_fields)
    said = comments_on(actor, seen.id)
    looked_at = looked_through(actor, seen, shown_fields, said)
    found = refused.problems if refused else _open_problems(kind, shown_fields, facts)
    stands = copy.file_sha256 is not None
    laid = Sections(kind, facts, copy.began, from_word=stands, comments=by_section(said)).laid(
        shown_fields,
        found,
        [one for one in looked_at if one.grade is Grade.DOUBTFUL and one.place],
        {touched_list() or request.args.get("touched", ""), *differing},
    )
    return render_template(
        "draft.html",
        document=document_shape(seen),
        sections=laid,
        answers=typed_answers() if request.method == "POST" else {},
        doubtful=sum(one.grade is Grade.DOUBTFUL for one in looked_at),
        problems=shown(found, labels(kind)),
        refused=refused is not None,
        conflict={"changed": _labels_of(seen, differing)} if conflict else None,
        returned=_returned(actor, seen),
        saved_at=copy.saved_at,
        due_on=None,
        decree=text_of(actor, seen) if stands else text_from(actor, seen.kind, shown_fields, facts),
        changed=(),
        findings=findings_shape(
            findings_of(actor, seen) if copy.file_sha256 else findings_in(actor, seen.kind, shown_fields, facts)
        ),
        download_url=url_for("pages.document_file", document_id=seen.id),
        stands=stands,
        in_hand=in_hand(actor, seen.id, clock.now()),
        first_signer=None,
        can_submit=True,
    )


def _sources(actor: Actor, seen: Seen, fields: Mapping[str, Any]) -> dict[str, str]:
    """Where each value comes from, now that it was saved."""
    kind, copy = library().kind(seen.kind), copy_of(actor, seen)
    form = Sections(kind, institution_of(actor), copy.began)
    return {spec.key: form.source(spec.key, fields.get(spec.key)) for spec in kind.fields}


def _open_problems(kind: Kind, fields: Any, facts: InstitutionFacts) -> Any:
    return field_rules.problems(kind, filled_in(fields), institution=facts, complete=True, law=library().law)


def _differing(kind: Kind, stored: Mapping[str, Any], fields: Mapping[str, Any]) -> list[str]:
    """The fields in which the stored copy and what the reader typed differ."""
    mine = field_rules.cleaned(fields)
    return [spec.key for spec in kind.fields if stored.get(spec.key) != mine.get(spec.key)]


def _labels_of(seen: Seen, keys: Sequence[str]) -> list[str]:
    return [_(spec.label) for spec in library().kind(seen.kind).fields if spec.key in keys]


def _returned(actor: Actor, seen: Seen) -> dict[str, Any] | None:
    if seen.revision is None:
        return None
    made = [one for one in queries.decisions(actor, seen) if one.move in (Move.RETURN, Move.SUBMIT)]
    if not made or made[-1].move is not Move.RETURN:
        return None
    return {"by": made[-1].title, "reason": made[-1].reason, "at": made[-1].at}
