"""Working days: a year's closed days for everyone, as a page, a calendar file and a table."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.almanac.feed import Event, Firmness, written
from governance.calendar.calendars import Calendar
from governance.calendar.closed_days import entered_in
from governance.calendar.entering import AHEAD, BACK
from governance.calendar.holidays import JOINT_LEAVE
from governance.calendar.models import ClosedDay
from governance.calendar.table_reading import FORMULA
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import calendar_of, institution_of, library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.working_day_shapes import KINDS, months_of, rows_of, weekdays
from web.sheets import Download, handed

HEADER = ("tanggal", "nama", "jenis", "perkiraan", "sumber")


@dataclass(frozen=True)
class Listed:
    """A day as the files list it; `entered_at` where the institution entered it."""

    day: date
    name: str
    kind: str
    estimated: bool = False
    source: str = ""
    entered_at: datetime | None = None


@pages.get("/working-days")
def working_days() -> ResponseReturnValue:
    return year_page(current_actor())


@pages.get("/working-days/calendar.ics")
def working_days_ical() -> ResponseReturnValue:
    """The year's closed days for another calendar; estimates say that they are."""
    actor, year, listed = _listed()
    key = institution_of(actor).key
    title = _("Hari libur %(institution)s %(year)s", institution=institution_of(actor).name, year=year)
    data = written(title, _events([one for one in listed if one.kind != "open"], key, year))
    return handed(Download(data, f"hari-libur-{key}-{year}.ics", "text/calendar; charset=utf-8"))


@pages.get("/working-days/table.csv")
def working_days_table() -> ResponseReturnValue:
    """The same as a table, with the days that the institution keeps open."""
    actor, year, listed = _listed()
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(HEADER)
    for one in listed:
        estimated = "ya" if one.estimated else ""
        writer.writerow([one.day.isoformat(), _harmless(one.name), one.kind, estimated, _harmless(one.source)])
    name = f"hari-libur-{institution_of(actor).key}-{year}.csv"
    return handed(Download(made.getvalue().encode("utf-8-sig"), name, "text/csv; charset=utf-8"))


def year_page(actor: Actor, form: dict[str, str] | None = None, problems: Any = ()) -> str:
    """The page of a year; with what was typed into one of its forms, and what is wrong with it."""
    today, calendar = today_of(actor), calendar_of(actor)
    year = year_asked(today)
    entered = entered_in(actor.institution_id, year)
    law = library().law
    rows = rows_of(calendar, entered, year)
    months = months_of(calendar, year)
    return render_template(
        "working_days.html",
        year=year,
        years=list(range(today.year - BACK, today.year + AHEAD + 1)),
        today=today,
        week=calendar.week,
        rows=rows,
        months=months,
        weekdays=weekdays(),
        working=sum(month["working"] for month in months),
        estimates=[row for row in rows if row["estimated"]],
        decree=law.holiday_decrees.get(year),
        awaits_decree=year >= today.year and year not in law.holidays,
        knows_leave=any(one.kind == JOINT_LEAVE for one in calendar.days_of(year)),
        can_keep=permissions.may(actor, Act.KEEP_CALENDAR),
        kinds=[(kind.value, _(words)) for kind, words in KINDS.items()],
        form={"day": "", "name": "", "kind": "local", "source": "", **(form or {})},
        problems=problems,
    )


def year_asked(today: date) -> int:
    """The year of the address or the form; this one where none within reach is named."""
    said = request.values.get("year", "")
    if said.isascii() and said.isdigit() and len(said) == 4:
        return min(max(int(said), today.year - BACK), today.year + AHEAD)
    return today.year


def _listed() -> tuple[Actor, int, list[Listed]]:
    actor = current_actor()
    calendar, year = calendar_of(actor), year_asked(today_of(actor))
    entered = [row for row in entered_in(actor.institution_id, year) if row.withdrawn_at is None]
    return actor, year, _standing(calendar, entered, year)


def _events(listed: list[Listed], key: str, year: int) -> Iterator[Event]:
    """Whole-day events; the same day of the same institution keeps its identity in every file."""
    seen, page = Counter[tuple[date, str]](), url_for("pages.working_days", year=year, _external=True)
    for one in listed:
        seen[one.day, one.kind] += 1
        yield Event(
            uid=f"{one.day}-{one.kind}-{seen[one.day, one.kind]}.{key}@hari-kerja.mandat",
            day=one.day,
            title=_("%(name)s (perkiraan)", name=one.name) if one.estimated else one.name,
            words=one.source,
            url=page,
            category=one.kind,
            firmness=Firmness.TENTATIVE if one.estimated else Firmness.CONFIRMED,
            sequence=0,
            changed_at=one.entered_at,
        )


def _standing(calendar: Calendar, entered: list[ClosedDay], year: int) -> list[Listed]:
    own = {row.day: row for row in entered}
    decree = library().law.holiday_decrees.get(year, "")
    found = [Listed(row.day, row.name, row.kind.value, False, row.source, row.entered_at) for row in entered]
    found += [
        Listed(one.day, one.name, one.kind, one.estimated, decree)
        for one in calendar.days_of(year)
        if one.day not in own
    ]
    return sorted(found, key=lambda one: (one.day, one.kind, one.name))


def _harmless(text: str) -> str:
    """A spreadsheet must not take words for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
