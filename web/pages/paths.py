"""The cheapest path of a cycle: the steps to the target, with which documents, by which offices, and what if not."""

from fractions import Fraction
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from governance.assessment.instruments import Item
from governance.assessment.path import Unreachable
from governance.assessment.planning import planned
from governance.assessment.rated import latest_stage
from governance.assessment.scoring import score
from governance.kernel import clock
from governance.kernel.errors import NotFound, Refusal
from governance.people import permissions
from governance.people.permissions import Act
from governance.tasks.models import Source
from governance.tasks.wants import LONGEST_LABEL, MOST_WANTS, Want
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.path_asked import PathAsked, path_asked
from web.pages.path_figures import figure_shape, ruler_shape, two, written
from web.pages.path_ground import AtHand, at_hand
from web.pages.path_shapes import gap_shapes, group_shapes, lack, left_out_shape, place_of, plan_shape
from web.wording import marked, problem_told, told
from workflows import asking
from workflows.asking import NewAssignment

LABELS = {"target": marked("Target"), "by": marked("Siap sebelum"), "fill": marked("Nilai anggapan")}
MOST_WHYS = 30
# What is asked of an office is kept with its task, in the language of the government.
WHAT = "Siapkan bukti indikator {item} ({name}) sampai tingkat {level}. {asks}"
WHY = "{title}, penilaian tahun {year}: langkah indikator {item} ke tingkat {level} pada jalur termurah."


@pages.get("/cycles/<int:cycle_id>/path")
def cheapest_path(cycle_id: int) -> ResponseReturnValue:
    found = at_hand(current_actor(), cycle_id)
    asked = path_asked(found)
    page = render_template("path.html", **_page(found, asked))
    return (page, 422) if asked.problems else page


@pages.post("/cycles/<int:cycle_id>/path/ask")
def ask_for_step(cycle_id: int) -> ResponseReturnValue:
    """Ask the offices that share in an item for the evidence of a level; each gets its own task."""
    actor, form = current_actor(), Form()
    found = at_hand(actor, cycle_id)
    if found.cycle.is_closed:
        raise Refusal("cycle.closed", year=found.cycle.year)
    permissions.require(actor, Act.ASK)
    item, level = _step_sent(found, form.text("step"))
    levels = _levels(item, form.text("first"), level)
    offices = _offices_asked(found, item, level)
    due_on = form.day("by")
    today = today_of(actor)
    new = NewAssignment(
        source=Source.INDICATOR,
        what=WHAT.format(item=item.key, name=item.name, level=level, asks=_asks(item, levels))[:2000],
        unit_ids=offices,
        why=WHY.format(title=found.ground.instrument.title, year=found.cycle.year, item=item.key, level=level),
        place=place_of(found, item.key, level),
        due_on=due_on if due_on is not None and due_on >= today else None,
        wants=_wants(item, levels),
    )
    assignment_id = asking.ask(new, by=actor, now=clock.now())
    count = len(offices)
    flash(
        ngettext("Diminta kepada %(num)s perangkat daerah.", "Diminta kepada %(num)s perangkat daerah.", count), "good"
    )
    return redirect(url_for("pages.asked", assignment_id=assignment_id), 303)


def _page(found: AtHand, asked: PathAsked) -> dict[str, Any]:
    instrument, index = found.ground.instrument, score(found.ground.instrument, asked.present.values)
    stage = latest_stage(found.scores)
    page = {
        "cycle": found.cycle,
        "instrument": instrument,
        "asked": asked,
        "problems": shown(asked.problems, LABELS),
        "target": figure_shape(instrument, asked.wish.target) if asked.wish else None,
        "index": figure_shape(instrument, index.exact) if index.exact is not None else None,
        "range": (two(index.low), two(index.high)),
        "stage": stage.value if stage else "",
        "bands": ruler_shape(instrument),
        "gaps": gap_shapes(found, asked),
        "missing": len(asked.present.missing),
        "published": found.facts.published,
        "left_out": left_out_shape(found, asked),
        "lack": lack(asked, index.exact) if index.exact is not None else "",
        "may_plan": permissions.may(found.actor, Act.PLAN_EFFORT) and not found.cycle.is_closed,
        "plan": None,
        "groups": [],
        "refused": None,
    }
    return page | (_planned(found, asked, index.exact) if index.exact is not None and asked.wish else {})


def _planned(found: AtHand, asked: PathAsked, index: Fraction) -> dict[str, Any]:
    """The plan, or why there is none."""
    if asked.wish is None:
        return {}
    try:
        answer = planned(found.ground, asked.present, asked.wish)
    except Unreachable as refusal:
        whys = [problem_told(problem) for problem in refusal.problems[:MOST_WHYS]]
        numbers = {name: written(str(refusal.params[name])) for name in ("reach", "target") if name in refusal.params}
        return {"refused": {"what": told(refusal.key, refusal.params | numbers), "whys": whys}}
    groups = group_shapes(found.ground.instrument, asked.present.values, answer.plan)
    return {"plan": plan_shape(found, asked, answer), "groups": groups}


def _step_sent(found: AtHand, text: str) -> tuple[Item, int]:
    """The item and the level of a step that there is, or NotFound."""
    key, _colon, level = text.rpartition(":")
    item = found.ground.instrument.items.get(key)
    upto = int(level) if level.isascii() and level.isdigit() and len(level) < 3 else 0
    if item is None or item.external is not None or upto not in item.levels:
        raise NotFound
    return item, upto


def _offices_asked(found: AtHand, item: Item, level: int) -> tuple[int, ...]:
    """Who does the step and who shares in its item, but for the one that asks."""
    entered = found.facts.steps.get((item.key, level))
    own = (entered.unit_id,) if entered and entered.unit_id else ()
    offices = dict.fromkeys((*own, *found.facts.offices_of(item.key)))
    return tuple(unit_id for unit_id in offices if unit_id != found.actor.unit_id)


def _levels(item: Item, first: str, last: int) -> list[int]:
    """The levels that are climbed: from the first one sent, the last alone where none was."""
    lowest = int(first) if first.isascii() and first.isdigit() and len(first) < 3 else last
    return [level for level in sorted(item.levels) if min(lowest, last) <= level <= last]


def _asks(item: Item, levels: list[int]) -> str:
    return " ".join(f"Tingkat {level}: {item.levels[level].summary}" for level in levels)


def _wants(item: Item, levels: list[int]) -> tuple[Want, ...]:
    """What is handed in: the evidence of those levels, each by its code; the highest where it is too much."""
    evidence = [one for level in levels for one in item.levels[level].evidence.items()][-MOST_WANTS:]
    return tuple(Want(code.lower().replace("-", "_"), f"{code}: {what}"[:LONGEST_LABEL]) for code, what in evidence)
