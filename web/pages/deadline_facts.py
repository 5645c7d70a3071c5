"""The dated facts that the timetable rests on: what is known, what would move, what was withdrawn and why."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.obligations import queries
from governance.obligations.expected import KnownFact
from governance.obligations.milestones import FACT_KINDS, FactKind
from governance.obligations.models import Milestone
from governance.obligations.previewing import moves_if
from governance.people import permissions
from governance.people.actors import Actor
from web.at_hand import law_of, library
from web.forms.reading import FAULTS, Form, faults_of, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.deadline_shapes import change_shape
from web.pages.documents import today_of
from web.sheets import handed, scan_kept
from web.wording import marked, told
from workflows import entering_facts
from workflows.entering_facts import NewFact

LABELS = {
    "key": marked("Data"),
    "day": marked("Tanggal"),
    "year": marked("Tahun"),
    "until": marked("Berlaku sampai"),
    "number": marked("Nomor"),
    "note": marked("Keterangan"),
    "scan": marked("Pindaian"),
    "reason": marked("Alasan"),
}


@pages.route("/deadlines/facts", methods=["GET", "POST"])
def deadline_facts() -> ResponseReturnValue:
    actor = current_actor()
    if request.method == "GET":
        key = request.args.get("key", "")
        return _page(actor, {"key": key if key in FACT_KINDS else ""})
    form = Form()
    new = _typed(form)
    if form.problems or new is None:
        return _page(actor, form.again(), problems=shown(form.problems, LABELS)), 422
    try:
        entering_facts.require_right(new, by=actor, now=clock.now())
        if form.text("act") != "save":
            return _page(actor, form.again(), preview=_preview(actor, new))
        entering_facts.enter(new, by=actor, now=clock.now(), library=library())
    except FAULTS as refusal:
        return _page(actor, form.again(), problems=shown(faults_of(refusal), LABELS)), 422
    flash(_("Dicatat. Tanggal yang bersandar padanya dihitung ulang; yang terkait diberi tahu."), "good")
    return redirect(url_for("pages.deadline_facts"), 303)


@pages.get("/deadlines/facts/<int:milestone_id>/scan")
def fact_scan(milestone_id: int) -> Response:
    sha256 = queries.milestone_scan(current_actor(), milestone_id)
    return handed(scan_kept(sha256, f"data-jadwal-{milestone_id}"))


@pages.post("/deadlines/facts/<int:milestone_id>/withdraw")
def withdraw_fact(milestone_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    version, reason = form.number("version") or 0, form.text("reason")
    problems = form.problems
    if not problems:
        try:
            entering_facts.withdraw(milestone_id, version, reason, by=actor, now=clock.now())
        except FAULTS as refusal:
            problems += faults_of(refusal)
    if problems:
        return _page(actor, {}, problems=shown(problems, LABELS), withdrawing=milestone_id), 422
    flash(_("Data ditarik. Tanggal yang bersandar padanya dihitung ulang."), "good")
    return redirect(url_for("pages.deadline_facts"), 303)


def _typed(form: Form) -> NewFact | None:
    """The fact as it was sent; None where no day was typed. The same form is sent for the preview and to be kept."""
    day = form.day("day", required=True)
    year, until, scan = form.whole("year"), form.day("until"), form.scan("scan")
    if day is None:
        return None
    return NewFact(form.text("key"), day, year, until, form.text("number"), form.text("note"), scan)


def _preview(actor: Actor, new: NewFact) -> list[dict[str, Any]]:
    """What would move if it were entered; nothing is written."""
    fact = KnownFact(new.key, new.day, new.year, new.until, new.number)
    found = moves_if(actor.institution_id, law_of(actor), fact, today_of(actor))
    return [change_shape(one) for one in found]


def _page(
    actor: Actor,
    form: dict[str, str],
    *,
    problems: Any = (),
    preview: list[dict[str, Any]] | None = None,
    withdrawing: int | None = None,
) -> str:
    mine = [kind for kind in FACT_KINDS.values() if permissions.may(actor, kind.act)]
    found = queries.milestones(actor)
    return render_template(
        "deadline_facts.html",
        kinds=[(kind.key, told(f"milestone.{kind.key}")) for kind in mine],
        notes=[_kind_shape(kind) for kind in mine],
        form=form,
        problems=list(problems),
        preview=preview,
        withdrawing=withdrawing,
        facts=[_fact_shape(one, actor) for one in found if one.withdrawn_at is None],
        withdrawn=[_fact_shape(one, actor) for one in found if one.withdrawn_at is not None],
        missing=_missing(found),
        today=today_of(actor),
    )


def _kind_shape(kind: FactKind) -> dict[str, Any]:
    """What a kind of fact moves, and what must be said of it."""
    law = library().law
    return {
        "title": told(f"milestone.{kind.key}"),
        "moves": [law.mandates[key].title for key in kind.moves if key in law.mandates],
        "yearly": kind.yearly,
        "spans": kind.spans,
    }


def _fact_shape(one: Milestone, actor: Actor) -> dict[str, Any]:
    kind = FACT_KINDS.get(one.key)
    return {
        "id": one.id,
        "title": told(f"milestone.{one.key}"),
        "year": one.year,
        "day": one.day,
        "until": one.until,
        "number": one.number,
        "note": one.note,
        "scan": url_for("pages.fact_scan", milestone_id=one.id) if one.scan_sha256 else "",
        "by": one.by_title,
        "entered_at": one.entered_at,
        "version": one.version,
        "withdrawn_at": one.withdrawn_at,
        "withdrawn_by": one.withdrawn_by,
        "reason": one.reason,
        "may_withdraw": kind is not None and permissions.may(actor, kind.act),
    }


def _missing(found: Any) -> list[str]:
    """The kinds of which nothing is known yet."""
    known = {one.key for one in found if one.withdrawn_at is None}
    return [told(f"milestone.{key}") for key in FACT_KINDS if key not in known]
