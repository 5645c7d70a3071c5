"""Publication of one act: what stands in its way, what is told of it, published and withdrawn by Bagian Hukum."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import publishable, queries
from governance.documents.becoming import became
from governance.documents.models import Form as Printed
from governance.documents.publication_models import Publication
from governance.documents.publishable import Ready
from governance.documents.published import details_from
from governance.documents.publishing import LIMITS, Details, obstacle
from governance.documents.renditions import OPEN, Shown
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.kernel.errors import Invalid, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library
from web.forms.reading import sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.made_known import standing_shape
from web.pages.shapes import document_shape
from web.printing import printer, state_told
from web.publishing import ABSTRACT, described, metadata_rows
from web.wording import marked, told
from workflows import printing, publication
from workflows.publication import Withdrawal

LABELS = {"subject": marked("Subjek"), "legal_field": marked("Bidang hukum"), "reason": marked("Alasan"), **ABSTRACT}


@pages.get("/documents/<int:document_id>/publication")
def publishing(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.PUBLISH)
    return _page(actor, document_id)


@pages.post("/documents/<int:document_id>/publication")
def publish(document_id: int) -> ResponseReturnValue:
    seen = sent("seen")[:64]
    publication.publish(document_id, seen=seen, by=current_actor(), now=clock.now(), library=library())
    flash(_("Diumumkan di JDIH. Siapa saja sekarang dapat membacanya."), "good")
    return redirect(url_for("pages.publishing", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/publication/withdraw")
def withdraw_publication(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    try:
        publication.withdraw(Withdrawal(document_id, sent("reason")), by=actor, now=clock.now())
    except Invalid as refusal:
        return _page(actor, document_id, problems=refusal.problems, reason=sent("reason")), 422
    flash(_("Ditarik dari JDIH. Halamannya menyebut tanggal dan alasannya."), "good")
    return redirect(url_for("pages.publishing", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/publication/details")
def save_details(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    typed = {name: sent(name) for name in LIMITS}
    details = Details(**typed, version=_version())
    try:
        publication.complete(document_id, details, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, document_id, problems=refusal.problems, typed=typed, version=details.version), 422
    except Stale:
        return _page(actor, document_id, typed=typed, stale=True), 409
    flash(_("Metadata disimpan."), "good")
    return redirect(url_for("pages.publishing", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/publication/copy")
def copy_to_publish(document_id: int) -> ResponseReturnValue:
    """The copy whose PDF is published: made, or asked to be printed once more."""
    actor = current_actor()
    printing.make_copy(document_id, by=actor, now=clock.now(), library=library())
    if printer().program is not None:
        printing.ask_pdf(document_id, Printed.SALINAN, by=actor, now=clock.now(), printer=printer())
    flash(_("Salinan dibuat dan sedang dicetak menjadi PDF."), "good")
    return redirect(url_for("pages.publishing", document_id=document_id), 303)


def _version() -> int:
    """The version that was looked at; what is no number is no version that ever was."""
    typed = sent("version")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _page(actor: Actor, document_id: int, **more: Any) -> str:
    document = queries.document(actor, document_id, today_of(actor))
    key = obstacle(document, document.kind in library().citing_kinds)
    known, ready = became(actor, document), publishable.ready(actor, document)
    versions = publishable.detail_versions(actor, document.act.id) if document.act else []
    present = details_from(versions[0]) if versions else Details()
    file = None if key else ready.file
    may_write = key in (None, "publish.not_promulgated")
    typed = more.get("typed") or {name: getattr(present, name) for name in LIMITS}
    stale = more.get("stale", False)
    rows = _rows(actor, document, ready, known.publication, present) if may_write else []
    return render_template(
        "publication.html",
        document=document_shape(document),
        standing=standing_shape(actor, document, known.publication),
        obstacle=told(key) if key else "",
        file=file,
        copy=_copy_shape(known.renditions.get(Printed.SALINAN)) if file is None and not key else None,
        form=typed,
        version=more.get("version", present.version),
        present=present if stale else None,
        limits=LIMITS,
        abstract=[(name, _(words)) for name, words in ABSTRACT.items()],
        rows=rows,
        same=rows[0]["how_sure"] if rows and len({row["how_sure"] for row in rows}) == 1 else "",
        versions=versions if may_write else [],
        can_write=may_write,
        reason=more.get("reason", ""),
        problems=shown(more.get("problems", ()), LABELS),
    )


def _rows(
    actor: Actor, document: Seen, ready: Ready, last: Publication | None, present: Details
) -> list[dict[str, Any]]:
    """The metadata as strangers will read them, or read them already."""
    told_of = publishable.told_of(document, ready.signer, last, present, today_of(actor))
    return metadata_rows(described(told_of, institution_of(actor), ready.place))


def _copy_shape(found: Shown | None) -> dict[str, Any]:
    """How far the copy is whose PDF is waited for."""
    return {
        "said": state_told(found) if found else "",
        "going_on": found is not None and found.state in OPEN,
        "installed": printer().program is not None,
        "why_not": told("pdf.not_installed"),
    }
