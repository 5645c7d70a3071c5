"""Handing in without an account: a task's links, made and revoked by its offices, and the page that a link opens."""

import re
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.kernel.errors import Invalid, NotAllowed, NotFound
from governance.people.actors import Actor
from governance.tasks import links, queries, sheets
from governance.tasks.lifecycle import Move
from governance.tasks.links import Kept, Opened, Standing
from web.at_hand import library
from web.forms.hand_in import handed_of, table_shapes
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.limits import HAND_INS, LOOKS, limiter
from web.pages.blueprint import pages
from web.pages.task_shapes import want_shape
from web.pages.tasks import SHEET, table_wanted
from web.sheets import Download, handed
from web.wording import marked
from workflows import hand_in_links
from workflows.hand_in_links import DAYS, ByLink
from workflows.signing_in import digest

SECRET = re.compile(r"[0-9a-f]{32}", re.ASCII)
LABELS = {"name": marked("Nama dan jabatan"), "note": marked("Keterangan"), "files": marked("Berkas")}
USUAL_DAYS = 7


@pages.get("/tasks/<int:task_id>/links")
def task_links(task_id: int) -> ResponseReturnValue:
    return _links_page(current_actor(), task_id)


@pages.post("/tasks/<int:task_id>/links")
def make_task_link(task_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    days = form.number("days") or 0
    try:
        secret = hand_in_links.make_link(task_id, days, by=actor, now=clock.now())
    except Invalid as refusal:
        return _links_page(actor, task_id, problems=refusal.problems), 422
    path = url_for("pages.hand_in_by_link", token=secret)
    return _links_page(actor, task_id, made=str(current_app.config["BASE_URL"]).rstrip("/") + path)


@pages.post("/tasks/links/<int:door_id>/revoke")
def revoke_task_link(door_id: int) -> ResponseReturnValue:
    task_id = hand_in_links.revoke_link(door_id, by=current_actor(), now=clock.now())
    flash(_("Tautan dicabut. Alamatnya tidak membuka apa-apa lagi."), "good")
    return redirect(url_for("pages.task_links", task_id=task_id), 303)


@pages.route("/h/<token>", methods=["GET", "POST"])
@limiter.limit(HAND_INS, methods=["POST"])
@limiter.limit(LOOKS, methods=["GET"])
def hand_in_by_link(token: str) -> ResponseReturnValue:
    """What an office is asked, for whoever has the address; it says no person's name."""
    opened = _opened(token)
    if opened is None:
        return _private(render_template("hand_in_closed.html", standing="unknown", task=None), HTTPStatus.NOT_FOUND)
    if opened.standing is not Standing.OPEN:
        return _closed(opened)
    if request.method == "GET":
        return _private(_door(token, opened))
    return _handed_in(token, opened)


@pages.get("/h/<token>/sheet")
@limiter.limit(LOOKS)
def sheet_by_link(token: str) -> ResponseReturnValue:
    opened = _opened(token)
    if opened is None or opened.standing is not Standing.OPEN:
        raise NotFound
    want = table_wanted(opened.wants, request.args.get("table", ""))
    answer = handed(Download(sheets.template(want), f"isian-{want.key}.xlsx", SHEET))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _opened(token: str) -> Opened | None:
    return links.opened_by(digest(token), clock.now(), clock.day_in) if SECRET.fullmatch(token) else None


def _handed_in(token: str, opened: Opened) -> ResponseReturnValue:
    form = Form()
    given = handed_of(opened.task_id, 0, opened.wants, sent("note"))
    if sent("add"):
        return _private(_door(token, opened, typed=form.again(), given=given))
    came = ByLink(digest(token), form.text("name"), given)
    try:
        hand_in_links.hand_in(came, now=clock.now(), library=library())
    except FAULTS as refusal:
        problems = shown(faults_of(refusal), {want.key: want.label for want in opened.wants} | LABELS)
        return _private(_door(token, opened, typed=form.again(), given=given, problems=problems), 422)
    except NotAllowed:
        return _closed(_opened(token) or opened)
    return redirect(url_for("pages.hand_in_by_link", token=token), 303)


def _closed(opened: Opened) -> Response:
    page = render_template("hand_in_closed.html", standing=opened.standing.value, task=opened, house=opened.institution)
    return _private(page, HTTPStatus.OK if opened.standing is Standing.USED else HTTPStatus.GONE)


def _private(page: str, status: int = 200) -> Response:
    """The address is the secret: no cache keeps the page and no search engine finds it."""
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _door(token: str, opened: Opened, **more: Any) -> str:
    return render_template(
        "hand_in.html",
        house=opened.institution,
        task=opened,
        token=token,
        wants=[want_shape(want) for want in opened.wants],
        tables=table_shapes(opened.wants, {}, more.get("given")),
        typed=more.get("typed") or {},
        problems=more.get("problems", []),
    )


def _links_page(actor: Actor, task_id: int, *, made: str = "", problems: Any = ()) -> str:
    one = queries.task(actor, task_id)
    if not (one.mine or one.follows_up):
        raise NotAllowed("refused.not_allowed", act="follow_up")
    now = clock.now()
    return render_template(
        "task_links.html",
        task=one,
        links=[_link_shape(link, now) for link in links.links_of(actor, task_id)],
        may_make=Move.HAND_IN in one.moves or one.follows_up,
        made=made,
        days=[(str(days), _("%(n)s hari", n=days)) for days in DAYS],
        usual=USUAL_DAYS,
        problems=shown(problems, {"days": marked("Masa berlaku")}),
    )


def _link_shape(link: Kept, now: Any) -> dict[str, Any]:
    if link.revoked_at is not None:
        state = _("dicabut")
    elif link.used_at is not None:
        state = _("sudah dipakai")
    else:
        state = _("berlaku") if link.is_in_use(now) else _("kedaluwarsa")
    return {"link": link, "state": state, "in_use": link.is_in_use(now)}
