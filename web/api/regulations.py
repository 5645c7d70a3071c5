"""The register of regulations over the API: as the caller's institution sees it, on a day."""

from datetime import date
from typing import Any

from flask import request

from governance.documents.values import ISO_DATE
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.mandates.register import Register, Wish, register_of
from governance.mandates.regulations import Gazette, Regulation
from governance.mandates.validity import problem_with, question_about, standing_of
from governance.people.actors import Actor
from web.api.blueprint import api
from web.api.schemas import RegulationList, RegulationQuery, RegulationRead
from web.at_hand import library
from web.guard import current_actor
from web.wording import problem_told


@api.get("/regulations/<key>")
@api.input(RegulationQuery, location="query", validation=False)
@api.output(RegulationRead)
@api.doc(summary="Satu peraturan dan kutipannya pada suatu tanggal", responses=[401, 404, 422])
def read_regulation(key: str, query_data: Any) -> dict[str, Any]:
    actor = current_actor()
    on, register = _day(actor), register_of(actor.institution_id, library().law)
    return _shown(register, register.law.regulation(key), on)


@api.get("/regulations")
@api.input(RegulationQuery, location="query", validation=False)
@api.output(RegulationList)
@api.doc(summary="Daftar peraturan dalam urutan Mengingat, sebagaimana berlaku bagi lembaga", responses=[401, 422])
def list_regulations(query_data: Any) -> dict[str, Any]:
    actor = current_actor()
    on, register = _day(actor), register_of(actor.institution_id, library().law)
    found = register.matching(Wish(request.args.get("q", "")[:200]), on)
    return {"items": [_shown(register, one, on) for one in found], "next": None}


def _day(actor: Actor) -> date:
    value = request.args.get("on") or ""
    if not value:
        return clock.day_in(actor.timezone, clock.now())
    try:
        if ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Invalid(Problem("on", "field.date"))


def _shown(register: Register, one: Regulation, on: date) -> dict[str, Any]:
    problem = problem_with(register.law.regulations, one.key, on)
    standing = standing_of(one, on)
    cited = one.cited_on(on) if problem is None and one.citable_on(on) else None
    return {
        "key": one.key,
        "type": one.type,
        "number": one.number,
        "year": one.year,
        "name": one.name,
        "title": one.title,
        "gazette": _gazette(one.gazette),
        "in_force_from": _iso(one.in_force_from),
        "in_force_to": _iso(one.in_force_to),
        "in_preparation": one.in_preparation,
        "origin": one.origin,
        "how_sure": one.how_sure_on(on),
        "on": on.isoformat(),
        "state": standing.force.value,
        "since": _iso(standing.since),
        "amended_by": [f"{change.number}/{change.year}" for change in one.amended_by],
        "revoked_by": one.revoked_by,
        "citation": cited.text if cited else None,
        "complete": cited.complete if cited else False,
        "why_not": problem_told(problem) if problem else question_about(one, on),
        "kinds": list(register.law.kinds_citing(one.key, register.institution, on)),
    }


def _gazette(gazette: Gazette | None) -> dict[str, Any] | None:
    if gazette is None:
        return None
    return {
        "kind": gazette.kind,
        "year": gazette.year,
        "number": gazette.number,
        "supplement": gazette.supplement,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
