"""How regulations, their citations and the documents that cite them look to the templates."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents.citing import Citing
from governance.documents.reviewing import Change, to_review
from governance.mandates.entries import EVERY, OWN, Fact, Relation
from governance.mandates.entry_rules import completable
from governance.mandates.register import Register
from governance.mandates.regulations import FROM_FILE, Citation, Gazette, Regulation
from governance.mandates.validity import Force, problem_with, question_about, standing_of
from web.pages.shapes import kind_title
from web.wording import problem_told


def row_shape(register: Register, regulation: Regulation, on: date) -> dict[str, Any]:
    """A regulation in the list, as it stands on a day."""
    standing = standing_of(regulation, on)
    return {
        "url": url_for("pages.regulation", key=regulation.key),
        "name": regulation.name,
        "title": regulation.title if regulation.title != regulation.name else "",
        "gazette": _gazette_or_gap(regulation),
        "from": regulation.in_force_from,
        "to": regulation.in_force_to,
        "state": standing.force.value,
        "asks": question_about(regulation, on) or (regulation.status_note if standing.force is Force.UNKNOWN else ""),
        "amended": [f"{change.number}/{change.year}" for change in regulation.amended_by],
        "revoked_by": _link(register, regulation.revoked_by),
        "how_sure": sure_words(_wording_sure(regulation, on)),
        "origin": origin_words(regulation),
        "closed": is_closed(register, regulation),
    }


def page_shape(register: Register, regulation: Regulation, on: date) -> dict[str, Any]:
    """A regulation for its own page."""
    dates = sure_words(regulation.dates_status)
    wording = sure_words(_wording_sure(regulation, on))
    gazette = _gazette_or_gap(regulation)
    return row_shape(register, regulation, on) | {
        "key": regulation.key,
        "facts": [
            (_("Jenis"), regulation.issuer or regulation.type, ""),
            (_("Nomor dan tahun"), _number(regulation), wording),
            (_("Judul"), regulation.title, wording),
            (_("Lembaran"), gazette, _gazette_sure(regulation) if regulation.gazette else ""),
        ],
        "days": [
            (_("Ditetapkan"), regulation.enacted, dates),
            (_("Diundangkan"), regulation.promulgated, dates),
            (_("Mulai berlaku"), regulation.in_force_from, dates),
        ],
        "starts_latest": regulation.in_force_latest if regulation.in_force_from is None else None,
        "ends_latest": regulation.in_force_to_latest if regulation.in_force_to is None else None,
        "dates_note": regulation.dates_note,
        "note": regulation.note,
        "status_note": regulation.status_note,
        "use": regulation.use,
        "amendments": [_amendment(change) for change in regulation.amended_by],
        "revokes": _revoked_with(register, regulation),
        "can_complete": completable(regulation),
    }


def citation_shape(register: Register, regulation: Regulation, on: date) -> dict[str, Any]:
    """How Mengingat prints it on a day, or why it does not; an unknown day asks."""
    problem = problem_with(register.law.regulations, regulation.key, on)
    asked = question_about(regulation, on)
    cited: Citation | None = regulation.cited_on(on) if problem is None and (regulation.citable_on(on)) else None
    return {
        "text": cited.text if cited else "",
        "complete": cited.complete if cited else False,
        "how_sure": sure_words(cited.how_sure) if cited else "",
        "note": cited.note if cited else "",
        "refused": problem_told(problem) if problem else "",
        "successor": _link(register, standing_of(regulation, on).successor) if problem else None,
        "asks": asked,
    }


def fact_shape(register: Register, fact: Fact) -> dict[str, Any]:
    """What was found of a regulation, with its source and how sure it is."""
    return {
        "id": fact.id,
        "version": fact.version,
        "what": {
            Relation.REVOKED: _("Dicabut"),
            Relation.AMENDED: _("Diubah"),
            Relation.CITED: _("Dikutip di sini"),
        }[fact.relation],
        "by": _link(register, fact.by),
        "since": fact.since,
        "kinds": kinds_words(fact.kinds),
        "source": fact.source,
        "how_sure": sure_words(fact.how_sure),
        "note": fact.note,
        "closed_on": fact.closed_on,
        "closed_reason": fact.closed_reason,
    }


def citing_shape(citing: Citing, changed: Change | None, today: date) -> dict[str, Any]:
    """A document that cites a regulation, and whether what happened to the regulation asks to look at it again."""
    return {
        "url": url_for("pages.document", document_id=citing.document_id),
        "title": citing.title,
        "kind": kind_title(citing.kind),
        "year": citing.year,
        "state": citing.state.value,
        "number": citing.number,
        "secrecy": citing.secrecy.value,
        "text": citing.text,
        "review": to_review(citing, changed, today),
    }


def sure_words(how_sure: str) -> str:
    """How sure something is, in words."""
    return {
        "read": _("terbaca dalam naskah"),
        "secondary": _("dari sumber kedua, periksa"),
        "memory": _("dari ingatan, periksa"),
    }.get(how_sure, _("belum diketahui, tanyakan"))


def origin_words(regulation: Regulation) -> str:
    """Where an item of the register comes from."""
    return {OWN: _("diisi Bagian Hukum"), FROM_FILE: _("berkas lembaga")}.get(regulation.origin, _("daftar nasional"))


def gazette_words(gazette: Gazette | None) -> str:
    """A gazette as people write it: "LN 2014 Nomor 244, TLN Nomor 5587"."""
    if gazette is None:
        return ""
    words = f"{gazette.kind} {gazette.year} Nomor {gazette.number}"
    return f"{words}, T{gazette.kind} Nomor {gazette.supplement}" if gazette.supplement else words


def _gazette_or_gap(regulation: Regulation) -> str:
    """The constitution has no gazette to fill in."""
    return gazette_words(regulation.gazette) or (_("lengkapi") if regulation.rank > 0 else "–")


def kinds_words(kinds: tuple[str, ...], all_kinds: int = 0) -> list[str]:
    """The kinds as they are called; all of them in one word."""
    every = EVERY in kinds or (all_kinds and len(kinds) == all_kinds)
    return [_("semua jenis dokumen")] if every else [kind_title(kind) for kind in kinds]


def is_closed(register: Register, regulation: Regulation) -> bool:
    """Whether its entry was closed: it stays to be read and is used no more."""
    entry = register.entry(regulation.key)
    return regulation.origin == OWN and entry is not None and entry.closed_on is not None


def _wording_sure(regulation: Regulation, on: date) -> str:
    """How sure number and title are; nothing is sure of what has no number yet, but for the constitution."""
    if regulation.number is None and regulation.rank > 0 and regulation.origin != FROM_FILE:
        return "unknown"
    return "read" if regulation.verified else regulation.how_sure_on(on)


def _number(regulation: Regulation) -> str:
    gap = _("lengkapi")
    return f"{regulation.number or gap} / {regulation.year or gap}"


def _gazette_sure(regulation: Regulation) -> str:
    return sure_words("read" if regulation.gazette_verified and regulation.verified else "memory")


def _amendment(change: Any) -> dict[str, Any]:
    return {
        "name": f"{change.number}/{change.year}" if change.number else change.title,
        "title": change.title,
        "gazette": gazette_words(change.gazette) or _("lembaran: lengkapi"),
        "from": change.in_force_from,
        "latest": change.in_force_latest,
        "how_sure": sure_words("read" if change.verified and change.dates_status == "read" else change.dates_status),
        "note": change.note,
    }


def _revoked_with(register: Register, regulation: Regulation) -> list[dict[str, str] | None]:
    known = register.law.regulations.values()
    keys = [*regulation.revokes, *(one.key for one in known if one.revoked_by == regulation.key)]
    return [_link(register, key) for key in dict.fromkeys(keys)]


def _link(register: Register, key: str | None) -> dict[str, str] | None:
    if key is None:
        return None
    regulation = register.law.regulations.get(key)
    name = regulation.name if regulation else key
    return {"name": name, "url": url_for("pages.regulation", key=key), "key": key}
