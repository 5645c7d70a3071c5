"""Deciding: read the very revision, then initial, approve, return, correct, or record the enactment."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.form import errors_in
from governance.documents.lifecycle import Move, State
from governance.documents.seen import Seen
from governance.documents.series import Preview, preview
from governance.documents.under_way import Decided
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem, Refusal
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library, titles_of
from web.findings import findings_of, findings_shape
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.moving import SIMPLE, enact_document, move_document
from web.pages.blueprint import pages
from web.pages.comment_shapes import comments_shape
from web.pages.documents import document_page, files_shape, today_of
from web.pages.overtaken import LATE, overtaken, overtaken_page
from web.pages.relation_shapes import LABELS as RELATION_LABELS
from web.pages.relation_shapes import enactment_shape, wishes_sent
from web.pages.shapes import document_shape, external_shape, route_shape
from web.pages.signer_shapes import delegation_sent, signer_shape, strategic_shape
from web.pages.since import changed_since, may_decide, note_opened
from web.pages.turn_shapes import turning_shape
from web.sheets import text_of
from web.wording import marked
from workflows import approval, enactment

DONE = {
    Move.SUBMIT: marked("Diajukan."),
    Move.INITIAL: marked("Diparaf."),
    Move.APPROVE: marked("Konsep disetujui."),
    Move.RETURN: marked("Dikembalikan kepada pemrakarsa."),
    Move.WITHDRAW: marked("Ditarik."),
}
LABELS = {
    "reason": marked("Catatan"),
    "signed_on": marked("Tanggal ditandatangani"),
    "scan": marked("Pindaian"),
    "number": marked("Nomor"),
    "delegation": marked("Atas nama (a.n.)"),
    "file": marked("Berkas"),
    "note": marked("Yang dikoreksi"),
    "letter_number": marked("Nomor surat"),
    "letter_date": marked("Tanggal surat"),
    "promulgated_on": marked("Tanggal pengundangan"),
    "to_step": marked("Kepada"),
    "to_post": marked("Diteruskan kepada"),
}


@pages.get("/documents/<int:document_id>/decide")
def decide(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    if seen.state is not State.IN_REVIEW:
        return redirect(url_for("pages.document", document_id=document_id))
    return decide_page(actor, seen)


@pages.post("/documents/<int:document_id>/move")
def move(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    queries.document(actor, document_id, today_of(actor))
    wish = sent("move")
    if wish not in SIMPLE:
        raise Invalid(Problem("move", "decision.unknown_move", {"known": ", ".join(DONE)}))
    asked = Decided(document_id, sent("seen")[:64], sent("reason"))
    try:
        move_document(asked, Move(wish), actor)
    except Invalid as refusal:
        return refused_page(actor, document_id, refusal), 422
    except LATE as refusal:
        return late_page(actor, document_id, refusal)
    flash(_(DONE[Move(wish)]), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/revision")
def upload_revision(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    form = Form()
    data = form.file("file", required=True)
    if data is None:
        return decide_page(actor, seen, problems=shown(form.problems, LABELS)), 422
    asked = Decided(document_id, sent("seen")[:64], sent("note"))
    try:
        form_alone = approval.correct(asked, data, by=actor, now=clock.now(), library=library())
    except FAULTS as refusal:
        return decide_page(actor, seen, problems=shown(faults_of(refusal), LABELS)), 422
    if form_alone:
        flash(_("Naskah koreksi tersimpan. Hanya bentuknya yang berubah: paraf yang ada tetap berlaku."), "good")
    else:
        flash(_("Naskah koreksi tersimpan sebagai revisi baru. Paraf dimulai dari awal."), "good")
    if wrong := errors_in(findings_of(actor, queries.document(actor, document_id, today_of(actor)))):
        flash(_("Pemeriksaan bentuk menemukan %(count)s kesalahan pada naskah koreksi.", count=len(wrong)), "due")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.route("/documents/<int:document_id>/enact", methods=["GET", "POST"])
def enact(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    permissions.require(actor, Act.ENACT)
    number = preview(actor, seen, library().family(seen.kind), today_of(actor).year)
    if request.method == "GET":
        if seen.state is not State.APPROVED:
            return redirect(url_for("pages.document", document_id=document_id))
        if number is not None and number.signing:
            return redirect(url_for("pages.prepare_signing", document_id=document_id))
        return _enact_page(actor, seen, number, {}, [])
    form = Form()
    signed_on, scan, relations = form.day("signed_on", required=True), form.scan("scan"), wishes_sent(form)
    delegation = delegation_sent(form)
    if scan is None and not sent("scan_later"):
        form.problems.append(Problem("scan", "enact.scan_missing"))
    if form.problems:
        return _enact_page(actor, seen, number, form.again(), form.problems), 422
    asked = Decided(document_id, sent("seen")[:64])
    try:
        typed = form.text("number") or None
        enact_document(asked, signed_on, actor, scan=scan, number=typed, relations=relations, delegation=delegation)
    except Invalid as refusal:
        return _enact_page(actor, seen, number, form.again(), refusal.problems), 422
    flash(_("Penetapan dicatat. Setiap kantor yang disebut diberi tahu tugasnya."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/scan")
def add_scan(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    queries.document(actor, document_id, today_of(actor))
    form = Form()
    scan = form.scan("scan", required=True)
    if scan is None or form.problems:
        return document_page(document_id, problems=shown(form.problems, LABELS)), 422
    enactment.add_scan(document_id, scan, by=actor, now=clock.now(), library=library())
    flash(_("Pindaian ditambahkan."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


def refused_page(actor: Actor, document_id: int, refusal: Invalid) -> str:
    """The page the decision was made on, again, with what is missing and what was typed."""
    seen = queries.document(actor, document_id, today_of(actor))
    problems, reason = shown(refusal.problems, LABELS), sent("reason")
    if seen.state is State.IN_REVIEW and {Move.INITIAL, Move.APPROVE, Move.RECORD} & set(seen.moves):
        return decide_page(actor, seen, problems=problems, reason=reason)
    return document_page(document_id, problems=problems, reason=reason)


def late_page(actor: Actor, document_id: int, refusal: Refusal) -> tuple[str, int]:
    """What happened meanwhile: on the newest text where the reader may still decide, else on a page of its own."""
    now, said, status = overtaken(actor, document_id, refusal)
    return _read_anew(actor, now, said) if may_decide(now) else overtaken_page(now, said), status


def _read_anew(actor: Actor, seen: Seen, said: dict[str, object]) -> str:
    """The newest text to decide on, with what happened meanwhile above it and the typed notes where they belong."""
    return decide_page(actor, seen, reason=sent("reason"), overtaken=said)


def decide_page(actor: Actor, seen: Seen, *, problems: Any = (), reason: str = "", **more: Any) -> str:
    """The page on which a revision is read and decided on."""
    made, lines = queries.decisions(actor, seen), queries.route_lines(seen, titles_of(actor))
    text = text_of(actor, seen)
    since = changed_since(actor, seen, text, made)
    moves = [move.value for move in seen.moves]
    if Move.INITIAL in seen.moves and permissions.may(actor, Act.CORRECT):
        moves.append("upload")
    page = render_template(
        "decide.html",
        document=document_shape(seen),
        moves=moves,
        route=route_shape(actor, seen, lines, made),
        decree=text,
        files=files_shape(seen),
        revision={"number": seen.revision, "cut_at": None},
        external=external_shape(seen, lines, made),
        since=since.at,
        changes=since.changes,
        changed=[change["part"] for change in since.changes],
        findings=findings_shape(findings_of(actor, seen)),
        strategic=strategic_shape(actor, seen),
        signed_by=[one.title for one in made if one.counts and one.move is Move.INITIAL],
        due_on=seen.due_on,
        turning=turning_shape(actor, seen, lines, made),
        reason=reason,
        letter={"number": sent("letter_number"), "date": sent("letter_date")},
        note=sent("note") if request.method == "POST" else "",
        problems=list(problems),
        **comments_shape(actor, seen, text),
        **more,
    )
    note_opened(actor, seen, noted=since.is_noted)
    return page


def _enact_page(actor: Actor, seen: Seen, number: Preview | None, form: Any, problems: Any) -> str:
    blank = {"signed_on": "", "scan_later": "", "number": "", "delegation": ""}
    return render_template(
        "enact.html",
        document=document_shape(seen),
        form={**blank, **form},
        series_way=number.way.value if number else "own",
        number_preview=number.written if number else "",
        reserved=number is not None and number.reserved,
        relations=enactment_shape(actor, seen, today_of(actor)),
        signing=signer_shape(actor, seen),
        today=today_of(actor),
        signer_office=institution_of(actor).establishing_office,
        moves=[move.value for move in seen.moves],
        turning=turning_shape(actor, seen, (), ()),
        reason="",
        problems=shown(problems, {**RELATION_LABELS, **LABELS}),
    )
