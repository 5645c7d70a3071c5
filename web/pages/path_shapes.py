"""How a cycle's path looks to its page: the figures, each step with its documents and offices, and the other plans."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby
from typing import Any

from flask import url_for

from governance.assessment.criteria import worded
from governance.assessment.efforts import PLACE
from governance.assessment.instruments import Group, Instrument, Item
from governance.assessment.path import Plan, Reason
from governance.assessment.planning import Other, Planned, marks, office
from governance.assessment.scoring import Values, as_fraction, value_of
from governance.assessment.steps import Step
from governance.people import permissions
from governance.people.permissions import Act
from web.pages.path_asked import PathAsked
from web.pages.path_documents import document_shapes
from web.pages.path_figures import amount, figure_shape, four, level, two
from web.pages.path_ground import AtHand
from web.wording import told


def plan_shape(found: AtHand, asked: PathAsked, planned: Planned) -> dict[str, Any]:
    """The plan with everything that is said of it; the steps of one item that follow one another stand together."""
    plan, instrument = planned.plan, found.ground.instrument
    documents = document_shapes(found, asked, planned)
    climbs = [list(steps) for _item, steps in groupby(plan.steps, key=lambda step: step.indicator)]
    return {
        "count": len(plan.steps),
        "climbs": [_climb(found, asked, planned, steps) | {"documents": documents[steps[-1].rung]} for steps in climbs],
        "effort": amount(plan.effort),
        "optimal": plan.optimal,
        "after": figure_shape(instrument, plan.index_after),
        "others": [other_shape(found, asked, planned, other) for other in planned.others],
        "whole": planned.whole,
        "entered": all(step.rung in found.facts.steps for step in plan.steps),
    }


def _climb(found: AtHand, asked: PathAsked, planned: Planned, steps: list[Step]) -> dict[str, Any]:
    """One item raised by one level or several, by the office that does the first of them."""
    first, last = steps[0], steps[-1]
    item = found.ground.instrument.items[last.indicator]
    gain = sum((step.gain for step in steps), Fraction(0))
    owner = first.cost.owner
    return {
        "key": f"{item.key}:{last.end}",
        "item": item.key,
        "name": item.name,
        "start": level(first.start),
        "first": first.end,
        "end": last.end,
        "gain": two(gain),
        "gain_exact": as_fraction(gain),
        "effort": amount(sum((step.cost.effort for step in steps), Fraction(0))),
        "entered": all(step.rung in found.facts.steps for step in steps),
        "levels": [_level(found, planned, step) for step in steps],
        "office": found.office_name(owner),
        "others": len(_offices(found, last)) - bool(owner),
        "earliest": max((step.cost.earliest for step in steps if step.cost.earliest), default=None),
        "needs": [f"{key}:{upto}" for step in steps for key, upto in step.cost.needs],
        "without": asked.url(asked.without | {owner}) if owner else "",
        "effort_url": url_for("pages.efforts", cycle_id=found.cycle.id, item=item.key, _anchor="langkah"),
        **_ask(found, last),
    }


def _level(found: AtHand, planned: Planned, step: Step) -> dict[str, Any]:
    """What one level asks, and why it is in the plan."""
    entered = found.facts.steps.get(step.rung)
    return {
        "level": step.end,
        "asks": worded(found.ground.instrument, found.facts.loaded).get(step.rung),
        "by_activity": not planned.plan.documents_of(step),
        "note": entered.note if entered else "",
        "why": _why(planned.why[step.rung], planned.asked.target),
    }


def _offices(found: AtHand, step: Step) -> tuple[int, ...]:
    """Who has to do with a step: who does it, and all who share in the item."""
    own = (int(step.cost.owner.removeprefix("unit:")),) if step.cost.owner else ()
    return tuple(dict.fromkeys((*own, *found.facts.offices_of(step.indicator))))


def asked_offices(found: AtHand, step: Step) -> tuple[int, ...]:
    """The offices that are asked for a step: all but the one that asks."""
    return tuple(unit_id for unit_id in _offices(found, step) if unit_id != found.actor.unit_id)


def place_of(found: AtHand, item: str, upto: int) -> str:
    """How a task names a step of this cycle."""
    return PLACE.format(item=item, level=upto, year=found.cycle.year)


def _ask(found: AtHand, step: Step) -> dict[str, Any]:
    """The request that was made for the step, or how many offices can be asked."""
    known = found.facts.asked.get(place_of(found, *step.rung))
    may = permissions.may(found.actor, Act.ASK) and not found.cycle.is_closed
    return {
        "asked": known is not None,
        "asked_url": url_for("pages.asked", assignment_id=known) if known in found.facts.seen else "",
        "ask": len(asked_offices(found, step)) if may and not known else 0,
    }


def _why(reason: Reason, target: Fraction) -> str:
    rests = ", ".join(f"{key}:{upto}" for key, upto in reason.rests)
    params = {"index": four(reason.index_without), "target": four(target), "rests": rests}
    return told("path.why.rests" if rests else "path.why", params)


def other_shape(found: AtHand, asked: PathAsked, planned: Planned, other: Other) -> dict[str, Any]:
    """Another plan, and in what it differs from the first."""
    mine, theirs = marks(planned.asked, planned.plan), marks(planned.asked, other.plan)
    return {
        "effort": amount(other.plan.effort),
        "after": figure_shape(found.ground.instrument, other.plan.index_after),
        "steps": _climbs(other.plan),
        "drops": [name_of(found, mark) for mark in mine if mark not in theirs],
        "adds": [name_of(found, mark) for mark in theirs if mark not in mine],
        "optimal": other.plan.optimal,
        "url": asked.url(asked.without | other.without, **({"with": "1"} if other.with_documents else {})),
        "with_documents": other.with_documents,
    }


def _climbs(plan: Plan) -> list[str]:
    """The items raised: "19: 3 → 5"."""
    found: dict[str, tuple[str, int]] = {}
    for step in plan.steps:
        found[step.indicator] = (found.get(step.indicator, (level(step.start), 0))[0], step.end)
    return [f"{key}: {start} → {end}" for key, (start, end) in found.items()]


def name_of(found: AtHand, mark: str) -> str:
    """What a plan is told apart by: the name of an office or of a document."""
    return found.office_name(mark) if mark.startswith(office(0)[:-1]) else found.document_name(mark)


def left_out_shape(found: AtHand, asked: PathAsked) -> list[dict[str, str]]:
    """What the question leaves out, each with the way to take it in again."""
    return [
        {"name": name_of(found, mark) or mark, "url": asked.url(asked.without - {mark})}
        for mark in sorted(asked.without)
    ]


def gap_shapes(found: AtHand, asked: PathAsked) -> list[dict[str, Any]]:
    """The items that are not rated, each with the value that stands in for it here."""
    items = found.ground.instrument.items.values()
    return [
        {
            "key": item.key,
            "name": item.name,
            "external": item.external.index if item.external else "",
            "value": asked.chosen.get(item.key, ""),
        }
        for item in items
        if item.key not in asked.present.rated
    ]


def group_shapes(instrument: Instrument, before: Values, plan: Plan) -> list[dict[str, Any]]:
    """The groups of items with their value now and after the plan; bars in percent of the scale."""
    after = {**before, **{step.indicator: Fraction(step.end) for step in plan.steps}}
    rows = []
    for group in instrument.groups.values():
        now, then = value_of(group, before), value_of(group, after)
        if _holds_items(group.children) and now is not None and then is not None:
            share = float(now * 100 / instrument.max_value), float((then - now) * 100 / instrument.max_value)
            told_of = {"code": group.code, "name": group.name, "weight": amount(group.weight)}
            widths = {"width": round(share[0], 2), "more": round(share[1], 2)}
            rows.append(told_of | widths | {"now": two(now), "then": two(then), "rises": then > now})
    return rows


def _holds_items(children: Iterable[Group | Item]) -> bool:
    return any(isinstance(child, Item) for child in children)


def lack(asked: PathAsked, index: Fraction) -> str:
    """How far the target is away; "" where it is met."""
    need = asked.wish.target - index if asked.wish else Fraction(0)
    return two(need) if need > 0 else ""
