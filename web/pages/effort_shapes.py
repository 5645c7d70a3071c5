"""How the efforts of a cycle look to their page: works on documents, items with their levels, and the form of one."""

from fractions import Fraction
from typing import Any

from flask import url_for

from governance.assessment.criteria import worded
from governance.assessment.effort_check import told as rung_told
from governance.assessment.efforts import EnteredDocument, EnteredStep
from governance.assessment.instruments import Item
from governance.assessment.steps import Cost, Rung
from governance.assessment.usual_costs import NOTHING, OWN, kind_of
from web.pages.path_figures import amount, level
from web.pages.path_ground import AtHand


def document_rows(found: AtHand) -> list[dict[str, Any]]:
    """Every document that a step may need, own works first: what is done with it, its effort, the items it lifts."""
    usual, entered = found.ground.usual.costs.documents, found.facts.documents
    users = _users(found)
    kinds: dict[str, list[str]] = {}
    for key in dict.fromkeys((*(key for key in entered if key not in usual), *usual)):
        kinds.setdefault(kind_of(key), []).append(key)
    return [
        {
            "name": found.document_name(keys[0]),
            "standing": "" if kind.startswith(OWN) else found.ground.usual.hands.get(kind, NOTHING).standing.value,
            "works": [_work_row(found, key) for key in keys],
            "items": list(dict.fromkeys(item for key in keys for item in users.get(key, ()))),
        }
        for kind, keys in kinds.items()
    ]


def _work_row(found: AtHand, key: str) -> dict[str, Any]:
    entered, usual = found.facts.documents.get(key), found.ground.usual.costs.documents.get(key)
    return {
        "what": found.state_name(key),
        "usual": None if usual is None else amount(usual),
        "entered": amount(entered.effort) if entered else "",
        "counts": amount(found.ground.costs.documents[key]),
        "by": entered.by_title if entered else "",
        "url": url_for("pages.efforts", cycle_id=found.cycle.id, document=key, _anchor="dokumen"),
    }


def _users(found: AtHand) -> dict[str, list[str]]:
    """The items that a work helps to raise."""
    users: dict[str, dict[str, None]] = {}
    for (item, _level), cost in found.ground.costs.steps.items():
        for key in cost.papers:
            users.setdefault(key, {})[item] = None
    return {key: list(items) for key, items in users.items()}


def item_rows(found: AtHand) -> list[dict[str, Any]]:
    """Every item with the effort of each of its levels."""
    instrument, rated, costs = found.ground.instrument, found.rated, found.ground.costs
    levels = range(instrument.min_value + 1, instrument.max_value + 1)
    return [
        {
            "key": item.key,
            "name": item.name,
            "external": item.external.index if item.external else "",
            "value": level(rated[item.key]) if item.key in rated else "",
            "office": found.facts.units.get(found.facts.responsible.get(item.key, 0), ""),
            "levels": [_cell(found, costs.steps.get((item.key, upto)), (item.key, upto)) for upto in levels],
            "url": url_for("pages.efforts", cycle_id=found.cycle.id, item=item.key, _anchor="langkah"),
        }
        for item in instrument.items.values()
    ]


def _cell(found: AtHand, cost: Cost | None, rung: Rung) -> dict[str, Any]:
    return {
        "level": rung[1],
        "effort": amount(cost.effort) if cost else "",
        "entered": rung in found.facts.steps,
        "documents": len(cost.papers) if cost else 0,
    }


def step_rows(found: AtHand, item: Item) -> list[dict[str, Any]]:
    """The levels of one item: what each asks in words, what it costs, with which documents."""
    words = worded(found.ground.instrument, found.facts.loaded)
    instrument, costs = found.ground.instrument, found.ground.costs
    rows = []
    for upto in range(instrument.min_value + 1, instrument.max_value + 1):
        rung = (item.key, upto)
        cost, entered = costs.steps.get(rung), found.facts.steps.get(rung)
        rows.append(
            _cell(found, cost, rung)
            | {
                "asks": words.get(rung),
                "ways": [_way(found, way) for way in _ways(cost)],
                "office": found.office_name(cost.owner) if cost else "",
                "earliest": cost.earliest if cost else None,
                "needs": [rung_told(one) for one in cost.needs] if cost else [],
                "note": entered.note if entered else "",
                "by": entered.by_title if entered else "",
                "url": url_for("pages.efforts", cycle_id=found.cycle.id, item=item.key, level=upto, _anchor="langkah"),
            }
        )
    return rows


def _ways(cost: Cost | None) -> list[tuple[str, ...]]:
    """The sets of documents of which one is enough."""
    if cost is None:
        return []
    return [(*cost.documents, *way) for way in cost.ways or ((),) if cost.documents or way]


def _way(found: AtHand, way: tuple[str, ...]) -> str:
    """A set of works: each document once, with its furthest state."""
    furthest = {kind_of(key): key for key in way}
    names = [(found.document_name(key), found.state_name(key)) for key in furthest.values()]
    return " + ".join(f"{name} ({state})" if state else name for name, state in names)


def step_form(found: AtHand, rung: Rung) -> dict[str, Any]:
    """The form of a step: what was entered, else its usual values."""
    entered, cost = found.facts.steps.get(rung), found.ground.usual.costs.steps.get(rung)
    usual = EnteredStep(*rung, cost.effort if cost else None, documents=_ways(cost)[0] if _ways(cost) else ())
    shown = entered or usual
    return {
        "effort": amount(shown.effort) if shown.effort is not None else "",
        "ruled_out": "1" if entered and entered.effort is None else "",
        "unit": shown.unit_id or "",
        "earliest": shown.earliest_on or "",
        "needs": ", ".join(rung_told(one) for one in shown.needs),
        "documents": list(shown.documents),
        "note": shown.note,
        "version": shown.version,
        "entered": entered is not None,
    }


def choices_of(found: AtHand, item: Item, chosen: list[str]) -> list[tuple[str, str]]:
    """The works that a step of the item may need: what proves it, the institution's own, and the chosen."""
    steps = found.ground.usual.costs.steps
    usual = [key for (other, _level), cost in steps.items() if other == item.key for key in cost.papers]
    own = [key for key in found.facts.documents if key.startswith(OWN)]
    keys = dict.fromkeys((*usual, *own, *(key for key in chosen if key in found.ground.costs.documents)))
    return [(key, _way(found, (key,))) for key in keys]


def document_form(found: AtHand, key: str) -> dict[str, Any]:
    """The form of a work: what was entered, else its usual value."""
    entered = found.facts.documents.get(key)
    usual = found.ground.usual.costs.documents.get(key)
    shown = entered or EnteredDocument(key, "", usual if usual is not None else Fraction(1))
    return {"key": key, "title": shown.title, "effort": amount(shown.effort), "version": shown.version,
            "entered": entered is not None, "own": key == "" or key.startswith(OWN)}  # fmt: skip
