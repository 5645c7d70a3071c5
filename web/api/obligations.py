"""Obligations over the API: a year's timetable with each date's reason."""

from typing import Any

from flask import request

from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.obligations import queries
from governance.obligations.queries import Due
from web.api.blueprint import api
from web.api.schemas import ObligationList, ObligationQuery
from web.at_hand import library
from web.guard import current_actor
from web.wording import told


@api.get("/obligations")
@api.input(ObligationQuery, location="query", validation=False)
@api.output(ObligationList)
@api.doc(summary="Kewajiban setahun, menurut tanggal", responses=[401, 422])
def list_obligations(query_data: Any) -> dict[str, Any]:
    actor = current_actor()
    today = clock.day_in(actor.timezone, clock.now())
    wish = request.args.get("year") or str(today.year)
    if not (wish.isascii() and wish.isdigit() and len(wish) == 4 and 2000 <= int(wish) <= 2100):
        raise Invalid(Problem("year", "document.year", {"first": 2000, "last": 2100}))
    return {"items": [_shown(due) for due in queries.timetable(actor, int(wish), today)], "next": None}


def _shown(due: Due) -> dict[str, Any]:
    law = library().law
    mandate = law.mandates.get(due.mandate)
    return {
        "id": due.id,
        "obligation": due.key,
        "title": mandate.title if mandate else due.mandate,
        "stage": law.stages.get(due.stage, due.stage),
        "year": due.year,
        "begins_on": due.begins_on.isoformat() if due.begins_on else None,
        "due_on": due.due_on.isoformat() if due.due_on else None,
        "estimated": due.estimated,
        "how_sure": due.how_sure,
        "basis": due.basis,
        "computed": [{"key": step["key"], "text": told(step["key"], step["params"])} for step in due.computed],
        "state": due.state,
        "met_by": due.met_by,
    }
