"""An office's scorecard in a cycle: its indicators, their weight and level, its evidence and tasks, on one page."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from governance.assessment import cycles, office_items
from governance.assessment.course import Part
from governance.assessment.criteria import worded
from governance.assessment.cycles import Seen
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.assessment.office_items import OfficeItem
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library, offices_of
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.office_indicators import item_shape, level_told, present_of


@pages.get("/cycles/<int:cycle_id>/offices/<int:unit_id>")
def office_scorecard(cycle_id: int, unit_id: int) -> ResponseReturnValue:
    """For those who see every office, those with a part in the cycle, and the office itself; else NotFound."""
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    office = next((one for one in offices_of(actor) if one.id == unit_id), None)
    if office is None or not _may_see(actor, cycle, unit_id):
        raise NotFound
    instrument = library().instruments.instrument(cycle.instrument)
    found = office_items.items_of(actor.institution_id, cycle.id, unit_id)
    plain = actor.unit_id != unit_id
    notes = office_items.last_notes(actor.institution_id, cycle.id, unit_id, plain=plain) if found else {}
    words = worded(instrument, {})  # The levels' wording is not shown here.
    return render_template(
        "office_scorecard.html",
        cycle=cycle,
        cycle_url=url_for("pages.cycle", cycle_id=cycle.id),
        office=office,
        instrument=instrument,
        today=today_of(actor),
        rows=[item_shape(one, instrument, cycle.id, words, notes) for one in found],
        told=_told(found, instrument),
    )


def _may_see(actor: Actor, cycle: Seen, unit_id: int) -> bool:
    return permissions.may(actor, Act.WATCH) or bool(cycle.seats) or actor.unit_id == unit_id


def _told(found: Sequence[OfficeItem], instrument: Instrument) -> dict[str, Any]:
    """The office in figures. Its mean is weighted over what is rated of what it answers for, and is no index."""
    answers = [one for one in found if one.part is Part.RESPONSIBLE]
    values = [(instrument.items[one.item].weight, value) for one in answers if (value := present_of(one)) is not None]
    weight = sum((part for part, _value in values), Fraction(0))
    mean = sum((part * value for part, value in values), Fraction(0)) / weight if weight else None
    own = {state: sum(one.own.get(state, 0) for one in found) for state in EvidenceState}
    return {
        "answers": len(answers),
        "helps": len(found) - len(answers),
        "weight": level_told(sum((instrument.items[one.item].weight for one in answers), Fraction(0))),
        "rated": len(values),
        "mean": level_told(mean),
        "own": {state.value: count for state, count in own.items()},
    }
