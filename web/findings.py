"""What the form check finds in a document, for pages, the API and the command line."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from governance.documents import checking
from governance.documents.brief import establishing
from governance.documents.checking import Ground
from governance.documents.dating import dated
from governance.documents.form_case import Finding, Severity
from governance.documents.lifecycle import State
from governance.documents.seen import Seen
from governance.documents.signer_names import Block
from governance.documents.signers import signer_on
from governance.kernel import clock
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from web.at_hand import copy_of, institution_of, law_of, library
from web.sheets import text_from
from web.wording import marked, told

WORDS = {
    Severity.ERROR: marked("Salah"),
    Severity.WARNING: marked("Peringatan"),
    Severity.NOTE: marked("Catatan"),
}
TONES = {Severity.ERROR: "late", Severity.WARNING: "due", Severity.NOTE: "quiet"}
ICONS = {Severity.ERROR: "forbid", Severity.WARNING: "warn", Severity.NOTE: "info"}


def findings_of(actor: Actor, document: Seen) -> tuple[Finding, ...]:
    """What is wrong with the form of a document: of a draft's text, else of the very file; nothing of a scan."""
    if document.version is None:
        return ()
    facts = institution_of(actor)
    if document.state is State.DRAFT:
        copy = copy_of(actor, document)
        fields, sha256 = copy.fields, copy.file_sha256
    else:
        fields, sha256 = document.fields, document.file_sha256
    if sha256 is None:
        return findings_in(actor, document.kind, fields, facts)
    signer = _signer(actor, document, fields, facts)
    ground = Ground(law_of(actor), facts, document.kind, planned=dated(fields, _today(actor)), signer=signer)
    return checking.check_file(library().files.read(sha256), ground)


def findings_in(actor: Actor, kind: str, fields: Mapping[str, Any], facts: InstitutionFacts) -> tuple[Finding, ...]:
    """What is wrong with the form of what these fields give."""
    ground = Ground(law_of(actor), facts, kind, planned=dated(fields, _today(actor)))
    return checking.check_text(text_from(actor, kind, fields, facts), ground)


def _signer(actor: Actor, document: Seen, fields: Mapping[str, Any], facts: InstitutionFacts) -> Block | None:
    """Who holds the post that signs, today: asked for who drafts and who records; a reader decides on the text."""
    if document.state not in (State.DRAFT, State.APPROVED) or document.kind not in library().kinds:
        return None
    today = _today(actor)
    by = establishing(library().kind(document.kind), facts, law_of(actor), dated(fields, today))
    signer = signer_on(actor.institution_id, by.role, by.office, today)
    return signer.block if signer else None


def _today(actor: Actor) -> date:
    return clock.day_in(actor.timezone, clock.now())


def as_data(finding: Finding) -> dict[str, str]:
    """A finding as the API and the command line give it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "place": finding.place.name,
        "message": told(finding.wording, finding.params),
        "source": finding.source,
    }


def findings_shape(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as pages show them, each with a link to its place in the sheet."""
    return [
        {
            "tone": TONES[one.severity],
            "icon": ICONS[one.severity],
            "word": _(WORDS[one.severity]),
            "place": one.place.name,
            "url": f"#{one.place.anchor}" if one.place.anchor else "",
            "text": told(one.wording, one.params),
            "source": one.source,
        }
        for one in findings
    ]
