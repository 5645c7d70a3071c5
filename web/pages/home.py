"""Home: what waits for the reader, and nothing else; for those who watch, the five groups."""

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries as documents
from governance.documents.phrases import capital_first
from governance.documents.relations import together
from governance.documents.seen import Wish
from governance.documents.standing import Known
from governance.kernel import clock
from governance.mandates.law import Law
from governance.obligations import delivery
from governance.obligations import queries as obligations
from governance.obligations.queries import Due
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.tasks import queries as tasks
from governance.tasks.lifecycle import OPEN
from governance.tasks.queries import Asked
from web.at_hand import library
from web.days import days_left
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.desk import desk_page
from web.pages.made_known import still_to_make_known
from web.pages.shapes import groups_shape, kind_title, waiting_shape
from web.wording import duty_told, told


@pages.get("/")
def home() -> ResponseReturnValue:
    actor = current_actor()
    today = clock.day_in(actor.timezone, clock.now())
    watches = permissions.may(actor, Act.WATCH)
    late = [late_shape(due, today) for due in _pressing(actor, today)] if watches else []
    if actor.role is Role.SECRETARY:  # His home is his desk.
        return desk_page(actor, today, late=late)
    waiting, _after = documents.documents(actor, Wish(mine=True), today)
    law = library().law
    known = {} if actor.role is Role.SERVICE else documents.known_by_kind(actor)
    return render_template(
        "home.html",
        today=today,
        waiting=[waiting_shape(one) | {"days_left": days_left(one.due_on, today)} for one in waiting],
        late=late,
        tasks=[] if watches else [task_shape(one, today) for one in tasks.tasks_of_unit(actor) if one.is_open(today)],
        unknown=[_counted(one, today) for one in still_to_make_known(actor)],
        groups=_groups(actor, law, known, today),
        together=_together(known, today),
        next_step=None,
        can_create=permissions.may(actor, Act.DRAFT),
    )


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


def _counted(one: dict[str, Any], today: date) -> dict[str, Any]:
    """With the working days that are left; where none passed since a day that is over, the state alone says so."""
    left, late = days_left(one["due_on"], today), one["due_on"] is not None and one["due_on"] < today
    return one | {"days_left": None if late and left == 0 else left, "state": "late" if late else ""}


def _pressing(actor: Actor, today: date) -> list[Due]:
    """What is late; Bagian Hukum finds its deliveries in a list of their own, with what to do about each."""
    found = obligations.pressing(actor, today, today)
    own = permissions.may(actor, Act.DELIVER)
    return [due for due in found if not (own and due.stage == delivery.STAGE)]


def _groups(actor: Actor, law: Law, known: dict[str, list[Known]], today: date) -> list[dict[str, Any]]:
    if actor.role is Role.SERVICE:
        return []
    may = [act for act in (Act.DRAFT, Act.RECORD_ACT) if permissions.may(actor, act)]
    return groups_shape(law, known, today, may)


def _together(known: dict[str, list[Known]], today: date) -> list[dict[str, Any]]:
    """Kinds of which two acts hold at once today, where one should have ended the other."""
    shelf = library()
    kinds = [kind for kind in known if shelf.stands_alone(kind)]
    found = together(known, kinds, today)
    return [
        {
            "title": kind_title(kind),
            "count": len(ids),
            "url": url_for("pages.agenda", kind=kind, status="in_force"),
        }
        for kind, ids in found.items()
    ]
