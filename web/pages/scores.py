"""The scores of a cycle: every item with all its stages and their differences, and a stage's entry as a table."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.assessment import cycles
from governance.assessment.course import ScoreStage
from governance.assessment.eyes import eyes_of
from governance.assessment.instruments import Item
from governance.assessment.score_history import counting, values
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Stale
from web.at_hand import library
from web.forms.reading import shown
from web.forms.scores import rows_sent, stage_sent, typed_of
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.score_shapes import Desk, entry_shapes, row_shape, stage_indices
from web.wording import marked
from workflows import rating
from workflows.rating import Sheet

SHOWS = {
    "": marked("Semua"),
    "mine": marked("Bagian saya"),
    "differs": marked("Yang berbeda antartahap"),
    "missing": marked("Yang belum dinilai"),
    "rebutted": marked("Yang disanggah"),
}


@pages.get("/cycles/<int:cycle_id>/scores")
def cycle_scores(cycle_id: int) -> ResponseReturnValue:
    desk = desk_of(cycle_id)
    asked = request.args.get("enter", "")
    stage = next((one for one in desk.stages if one.value == asked), None)
    return _page(desk, stage)


@pages.post("/cycles/<int:cycle_id>/scores")
def rate_many(cycle_id: int) -> ResponseReturnValue:
    desk = desk_of(cycle_id)
    stage = stage_sent(desk.stages)
    if stage is None:
        raise NotFound
    rows = rows_sent(desk.instrument.items)
    sheet = Sheet(cycle_id, stage, tuple(rows))
    try:
        changed = rating.rate(sheet, by=desk.actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(desk, stage, typed=typed_of(rows), problems=refusal.problems), 422
    except Stale as refusal:
        stale = items_of(refusal)
        return _page(desk, stage, typed=typed_of(rows, stale), stale=stale), 409
    if changed:
        flash(ngettext("%(num)s nilai dicatat.", "%(num)s nilai dicatat.", len(changed)), "good")
    else:
        flash(_("Tidak ada yang berubah."), "good")
    return redirect(url_for("pages.cycle_scores", cycle_id=cycle_id, enter=stage.value), 303)


def desk_of(cycle_id: int) -> Desk:
    """The cycle as its scores' reader sees it. Two statements at most."""
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    return Desk(actor, cycle, library().instruments.instrument(cycle.instrument), eyes_of(actor, cycle))


def items_of(refusal: Stale) -> frozenset[str]:
    """The items that somebody else scored meanwhile."""
    return frozenset(change.removeprefix("score:") for change in refusal.changed)


def labels(items: Any) -> dict[str, str]:
    """How the list of problems names each row."""
    return {key: f"{key}. {item.name}" for key, item in items.items()}


def _page(desk: Desk, stage: ScoreStage | None, **more: Any) -> str:
    found = counting(desk.actor.institution_id, desk.cycle.id)
    scores = values(found)
    rows = [row_shape(desk, item, found, scores) for item in desk.instrument.items.values()]
    show, group = request.values.get("show", ""), request.values.get("group", "")
    rows = [row for row in rows if _is_shown(row, show) and _is_in(desk, row["item"], group)]
    entries = entry_shapes(desk, stage, rows, found, more.get("typed", {})) if stage else []
    return render_template(
        "scores.html",
        cycle=desk.cycle,
        instrument=desk.instrument,
        stages=[one.value for one in desk.stages],
        indices=stage_indices(desk, found),
        rows=rows,
        show=show if show in SHOWS else "",
        shows=[(key, _(words)) for key, words in SHOWS.items()],
        group=group,
        groups=[(code, f"{code} {one.name}") for code, one in desk.instrument.groups.items()],
        may_enter=[one.value for one in desk.entered()],
        enter=stage.value if stage else "",
        entries=entries,
        stale=more.get("stale", frozenset()),
        problems=shown(more.get("problems", ()), labels(desk.instrument.items)),
    )


def _is_shown(row: Any, show: str) -> bool:
    wanted = {"mine": row["mine"], "differs": row["differs"], "missing": not row["rated"], "rebutted": row["waiting"]}
    return bool(wanted.get(show, True))


def _is_in(desk: Desk, item: Item, group: str) -> bool:
    known = desk.instrument.groups.get(group)
    return known is None or item.key in {one.key for one in known.items()}
