"""The form check inside the verbs: what a document is judged by, what refuses, and what the trail keeps of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from governance.documents import checking
from governance.documents.brief import establishing
from governance.documents.checking import Ground
from governance.documents.dating import dated
from governance.documents.form import errors_in
from governance.documents.form_case import Finding
from governance.documents.models import Document
from governance.documents.signers import signer_on
from governance.kernel.errors import Invalid, Problem
from governance.people.queries import facts_of
from workflows.library import Library


def findings_in(
    data: bytes, document: Document, written: Mapping[str, Any], *, today: date, library: Library
) -> tuple[Finding, ...]:
    """What is wrong with the form of a document's file, under the law of its planned day."""
    facts, law = facts_of(document.institution_id), library.law_of(document.institution_id)
    on = dated(written, today)
    by = establishing(library.kind(document.kind), facts, law, on)
    signer = signer_on(document.institution_id, by.role, by.office, today)
    ground = Ground(law, facts, document.kind, planned=on, signer=signer.block if signer else None)
    return checking.check_file(data, ground)


def require_form(findings: Iterable[Finding]) -> None:
    """Invalid naming every error; warnings and notes pass (decision 0033)."""
    if errors := errors_in(findings):
        raise Invalid(*(_problem(one) for one in errors))


def counted(findings: tuple[Finding, ...]) -> dict[str, int]:
    """What the trail and the revision keep: that the form was checked, and how much of each severity was found."""
    return {"checked": True, **checking.counted(findings)}


def _problem(finding: Finding) -> Problem:
    """An error of the form as a refusal names it; `anchor` is where the page's sheet shows the place."""
    return Problem(finding.place.name, finding.wording, {**finding.params, "anchor": finding.place.anchor})
