"""Notices and tasks over the API: what the caller was told, and his unit's receipt."""

from typing import Any

from flask import request

from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.notices import queries
from governance.notices.queries import Told
from governance.tasks import queries as task_queries
from governance.tasks.lifecycle import Move
from governance.tasks.queries import Asked
from web.api.blueprint import api
from web.api.schemas import NoticeList, NoticeQuery, TaskList, TaskReceipt
from web.guard import current_actor
from web.wording import told
from workflows import answering, notices
from workflows.answering import TaskMove


@api.get("/notices")
@api.input(NoticeQuery, location="query", validation=False)
@api.output(NoticeList)
@api.doc(summary="Pemberitahuan, yang terbaru dahulu", responses=[401, 422])
def list_notices(query_data: Any) -> dict[str, Any]:
    actor = current_actor()
    after = request.args.get("after") or None
    if after is not None and not (after.isascii() and after.isdigit() and len(after) < 16):
        raise Invalid(Problem("after", "field.not_number"))
    found, next_ = queries.inbox(actor, after=int(after) if after else None)
    unread = queries.unread_count(actor.institution_id, actor.person_id or 0)
    return {"items": [_notice(one) for one in found], "next": next_ and str(next_), "unread": unread}


@api.post("/notices/<int:notice_id>/read")
@api.doc(summary="Tandai sudah dibaca", responses=[204, 401, 404])
def read_notice(notice_id: int) -> tuple[str, int]:
    notices.mark_read(notice_id, by=current_actor(), now=clock.now())
    return "", 204


@api.post("/tasks/<int:task_id>/acknowledge")
@api.output(TaskReceipt)
@api.doc(summary="Nyatakan tugas diterima", responses=[401, 403, 404])
def acknowledge_task(task_id: int) -> dict[str, Any]:
    actor = current_actor()
    one = task_queries.task(actor, task_id)
    if one.acknowledged_at is None:
        answering.move(TaskMove(task_id, Move.ACCEPT, one.version), by=actor, now=clock.now())
    return _task(task_queries.task(actor, task_id))


@api.get("/tasks")
@api.output(TaskList)
@api.doc(summary="Tugas kantor sendiri", responses=[401])
def list_tasks() -> dict[str, Any]:
    return {"items": [_task(one) for one in task_queries.tasks_of_unit(current_actor())], "next": None}


def _notice(one: Told) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.key,
        "text": told(one.key, one.params),
        "document_id": one.document_id,
        "task_id": one.task_id,
        "obligation_id": one.obligation_id,
        "created_at": one.created_at,
        "read_at": one.read_at,
    }


def _task(one: Asked) -> dict[str, Any]:
    return {
        "id": one.id,
        "document_id": one.document_id,
        "unit": one.unit_name,
        "place": one.place,
        "what": one.what,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "state": one.state.value,
        "acknowledged_at": one.acknowledged_at,
    }
