"""How recommendations look to the templates: where they stand, their task, and whether the reader may answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from governance.assessment.recommended import Recommended
from governance.assessment.result_models import FollowUp
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter
from web.wording import marked

LABELS = {
    "what": marked("Rekomendasi"),
    "unit": marked("Perangkat daerah"),
    "item": marked("Indikator"),
    "number": marked("Nomor"),
    "due_on": marked("Paling lambat"),
    "state": marked("Keadaan"),
    "outcome": marked("Keterangan"),
    "followed_in": marked("Tahun tindak lanjut"),
    "year": marked("Tahun"),
}
MOST_SHOWN = 5
STATES = {
    FollowUp.OPEN: marked("Belum ditindaklanjuti"),
    FollowUp.DONE: marked("Sudah dilaksanakan"),
    FollowUp.NOT_DONE: marked("Belum dilaksanakan"),
}


def recommendation_shape(one: Recommended, actor: Actor, today: date) -> dict[str, Any]:
    """A recommendation in a list, with the way to its task."""
    return {
        "id": one.id,
        "year": one.year,
        "number": one.number,
        "item": one.item,
        "what": one.what,
        "unit": one.unit_name,
        "due_on": one.due_on,
        "late": one.is_late(today),
        "state": one.state.value,
        "state_words": STATES[one.state],
        "outcome": one.outcome,
        "followed_in": one.followed_in,
        "version": one.version,
        "task": url_for("pages.task", task_id=one.task_id) if one.task_id and _sees_task(one, actor) else "",
        "task_state": one.task_state.value if one.task_state else "",
        "may_be_closed": one.may_be_closed,
        "verified_at": one.task_moved_at if one.may_be_closed else None,
        "may_answer": permissions.may(actor, Act.ANSWER_RECOMMENDATION, Matter(addressed_unit_id=one.unit_id)),
    }


def open_shape(found: Sequence[Recommended], actor: Actor, today: date, *, mine: bool = False) -> dict[str, Any]:
    """The first of what is open, for the pages of a cycle and of an office; the rest stands on its own page."""
    return {
        "rows": [recommendation_shape(one, actor, today) for one in found[:MOST_SHOWN]],
        "more": max(0, len(found) - MOST_SHOWN),
        "url": url_for("pages.recommendations", mine=1 if mine else None),
        "with_unit": not mine,
    }


def _sees_task(one: Recommended, actor: Actor) -> bool:
    """A task is read by its own office and by those who watch."""
    return one.unit_id == actor.unit_id or permissions.may(actor, Act.WATCH)
