"""The Sekda's one page: the index and its target, the three best steps, what is late, who is behind, what waits."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from governance.assessment.course import CycleRole, Stage
from governance.assessment.one_page import OnePage, one_page
from governance.assessment.path import Plan, Unreachable, cheapest, question
from governance.assessment.planning import FOR_THE_PLAN, Present, start
from governance.assessment.results import with_comma
from governance.assessment.standing import Standing, standing
from governance.assessment.steps import Step, steps_from
from governance.kernel import clock
from governance.people.roles import Role
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.index_shapes import figures_shape
from web.pages.path_figures import amount, figure_shape, level
from web.pages.path_ground import AtHand, at_hand
from web.pages.result_shapes import on_scale_values
from web.wording import duty_told, told

# How much of each part one page holds; what is left out is counted, and stands where the link leads.
STEPS, LATE, OFFICES, DECISIONS, RECOMMENDATIONS = 3, 3, 5, 4, 4
LEAST = Fraction(1, 100)  # of effort: a step that asks nothing more comes first and divides by no zero


@pages.get("/cycles/<int:cycle_id>/brief")
def index_brief(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = at_hand(actor, cycle_id)
    page = one_page(actor, found.cycle, today_of(actor))
    instrument = found.ground.instrument
    tiers = on_scale_values(instrument, page.published.texts if page.published else {})
    stands = standing(instrument, found.scores, tiers)
    return render_template(
        "index_brief.html",
        cycle=found.cycle,
        instrument=instrument,
        figures=figures_shape(instrument, found.cycle, stands, page.published),
        path=_path(found, stands, tiers),
        waits_for_reader=_awaits(found),
        for_secretary=actor.role is Role.SECRETARY,
        printed_at=clock.now(),
        **_lists(page),
    )


@dataclass(frozen=True)
class Rise:
    """All steps of a plan on one item, taken together."""

    item: str
    start: Fraction
    end: int
    gain: Fraction
    effort: Fraction
    owner: str


def rises(plan: Plan) -> list[Rise]:
    """What a plan does item by item, the one that gains most for its effort first."""
    found: dict[str, list[Step]] = {}
    for step in sorted(plan.steps, key=lambda one: one.end):
        found.setdefault(step.indicator, []).append(step)
    told = [
        Rise(
            item,
            steps[0].start,
            steps[-1].end,
            sum((one.gain for one in steps), Fraction(0)),
            sum((one.cost.effort for one in steps), Fraction(0)),
            steps[0].cost.owner,
        )
        for item, steps in found.items()
    ]
    return sorted(told, key=lambda one: (-one.gain / max(one.effort, LEAST), one.item))


def _path(found: AtHand, stands: Standing, tiers: dict[str, Fraction]) -> dict[str, Any]:
    """The first steps of the cheapest path to the target, reckoned as its own page does; or why there is none."""
    target, present = found.cycle.target, start(found.ground.instrument, found.rated, tiers)
    if target is None or stands.index.exact is None:
        return {"no_target": target is None, "missing": len(present.missing)}
    if stands.index.exact >= target:
        return {"reached": True}
    try:
        plan = _plan(found, present, target)
    except Unreachable as refusal:
        return {"refused": told(refusal.key, refusal.params)}
    after = figure_shape(found.ground.instrument, plan.index_after)
    return _some([_rise(found, one) for one in rises(plan)], STEPS) | {"after": after, "optimal": plan.optimal}


def _plan(found: AtHand, present: Present, target: Fraction) -> Plan:
    costs, instrument = found.ground.costs, found.ground.instrument
    steps = steps_from(instrument, present.values, costs, found.cycle.ready_by)
    return cheapest(question(instrument, present.values, target, steps, costs), FOR_THE_PLAN)


def _rise(found: AtHand, one: Rise) -> dict[str, Any]:
    return {
        "item": one.item,
        "name": found.ground.instrument.items[one.item].name,
        "start": level(one.start),
        "end": one.end,
        "gain": with_comma(one.gain),
        "effort": amount(one.effort),
        "office": found.office_name(one.owner),
    }


def _awaits(found: AtHand) -> bool:
    """Whether the self-assessment lies with the reader, who closes the cycle or sends it back."""
    seats = {CycleRole.COORDINATOR, CycleRole.ANSWERABLE} & found.cycle.seats
    return found.cycle.stage is Stage.REPORTING and bool(seats)


def _lists(page: OnePage) -> dict[str, Any]:
    duties = [
        {"title": duty_told(one.mandate, one.stage), "due_on": one.due_on,
         "url": url_for("pages.deadline", obligation_id=one.id)}
        for one in page.duties
    ]  # fmt: skip
    decisions = [{"title": one.title, "url": url_for("pages.document", document_id=one.id)} for one in page.decisions]
    return {
        "duties": _some(duties, LATE),
        "offices": _some(list(page.offices), OFFICES),
        "late_tasks": sum(one.late for one in page.offices),
        "late_offices": sum(bool(one.late) for one in page.offices),
        "decisions": _some(decisions, DECISIONS),
        "recommendations": _some(list(page.recommendations), RECOMMENDATIONS),
    }


def _some(found: list[Any], most: int) -> dict[str, Any]:
    """The first of them, and how many more there are."""
    return {"shown": found[:most], "more": max(0, len(found) - most), "all": len(found)}
