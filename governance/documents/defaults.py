"""What a new draft starts with: each field's value from the law, the institution or the kind, and its source."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.documents.assessors import owning_posts, plot_rows
from governance.documents.brief import filled, names, term_of
from governance.documents.kinds import FieldSpec, Kind, Reason, TeamRoleSpec
from governance.mandates.law import Law
from governance.mandates.mandates import TeamRole
from governance.people.facts import InstitutionFacts, PostFact
from governance.people.roles import Role

CITATION = "${citation}"


def defaults(kind: Kind, *, institution: InstitutionFacts, law: Law, year: int, on: date) -> dict[str, Any]:
    """Every field of the kind with its starting value, dates as ISO texts; None and empty lists are blanks."""
    values = names(kind, institution, law, on, {"year": year})
    start, end = date(year, 1, 1), date(year, 12, 31)
    known: dict[str, Any] = {
        "institution": institution.key,
        "year": year,
        "term": term_of(institution, law),
        "title": filled(kind.words.get("title", kind.title), values),
        "dated": on.isoformat(),
        "considerations": [_reason(reason, law, on, values) for reason in kind.reasons if stands(reason, law, on)],
        "members": _members(kind, institution, law, on, values),
        "effective_from": start.isoformat() if start > on else None,
        "effective_to": end.isoformat() if end >= on else None,
        "place": institution.seat or institution.place_name,
        "copies": [filled(copy, values) for copy in _copies(kind, institution)],
    }
    known |= {spec.key: _plot(kind, spec, institution, law, on) for spec in kind.fields if spec.owners}
    return {
        spec.key: known.get(spec.key) if spec.default is None else _said(spec.default, values) for spec in kind.fields
    }


def sources(kind: Kind, *, institution: InstitutionFacts | None = None) -> dict[str, str]:
    """Where each field's default comes from, as the wording's key; a guess says that it is one."""
    found = {spec.key: spec.source for spec in kind.fields}
    if (term := kind.spec("term")) is not None and term.default is None:
        found["term"] = "draft.source.term"
    if institution is not None and institution.seat is None and "place" in found:
        found["place"] = "draft.source.guessed_seat"
    return found


def stands(reason: Reason, law: Law, on: date) -> bool:
    """Whether a consideration may be given that day: in its span, its regulation not known to be out of force."""
    if (reason.since and on < reason.since) or (reason.until and on > reason.until):
        return False
    if reason.regulation is None:
        return True
    regulation = law.regulations.get(reason.regulation)
    if regulation is None:
        return False
    if CITATION in reason.text:
        return regulation.citable_on(on)
    return regulation.in_force_on(on) is not False


def _reason(reason: Reason, law: Law, on: date, values: Mapping[str, Any]) -> str:
    """A consideration in words; a regulation it cites reads as the register words it on that day."""
    regulation = law.regulations.get(reason.regulation or "")
    citation = regulation.cited_on(on).text if regulation else ""
    return filled(reason.text, {**values, "citation": citation})


def _said(default: Any, values: Mapping[str, Any]) -> Any:
    """A default with its names filled in, however deep they stand."""
    if isinstance(default, str):
        return filled(default, values)
    if isinstance(default, list):
        return [_said(entry, values) for entry in default]
    if isinstance(default, Mapping):
        return {key: _said(entry, values) for key, entry in default.items()}
    return default.isoformat() if isinstance(default, date) else default


def _copies(kind: Kind, institution: InstitutionFacts) -> list[str]:
    """Tembusan: where a province has others than a kabupaten or kota, the kind lists both."""
    own = "copies_own" if institution.region_kind == "provinsi" else "copies_province"
    copies: list[str] = kind.words.get("copies", kind.words.get(own, []))
    return copies


def _plot(kind: Kind, spec: FieldSpec, institution: InstitutionFacts, law: Law, on: date) -> list[dict[str, str]]:
    """Who looks at which indicator: the role that the owners hold that day names the assessor."""
    role = next((role for role in kind.roles if role.owners and role.covers(on)), None)
    return plot_rows(law, institution, spec.owners, role.title if role else "Asesor", spec.limit)


def _members(
    kind: Kind, institution: InstitutionFacts, law: Law, on: date, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    demanded = {role.key: role for role in law.team_minimum(kind.key, on)} if kind.roles else {}
    instrument = law.instrument_on(on)
    owners = owning_posts(law, institution, instrument.key if instrument else None)
    found: list[dict[str, Any]] = []
    for role in kind.roles:
        if role.covers(on):
            taken = {member["post"] for member in found}
            held = [_member(role, post) for post in owners if post.key not in taken] if role.owners else []
            held = held or (_holders(role, demanded.get(role.key), institution) if role.posts else [])
            named = [{"role": role.key, "post": None, "office": filled(role.office, values)}] if role.office else []
            found += held or named
    return found


def _holders(role: TeamRoleSpec, demanded: TeamRole | None, institution: InstitutionFacts) -> list[dict[str, Any]]:
    posts = [
        post for wanted in role.posts for post in institution.posts if post.role is wanted and _leads(post, institution)
    ]
    if role.at_most is not None:
        posts = posts[: role.at_most]
    if posts:
        return [_member(role, post) for post in posts]
    if role.posts == (Role.HEAD_OF_REGION,):
        return [{"role": role.key, "post": None, "office": institution.head_office}]
    held_by = demanded.held_by if demanded is not None and demanded.demanded else None
    return [{"role": role.key, "post": None, "office": held_by}] if held_by else []


def _member(role: TeamRoleSpec, post: PostFact) -> dict[str, Any]:
    return {"role": role.key, "post": post.key, "office": post.title}


def _leads(post: PostFact, institution: InstitutionFacts) -> bool:
    """Whether a post heads a whole office: Pasal 77 ayat (7) names these; Bagian Organisasi is in it by practice."""
    unit = next((unit for unit in institution.units if unit.key == post.unit), None)
    return unit is None or unit.part_of is None or post.role in (Role.ORGANISATION, Role.ASSISTANT, Role.LEGAL)
