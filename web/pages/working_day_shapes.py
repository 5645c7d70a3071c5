"""How a year of working days looks: its closed days with their source, its months, and what a change would move."""

from calendar import Calendar as Weeks
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from governance.calendar.calendars import Calendar
from governance.calendar.entering import Judged
from governance.calendar.holidays import Holiday, national
from governance.calendar.models import ClosedDay, DayKind
from governance.documents.recounting import User
from governance.obligations.changes import Change
from governance.obligations.models import Fulfilment, Obligation
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library, titles_of
from web.wording import duty_told, marked, told
from workflows.recounting import Foreseen

KINDS = {
    DayKind.LOCAL: marked("Libur daerah"),
    DayKind.JOINT_LEAVE: marked("Cuti bersama"),
    DayKind.PUBLIC: marked("Libur nasional"),
    DayKind.OPEN: marked("Tetap hari kerja"),
}
USERS = {
    "delivery": marked("penyampaian"),
    "step": marked("langkah naskah"),
    "task": marked("tugas"),
}
MOST_SHOWN = 30
MONDAY_FIRST = Weeks()


def rows_of(calendar: Calendar, entered: Sequence[ClosedDay], year: int) -> list[dict[str, Any]]:
    """The year's closed days in order: the national ones, and everything entered, withdrawn rows too."""
    own = {row.day for row in entered if row.withdrawn_at is None}
    rows = [_national(one) for one in national(year, calendar.decreed) if one.day not in own]
    rows += [_entered(row, calendar) for row in entered]
    return sorted(rows, key=lambda row: (row["day"], row["withdrawn_at"] is not None))


def months_of(calendar: Calendar, year: int) -> list[dict[str, Any]]:
    """The months as weeks of days; a day says why offices are closed on it."""
    names: dict[date, list[Holiday]] = {}
    for one in calendar.days_of(year):
        names.setdefault(one.day, []).append(one)
    return [
        {
            "name": format_date(date(year, month, 1), "MMMM"),
            "weeks": [
                [_cell(day, names.get(day, []), calendar) if day.month == month else None for day in week]
                for week in MONDAY_FIRST.monthdatescalendar(year, month)
            ],
            "working": sum(
                calendar.works_on(day) for day in MONDAY_FIRST.itermonthdates(year, month) if day.month == month
            ),
        }
        for month in range(1, 13)
    ]


def weekdays() -> list[tuple[str, str]]:
    """(short, whole) names of the days, Monday first."""
    days = [date(2026, 6, day) for day in range(1, 8)]
    return [(format_date(day, "EEEEE"), format_date(day, "EEEE")) for day in days]


def judged_shape(one: Judged, line: int = 0) -> dict[str, Any]:
    """A day of a file, and what becomes of it."""
    return {
        "line": line,
        "day": one.new.day,
        "name": one.new.name,
        "kind": _(KINDS[one.new.kind]),
        "fate": one.fate.value,
        "why": told(one.key, one.params) if one.key else "",
    }


def moves_shape(moved: Foreseen, obligations: Sequence[Change], actor: Actor) -> dict[str, Any]:
    """What would move, as a list with the number that is not shown; titles only of what the reader may know."""
    lines = [*_deliveries(moved), *_steps(moved, actor), *_tasks(moved), *_obligations(obligations)]
    lines.sort(key=lambda line: (line["from_on"], line["title"]))
    return {"count": len(lines), "lines": lines[:MOST_SHOWN], "more": max(0, len(lines) - MOST_SHOWN)}


def user_shape(one: User, actor: Actor) -> dict[str, Any]:
    """A document whose days were counted over a day."""
    seen = one.is_open and (one.what != "step" or permissions.may(actor, Act.WATCH))
    return {
        "title": f"{one.title} {one.number}".strip() if seen else _("Dokumen yang tidak terbuka bagi Anda"),
        "url": url_for("pages.document", document_id=one.document_id) if seen else "",
        "what": _(USERS[one.what]),
        "count": one.count,
        "open": one.open_count,
    }


def obligation_shape(one: Obligation) -> dict[str, Any]:
    """An obligation whose date was counted over a day."""
    return {
        "title": f"{duty_told(one.mandate, one.stage)} {one.year}",
        "url": url_for("pages.deadline", obligation_id=one.id),
        "what": _("kewajiban"),
        "count": 1,
        "open": int(one.fulfilment is Fulfilment.OPEN),
    }


def _national(one: Holiday) -> dict[str, Any]:
    decree = library().law.holiday_decrees.get(one.day.year)
    if decree:
        source = decree
    elif one.estimated:
        source = _("Perhitungan penanggalan; SKB tahun itu belum ada dalam data.")
    else:
        source = _("Daftar hari libur nasional; SKB tahun itu belum ada dalam data.")
    shown = {"day": one.day, "name": one.name, "kind": _(KINDS[DayKind(one.kind)]), "estimated": one.estimated}
    return shown | {"source": source, "source_lang": "id" if decree else "", "own": False, "withdrawn_at": None}


def _entered(row: ClosedDay, calendar: Calendar) -> dict[str, Any]:
    """A day that was entered; one that the joint decree says otherwise of is pointed out."""
    decreed = [one for one in calendar.decreed.get(row.day.year, ()) if one.day == row.day]
    return {
        "id": row.id,
        "day": row.day,
        "name": row.name,
        "kind": _(KINDS[row.kind]),
        "estimated": False,
        "source": row.source,
        "source_lang": "id",
        "own": True,
        "by_title": row.by_title,
        "entered_at": row.entered_at,
        "withdrawn_at": row.withdrawn_at,
        "withdrawn_by": row.withdrawn_by,
        "reason": row.reason,
        "contradicts": bool(decreed) and row.kind is DayKind.OPEN and row.withdrawn_at is None,
    }


def _cell(day: date, found: list[Holiday], calendar: Calendar) -> dict[str, Any]:
    own = calendar.own.get(day)
    state = "closed" if found else "off" if day.weekday() >= calendar.week else "open" if own else ""
    if found and found[0].estimated:
        state = "estimate"
    why = ", ".join(one.name for one in found) or (own.name if own else "")
    return {"number": day.day, "day": day, "state": state, "why": why, "own": own is not None}


def _deliveries(moved: Foreseen) -> list[dict[str, Any]]:
    return [
        {
            "what": _("Penyampaian"),
            "title": f"{one.title} {one.number}".strip() if one.is_open else _("Keputusan terbatas"),
            "url": url_for("pages.document_deliveries", document_id=one.document_id) if one.is_open else "",
            "from_on": one.from_on,
            "to_on": one.to_on,
        }
        for one in moved.deliveries
    ]


def _steps(moved: Foreseen, actor: Actor) -> list[dict[str, Any]]:
    titles, watches = titles_of(actor), permissions.may(actor, Act.WATCH)
    return [
        {
            "what": _("Langkah naskah, %(post)s", post=titles[one.post_id]),
            "title": one.title if one.is_open and watches else _("Naskah dalam proses"),
            "url": url_for("pages.document", document_id=one.document_id) if one.is_open and watches else "",
            "from_on": one.from_on,
            "to_on": one.to_on,
        }
        for one in moved.steps
        if one.from_on != one.to_on
    ]


def _obligations(moved: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {
            "what": _("Kewajiban"),
            "title": f"{duty_told(one.mandate, one.stage)} {one.year}",
            "url": url_for("pages.deadlines", year=one.year),
            "from_on": one.before,
            "to_on": one.after,
        }
        for one in moved
    ]


def _tasks(moved: Foreseen) -> list[dict[str, Any]]:
    """A dictum is one line, with the number of offices that it asks."""
    found: dict[tuple[int, str, date, date], dict[str, Any]] = {}
    for one in moved.tasks:
        task = one.task
        line = found.setdefault(
            (task.document_id, task.place, task.due_on, one.to_on),
            {
                "place": task.place,
                "count": 0,
                "title": f"{task.title} {task.number}" if task.is_open else _("Keputusan terbatas"),
                "url": url_for("pages.document", document_id=task.document_id) if task.is_open else "",
                "from_on": task.due_on,
                "to_on": one.to_on,
            },
        )
        line["count"] += 1
    for line in found.values():
        line["what"] = _("Tugas %(units)s perangkat daerah, diktum %(place)s", units=line["count"], place=line["place"])
    return list(found.values())
