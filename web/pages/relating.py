"""Relations between acts: shown on the page of a document, recorded by Bagian Hukum, and taken back with a reason."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries, relations
from governance.documents.lifecycle import State
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import document_page, today_of
from web.pages.relation_shapes import LABELS, choices_shape, relation_words, wish_sent
from web.pages.shapes import document_shape
from workflows import relating


@pages.route("/documents/<int:document_id>/relate", methods=["GET", "POST"])
def relate(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    permissions.require(actor, Act.RELATE)
    if request.method == "GET":
        if seen.state is not State.ENACTED:
            return redirect(url_for("pages.document", document_id=document_id))
        return _relate_page(actor, seen, {"relation": request.args.get("relation", "")}, [])
    form = Form()
    try:
        relating.relate(document_id, wish_sent(actor, form), by=actor, now=clock.now())
    except Invalid as refusal:
        return _relate_page(actor, seen, form.again(), refusal.problems), 422
    flash(_("Hubungan dicatat pada kedua penetapan."), "good")
    return redirect(url_for("pages.document", document_id=document_id, _anchor="hubungan"), 303)


@pages.post("/relations/<int:relation_id>/withdraw")
def withdraw_relation(relation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    document_id = relations.document_of(actor, relation_id)
    if document_id is None:
        raise NotFound
    try:
        relating.withdraw(relation_id, sent("reason"), by=actor, now=clock.now())
    except Invalid as refusal:
        return document_page(document_id, problems=shown(refusal.problems, LABELS)), 422
    flash(_("Catatan hubungan ditarik. Catatannya tetap terbaca bersama alasannya."), "good")
    return redirect(url_for("pages.document", document_id=document_id, _anchor="hubungan"), 303)


def _relate_page(actor: Actor, seen: Seen, form: dict[str, Any], problems: Any) -> str:
    upto = seen.act.signed_on if seen.act else today_of(actor)
    return render_template(
        "relate.html",
        document=document_shape(seen),
        form={"relation": "", "other": "", "other_title": "", **form},
        words=relation_words(),
        others=choices_shape(actor, upto, seen.id),
        problems=shown(problems, LABELS),
    )
