"""The index: where the cycle at hand stands, what is official and what is not, by aspect, by indicator and office."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from governance.assessment import cycles
from governance.assessment.cycles import Seen
from governance.assessment.heat import involved
from governance.assessment.proven import proven
from governance.assessment.rated import scores_of
from governance.assessment.standing import standing
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.cycle_ways import ways_of
from web.pages.index_shapes import figures_shape, group_rows, heat_shape, published_values
from web.pages.path_figures import ruler_shape


@pages.get("/index")
def index() -> ResponseReturnValue:
    actor = current_actor()
    cycle = _asked(actor)
    if cycle is None:
        return render_template("index_none.html", may_set_up=permissions.may(actor, Act.RUN_CYCLE))
    return render_template("index.html", **_page(actor, cycle))


def _asked(actor: Actor) -> Seen | None:
    """The cycle that the address names, or the one at hand."""
    typed = request.args.get("cycle", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) < 16
    return cycles.seen(int(typed), actor) if known else cycles.at_hand(actor)


def _page(actor: Actor, cycle: Seen) -> dict[str, Any]:
    instrument = library().instruments.instrument(cycle.instrument)
    who = involved(actor.institution_id, cycle)
    stands = standing(instrument, scores_of(actor.institution_id, cycle.id), published_values(instrument, who))
    shown = proven(actor.institution_id, cycle.id, instrument)
    return {
        "cycle": cycle,
        "instrument": instrument,
        "figures": figures_shape(instrument, cycle, stands, who.published),
        "bands": ruler_shape(instrument),
        "groups": group_rows(instrument, stands),
        "heat": heat_shape(instrument, stands, who, shown),
        "ways": ways_of(cycle.stage),
    }
