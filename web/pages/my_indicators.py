"""My indicators: the office's own page in the assessment at hand, with what each asks next and what is missing."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from governance.assessment import criteria, cycles, office_items
from governance.assessment.recommended import unfinished
from governance.people.actors import Actor
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.office_indicators import item_shape
from web.pages.recommendation_shapes import open_shape


@pages.get("/my-indicators")
def my_indicators() -> ResponseReturnValue:
    """Five statements: the cycle at hand, the office's items, the words of levels, the last notes, recommendations."""
    actor = current_actor()
    cycle = cycles.at_hand(actor)
    if cycle is None or actor.unit_id is None:
        return render_template(
            "my_indicators.html",
            cycle=None,
            rows=[],
            today=today_of(actor),
            seats=[],
            open_recommendations=_open(actor),
        )
    instrument = library().instruments.instrument(cycle.instrument)
    found = office_items.items_of(actor.institution_id, cycle.id, actor.unit_id) if cycle.shared else []
    words = criteria.wording_of(actor.institution_id, instrument) if found else {}
    notes = office_items.last_notes(actor.institution_id, cycle.id, actor.unit_id) if found else {}
    return render_template(
        "my_indicators.html",
        cycle=cycle,
        cycle_url=url_for("pages.cycle", cycle_id=cycle.id),
        instrument=instrument,
        rows=[item_shape(one, instrument, cycle.id, words, notes) for one in found],
        today=today_of(actor),
        seats=[seat.value for seat in cycle.seats],
        scorecard=url_for("pages.office_scorecard", cycle_id=cycle.id, unit_id=actor.unit_id),
        shares=url_for("pages.cycle_shares", cycle_id=cycle.id),
        open_recommendations=_open(actor),
    )


def _open(actor: Actor) -> dict[str, Any]:
    """What earlier results recommend to the office and is still open. One statement."""
    found = unfinished(actor, actor.unit_id) if actor.unit_id is not None else []
    return open_shape(found, actor, today_of(actor), mine=True)
