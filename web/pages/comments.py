"""Comments by section: the form with which a reader of a revision says what is wrong with a part of it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.kernel import clock
from governance.kernel.errors import Invalid
from web.at_hand import library
from web.forms.reading import sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.decisions import decide_page
from web.wording import marked
from workflows import commenting
from workflows.commenting import Said

LABELS = {"place": marked("Bagian"), "text": marked("Komentar")}


@pages.post("/documents/<int:document_id>/comments")
def comment(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))
    said = Said(document_id, sent("seen")[:64], sent("place")[:60], sent("text"))
    try:
        commenting.comment(said, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return decide_page(actor, seen, problems=shown(refusal.problems, LABELS)), 422
    flash(_("Komentar tersimpan. Pemrakarsa harus menjawabnya sebelum mengajukan lagi."), "good")
    return redirect(url_for("pages.decide", document_id=document_id, _anchor="komentar"), 303)
