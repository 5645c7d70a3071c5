"""The years: how the index moved within each instrument, where instruments break it, targets, peers, by aspect."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from governance.assessment.history import Break, Stretch, Year, against, breaks, change, in_stretches
from governance.assessment.results import INDEX, with_comma
from governance.assessment.scoring import as_fraction
from governance.assessment.years import Past, past
from governance.mandates.evaluation import Round
from governance.people import permissions
from governance.people.permissions import Act
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.result_shapes import as_told, comma, figure
from web.pages.years_chart import chart_of


@pages.get("/index/years")
def index_years() -> ResponseReturnValue:
    actor = current_actor()
    shelf = library()
    known = past(actor.institution_id, shelf.instruments.by_key)
    stretches = in_stretches(known.years)
    this_year = today_of(actor).year
    rounds = [one for one in shelf.law.evaluation.values() if one.type is not Round.NONE and one.year <= this_year]
    recorded = {one.year for one in known.years if one.official is not None or one.cycle_id}
    return render_template(
        "index_years.html",
        chart=chart_of(stretches),
        rows=[_row(one, stretch) for stretch in reversed(stretches) for one in reversed(stretch.years)],
        breaks=[_break_shape(one) for one in reversed(breaks(stretches))],
        aspects=[_aspects_shape(one) for one in reversed(stretches)],
        unrecorded=[one.year for one in rounds if one.year not in recorded],
        withdrawn=_withdrawn(known),
        can_record=permissions.may(actor, Act.RECORD_RESULT),
    )


def _row(year: Year, stretch: Stretch) -> dict[str, Any]:
    """A year in the table."""
    met, moved = against(year.figure, year.target), change(stretch, year)
    return {
        "year": year.year,
        "url": url_for("pages.result", result_id=year.result_id) if year.result_id else "",
        "instrument": year.instrument.title,
        "official": figure(year.official),
        "predicate": year.predicate or (year.instrument.predicate_of(year.official) if year.official else ""),
        "predicate_ours": not year.predicate,
        "provisional": figure(year.provisional),
        "exact": as_fraction(year.provisional) if year.provisional is not None else "",
        "span": [with_comma(end) for end in year.span] if year.span else [],
        "target": figure(year.target),
        "reached": met.reached if met else None,
        "by": as_told(met.by) if met else "",
        "of_official": year.official is not None,
        "moved": ("+" if moved > 0 else "−" if moved < 0 else "") + as_told(abs(moved)) if moved is not None else "",
        "peers": [(one.peers, figure(one.values.get(INDEX)), one.source) for one in year.peers],
    }


def _break_shape(one: Break) -> dict[str, Any]:
    return {
        "between": (one.last_year, one.first_year),
        "before": one.before.title,
        "after": one.after.title,
        "scales": [(each.min_value, each.max_value) for each in (one.before, one.after)] if one.scales_differ else [],
        "items": (len(one.before.items), len(one.after.items)),
        "bounds": [(each.name, figure(each.before), figure(each.after)) for each in one.bounds],
    }


def _aspects_shape(stretch: Stretch) -> dict[str, Any]:
    """A table for one instrument: its groups, and their value in each of its years."""
    groups = stretch.instrument.groups.values()
    rows = [
        {
            "name": f"{group.code} {group.name}",
            "weight": comma(f"{float(group.weight):g}"),
            "values": [(figure(one.tier(group.code)), group.code in one.published) for one in stretch.years],
            "peers": [
                (figure(peer.values[group.code]), peer.peers, one.year)
                for one in stretch.years
                for peer in one.peers
                if group.code in peer.values
            ],
        }
        for group in groups
    ]
    known: Sequence[Any] = [row for row in rows if any(text for text, _published in row["values"])]
    return {"title": stretch.instrument.title, "years": [one.year for one in stretch.years], "rows": known}


def _withdrawn(known: Past) -> list[dict[str, Any]]:
    return [
        {"year": one.year, "index": comma(one.values.get(INDEX, "")), "reason": one.reason, "by": one.withdrawn_by,
         "at": one.withdrawn_at, "url": url_for("pages.result", result_id=one.id)}
        for one in known.results
        if one.withdrawn_at is not None
    ]  # fmt: skip
