"""The register of acts over the API: what its page lists, for the caller's eyes."""

from typing import Any

from flask import request

from governance.documents.agenda import Entry, entries
from governance.kernel import clock
from web.agenda_wishes import place_written, register_wish
from web.api.blueprint import api
from web.api.register_schemas import RegisterList, RegisterQuery
from web.guard import current_actor


@api.get("/register")
@api.input(RegisterQuery, location="query", validation=False)
@api.output(RegisterList)
@api.doc(summary="Buku agenda: penetapan, nomor yang dicadangkan, nomor yang batal", responses=[401, 422])
def list_register(query_data: Any) -> dict[str, Any]:
    actor = current_actor()
    wish, _filters = register_wish(request.args, strict=True)
    found, after = entries(actor, wish, clock.day_in(actor.timezone, clock.now()))
    return {"items": [_shown(one) for one in found], "next": place_written(after)}


def _shown(one: Entry) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind or None,
        "title": one.title,
        "dated_on": one.dated_on.isoformat(),
        "status": one.status,
        "document_id": one.document_id,
        "in_force_from": one.in_force_from.isoformat() if one.in_force_from else None,
        "in_force_to": one.in_force_to.isoformat() if one.in_force_to else None,
        "revoked_on": one.revoked_on.isoformat() if one.revoked_on else None,
        "gazette": one.gazette,
        "recorded": one.recorded,
        "secrecy": one.secrecy.value if one.secrecy else None,
        "reason": one.reason,
    }
