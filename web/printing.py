"""PDFs and authenticated copies as pages and API hand them over, and how far they are in words."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from governance.documents.models import Form
from governance.documents.renditions import OPEN, Shown, copyable, printable, renditions
from governance.documents.seen import Seen
from governance.kernel.errors import NotFound, Refusal
from governance.notices.models import Doing
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.sheets import Download
from web.wording import told
from workflows.outside.soffice import Printer

PDF = "application/pdf"


def printer() -> Printer:
    """LibreOffice of this application."""
    found: Printer = current_app.extensions["printer"]
    return found


def pdf_of(actor: Actor, document: Seen, form: Form) -> Download:
    """The PDF of that form, or a refusal that says how far it is."""
    shown = renditions(actor, document).get(form)
    if shown is None:
        raise NotFound("pdf.not_asked" if form is Form.NASKAH else "copy.none")
    if shown.pdf_sha256 is None:
        raise Refusal(_key(shown), before=shown.before)
    return Download(library().files.read(shown.pdf_sha256), f"{_name(document, form)}.pdf", PDF)


def copy_of(actor: Actor, document: Seen) -> Download:
    """The authenticated copy as a Word file."""
    shown = renditions(actor, document).get(Form.SALINAN)
    if shown is None:
        raise NotFound("copy.none")
    return Download(library().files.read(shown.word_sha256), f"{_name(document, Form.SALINAN)}.docx")


def state_told(shown: Shown) -> str:
    """How far a rendition is, as a sentence."""
    return told(_key(shown), {"before": shown.before})


def printing_shape(actor: Actor, document: Seen, found: Mapping[Form, Shown]) -> dict[str, Any]:
    """What the page of a document shows of its PDFs and its copy."""
    signed = document.act is not None and document.act.signed_sha256 is not None
    forms = [Form.NASKAH] if printable(document) and not signed else []  # The signed PDF stands in its place.
    forms += [Form.SALINAN] if Form.SALINAN in found else []
    return {
        "installed": printer().program is not None,
        "why_not": told("pdf.not_installed"),
        "rows": [_row(document, form, found.get(form)) for form in forms],
        "can_copy": copyable(document) is not None and permissions.may(actor, Act.COPY),
        "copied": Form.SALINAN in found,
        **progress(found),
    }


def progress(found: Mapping[Form, Shown]) -> dict[str, Any]:
    """What the page asks for again and again while something is under way; `key` changes when it must be shown anew."""
    return {
        "going_on": any(shown.state in OPEN for shown in found.values()),
        "key": " ".join(f"{form}:{shown.state}" for form, shown in sorted(found.items())),
        "said": {form.value: state_told(shown) for form, shown in found.items()},
    }


def _row(document: Seen, form: Form, shown: Shown | None) -> dict[str, Any]:
    salinan = form is Form.SALINAN
    ready = shown is not None and shown.pdf_sha256 is not None
    return {
        "form": form.value,
        "name": _("Salinan (PDF)") if salinan else _("Naskah (PDF)"),
        "url": url_for("pages.document_pdf", document_id=document.id, form=form.value) if ready else None,
        "sha256": shown.pdf_sha256 if shown else None,
        "state": shown.state.value if shown else None,
        "said": state_told(shown) if shown and (shown.answer or not ready) else "",
        "can_ask": shown is None or shown.state is Doing.FAILED or (ready and bool(shown.answer)),
        "word_url": url_for("pages.document_copy", document_id=document.id) if salinan else None,
        "word_sha256": shown.word_sha256 if shown and salinan else None,
    }


def _key(shown: Shown) -> str:
    if shown.answer:
        return shown.answer
    if shown.state is Doing.WAITING and not shown.before:
        return "pdf.state.next"
    return f"pdf.state.{shown.state.value}"


def _name(document: Seen, form: Form) -> str:
    """The name of the Word file beside it; ASCII, so that it is the same on every computer."""
    ending = "salinan" if form is Form.SALINAN else f"r{document.revision}"
    return f"{document.kind}-{document.year}-{document.id}-{ending}"
