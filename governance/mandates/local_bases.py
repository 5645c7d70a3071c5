"""What one region adds to Mengingat: its forming law and its own Perda and Perkada, as its institution file lists them.

Days in `InstitutionFacts.bases` are ISO text, for the bases are stored as JSON with the institution.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.mandates.regulations import TO_COMPLETE, Citation
from governance.people.facts import InstitutionFacts


def covers(basis: Mapping[str, Any], on: date) -> bool:
    """Whether the region cites it on that day; an unknown day at either end does not narrow the span."""
    start, end = _day(basis, "from"), _day(basis, "to")
    return (start is None or start <= on) and (end is None or on <= end)


def local_citations(institution: InstitutionFacts, kind: str, on: date) -> tuple[Citation, ...]:
    """The region's own regulations that it cites in this kind, by rank, then by date."""
    shown = [
        basis
        for basis in _own(institution)
        if kind in basis.get("cited_in", ()) and basis.get("from") and covers(basis, on)
    ]
    return tuple(_cited(institution, basis) for basis in sorted(shown, key=lambda one: (one["rank"], one["from"])))


def local_questions(institution: InstitutionFacts, on: date) -> tuple[Citation, ...]:
    """The region's own regulations whose first day is not known: the legal section fills them in."""
    unknown = [
        basis
        for basis in _own(institution)
        if not basis.get("from") and ((_day(basis, "not_before") or date.min) <= on)
    ]
    return tuple(
        Citation(_key(institution, one), one["title"], False, "unknown", one.get("note", "")) for one in unknown
    )


def _own(institution: InstitutionFacts) -> list[dict[str, Any]]:
    return [basis for basis in institution.bases if not basis.get("regulation")]


def _cited(institution: InstitutionFacts, basis: Mapping[str, Any]) -> Citation:
    complete = bool(basis.get("cite"))
    text = basis["cite"] if complete else f"{basis['title']} ([{TO_COMPLETE}: nomor, tahun, dan lembaran daerah])"
    return Citation(_key(institution, basis), text, complete, basis["how_sure"], basis.get("note", ""))


def _key(institution: InstitutionFacts, basis: Mapping[str, Any]) -> str:
    return f"{institution.key}:{basis['key']}"


def _day(basis: Mapping[str, Any], name: str) -> date | None:
    value = basis.get(name)
    return date.fromisoformat(value) if value else None
