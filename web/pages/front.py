"""The front page: what waits for the reader, and nothing else; for those who watch, the five groups."""

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from governance.almanac.audience import Whose, audience_of
from governance.almanac.board import late_now
from governance.assessment import listing
from governance.documents import queries as documents
from governance.documents.relations import together
from governance.documents.seen import Wish
from governance.documents.standing import Known
from governance.kernel import clock
from governance.obligations import delivery
from governance.obligations import queries as obligations
from governance.obligations.queries import Due
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.roles import Role
from web.at_hand import library
from web.days import days_left
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.cycle_shapes import waiting_shape as cycle_waiting
from web.pages.desk import desk_page
from web.pages.home import late_shape
from web.pages.made_known import still_to_make_known
from web.pages.office import office_shape
from web.pages.shapes import groups_shape, kind_title, waiting_shape


@pages.get("/")
def home() -> ResponseReturnValue:
    actor = current_actor()
    today = clock.day_in(actor.timezone, clock.now())
    if not permissions.may(actor, Act.WATCH):  # His home is his office's week.
        return _office_home(actor, today)
    late = [late_shape(due, today) for due in _pressing(actor, today)]
    if actor.role is Role.SECRETARY:  # His home is his desk.
        cycles = [cycle_waiting(one) for one in listing.waiting_for(actor)]
        return desk_page(actor, today, late=late, cycles=cycles)
    waiting, _after = documents.documents(actor, Wish(mine=True), today)
    known = documents.known_by_kind(actor)
    return render_template(
        "home.html",
        today=today,
        waiting=[waiting_shape(one) | {"days_left": days_left(one.due_on, today)} for one in waiting],
        late=late,
        chase=late_now(audience_of(actor, Whose.ALL), today) if actor.role is Role.DIGITAL else (0, 0),
        unknown=[_counted(one, today) for one in still_to_make_known(actor)],
        groups=_groups(actor, known, today),
        together=_together(known, today),
        next_step=None,
        can_create=permissions.may(actor, Act.DRAFT),
    )


def _counted(one: dict[str, Any], today: date) -> dict[str, Any]:
    """With the working days that are left; where none passed since a day that is over, the state alone says so."""
    left, late = days_left(one["due_on"], today), one["due_on"] is not None and one["due_on"] < today
    return one | {"days_left": None if late and left == 0 else left, "state": "late" if late else ""}


def _pressing(actor: Actor, today: date) -> list[Due]:
    """What is late; Bagian Hukum finds its deliveries in a list of their own, with what to do about each."""
    found = obligations.pressing(actor, today, today)
    own = permissions.may(actor, Act.DELIVER)
    return [due for due in found if not (own and due.stage == delivery.STAGE)]


def _office_home(actor: Actor, today: date) -> str:
    """The week of the reader's office; for those who draft, the five groups below it."""
    known = documents.known_by_kind(actor) if permissions.may(actor, Act.DRAFT) else {}
    return render_template(
        "office.html",
        **office_shape(actor, today),
        groups=_groups(actor, known, today) if permissions.may(actor, Act.DRAFT) else [],
        can_create=permissions.may(actor, Act.DRAFT),
        is_home=True,
    )


def _groups(actor: Actor, known: dict[str, list[Known]], today: date) -> list[dict[str, Any]]:
    may = [act for act in (Act.DRAFT, Act.RECORD_ACT) if permissions.may(actor, act)]
    return groups_shape(library().law, known, today, may)


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
