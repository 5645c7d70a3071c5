"""Obligations over the API: a year's timetable with each date's reason, one whole, its answers, and the dated facts."""

from enum import StrEnum
from typing import Any

from flask import request

from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.obligations import queries
from governance.obligations.queries import Due
from governance.people.actors import Actor
from web.api.blueprint import api
from web.api.bodies import Body
from web.api.schemas import (
    MilestoneList,
    ObligationAnswered,
    ObligationList,
    ObligationMoveIn,
    ObligationQuery,
    ObligationWhole,
)
from web.at_hand import library
from web.duties import awaited_of, group_of, moves_of
from web.guard import current_actor
from web.wording import told
from workflows import fulfilling
from workflows.fulfilling import Report


class Answer(StrEnum):
    """The answers an obligation can be given."""

    REPORT = "report"
    WAIVE = "waive"
    ACKNOWLEDGE = "acknowledge"
    TAKE_BACK = "take_back"


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
    found = [_shown(due) for due in queries.timetable(actor, int(wish), today)]
    wishes = {name: value for name in ("group", "state") if (value := request.args.get(name))}
    return {"items": [one for one in found if all(one[name] == value for name, value in wishes.items())], "next": None}


@api.get("/obligations/<int:obligation_id>")
@api.output(ObligationWhole)
@api.doc(summary="Satu kewajiban seutuhnya", responses=[401, 404])
def read_obligation(obligation_id: int) -> dict[str, Any]:
    return _whole(current_actor(), obligation_id)


@api.post("/obligations/<int:obligation_id>/moves")
@api.input(ObligationMoveIn, validation=False)
@api.output(ObligationAnswered)
@api.doc(
    summary="Laporkan terpenuhi, nyatakan tidak perlu dipenuhi, nyatakan ditangani, atau tarik jawabannya",
    responses=[401, 403, 404, 409, 422],
)
def answer_obligation(obligation_id: int, json_data: Any) -> dict[str, Any]:
    actor, now = current_actor(), clock.now()
    queries.obligation(actor, obligation_id, clock.day_in(actor.timezone, now))
    body = Body(("move", "version", "how", "on", "task_id", "reason"))
    move, version = body.word("move", Answer, "field.unknown_word"), body.number("version")
    how, on, task_id = body.text("how"), body.day("on"), body.whole("task_id")
    reason = body.text("reason")
    body.done()
    if move is Answer.REPORT:
        given = Report(obligation_id, version, how, on, task_id=task_id)
        fulfilling.report(given, by=actor, now=now, library=library())
    elif move is Answer.WAIVE:
        fulfilling.waive(obligation_id, version, reason, by=actor, now=now)
    elif move is Answer.TAKE_BACK:
        fulfilling.take_back(obligation_id, version, reason, by=actor, now=now)
    else:
        fulfilling.acknowledge(obligation_id, version, by=actor, now=now)
    return _whole(actor, obligation_id)


@api.get("/milestones")
@api.output(MilestoneList)
@api.doc(summary="Data jadwal pemerintah daerah: tanggal yang menjadi dasar tenggat", responses=[401])
def list_milestones() -> dict[str, Any]:
    items = [
        {
            "id": one.id,
            "key": one.key,
            "title": told(f"milestone.{one.key}"),
            "year": one.year,
            "day": one.day.isoformat(),
            "until": one.until.isoformat() if one.until else None,
            "number": one.number,
            "note": one.note,
            "by": one.by_title,
            "entered_at": one.entered_at,
            "withdrawn_at": one.withdrawn_at,
            "reason": one.reason,
        }
        for one in queries.milestones(current_actor())
    ]
    return {"items": items, "next": None}


def _whole(actor: Actor, obligation_id: int) -> dict[str, Any]:
    due = queries.obligation(actor, obligation_id, clock.day_in(actor.timezone, clock.now()))
    reminders = [{"rung": str(rung), "at": at} for rung, at in due.reminders]
    return _shown(due) | {"reminders": reminders, "moves": list(moves_of(due, actor))}


def _shown(due: Due) -> dict[str, Any]:
    law = library().law
    mandate = law.mandates.get(due.mandate)
    return {
        "id": due.id,
        "obligation": due.key,
        "title": mandate.title if mandate else told(f"duty.{due.mandate}"),
        "stage": law.stages.get(due.stage, due.stage),
        "year": due.year,
        "family": due.family,
        "group": group_of(due),
        "unit": due.unit,
        "begins_on": due.begins_on.isoformat() if due.begins_on else None,
        "due_on": due.due_on.isoformat() if due.due_on else None,
        "estimated": due.estimated,
        "how_sure": due.how_sure,
        "basis": due.basis,
        "computed": [{"key": step["key"], "text": told(step["key"], step["params"])} for step in due.computed],
        "awaits": awaited_of(due),
        "state": due.state,
        "met_on": due.met_on.isoformat() if due.met_on else None,
        "met_by": due.met_by,
        "reason": due.reason,
        "by": due.by_title,
        "acknowledged": due.acknowledged_at is not None,
        "version": due.version,
    }
