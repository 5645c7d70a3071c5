"""A cycle's papers: drafted from its data, found again, and what the cycle says otherwise since."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import cycles
from governance.assessment.paper_facts import Facts, Paper, facts_of, linkable, papers_of
from governance.assessment.papers import FROM_CYCLE, KINDS, Ground, changed_since, fields_of
from governance.documents.lifecycle import State
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.wording import marked
from workflows import papering

LABELS = {"document": marked("Naskah"), "kind": marked("Naskah")}
MOST_ROWS = 12  # of what changed in one field; more are counted


@pages.get("/cycles/<int:cycle_id>/papers")
def cycle_papers(cycle_id: int) -> ResponseReturnValue:
    return _page(current_actor(), cycle_id)


@pages.post("/cycles/<int:cycle_id>/papers")
def draft_paper(cycle_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    try:
        kind = form.text("kind")
        document_id = papering.draft_paper(cycle_id, kind, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, cycle_id, problems=refusal.problems), 422
    flash(_("Naskah dibuat dari data siklus. Baca, lengkapi, lalu ajukan."), "good")
    return redirect(url_for("pages.draft", document_id=document_id), 303)


@pages.post("/cycles/<int:cycle_id>/papers/link")
def link_paper(cycle_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    document_id = form.number("document")
    if document_id is None:
        return _page(actor, cycle_id, problems=form.problems), 422
    try:
        papering.link_paper(cycle_id, document_id, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, cycle_id, problems=refusal.problems), 422
    flash(_("Naskah ditautkan ke siklus ini."), "good")
    return redirect(url_for("pages.cycle_papers", cycle_id=cycle_id), 303)


def _page(actor: Actor, cycle_id: int, *, problems: Any = ()) -> str:
    seen = cycles.seen(cycle_id, actor)
    instrument = library().instruments.instrument(seen.instrument)
    facts, papers = facts_of(actor.institution_id, cycle_id), papers_of(actor, cycle_id)
    may = not seen.is_closed and permissions.may(actor, Act.RUN_CYCLE, seen.matter(actor))
    taken = {paper.document_id for paper in papers.values()}
    free = tuple(kind for kind in KINDS if kind not in papers or papers[kind].state is State.WITHDRAWN)
    others = linkable(actor, free, seen.year) if may and free else []
    day = clock.day_in(actor.timezone, facts.reported_at) if facts.reported_at else None
    ground = Ground(instrument, seen.year, {}, day)  # Who signs is not compared, so names are not asked for.
    return render_template(
        "cycle_papers.html",
        cycle=seen,
        papers=[_paper_shape(kind, papers.get(kind), facts, ground) for kind in KINDS],
        closing=instrument.closing,
        may=may,
        free=free,
        others=[(key, f"{library().kind(kind).title}: {title}") for key, kind, title in others if key not in taken],
        problems=shown(problems, LABELS),
    )


def _paper_shape(key: str, paper: Paper | None, facts: Facts, ground: Ground) -> dict[str, Any]:
    """A paper, or that there is none; what the cycle says otherwise than when it was drafted."""
    kind = library().kind(key)
    shape: dict[str, Any] = {"key": key, "title": kind.title, "paper": paper, "changed": [], "untold": False}
    if paper is None or paper.began is None or paper.state is State.WITHDRAWN:
        return shape
    for one in changed_since(kind, paper.began, fields_of(kind, facts, ground)):
        rows = one.rows[:MOST_ROWS]
        shape["changed"].append({"label": one.label, "rows": rows, "more": len(one.rows) - len(rows)})
    shape["untold"] = not any(one.get("source") == FROM_CYCLE for one in paper.began.values())
    return shape
