"""Drawing up: the revision that a submission cuts from the working copy, and what it is judged by."""

from datetime import date, datetime
from typing import Any

from governance.documents import citing, drafting, fields, under_way
from governance.documents.brief import establishing
from governance.documents.comments import open_comments
from governance.documents.dating import dated
from governance.documents.kinds import Kind
from governance.documents.models import Document, Origin, Revision
from governance.documents.signers import signer_on
from governance.kernel.errors import Invalid, Problem
from governance.mandates.law import Law
from governance.people.manners import Manner
from governance.people.queries import facts_of
from workflows.form_check import counted, findings_in, require_form
from workflows.library import Library


def drawn_up(document: Document, today: date, now: datetime, library: Library) -> tuple[Revision, dict[str, int]]:
    """The revision that this submission cuts and its findings, counted; Invalid when something is missing or wrong."""
    copy = under_way.copy_of(document)
    assert copy is not None  # only a recorded act has no working copy, and that is never a draft
    kind, facts = library.kind(document.kind), facts_of(document.institution_id)
    law = library.law_of(document.institution_id)
    problems = (
        *fields.problems(kind, copy.fields, institution=facts, complete=True, law=law),
        *_unanswered(document),
    )
    if problems:
        raise Invalid(*problems)
    written = _with_signer(document, kind, copy.fields, law, today)
    text = drafting.compose(kind, written, institution=facts, law=law, on=dated(written, today))
    sha256, template = copy.file_sha256, ""  # an uploaded file is what was written: it is submitted as it is
    if sha256 is None:
        data, template = library.render(document.institution_id, kind.key, text)
    else:
        data = library.files.read(sha256)
    findings = findings_in(data, document, written, today=today, library=library)
    require_form(findings)
    revision = under_way.cut(
        document,
        Origin.SUBMITTED,
        sha256=library.files.keep(data),
        fields=written,
        at=now,
        template_sha256=template,
        law_release=law.release,
        checked=counted(findings),
    )
    if copy.file_sha256 is None:
        citing.keep(revision, text.citations)
    else:
        citing.keep_read(revision, data, law)
    return revision, counted(findings)


def _unanswered(document: Document) -> list[Problem]:
    """What readers said and nobody answered: it is answered before the document goes back to them."""
    return [
        Problem(f"comments.{one.id}", "draft.comment_open", {"section": one.label, "by": one.by_title})
        for one in open_comments(document.institution_id, document.id)
    ]


def _with_signer(document: Document, kind: Kind, fields: dict[str, Any], law: Law, today: date) -> dict[str, Any]:
    """The fields with office and name of who signs today; a name that was typed stands where it is his.

    What the kind says of strategic decisions goes along, so that an approval warns by what was known at submission.
    """
    written = dict(fields)
    by = establishing(kind, facts_of(document.institution_id), law, dated(written, today))
    signer = signer_on(document.institution_id, by.role, by.office, today)
    if not written.get("signer_name"):
        written["signer_name"] = signer.name or None if signer else None
    if signer and signer.manner is not Manner.DEFINITIVE:
        written["signer_office"] = signer.office
    if kind.strategic:
        written["strategic"] = kind.strategic
    return written
