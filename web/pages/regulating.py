"""What only a Peraturan asks for: recording the steps that others take, and its promulgation by the Sekda."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.lifecycle import Move
from governance.documents.seen import Seen
from governance.documents.series import GAZETTE, preview
from governance.documents.under_way import Decided
from governance.kernel.errors import Invalid
from governance.people.actors import Actor
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.moving import promulgate_act, record_step
from web.pages.blueprint import pages
from web.pages.decisions import LABELS, decide_page
from web.pages.documents import today_of
from web.pages.shapes import document_shape
from workflows.recording import StepTaken


@pages.post("/documents/<int:document_id>/step")
def record_external_step(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    form = Form()
    number, day, scan = form.text("letter_number"), form.day("letter_date"), form.scan("scan")
    if form.problems:
        return decide_page(actor, seen, problems=shown(form.problems, LABELS), reason=sent("reason")), 422
    asked = Decided(document_id, sent("seen")[:64], sent("reason"))
    try:
        record_step(StepTaken(asked, number, day, scan, sent("step")[:60]), actor)
    except Invalid as refusal:
        return decide_page(actor, seen, problems=shown(refusal.problems, LABELS), reason=sent("reason")), 422
    flash(_("Langkah dicatat. Naskah diteruskan menurut rute."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.route("/documents/<int:document_id>/promulgate", methods=["GET", "POST"])
def promulgate(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    if request.method == "GET":
        if Move.PROMULGATE not in seen.moves:
            return redirect(url_for("pages.document", document_id=document_id))
        return _page(actor, seen, {}, [])
    form = Form()
    day = form.day("promulgated_on", required=True)
    if form.problems:
        return _page(actor, seen, form.again(), form.problems), 422
    try:
        promulgate_act(Decided(document_id, sent("seen")[:64]), day, actor, number=form.text("number") or None)
    except Invalid as refusal:
        return _page(actor, seen, form.again(), refusal.problems), 422
    flash(_("Diundangkan. Peraturan ini berlaku sejak hari pengundangannya."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


def _page(actor: Actor, seen: Seen, form: Any, problems: Any) -> str:
    number = preview(actor, seen, GAZETTE, today_of(actor).year)
    return render_template(
        "promulgate.html",
        document=document_shape(seen),
        form={"promulgated_on": "", "number": "", **form},
        series_way=number.way.value if number else "own",
        number_preview=number.written if number else "",
        today=today_of(actor),
        problems=shown(problems, LABELS),
    )
