"""PDFs and authenticated copies of a document: asked for, made, downloaded, and how far they are."""

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.models import Form
from governance.documents.renditions import renditions
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.printing import copy_of, pdf_of, printer, progress
from web.sheets import handed
from workflows import printing


@pages.get("/documents/<int:document_id>/pdf")
def document_pdf(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return handed(pdf_of(actor, _seen(actor, document_id), _form(request.args)))


@pages.post("/documents/<int:document_id>/pdf")
def ask_pdf(document_id: int) -> ResponseReturnValue:
    printing.ask_pdf(document_id, _form(request.form), by=current_actor(), now=clock.now(), printer=printer())
    return redirect(url_for("pages.document", document_id=document_id, _anchor="h-berkas"), 303)


@pages.get("/documents/<int:document_id>/copy")
def document_copy(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return handed(copy_of(actor, _seen(actor, document_id)))


@pages.post("/documents/<int:document_id>/copy")
def make_copy(document_id: int) -> ResponseReturnValue:
    printing.make_copy(document_id, by=current_actor(), now=clock.now(), library=library())
    flash(_("Salinan sudah dibuat. Cetak, tanda tangani, dan isi pangkat serta NIP dengan tangan."))
    return redirect(url_for("pages.document", document_id=document_id, _anchor="h-berkas"), 303)


@pages.get("/documents/<int:document_id>/renditions")
def document_renditions(document_id: int) -> ResponseReturnValue:
    """What the page asks every two seconds while something is being printed."""
    actor = current_actor()
    return jsonify(progress(renditions(actor, _seen(actor, document_id))))


def _seen(actor: Actor, document_id: int) -> Seen:
    return queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))


def _form(given: Any) -> Form:
    """Which form is meant; anything else is the naskah, for an address may be old."""
    return Form.SALINAN if given.get("form") == Form.SALINAN else Form.NASKAH
