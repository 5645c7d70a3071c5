"""Changing the working days: each change is shown with what it moves, and done once it is confirmed."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.almanac.closed_days_read import read_ical
from governance.calendar.calendars import Calendar
from governance.calendar.closed_days import closed_day
from governance.calendar.entering import Fate, Judged, NewDay, judged, problems_of, with_days, with_week, without_day
from governance.calendar.models import ClosedDay, DayKind
from governance.calendar.table_reading import Fault, Row, read_table
from governance.documents.recounting import deliveries_over, steps_over
from governance.kernel import clock
from governance.kernel.errors import BadFile, Invalid, Problem
from governance.obligations.foreseeing import dates_moved, obligations_over
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.tasks.recounting import tasks_over
from web.at_hand import calendar_of, law_of, library
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.working_day_shapes import KINDS, judged_shape, moves_shape, obligation_shape, user_shape
from web.pages.working_days import year_asked, year_page
from web.wording import marked, told
from workflows import closing_days
from workflows.recounting import foreseen

LABELS = {
    "day": marked("Tanggal"),
    "name": marked("Nama"),
    "kind": marked("Jenis"),
    "source": marked("Dasar"),
    "source_all": marked("Dasar"),
    "file": marked("Berkas"),
    "week": marked("Minggu kerja"),
    "reason": marked("Alasan"),
}


@dataclass(frozen=True)
class Asked:
    """A change that is to be confirmed: what it is called, where it goes, and what goes along."""

    title: str
    action: str
    button: str
    year: int
    hidden: dict[str, str] = field(default_factory=dict)
    days: Sequence[NewDay] = ()
    judged: Sequence[dict[str, Any]] = ()


@pages.post("/working-days")
def enter_day() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_CALENDAR)
    form = Form()
    new = _new_day(form)
    problems = _problems(new, actor) if new is not None and not form.problems else form.problems
    if problems or new is None:
        return year_page(actor, form.again(), shown(problems, LABELS)), 422
    if not sent("confirmed"):
        title = _("Catat %(name)s", name=new.name)
        hidden = {"day": new.day.isoformat(), "name": new.name, "kind": new.kind.value, "source": new.source}
        asked = Asked(title, url_for("pages.enter_day"), _("Catat hari ini"), new.day.year, hidden, (new,))
        return _confirm(actor, asked, with_days(calendar_of(actor), [new]))
    closing_days.enter([new], by=actor, now=clock.now(), library=library())
    flash(_("Dicatat. Yang masih terbuka dihitung ulang, dan yang tersentuh diberi tahu."), "good")
    return redirect(url_for("pages.working_days", year=new.day.year), 303)


@pages.post("/working-days/week")
def change_week() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_CALENDAR)
    form, calendar, year = Form(), calendar_of(actor), year_asked(today_of(actor))
    week, seen = form.number("week"), form.number("seen")
    if week not in (5, 6) or seen is None:
        problems = form.problems or [Problem("week", "calendar.week")]
        return year_page(actor, form.again(), shown(problems, LABELS)), 422
    if not sent("confirmed"):
        title = _("Minggu kerja %(week)s hari", week=week)
        asked = Asked(title, url_for("pages.change_week"), _("Simpan"), year, {"week": str(week), "seen": str(seen)})
        return _confirm(actor, asked, with_week(calendar, week))
    closing_days.set_week(week, seen, by=actor, now=clock.now())
    flash(_("Minggu kerja disimpan. Yang masih terbuka dihitung ulang."), "good")
    return redirect(url_for("pages.working_days", year=year), 303)


@pages.route("/working-days/<int:day_id>/withdraw", methods=["GET", "POST"])
def withdraw_day(day_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_CALENDAR)
    row = closed_day(actor.institution_id, day_id)
    form = Form()
    reason, version = form.text("reason"), form.text("version")
    if not sent("version"):
        return _withdrawal_page(actor, row, reason, ())
    if not reason:
        problem = Problem("reason", "calendar.reason_missing")
        return _withdrawal_page(actor, row, reason, shown([problem], LABELS)), 422
    day, year, name = row.day, row.day.year, row.name
    if not sent("confirmed"):
        asked = Asked(
            _("Cabut %(name)s", name=name),
            url_for("pages.withdraw_day", day_id=day_id),
            _("Cabut hari ini"),
            year,
            {"reason": reason, "version": version},
            (NewDay(day, name, row.kind, row.source),),
        )
        return _confirm(actor, asked, without_day(calendar_of(actor), day))
    number = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        closing_days.withdraw(day_id, number, reason, by=actor, now=clock.now())
    except Invalid as refusal:
        row = closed_day(actor.institution_id, day_id)
        return _withdrawal_page(actor, row, reason, shown(refusal.problems, LABELS)), 422
    flash(_("Dicabut. Catatannya tetap terlihat, dan yang masih terbuka dihitung ulang."), "good")
    return redirect(url_for("pages.working_days", year=year), 303)


@pages.post("/working-days/import")
def import_days() -> ResponseReturnValue:
    """A file is read and told line by line; what is new in it is entered once it is confirmed."""
    actor = current_actor()
    permissions.require(actor, Act.KEEP_CALENDAR)
    form, year = Form(), year_asked(today_of(actor))
    source = form.text("source_all", required=True)
    try:
        read = _read(form)
    except FAULTS as refusal:
        form.problems.extend(faults_of(refusal))
        read = []
    if form.problems:
        return year_page(actor, form.again(), shown(form.problems, LABELS)), 422
    days, lines = _taken(read, year, source, actor)
    if sent("confirmed") and days:
        closing_days.enter(days, by=actor, now=clock.now(), library=library())
        flash(ngettext("%(num)s hari dicatat.", "%(num)s hari dicatat.", len(days)), "good")
        return redirect(url_for("pages.working_days", year=year), 303)
    title = ngettext("%(num)s hari baru untuk %(year)s", "%(num)s hari baru untuk %(year)s", len(days), year=year)
    hidden = {"rows": _rows(days), "source_all": source, "year": str(year)} if days else {}
    button = _("Catat hari baru") if days else ""
    asked = Asked(title, url_for("pages.import_days"), button, year, hidden, days, lines)
    return _confirm(actor, asked, with_days(calendar_of(actor), days))


def _new_day(form: Form) -> NewDay | None:
    day, name = form.day("day", required=True), form.text("name", required=True)
    kind, source = form.word("kind", DayKind, DayKind.LOCAL), form.text("source", required=True)
    return NewDay(day, name, kind, source) if day is not None else None


def _problems(new: NewDay, actor: Actor) -> list[Problem]:
    found = problems_of(new, today_of(actor))
    verdict = judged(new, calendar_of(actor))
    if not found and verdict.fate is not Fate.NEW:
        found.append(Problem("day", verdict.key, verdict.params or {}))
    return found


def _read(form: Form) -> list[Row | Fault]:
    """The rows of the file, or of what was read from it before and is confirmed now."""
    if rows := sent("rows"):
        return read_table(rows.encode())
    data = form.file("file", required=True)
    if data is None:
        return []
    head = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if head.startswith(b"BEGIN:VCALENDAR"):
        return read_ical(data)
    if head.startswith((b"PK", b"%PDF", b"<", b"\xd0\xcf")):
        raise BadFile("calendar.not_known")
    return read_table(data)


def _taken(
    read: Sequence[Row | Fault], year: int, source: str, actor: Actor
) -> tuple[list[NewDay], list[dict[str, Any]]]:
    """The new days, and every line with what becomes of it."""
    calendar, today = calendar_of(actor), today_of(actor)
    days, lines = dict[Any, NewDay](), []
    for one in read:
        if isinstance(one, Fault):
            lines.append({"line": one.line, "fate": "unread", "why": told(one.key, one.params)})
            continue
        new = NewDay(one.new.day, one.new.name, one.new.kind, one.new.source or source)
        verdict = _in_year(new, year, days) or judged(new, calendar)
        wrong = problems_of(new, today) if verdict.fate is Fate.NEW else []
        if wrong:
            verdict = Judged(new, Fate.CONFLICT, wrong[0].key, wrong[0].params)
        if verdict.fate is Fate.NEW:
            days[new.day] = new
        lines.append(judged_shape(verdict, one.line))
    return list(days.values()), lines


def _in_year(new: NewDay, year: int, days: dict[Any, NewDay]) -> Judged | None:
    """What keeps a day out before the calendar is asked: another year, or the same day a second time."""
    day = {"day": new.day.isoformat()}
    if new.day.year != year:
        return Judged(new, Fate.CONFLICT, "calendar.other_year", {**day, "year": year})
    if new.day in days:
        same = days[new.day].name.casefold() == new.name.casefold()
        return Judged(new, Fate.THERE if same else Fate.CONFLICT, "calendar.twice", day)
    return None


def _rows(days: Sequence[NewDay]) -> str:
    """The new days as a table, to be sent along with the confirmation."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(("tanggal", "nama", "jenis", "sumber"))
    writer.writerows((one.day.isoformat(), one.name, one.kind.value, one.source) for one in days)
    return made.getvalue()


def _confirm(actor: Actor, asked: Asked, calendar: Calendar) -> str:
    """The change with what it would move; nothing is stored yet."""
    moves = None
    if asked.button:
        obligations = dates_moved(actor.institution_id, law_of(actor), calendar, today_of(actor))
        moves = moves_shape(foreseen(actor, calendar, library()), obligations, actor)
    return render_template(
        "working_days_change.html",
        asked=asked,
        days=[
            {"day": one.day, "name": one.name, "kind": _(KINDS[one.kind]), "source": one.source} for one in asked.days
        ],
        lines=asked.judged,
        moves=moves,
    )


def _withdrawal_page(actor: Actor, row: ClosedDay, reason: str, problems: Any) -> str:
    """The day, what was counted over it, and the form that asks for the reason."""
    used = [
        *deliveries_over(actor.institution_id, row.day),
        *steps_over(actor.institution_id, row.day, actor.timezone),
        *tasks_over(actor.institution_id, row.day),
    ]
    return render_template(
        "working_days_withdraw.html",
        row=row,
        kind=_(KINDS[row.kind]),
        used=[
            *(user_shape(one, actor) for one in used),
            *(obligation_shape(one) for one in obligations_over(actor.institution_id, row.day)),
        ],
        reason=reason,
        problems=problems,
    )
