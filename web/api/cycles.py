"""Assessment cycles over the API: the index of the present values, and what of it is official."""

from typing import Any

from governance.assessment import cycles
from governance.assessment.heat import PublishedYear, involved
from governance.assessment.instruments import Instrument
from governance.assessment.rated import scores_of
from governance.assessment.scoring import as_fraction, two_decimals
from governance.assessment.standing import standing
from web.api.blueprint import api
from web.api.cycle_schemas import IndexOut
from web.at_hand import library
from web.guard import current_actor
from web.index_told import index_answer


@api.get("/cycles/<int:cycle_id>/index")
@api.output(IndexOut)
@api.doc(
    summary="Indeks menurut nilai sekarang: sementara, dan bukan indeks resmi, yang disebut tersendiri",
    responses=[401, 404],
)
def read_index(cycle_id: int) -> dict[str, Any]:
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    instrument = library().instruments.instrument(cycle.instrument)
    who = involved(actor.institution_id, cycle)
    stands = standing(instrument, scores_of(actor.institution_id, cycle.id), who.tiers(instrument))
    return index_answer(instrument, stands.index) | {
        "status": "provisional",
        "stage": stands.stage.value if stands.stage else None,
        "year": cycle.year,
        "instrument": cycle.instrument,
        "target": as_fraction(cycle.target) if cycle.target is not None else None,
        "official": _official(instrument, who.published),
    }


def _official(instrument: Instrument, published: PublishedYear | None) -> dict[str, Any] | None:
    """The ministry's figure with its act; None as long as none is recorded."""
    value = published.index(instrument) if published else None
    if published is None or value is None:
        return None
    return {
        "index": two_decimals(value),
        "predicate": published.predicate or instrument.predicate_of(value),
        "number": published.number,
        "dated_on": published.dated_on.isoformat() if published.dated_on else None,
    }
