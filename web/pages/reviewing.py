"""Looking a draft through before it is submitted: everything that is empty or doubtful, and the way to each place."""

from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.comments import comments_on
from governance.documents.doubts import Doubt, Grade
from governance.documents.form_case import Finding, Severity
from governance.documents.kinds import Kind
from governance.documents.lifecycle import Move, State
from governance.mandates.law import Law
from web.at_hand import copy_of, law_of, library
from web.doubts import looked_through
from web.findings import findings_of, findings_shape
from web.pages.blueprint import pages
from web.pages.drafts import my_draft
from web.pages.shapes import document_shape
from web.wording import told

# What the form check says of the printed text and the doubts say with the register's own note.
OF_REGISTER = frozenset({"review.citation_incomplete", "review.citation_unsure", "review.question"})
SAID_BY_DOUBTS = frozenset({"title.term", "bases.incomplete", "bases.unsure"})


@pages.get("/documents/<int:document_id>/review")
def review(document_id: int) -> ResponseReturnValue:
    actor, seen = my_draft(document_id)
    if seen.state is not State.DRAFT:
        return redirect(url_for("pages.document", document_id=document_id))
    copy, kind = copy_of(actor, seen), library().kind(seen.kind)
    found = looked_through(actor, seen, copy.fields, comments_on(actor, document_id))
    law = law_of(actor)
    formal = [one for one in findings_of(actor, seen) if one.rule not in SAID_BY_DOUBTS]
    broken = any(one.severity is Severity.ERROR for one in formal)
    grouped = {
        grade.value: [_shape(one, kind, law, document_id) for one in found if one.grade is grade] for grade in Grade
    }
    return render_template(
        "review.html",
        document=document_shape(seen),
        groups=grouped,
        saved_at=copy.saved_at,
        findings=_formal(formal, document_id),
        can_submit=Move.SUBMIT in seen.moves and not grouped[Grade.OPEN] and not broken,
        blocked=bool(grouped[Grade.OPEN]) or broken,
        needs_look=bool(grouped[Grade.DOUBTFUL] or formal),
    )


def _formal(findings: Iterable[Finding], document_id: int) -> list[dict[str, str]]:
    """The findings of the form check, each with the way to its place in the preview beside the form."""
    way = url_for("pages.draft", document_id=document_id)
    return [one | {"url": way + one["url"] if one["url"] else ""} for one in findings_shape(findings)]


def _shape(doubt: Doubt, kind: Kind, law: Law, document_id: int) -> dict[str, Any]:
    """A point with the way to where it is mended: its field, its section, or the register that Mengingat comes from."""
    section = next((one.title for one in kind.sections if one.key == doubt.section), "")
    shape = {"text": told(doubt.key, doubt.params), "section": _(section) if section else "", "url": "", "way": ""}
    if doubt.key in OF_REGISTER:
        known = doubt.params["key"] in law.regulations
        url = url_for("pages.regulation", key=doubt.params["key"]) if known else url_for("pages.regulations")
        return shape | {"section": "Mengingat", "url": url, "way": _("Ke register")}
    if not section:
        return shape
    anchor = f"f-{doubt.place.replace('.', '-')}" if doubt.place else f"bagian-{doubt.section}"
    touched = doubt.place.split(".")[0] or None
    url = url_for("pages.draft", document_id=document_id, touched=touched, _anchor=anchor)
    return shape | {"url": url, "way": _("Ke isiannya")}
