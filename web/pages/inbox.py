"""The inbox: what the reader was told, newest first, each with the way to the very thing."""

from collections.abc import Callable

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext

from governance.documents import queries as documents
from governance.kernel import clock
from governance.notices import queries
from governance.notices.queries import Told
from governance.people.actors import Actor
from governance.tasks import queries as tasks
from web.guard import current_actor, current_known
from web.pages.blueprint import pages
from web.wording import told
from workflows import notices

COMPARED = frozenset({"document.corrected", "document.form_corrected", "document.revised"})


@pages.get("/inbox")
def inbox() -> ResponseReturnValue:
    after = request.args.get("after", "")
    known = int(after) if after.isdecimal() and len(after) < 16 else None
    found, next_ = queries.inbox(current_actor(), after=known)
    rows = [
        {
            "id": one.id,
            "text": told(one.key, one.params),
            "url": url_for("pages.notice", notice_id=one.id),
            "at": one.created_at,
            "read": one.read_at is not None,
        }
        for one in found
    ]
    return render_template("inbox.html", notices=rows, next=url_for("pages.inbox", after=next_) if next_ else None)


@pages.get("/inbox/count")
def inbox_count() -> ResponseReturnValue:
    """How many are unread, for a page that is open: one statement, and nothing is sent while it is the same."""
    actor = current_actor()
    unread = queries.unread_count(actor.institution_id, actor.person_id or 0)
    said = ngettext("Kotak masuk, %(num)s belum dibaca", "Kotak masuk, %(num)s belum dibaca", unread)
    answer = jsonify(unread=unread, said=said)
    answer.set_etag(f"{unread}-{get_locale()}")
    return answer.make_conditional(request)


@pages.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> ResponseReturnValue:
    """Where every link in an e-mail leads: on to the very thing, read from now on.

    What only another post of the reader may see is offered in that post; he changes it by his own click.
    """
    actor = current_actor()
    one = queries.notice(actor, notice_id)
    notices.mark_read(notice_id, by=actor, now=clock.now())
    if way := _way(actor, one):
        return redirect(way)
    for held in current_known().held:
        if not held.stood_in and (way := _way(held.actor, one)):
            return render_template("acting_as.html", post=held.actor, way=way, text=told(one.key, one.params))
    return redirect(url_for("pages.tasks") if one.document_id is None else _way_to_document(one))


@pages.post("/inbox/<int:notice_id>")
def read_notice(notice_id: int) -> ResponseReturnValue:
    notices.mark_read(notice_id, by=current_actor(), now=clock.now())
    return redirect(url_for("pages.inbox"), 303)


@pages.post("/inbox")
def read_all() -> ResponseReturnValue:
    notices.mark_all_read(by=current_actor(), now=clock.now())
    return redirect(url_for("pages.inbox"), 303)


def _way(actor: Actor, one: Told) -> str:
    """The very thing; "" where this post may not see it."""
    if one.task_id is not None:
        return url_for("pages.task", task_id=one.task_id) if tasks.may_read(actor, one.task_id) else ""
    if one.key in ("task.given", "task.asked"):
        return _way_to_task(actor, one)
    if one.document_id is not None:
        return _way_to_document(one) if documents.may_read(actor, one.document_id) else ""
    way = WAYS.get(one.key.split(".", 1)[0], _way_to_deadline)
    return way(one) or url_for("pages.inbox")


def _way_to_document(one: Told) -> str:
    if one.key.startswith("proof."):
        return url_for("pages.document_proofs", document_id=one.document_id)
    if one.key in COMPARED and "revision" in one.params:
        return url_for("pages.compare_revisions", document_id=one.document_id, to=one.params["revision"])
    return url_for("pages.document", document_id=one.document_id)


def _way_to_share(one: Told) -> str:
    """Who was given a seat sees the seats; an office its own indicators."""
    if one.key.startswith("share.seated"):
        return url_for("pages.cycle_seats", cycle_id=one.params["cycle"])
    return url_for("pages.my_indicators")


def _way_to_score(one: Told) -> str:
    place = {"cycle_id": one.params["cycle"], "item": one.params["item"]}
    return url_for("pages.item_scores", **place, _anchor="sanggahan")


def _way_to_evidence(one: Told) -> str:
    """The item that an answer is about; else what waits for the assessor."""
    if "item" in one.params:
        return url_for("pages.cycle_item", cycle_id=one.params["cycle"], item=one.params["item"])
    return url_for("pages.cycle_evidence", cycle_id=one.params["cycle"], _anchor="antrean")


def _way_to_recommendation(one: Told) -> str:
    """The recommendation among all of its year, done or not."""
    year, key = one.params["year"], one.params["recommendation"]
    return url_for("pages.recommendations", year=year, _anchor=f"r{key}")


def _way_to_deadline(one: Told) -> str:
    """The obligation itself; where several moved at once, the year of the first."""
    if one.obligation_id is not None:
        return url_for("pages.deadline", obligation_id=one.obligation_id)
    moves = one.params.get("moves") or [one.params]
    page = "pages.working_days" if one.key.startswith("calendar.") else "pages.deadlines"
    return url_for(page, year=moves[0]["year"]) if "year" in moves[0] else ""


def _way_to_task(actor: Actor, one: Told) -> str:
    """One notice tells many units, each of its own task: the reader's is that of the same dictum or assignment."""
    dictum, asked = (one.document_id, one.params.get("place")), one.params.get("assignment")
    mine = [
        task.id
        for task in tasks.tasks_of_unit(actor)
        if (task.assignment_id == asked if asked else (task.document_id, task.place) == dictum)
    ]
    return url_for("pages.task", task_id=mine[0]) if mine else ""


# By the first word of a notice's key: where what it tells of is seen.
WAYS: dict[str, Callable[[Told], str]] = {
    "cycle": lambda one: url_for("pages.cycle", cycle_id=one.params["cycle"]),
    "holding": lambda one: url_for("pages.official_post", post_id=one.params["post"]),
    "share": _way_to_share,
    "evidence": _way_to_evidence,
    "score": _way_to_score,
    "recommendation": _way_to_recommendation,
    "register": lambda one: url_for("pages.regulation", key=one.params["key"], _anchor="tinjau"),
}
