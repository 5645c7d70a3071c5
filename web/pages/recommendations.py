"""Recommendations: recorded with a year's result, open ones by office, followed up, the late ones reminded."""

from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.assessment import recommended
from governance.assessment.recommended import Recommended
from governance.assessment.result_models import FollowUp
from governance.kernel import clock
from governance.kernel.errors import Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.recommendation_shapes import LABELS, recommendation_shape
from web.pages.results import result_page
from web.wording import told
from workflows import asking, recommending
from workflows.recommending import FollowedUp, NewRecommendation


@pages.get("/recommendations")
def recommendations() -> ResponseReturnValue:
    return _page(current_actor())


@pages.post("/results/<int:result_id>/recommendations")
def add_recommendation(result_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    year = form.number("year") or 0
    new = NewRecommendation(
        year,
        form.text("what"),
        form.whole("unit") or 0,
        item=form.text("item")[:20],
        number=form.whole("number"),
        due_on=form.day("due_on"),
        state=form.word("state", FollowUp, FollowUp.OPEN),
        outcome=form.text("outcome"),
        followed_in=form.whole("followed_in"),
    )
    problems = form.problems
    if not problems:
        try:
            recommending.add(new, by=actor, now=clock.now(), library=library())
        except FAULTS as refusal:
            problems += faults_of(refusal)
    if problems:
        return result_page(actor, result_id, problems=shown(problems, LABELS), typed=form.again()), 422
    said = _("Rekomendasi dicatat. Perangkat daerahnya menerima tugas.")
    flash(said if new.state is FollowUp.OPEN else _("Rekomendasi dicatat dengan tindak lanjutnya."), "good")
    return redirect(url_for("pages.result", result_id=result_id, _anchor="rekomendasi"), 303)


@pages.post("/recommendations/<int:recommendation_id>/follow-up")
def follow_up_recommendation(recommendation_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    asked = FollowedUp(
        recommendation_id,
        form.number("version") or 0,
        form.word("state", FollowUp, FollowUp.OPEN),
        form.text("outcome"),
        form.number("followed_in") or 0,
    )
    problems = form.problems
    if not problems:
        try:
            recommending.follow_up(asked, by=actor, now=clock.now())
        except FAULTS as refusal:
            problems += faults_of(refusal)
        except Stale as refusal:
            return _page(actor, stale=told(refusal.key), answering=recommendation_id, typed=form.again()), 409
    if problems:
        told_of = {"problems": shown(problems, LABELS), "answering": recommendation_id, "typed": form.again()}
        return _page(actor, **told_of), 422
    flash(_("Tindak lanjut dicatat."), "good")
    return redirect(url_for("pages.recommendations", **_kept()), 303)


@pages.post("/recommendations/remind")
def remind_recommended() -> ResponseReturnValue:
    actor = current_actor()
    late = [one for one in recommended.unfinished(actor) if one.is_late(today_of(actor)) and one.assignment_id]
    ids = [one.assignment_id for one in late if one.assignment_id]
    count = asking.remind_all_late(ids, by=actor, now=clock.now())
    said = ngettext("%(num)s yang terlambat diingatkan.", "%(num)s yang terlambat diingatkan.", count)
    flash(said if count else _("Tidak ada yang terlambat."), "good")
    return redirect(url_for("pages.recommendations"), 303)


def _kept() -> dict[str, Any]:
    """The filter of the page that the form stood on."""
    return {"mine": "1"} if sent("mine") or request.args.get("mine") else {}


def _year() -> int | None:
    """The year whose recommendations are all asked for, also those that are done; None: what is unfinished."""
    text = request.args.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _page(actor: Actor, **more: Any) -> str:
    mine, today, year = bool(_kept()), today_of(actor), _year()
    found = recommended.of_year(actor, year) if year else recommended.unfinished(actor, actor.unit_id if mine else None)
    found.sort(key=lambda one: one.unit_name)
    late = sum(one.is_late(today) for one in found)
    return render_template(
        "recommendations.html",
        groups=[(name, _shapes(list(members), actor)) for name, members in groupby(found, lambda one: one.unit_name)],
        count=sum(one.state is FollowUp.OPEN for one in found),
        late=late,
        mine=mine,
        year=year,
        can_remind=bool(late) and permissions.may(actor, Act.FOLLOW_UP),
        this_year=today.year,
        **{"problems": [], "answering": None, "typed": {}, "stale": "", **more},
    )


def _shapes(members: list[Recommended], actor: Actor) -> list[dict[str, Any]]:
    return [recommendation_shape(one, actor, today_of(actor)) for one in members]
