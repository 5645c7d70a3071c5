"""The institution's year: a line for each date with its window and mark, its table, and the spreadsheet."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.dated import Dated, grouped
from web.pages.documents import today_of
from web.pages.spans import asked_for, dated_between, filters, sheet_of, whole_year, year_asked
from web.sheets import handed

SOON = 30  # days: what ends within them is marked
MARKS = {"late": "late", "estimate": "estimate", "undated": "undated"}


@pages.get("/year")
def year() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    chosen, asked = year_asked(request.args.get("year", ""), today), asked_for(request.args)
    items = dated_between(actor, asked, whole_year(chosen), today, chosen)
    rows = [one for one in items if one.kind != "step"]  # A step is a matter of days: the month shows it.
    found = grouped(rows)
    return render_template(
        "year.html",
        year=chosen,
        years=[(one, url_for("pages.year", year=one, **asked.kept)) for one in range(chosen - 1, chosen + 2)],
        lines=[line_of(one, key, title, today) for key, title, members in found for one in members],
        groups=found,
        count=len(rows),
        late=sum(one.is_late for one in rows),
        soon=sum(mark_of(one, today) == "due" for one in rows),
        sheet=url_for("pages.year_xlsx", year=chosen, **asked.kept),
        filters=filters(asked),
        today=today,
    )


@pages.get("/year/xlsx")
def year_xlsx() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    chosen, asked = year_asked(request.args.get("year", ""), today), asked_for(request.args)
    items = dated_between(actor, asked, whole_year(chosen), today, chosen)
    return handed(sheet_of(_("Tenggat %(year)s", year=chosen), f"tenggat-{chosen}", items))


def mark_of(one: Dated, today: date) -> str:
    """The shape of its mark: met, late, due (soon), open, estimate, undated."""
    if not one.is_open or one.state == "handed_in":
        return "met"
    if one.state in MARKS:
        return MARKS[one.state]
    if one.due_on is None:
        return "undated"
    return "due" if (one.due_on - today).days <= SOON else "open"


def line_of(one: Dated, group: str, title: str, today: date) -> dict[str, Any]:
    """A line of the chart."""
    return {
        "title": one.title,
        "short": one.title,
        "group": group,
        "group_title": title,
        "state": mark_of(one, today),
        "starts_on": one.begins_on,
        "due_on": one.due_on,
        "estimate": one.estimated,
    }
