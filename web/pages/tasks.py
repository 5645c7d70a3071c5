"""Tasks: what the reader's unit is asked, and its receipt."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.deliveries import deliveries_of
from governance.documents.phrases import capital_first
from governance.kernel import clock
from governance.people import permissions
from governance.people.permissions import Act, Matter
from governance.tasks import queries
from web.days import days_left
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.home import task_shape, task_state
from workflows import tasking


@pages.get("/tasks")
def tasks() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    mine = [task_shape(one, today) for one in queries.tasks_of_unit(actor)]
    watched = queries.tasks_handed_out(actor) if permissions.may(actor, Act.WATCH) else []
    return render_template(
        "tasks.html",
        tasks=[one for one in mine if not one["acknowledged_at"]],
        done=[one for one in mine if one["acknowledged_at"]],
        others=[task_shape(one, today) for one in watched],
        next=None,
    )


@pages.get("/tasks/<int:task_id>")
def task(task_id: int) -> ResponseReturnValue:
    actor = current_actor()
    one = queries.task(actor, task_id)
    today = today_of(actor)
    shape: dict[str, Any] = {
        "id": one.id,
        "what": capital_first(one.what),
        "unit": one.unit_name,
        "state": task_state(one, today),
        "due_on": one.due_on,
        "days_left": days_left(one.due_on, today),
        "working_days": None,
        "starts_on": None,
        "dictum": one.place,
        "dictum_text": "",
        "document_url": url_for("pages.document", document_id=one.document_id),
        "document_title": one.document_title,
        "number": one.number,
        "acknowledged_at": one.acknowledged_at,
        "acknowledged_by": "",
        "asked_by": "",
    }
    may = permissions.may(actor, Act.ACKNOWLEDGE, Matter(addressed_unit_id=one.unit_id))
    named = [row.id for row in deliveries_of(actor, one.document_id) if row.mine and row.received_on is None]
    return render_template(
        "task.html",
        task=shape,
        can_acknowledge=may and one.acknowledged_at is None,
        delivery=named[0] if named else None,
    )


@pages.post("/tasks/<int:task_id>/acknowledge")
def acknowledge(task_id: int) -> ResponseReturnValue:
    tasking.acknowledge(task_id, by=current_actor(), now=clock.now())
    flash(_("Tugas dinyatakan diterima."), "good")
    return redirect(url_for("pages.task", task_id=task_id), 303)
