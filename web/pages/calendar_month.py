"""A month of dates: a grid where there is room, a list of days on a phone, and the same as a spreadsheet."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from governance.almanac.weeks import Month
from governance.calendar.calendars import Calendar
from web.at_hand import calendar_of
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.dated import Dated
from web.pages.documents import today_of
from web.pages.spans import Asked, asked_for, dated_between, filters, month_asked, sheet_of
from web.sheets import handed


@pages.get("/calendar")
def calendar() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    month, asked = month_asked(request.args.get("month", ""), today), asked_for(request.args)
    items = dated_between(actor, asked, (month.first, month.last), today)
    own = calendar_of(actor)
    return render_template(
        "calendar.html",
        month=month,
        title=format_date(month.first, "MMMM y"),
        weeks=weeks_of(month, items, own, today),
        items=[one for one in items if one.due_on and month.first <= one.due_on <= month.last],
        late=sum(one.is_late for one in items),
        closed=[one for one in own.days_of(month.year) if month.first <= one.day <= month.last],
        before=_way(month.before, asked),
        after=_way(month.after, asked),
        now=None
        if (month.year, month.number) == (today.year, today.month)
        else _way(Month(today.year, today.month), asked),
        sheet=url_for("pages.calendar_xlsx", month=str(month), **asked.kept),
        filters=filters(asked),
        today=today,
    )


@pages.get("/calendar/xlsx")
def calendar_xlsx() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    month, asked = month_asked(request.args.get("month", ""), today), asked_for(request.args)
    items = dated_between(actor, asked, (month.first, month.last), today)
    return handed(sheet_of(format_date(month.first, "MMMM y"), f"tenggat-{month}", items))


def weeks_of(month: Month, items: Iterable[Dated], own: Calendar, today: date) -> list[list[dict[str, Any]]]:
    """The month's weeks, each day with what ends on it, what opens, and why offices are closed."""
    falls: dict[date, list[tuple[Dated, bool]]] = {}
    for one in items:
        if one.begins_on and one.begins_on != one.due_on:
            falls.setdefault(one.begins_on, []).append((one, True))
        if one.due_on:
            falls.setdefault(one.due_on, []).append((one, False))
    named: dict[date, list[str]] = {}
    for holiday in own.days_of(month.year):
        mark = _(" (perkiraan)") if holiday.estimated else ""
        named.setdefault(holiday.day, []).append(f"{holiday.name}{mark}")
    weekend = {day for week in month.weeks for day in week if day.weekday() >= own.week}
    return [
        [
            {
                "day": day,
                "outside": day.month != month.number,
                "today": day == today,
                "closed": day in weekend or day in named,
                "names": named.get(day, []),
                "items": [] if day.month != month.number else falls.get(day, []),
            }
            for day in week
        ]
        for week in month.weeks
    ]


def _way(month: Month, asked: Asked) -> dict[str, str]:
    return {
        "url": url_for("pages.calendar", month=str(month), **asked.kept),
        "title": format_date(month.first, "MMMM y"),
    }
