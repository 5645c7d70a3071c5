"""My office: what it must do this week and why, what comes later, and the season of planners and auditors."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.almanac import dates
from governance.almanac.audience import Audience, Whose, audience_of
from governance.almanac.dates import Owed, Wish
from governance.almanac.entered import facts_entered
from governance.almanac.season import Entered, SeasonDate, planning_season
from governance.almanac.weeks import When, when
from governance.assessment import office_items
from governance.assessment.course import Stage
from governance.documents import queries as documents
from governance.documents.phrases import capital_first
from governance.documents.seen import Wish as Shown
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.roles import Role
from web.at_hand import library
from web.days import days_left
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.dated import Dated, by_day, obligation_shape, task_shape
from web.pages.documents import today_of
from web.pages.office_indicators import brief_shapes
from web.pages.shapes import waiting_shape
from web.wording import marked

BACK, AHEAD = timedelta(days=3650), timedelta(days=400)
MOST_TASKS, MOST_CARDS = 100, 12
PLANS = frozenset({Role.PLANNING, Role.FINANCE})
# Beside what an office answers for itself: whose obligations are its season too.
SEASONS: dict[Role, tuple[str, ...]] = {
    Role.PLANNING: ("spbe_roadmap", "spbe_master_plan", "spbe_budget_plan"),
    Role.FINANCE: ("spbe_budget_plan",),
    Role.INSPECTORATE: (
        *("audit_infrastructure", "audit_application", "audit_security", "ict_audit_internal", "audit_team_decree"),
        *("ict_audit_program", "ict_audit_periodic_report", "audit_findings_followup"),
    ),
    Role.ORGANISATION: ("business_process_map", "monitoring_evaluation"),
}
SEASON_TITLES = {
    Role.PLANNING: marked("Musim perencanaan dan anggaran"),
    Role.FINANCE: marked("Musim anggaran"),
    Role.INSPECTORATE: marked("Musim audit"),
    Role.ORGANISATION: marked("Musim tata laksana dan evaluasi"),
}
SURE = {
    "read": marked("naskah dibaca"),
    "secondary": marked("dari sumber kedua, periksa naskahnya"),
    "practice": marked("kebiasaan, bukan perintah pasal"),
    "inferred": marked("disimpulkan, periksa naskahnya"),
    "memory": marked("menurut ingatan, periksa naskahnya"),
    "unknown": marked("belum diketahui"),
}
AWAITS = {
    "inauguration": marked("Menunggu tanggal pelantikan kepala daerah."),
    "rkpd": marked("Setelah RKPD ditetapkan."),
    "kua_ppas_agreed": marked("Setelah KUA dan PPAS disepakati."),
    "apbd_approved": marked("Menunggu persetujuan bersama APBD."),
}


@pages.get("/my-office")
def my_office() -> ResponseReturnValue:
    """The whole page: the weeks, and the season with the dates that the institution entered."""
    actor = current_actor()
    entered = facts_entered(actor.institution_id) if actor.role in PLANS else []
    return render_template("office.html", **office_shape(actor, today_of(actor), entered=entered), is_home=False)


def office_shape(actor: Actor, today: date, *, entered: list[Entered] | None = None) -> dict[str, Any]:
    """Four statements: what waits for the post, the office's open tasks, its obligations, and its indicators."""
    audience = _audience(actor)
    waiting, _after = documents.documents(actor, Shown(mine=True), today)
    tasks = [task_shape(one, today) for one in dates.open_tasks(audience, today, MOST_TASKS)]
    wish = Wish(today - BACK, today + AHEAD, open_only=True, year=today.year, limit=200)
    owed = dates.obligations(audience, wish, today)
    own = [obligation_shape(one, today) for one in owed if _answers(actor, one)]
    parts = _by_week([*own, *tasks], today)
    coming = [one for part in (When.NEXT_WEEK, When.LATER) for one in parts[part]]
    return {
        "today": today,
        "waiting": [waiting_shape(one) | {"days_left": days_left(one.due_on, today)} for one in waiting],
        "parts": {part.value: shown for part, shown in parts.items()},
        "following": coming[0] if coming else None,
        "season": _season(actor, [one for one in owed if not _answers(actor, one)], today, entered),
        "season_title": _(SEASON_TITLES[actor.role]) if actor.role in SEASON_TITLES else "",
        "ways": {one.anchor: _way(actor, one) for shown in parts.values() for one in shown},
        "most": MOST_CARDS,
        "planning": actor.role in PLANS,
        "indicators": _indicators(actor),
    }


def _indicators(actor: Actor) -> dict[str, Any]:
    """The office's indicators in the assessment at hand, the first few; nothing where it has none, or all is over."""
    if actor.unit_id is None:
        return {}
    cycle, found = office_items.items_at_hand(actor.institution_id, actor.unit_id)
    if cycle is None or cycle.stage is Stage.CLOSED:
        return {}
    instrument = library().instruments.instrument(cycle.instrument)
    rows = brief_shapes(found, instrument, cycle.id)
    return {"rows": rows, "more": len(found) - len(rows), "year": cycle.year}


def _audience(actor: Actor) -> Audience:
    season = frozenset(SEASONS.get(actor.role, ())) if actor.role else frozenset[str]()
    return replace(audience_of(actor, Whose.MINE), mandates=season)


def _answers(actor: Actor, one: Owed) -> bool:
    """Whether the office answers for it; what no unit is named for is Diskominfo's, or Bagian Hukum's."""
    return one.unit_id == actor.unit_id if one.unit_id else actor.role in (Role.DIGITAL, Role.LEGAL)


def _by_week(items: list[Dated], today: date) -> dict[When, list[Dated]]:
    """By week. An estimate whose day is over is not late: the ministry's letter will say when it is."""
    found: dict[When, list[Dated]] = {part: [] for part in When}
    for one in by_day(items):
        part = when(one.due_on, today)
        found[When.UNDATED if part is When.LATE and one.state == "estimate" else part].append(one)
    return found


def _way(actor: Actor, one: Dated) -> dict[str, str]:
    """What to do about it, and where."""
    if one.kind == "task":
        return {"text": _("Buka dan serahkan") if one.asks else _("Buka tugas"), "url": one.url}
    if one.mandate in library().kinds and permissions.may(actor, Act.DRAFT):
        return {"text": _("Susun dokumennya"), "url": url_for("pages.new_document", kind=one.mandate)}
    return {"text": _("Lihat hitungannya"), "url": one.url}


def _season(actor: Actor, others: list[Owed], today: date, entered: list[Entered] | None) -> list[dict[str, Any]]:
    """What the office plans by beside its own: others' obligations of its season, and the law's planning dates.

    Without `entered` only what the law itself dates: nothing is told to wait for what was not looked up.
    """
    rows = [_owed_row(obligation_shape(one, today)) for one in others]
    if actor.role in PLANS:
        found = planning_season(library().law, today, entered or [])
        rows += [_planned_row(one, today) for one in found if entered is not None or one.on is not None]
    return sorted(rows, key=lambda row: (row["on"] is None, row["on"] or date.max, row["title"]))


def _owed_row(one: Dated) -> dict[str, Any]:
    return {
        "title": one.title, "why": one.why, "url": one.url, "since": one.begins_on, "on": one.due_on,
        "state": one.state, "days_left": one.days_left, "unit": one.unit, "rule": "", "note": "", "sure": "",
    }  # fmt: skip


def _planned_row(one: SeasonDate, today: date) -> dict[str, Any]:
    of_year = _("%(what)s, tahun anggaran %(year)s", what=one.title, year=one.of_year)
    firm = not one.about and one.how_sure == "read"
    return {
        "title": of_year if one.of_year else one.title,
        "why": one.basis,
        "url": "",
        "since": one.since,
        "on": one.on,
        "state": "undated" if one.on is None else "open" if firm else "estimate",
        "days_left": days_left(one.on, today),
        "unit": "",
        "rule": capital_first(one.rule),
        "note": _(AWAITS[one.awaits]) if one.awaits in AWAITS else "",
        "sure": _(SURE.get(one.how_sure, one.how_sure)),
    }
