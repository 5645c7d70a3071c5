"""A kind's route: looked at on a day or on a document, and the institution's own put together by Bagian Hukum."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.kept_routes import kept_and_running, kept_route
from governance.documents.kinds import Kind
from governance.documents.laying import Offices, offices_of, steps_of
from governance.documents.route_check import POST
from governance.documents.values import as_date
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library
from web.forms.reading import sent
from web.forms.route import (
    ASKED,
    as_rows,
    problems_shown,
    rearranged,
    row_shapes,
    sent_rows,
    who_options,
)
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.route_looks import Look, looked_at
from workflows import routing
from workflows.routing import Route


@pages.get("/kinds/<kind>/route")
def kind_route(kind: str) -> ResponseReturnValue:
    actor, found = current_actor(), _kind(kind)
    on: date = as_date(request.args.get("on")) or today_of(actor)
    own, running = kept_and_running(actor.institution_id, found.key)
    look = Look(actor, found, on, own, request.args.get("unit", "")[:40], request.args.get("document", "")[:15])
    return render_template(
        "kind_route.html",
        kind={"key": found.key, "title": found.title},
        own={"by": own.by_title, "at": own.at, "id": own.id} if own else None,
        running=running,
        can_keep=permissions.may(actor, Act.KEEP_ROUTES),
        **looked_at(look),
    )


@pages.route("/kinds/<kind>/route/edit", methods=["GET", "POST"])
def edit_route(kind: str) -> ResponseReturnValue:
    actor, found = current_actor(), _kind(kind)
    permissions.require(actor, Act.KEEP_ROUTES)
    if request.method == "GET":
        own, offices = kept_route(actor.institution_id, found.key), offices_of(actor.institution_id)
        rows = as_rows(steps_of(found, own, today_of(actor)), lambda who: _named(offices, who))
        return _edit_page(actor, found, rows, own.id if own else 0)
    act, rows, seen = sent("act"), sent_rows(request.form), sent("route")
    known = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0
    if act != "save":
        return _edit_page(actor, found, rearranged(rows, act), known)
    try:
        routing.keep_route(Route(found.key, rows, known), by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _edit_page(actor, found, rows, known, refusal.problems), 422
    flash(_("Rute disimpan. Naskah yang diajukan sejak sekarang memakainya."), "good")
    return redirect(url_for("pages.kind_route", kind=found.key), 303)


@pages.post("/kinds/<kind>/route/withdraw")
def withdraw_route(kind: str) -> ResponseReturnValue:
    actor, found = current_actor(), _kind(kind)
    seen = sent("route")
    known = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0
    routing.withdraw_route(found.key, known, by=actor, now=clock.now(), library=library())
    flash(_("Jenis ini memakai rute bawaan lagi."), "good")
    return redirect(url_for("pages.kind_route", kind=found.key), 303)


def _kind(key: str) -> Kind:
    """A kind that is drafted here; any other has no route."""
    if key not in library().kinds:
        raise NotFound
    return library().kinds[key]


def _named(offices: Offices, who: str) -> str:
    """A role of a shipped route as the post that has it here; what names no role stays as it is."""
    if who.startswith(POST) or who in ("initiator_head", "hierarchy"):
        return who
    found = offices.post_of(who, 0)
    return next((f"{POST}{post.key}" for post in offices.posts if post.id == found), who)


def _edit_page(
    actor: Actor, kind: Kind, rows: Sequence[dict[str, Any]], seen: int, problems: Sequence[Problem] = ()
) -> str:
    posts = [(f"{POST}{post.key}", post.title) for post in institution_of(actor).posts]
    return render_template(
        "kind_route_edit.html",
        kind={"key": kind.key, "title": kind.title},
        rows=row_shapes(rows),
        asked=[(key, _(words)) for key, words in ASKED.items()],
        who=who_options(posts),
        seen=seen,
        running=kept_and_running(actor.institution_id, kind.key)[1],
        problems=problems_shown(problems),
    )
