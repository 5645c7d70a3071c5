"""The register of acts (buku agenda): its pages, its print and its spreadsheet."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.agenda import STATUSES, Entry, Wish, entries
from governance.documents.agenda_sheet import agenda_sheet
from governance.kernel.errors import Invalid, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.agenda_wishes import place_written, register_wish
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import kind_title, kinds_to_record
from web.sheets import Download, handed
from web.wording import marked, told

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_PRINTED = 20_000, 1_000
HEADER = (
    marked("No."),
    marked("Nomor"),
    marked("Jenis"),
    marked("Judul"),
    marked("Tanggal ditetapkan"),
    marked("Status"),
    marked("Mulai berlaku"),
    marked("Berakhir"),
    marked("Dicabut sejak"),
    marked("Berita Daerah"),
    marked("Keterangan"),
)


@pages.get("/register")
def agenda() -> ResponseReturnValue:
    actor, wish, asked = _asked()
    found, after = entries(actor, wish, today_of(actor))
    return render_template(
        "agenda.html",
        **_page(actor, found, asked),
        next=url_for("pages.agenda", after=place_written(after), **asked) if after else None,
        kinds=kinds_to_record(),
        statuses=[(status, told(f"effect.{status}")) for status in STATUSES],
        years=[(year, year) for year in range(today_of(actor).year, 2004, -1)],
        can_keep=permissions.may(actor, Act.WATCH),
        can_record=permissions.may(actor, Act.RECORD_ACT),
    )


@pages.get("/register/print")
def agenda_print() -> ResponseReturnValue:
    """The same list without a page's end, to be printed or kept as a PDF by the browser."""
    actor, wish, asked = _asked()
    found = _whole(actor, wish, MOST_PRINTED)
    return render_template("agenda_print.html", **_page(actor, found, asked))


@pages.get("/register/xlsx")
def agenda_xlsx() -> ResponseReturnValue:
    actor, wish, _filters = _asked()
    rows = _whole(actor, wish, MOST_ROWS)
    sheet = agenda_sheet(_("Buku agenda"), [_(text) for text in HEADER], map(_row, range(1, len(rows) + 1), rows))
    return handed(Download(sheet, f"buku-agenda-{today_of(actor).isoformat()}.xlsx", SHEET))


def _asked() -> tuple[Actor, Wish, dict[str, Any]]:
    """Who asks, for what, and the filters of the address that make sense."""
    wish, filters = register_wish(request.args)
    return current_actor(), wish, filters


def _page(actor: Actor, found: list[Entry], asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "entries": [entry_shape(one) for one in found],
        "filters": {"q": "", "kind": "", "year": "", "status": "", "since": "", "until": "", **asked},
        "asked": asked,
        "said": _said(asked),
        "today": today_of(actor),
    }


def _whole(actor: Actor, wish: Wish, limit: int) -> list[Entry]:
    """Everything that is asked for, or Invalid where it is too much for one file."""
    found, more = entries(actor, replace(wish, limit=limit), today_of(actor))
    if more is not None:
        raise Invalid(Problem("year", "register.too_many", {"limit": limit}))
    return found


def entry_shape(one: Entry) -> dict[str, Any]:
    """A line of the register for its page."""
    return {
        "url": url_for("pages.document", document_id=one.document_id) if one.document_id else "",
        "number": one.number,
        "kind": kind_title(one.kind) if one.kind else "",
        "title": one.title,
        "dated_on": one.dated_on,
        "status": one.status,
        "from": one.in_force_from,
        "to": one.in_force_to,
        "revoked_on": one.revoked_on,
        "gazette": one.gazette,
        "recorded": one.recorded,
        "secrecy": one.secrecy.value if one.secrecy else "biasa",
        "reason": one.reason,
    }


def _row(place: int, one: Entry) -> list[str | int | date | None]:
    notes = [one.reason, _("Dicatat dari dokumen yang sudah ada.") if one.recorded else ""]
    return [
        place,
        one.number,
        kind_title(one.kind) if one.kind else "",
        one.title,
        one.dated_on,
        told(f"effect.{one.status}"),
        one.in_force_from,
        one.in_force_to,
        one.revoked_on,
        one.gazette or "",
        " ".join(note for note in notes if note),
    ]


def _said(asked: dict[str, Any]) -> list[str]:
    """The filters in words, for the print."""
    words = {
        "q": asked.get("q"),
        "kind": kind_title(asked["kind"]) if asked.get("kind") else "",
        "year": asked.get("year"),
        "status": told(f"effect.{asked['status']}") if asked.get("status") else "",
        "since": asked.get("since"),
        "until": asked.get("until"),
    }
    labels = {
        "q": _("Nomor atau judul"),
        "kind": _("Jenis"),
        "year": _("Tahun"),
        "status": _("Status"),
        "since": _("Ditetapkan sejak"),
        "until": _("Ditetapkan sampai"),
    }
    return [f"{labels[name]}: {value}" for name, value in words.items() if value]
