"""How obligations and tasks look in a list of what waits: their titles, their reasons, their states."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents.phrases import capital_first
from governance.obligations import delivery
from governance.obligations.queries import Due
from governance.tasks.lifecycle import OPEN
from governance.tasks.queries import Asked
from web.days import days_left
from web.wording import duty_told, told


def late_shape(due: Due, today: date) -> dict[str, Any]:
    """An obligation whose day has come or passed."""
    return {
        "title": f"{obligation_title(due)} {due.year}",
        "url": url_for("pages.deadline", obligation_id=due.id),
        "asked": due.basis,
        "due_on": due.due_on,
        "days_left": days_left(due.due_on, today),
        "facts": [],
        "note": told(
            "reminder.late", {"mandate": due.mandate, "stage": due.stage, "year": due.year, "due_on": str(due.due_on)}
        ),
        "act": "",
    }


def obligation_title(due: Due) -> str:
    """What is due; the delivery of a decree with its number."""
    title = duty_told(due.mandate, due.stage)
    if due.stage == delivery.STAGE:
        number = next((step["params"]["number"] for step in due.computed if "number" in step["params"]), "")
        return f"{title} {number}".strip()
    return title


def task_shape(one: Asked, today: date) -> dict[str, Any]:
    """A task of the reader's unit."""
    return {
        "title": capital_first(one.what),
        "url": url_for("pages.task", task_id=one.id),
        "asked": basis_of(one),
        "state": task_state(one, today),
        "due_on": one.due_on,
        "days_left": days_left(one.due_on, today),
        "facts": [],
        "unit": one.unit_name,
        "acknowledged_at": one.acknowledged_at,
        "moved_at": one.moved_at,
        "act": "",
    }


def basis_of(one: Asked) -> str:
    """Why it is asked, in a line."""
    if one.number:
        return _("Diktum %(place)s, Keputusan Nomor %(number)s", place=one.place, number=one.number)
    return one.why or one.document_title


def task_state(one: Asked, today: date) -> str:
    """As the state's mark names it; late where nothing came in time, revoked where its act no longer holds."""
    if one.lapsed(today) and one.state in OPEN:
        return "revoked"
    return "late" if one.is_open(today) and one.due_on is not None and one.due_on < today else one.state.value
