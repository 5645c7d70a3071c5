"""Electronic signing: Bagian Hukum prepares and takes in what was signed; the establishing post signs."""

from typing import Any

from flask import current_app, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries, reading, signings
from governance.documents.act_models import SigningWay
from governance.documents.lifecycle import State
from governance.documents.renditions import OPEN
from governance.documents.seen import Seen
from governance.documents.series import preview
from governance.documents.signings import SIGN, UnderWay
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.notices.models import Doing
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.limits import SIGNINGS, limiter
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import document_shape
from web.pages.signer_shapes import delegation_gone, delegation_sent, signer_shape
from web.printing import PDF
from web.sheets import Download, handed
from web.signatures import way_told
from web.wording import marked, told
from workflows import preparing, signing
from workflows.outside.esign import Secret
from workflows.preparing import Outside, Prepared
from workflows.signing import Asked, Uploaded

LABELS = {
    "way": marked("Cara"),
    "signed_on": marked("Tanggal pada naskah"),
    "number": marked("Nomor"),
    "delegation": marked("Atas nama (a.n.)"),
    "file": marked("PDF bertanda tangan"),
    "confirmed": marked("Nama pada sertifikat"),
    "reason": marked("Alasan"),
    "nik": marked("NIK"),
    "passphrase": marked("Frasa sandi"),
}
ELECTRONIC = (SigningWay.SIGNED_PDF, SigningWay.NATIONAL)


def outside() -> Outside:
    """What signing needs from beyond the house."""
    found: Outside = current_app.extensions["signing"]
    return found


@pages.route("/documents/<int:document_id>/signing", methods=["GET", "POST"])
def prepare_signing(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    permissions.require(actor, Act.ENACT)
    if request.method == "GET":
        if seen.state is not State.APPROVED:
            return redirect(url_for("pages.document", document_id=document_id))
        return _signing_page(actor, seen, {}, ())
    form = Form()
    signed_on, way = form.day("signed_on", required=True), form.text("way", required=True)
    chosen = delegation_sent(form)
    if signed_on is None or form.problems or way not in ELECTRONIC:
        form.problems += [Problem("way", "signing.way")] if way and way not in ELECTRONIC else []
        return _signing_page(actor, seen, form.again(), form.problems), 422
    wish = Prepared(document_id, sent("seen")[:64], SigningWay(way), signed_on, form.text("number") or None, chosen)
    try:
        preparing.prepare(wish, by=actor, now=clock.now(), outside=outside())
    except Invalid as refusal:
        return _signing_page(actor, seen, form.again(), refusal.problems), 422
    flash(_("Nomor dicadangkan dan berkas disiapkan. PDF sedang dicetak."), "good")
    return redirect(url_for("pages.prepare_signing", document_id=document_id), 303)


@pages.get("/documents/<int:document_id>/signing/pdf")
def prepared_pdf(document_id: int) -> ResponseReturnValue:
    """The very PDF: shown for reading, or handed over to be signed elsewhere."""
    actor = current_actor()
    seen, row = _found(actor, document_id)
    if row.pdf_sha256 is None:
        raise Refusal("signing.not_printed")
    download = Download(library().files.read(row.pdf_sha256), f"{seen.kind}-{seen.year}-{seen.id}-untuk-ttd.pdf", PDF)
    if "show" not in request.args:
        return handed(download)
    answer = send_file(download.stream(), mimetype=PDF, download_name=download.name)
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"  # The signer's own page shows it in a frame.
    answer.headers["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'self'"
    return answer


@pages.get("/documents/<int:document_id>/signing/progress")
def signing_progress(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return jsonify(_progress(_found(actor, document_id)[1]))


@pages.post("/documents/<int:document_id>/signing/print")
def print_signing(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    _found(actor, document_id)
    preparing.print_again(document_id, by=actor, now=clock.now(), printer=outside().printer)
    return redirect(_way_back(actor, document_id), 303)


@pages.post("/documents/<int:document_id>/signing/cancel")
def cancel_signing(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen, row = _found(actor, document_id)
    try:
        preparing.cancel(document_id, sent("reason"), by=actor, now=clock.now())
    except Invalid as refusal:
        if permissions.may(actor, Act.ENACT):
            return _signing_page(actor, seen, request.form, refusal.problems), 422
        return _sign_page(actor, seen, row, shown(refusal.problems, LABELS)), 422
    flash(_("Penandatanganan elektronik dibatalkan. Nomornya batal."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/signing/upload")
def upload_signed(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    permissions.require(actor, Act.ENACT)
    form = Form()
    data = form.file("file", required=True)
    if data is None:
        return _signing_page(actor, seen, form.again(), form.problems), 422
    uploaded = Uploaded(document_id, data, confirmed=bool(sent("confirmed")))
    try:
        signing.take_signed(uploaded, by=actor, now=clock.now(), outside=outside())
    except FAULTS as refusal:
        return _signing_page(actor, seen, form.again(), faults_of(refusal)), 422
    flash(_("Tanda tangan elektronik diperiksa dan sah. Penetapan dicatat."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.route("/documents/<int:document_id>/sign", methods=["GET", "POST"])
@limiter.limit(SIGNINGS, methods=["POST"])
def sign(document_id: int) -> ResponseReturnValue:
    """The establishing post reads the very PDF and signs it; NIK and passphrase live as long as this request."""
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    row = signings.under_way(actor, document_id)
    if seen.asked != SIGN or row is None:
        if request.method == "GET" or seen.state is State.ENACTED:
            return redirect(url_for("pages.document", document_id=document_id), 303)
        raise NotFound
    if request.method == "GET":
        return _sign_page(actor, seen, row, ())
    asked = Asked(document_id, sent("pdf")[:64], Secret(sent("nik").strip(), sent("passphrase")))
    try:
        signing.sign(asked, by=actor, now=clock.now(), outside=outside())
    except Invalid as refusal:
        return _sign_page(actor, seen, row, shown(refusal.problems, LABELS)), 422
    except Refusal as refusal:
        if not refusal.key.startswith(("esign.", "signing.")):
            raise
        place = "passphrase" if refusal.key == "esign.passphrase" else ""
        problem = Problem(place, refusal.key, refusal.params)
        return _sign_page(actor, seen, row, shown([problem], LABELS)), 409
    flash(_("Ditandatangani secara elektronik. Penetapan dicatat."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.get("/documents/<int:document_id>/signed")
def signed_file(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    if seen.act is None or seen.act.signed_sha256 is None:
        raise NotFound
    name = f"{seen.kind}-{seen.year}-{seen.id}-bertanda-tangan.pdf"
    return handed(Download(library().files.read(seen.act.signed_sha256), name, PDF))


def _found(actor: Actor, document_id: int) -> tuple[Seen, UnderWay]:
    """The signing under way, for Bagian Hukum and for who is asked to sign."""
    seen = queries.document(actor, document_id, today_of(actor))
    row = signings.under_way(actor, document_id)
    if row is None or not (permissions.may(actor, Act.ENACT) or seen.asked == SIGN):
        raise NotFound
    return seen, row


def _way_back(actor: Actor, document_id: int) -> str:
    page = "pages.prepare_signing" if permissions.may(actor, Act.ENACT) else "pages.sign"
    return url_for(page, document_id=document_id)


def _progress(row: UnderWay) -> dict[str, Any]:
    going_on = row.printing in OPEN
    return {
        "going_on": going_on,
        "key": f"signing:{row.printing.value}",
        "said": {"signing": told(f"pdf.state.{row.printing.value}", {"before": 0}) if going_on else ""},
    }


def _signing_page(actor: Actor, seen: Seen, form: Any, problems: Any) -> str:
    row = signings.under_way(actor, seen.id)
    number = None if row else preview(actor, seen, library().family(seen.kind), today_of(actor).year)
    return render_template(
        "signing.html",
        document=document_shape(seen),
        form={
            "signed_on": today_of(actor),
            "way": "",
            "number": "",
            "reason": "",
            "confirmed": "",
            "delegation": "",
            **form,
        },
        row=_row_shape(row) if row else None,
        gone=delegation_gone(actor, seen, row) if row else "",
        signing=None if row else signer_shape(actor, seen),
        ways=[{"key": way.value, "text": way_told(way)} for way in ELECTRONIC],
        national=outside().esign.url is not None,
        installed=outside().printer.program is not None,
        series_way=number.way.value if number else "own",
        number_preview=number.written if number else "",
        signer_office=institution_of(actor).establishing_office,
        today=today_of(actor),
        problems=shown(problems, LABELS),
    )


def _sign_page(actor: Actor, seen: Seen, row: UnderWay, problems: Any) -> str:
    row = signings.under_way(actor, seen.id) or row
    gone = delegation_gone(actor, seen, row)
    return render_template(
        "sign.html",
        document=document_shape(seen),
        row=_row_shape(row),
        gone="" if problems else gone,
        decree=reading.read_document(library().files.read(row.sealed_sha256)),
        problems=list(problems),
        reason=sent("reason") if request.method == "POST" else "",
    )


def _row_shape(row: UnderWay) -> dict[str, Any]:
    return {
        "way": row.way.value,
        "way_told": way_told(row.way),
        "number": row.number,
        "signed_on": row.signed_on,
        "signer_title": row.signer_title,
        "signer_name": row.signer_name,
        "by_title": row.by_title,
        "at": row.at,
        "attempts": row.attempts,
        "answer": told(row.answer, {"said": "–"}) if row.answer else "",
        "busy": row.is_busy(clock.now()),
        "pdf_sha256": row.pdf_sha256,
        "printing": row.printing.value,
        "failed": row.printing is Doing.FAILED,
        "fault": told(row.fault) if row.fault else "",
        "progress": _progress(row),
    }
