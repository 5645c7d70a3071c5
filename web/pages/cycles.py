"""A year's assessment: the list of years, a new one, its plan, its own page with its moves, and its frozen file."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import closing, cycles, listing, readiness
from governance.assessment.course import CycleMove
from governance.assessment.cycles import Seen
from governance.assessment.instruments import Instrument
from governance.assessment.opening import Lack
from governance.assessment.recommended import unfinished
from governance.assessment.warned import conflicts_of
from governance.kernel import clock
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotFound, OutOfOrder, Refusal, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.errors import change_told, status_of
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.cycle_shapes import (
    LABELS,
    cycle_shape,
    listed_shape,
    missing_shape,
    moves_of,
    stages_shape,
    story_shape,
    ways_shape,
)
from web.pages.documents import today_of
from web.pages.recommendation_shapes import open_shape
from web.sheets import Download, handed
from web.wording import marked, told
from workflows import cycling
from workflows.cycling import Moved

JSON = "application/json"
SAID = {
    CycleMove.OPEN: marked("Penilaian dibuka. Tugas setiap perangkat daerah sedang dikirim."),
    CycleMove.REPORT: marked("Diserahkan kepada penanggung jawab dan koordinator."),
    CycleMove.SEND_BACK: marked("Dikembalikan. Diskominfo dan asesor internal diberi tahu."),
    CycleMove.CLOSE: marked("Penilaian ditutup dan isinya dibekukan."),
}


@pages.get("/cycles")
def all_cycles() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "cycles.html",
        years=[listed_shape(one) for one in listing.years(actor.institution_id)],
        can_set_up=permissions.may(actor, Act.RUN_CYCLE),
    )


@pages.get("/cycles/<int:cycle_id>")
def cycle(cycle_id: int) -> ResponseReturnValue:
    return cycle_page(cycles.seen(cycle_id, current_actor()))


@pages.post("/cycles/<int:cycle_id>/move")
def move_cycle(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    cycles.seen(cycle_id, actor)
    form = Form()
    move = form.word("move", CycleMove, CycleMove.OPEN)
    moved = Moved(cycle_id, form.number("version") or 0, form.text("words"))
    try:
        if sent("move") not in set(CycleMove) or form.problems:
            raise Invalid(*form.problems)
        _make(move, moved, actor)
    except Invalid as refusal:
        return _again(cycle_id, moved, {"problems": shown(refusal.problems, LABELS)}), 422
    except (Stale, OutOfOrder) as refusal:
        return _again(cycle_id, moved, {"overtaken": _overtaken(refusal, moved)}), int(status_of(refusal))
    flash(_(SAID[move]), "good")
    return redirect(url_for("pages.cycle", cycle_id=cycle_id), 303)


@pages.get("/cycles/<int:cycle_id>/frozen.json")
def frozen_cycle(cycle_id: int) -> Response:
    """The file of a closed year: whoever has it can check it with a hash tool."""
    seen = cycles.seen(cycle_id, current_actor())
    if seen.frozen_sha256 is None:
        raise NotFound
    return handed(Download(library().files.read(seen.frozen_sha256), f"penilaian-{seen.year}.json", JSON))


def cycle_page(seen: Seen, **more: Any) -> str:
    """The cycle's own page; `more` holds what was refused, and what had been typed."""
    actor, today = current_actor(), today_of(current_actor())
    instrument = library().instruments.instrument(seen.instrument)
    standing = readiness.standing_of(actor.institution_id, seen, instrument)
    lacks = [*closing.missing(seen.stage, standing, instrument, seen.round), *_conflicts(seen, actor, instrument)]
    context = {
        "cycle": cycle_shape(seen, actor, today),
        "stages": stages_shape(seen),
        "missing": missing_shape(seen, lacks, _ways(seen)),
        "story": story_shape(listing.story(actor.institution_id, seen.id)),
        "moves": moves_of(seen, actor),
        "ways": ways_shape(seen),
        "rated": (len(standing.rated), len(instrument.items)),
        "open_recommendations": open_shape(unfinished(actor, before=seen.year), actor, today),
        "problems": [],
        "words": "",
        "overtaken": None,
    }
    return render_template("cycle.html", **(context | more))


def _conflicts(seen: Seen, actor: Actor, instrument: Instrument) -> list[Lack]:
    """A line for those who would judge their own work; nothing waits for it."""
    if seen.is_closed:
        return []
    found = conflicts_of(actor.institution_id, seen.id, instrument, today_of(actor))
    return [Lack("share.lack.conflicts", "seats", params={"count": len(found)})] if found else []


def _make(move: CycleMove, moved: Moved, actor: Actor) -> None:
    now, shelf = clock.now(), library()
    if move is CycleMove.OPEN:
        cycling.open_cycle(moved, by=actor, now=now, library=shelf)
    elif move is CycleMove.REPORT:
        cycling.hand_on(moved, by=actor, now=now, library=shelf)
    elif move is CycleMove.SEND_BACK:
        cycling.send_back(moved, by=actor, now=now)
    else:
        cycling.close(moved, by=actor, now=now, library=shelf)


def _again(cycle_id: int, moved: Moved, more: dict[str, Any]) -> str:
    """The page as it is now, with what was typed."""
    db.session.rollback()
    return cycle_page(cycles.seen(cycle_id, current_actor()), words=moved.words, **more)


def _overtaken(refusal: Refusal, moved: Moved) -> dict[str, Any]:
    changed = [change_told(one) for one in getattr(refusal, "changed", ())]
    return {"message": told(refusal.key, refusal.params), "changed": changed, "note": moved.words}


def _ways(seen: Seen) -> dict[str, str]:
    """Where what is missing is mended: the addresses below the cycle's own that there are."""
    known = {rule.rule for rule in current_app.url_map.iter_rules()}
    here = "/cycles/<int:cycle_id>"
    parts = ("shares", "seats", "scores", "evidence", "papers")
    ways = {part: f"/cycles/{seen.id}/{part}" for part in parts if f"{here}/{part}" in known}
    return ways | {"target": url_for("pages.plan_cycle", cycle_id=seen.id)}
