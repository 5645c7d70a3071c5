"""The index: where the cycle at hand stands, what is official and what is not, by aspect, by indicator and office."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from governance.assessment import cycles
from governance.assessment.cycles import Seen
from governance.assessment.heat import involved
from governance.assessment.proven import proven
from governance.assessment.rated import scores_of
from governance.assessment.standing import simulated, standing
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.cycle_ways import ways_of
from web.pages.index_shapes import figures_shape, group_rows, heat_shape
from web.pages.path_figures import ruler_shape
from web.pages.scores import labels
from web.pages.what_if import what_if, what_if_shape


@pages.get("/index")
def index() -> ResponseReturnValue:
    actor = current_actor()
    cycle = _asked(actor)
    if cycle is None:
        return render_template("index_none.html", may_set_up=permissions.may(actor, Act.RUN_CYCLE))
    page = _page(actor, cycle)
    answer = render_template("index.html", **page)
    return (answer, 422) if page["problems"] else answer


def _asked(actor: Actor) -> Seen | None:
    """The cycle that the address names, the short way or as a cycle's own pages name it; else the one at hand."""
    typed = request.args.get("cycle", "") or request.args.get("cycle_id", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) < 16
    return cycles.seen(int(typed), actor) if known else cycles.at_hand(actor)


def _page(actor: Actor, cycle: Seen) -> dict[str, Any]:
    instrument = library().instruments.instrument(cycle.instrument)
    who = involved(actor.institution_id, cycle)
    stands = standing(instrument, scores_of(actor.institution_id, cycle.id), who.tiers(instrument))
    shown_levels = proven(actor.institution_id, cycle.id, instrument)
    asked = what_if(instrument)
    after = simulated(instrument, stands.values, asked.values) if asked.values else None
    return {
        "cycle": cycle,
        "instrument": instrument,
        "figures": figures_shape(instrument, cycle, stands, who.published),
        "bands": ruler_shape(instrument),
        "groups": group_rows(instrument, stands, after),
        "heat": heat_shape(instrument, stands, who, shown_levels),
        "ways": [way for way in ways_of(cycle.stage) if way.endpoint != "pages.index"],
        "what_if": what_if_shape(instrument, cycle, stands, asked, after),
        "problems": shown(asked.problems, labels(instrument.items)),
    }
