"""Notices over the API: what the caller was told, and that he has read it."""

from typing import Any

from flask import request

from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.notices import queries
from governance.notices.queries import Told
from web.api.blueprint import api
from web.api.schemas import NoticeList, NoticeQuery
from web.guard import current_actor
from web.wording import told
from workflows import notices


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
