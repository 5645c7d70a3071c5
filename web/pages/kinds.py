"""The kinds of documents: what the law asks of each on a day, how it comes about, and what it proves."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from governance.documents.kept_routes import kept_route
from governance.documents.values import as_date
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.kind_shapes import Looking, groups_of_kinds, kind_shape


@pages.get("/kinds")
def kinds() -> ResponseReturnValue:
    look = _look(current_actor())
    return render_template("kinds.html", groups=groups_of_kinds(look), on=look.on)


@pages.get("/kinds/<kind>")
def kind(kind: str) -> ResponseReturnValue:
    actor = current_actor()
    look = _look(actor)
    return render_template(
        "kind.html",
        kind=kind_shape(look, look.law.mandate(kind))
        | {"own_route": kept_route(actor.institution_id, kind) is not None},
        on=look.on,
        can_create=permissions.may(actor, Act.DRAFT),
        can_record=permissions.may(actor, Act.RECORD_ACT),
    )


def _look(actor: Actor) -> Looking:
    """What the reader sees: the law of the day in the address, else of today; an address may be old."""
    on: date = as_date(request.args.get("on")) or today_of(actor)
    return Looking(library(), institution_of(actor), on)
