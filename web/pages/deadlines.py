"""Deadlines: a year's obligations with each date's reason, and the ministry's letter that sets them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Problem, Stale
from governance.mandates.evaluation import Round
from governance.obligations import delivery, queries
from governance.obligations.evaluation import expected
from governance.obligations.models import EvaluationLetter
from governance.obligations.queries import Due
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.days import days_left
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.home import obligation_title
from web.sheets import handed, scan_kept
from web.wording import marked, told
from workflows import obligations
from workflows.obligations import Letter

GROUP = "5"
STATES = {"dropped": "met"}


@pages.get("/deadlines")
def deadlines() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    year = _year(request.args.get("year", ""), today)
    letter = queries.letter_of(actor, year)
    rows = [_row(due, today) for due in queries.timetable(actor, year, today) if due.state != "dropped"]
    return render_template(
        "deadlines.html",
        year=year,
        years=list(range(today.year - 2, today.year + 2)),
        today=today,
        obligations=rows,
        letter=_letter_shape(letter),
        same=_same(rows),
        can_enter_letter=permissions.may(actor, Act.ENTER_LETTER),
    )


@pages.get("/deadlines/letter/<int:year>/scan")
def letter_scan(year: int) -> ResponseReturnValue:
    actor = current_actor()
    present = queries.letter_of(actor, year)
    if present is None or present.scan_sha256 is None:
        raise NotFound
    return handed(scan_kept(present.scan_sha256, f"surat-evaluasi-{year}"))


@pages.post("/deadlines/<int:obligation_id>/done")
def report_done(obligation_id: int) -> ResponseReturnValue:
    obligations.report_done(obligation_id, by=current_actor(), how=sent("how"), now=clock.now())
    flash(_("Tahap dilaporkan selesai. Pengingatnya berhenti."), "good")
    return redirect(url_for("pages.deadlines", year=sent("year") or None), 303)


@pages.route("/deadlines/letter", methods=["GET", "POST"])
def letter() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.ENTER_LETTER)
    year = _year(request.values.get("year", ""), today_of(actor))
    present = queries.letter_of(actor, year)
    if request.method == "GET":
        return _letter_page(actor, year, _form_of(present, year), [])
    form = Form()
    dated_on, number = form.day("date", required=True), form.text("number", required=True)
    windows, scan = _windows(form), form.scan("scan")
    if form.problems or dated_on is None:
        return _letter_page(actor, year, form.again(), form.problems), 422
    round_ = form.word("type", Round, Round.EVALUATION)
    kept = () if round_ is Round.NONE else windows
    entered = Letter(year, round_, number, dated_on, kept, scan, _version(actor, year))
    try:
        obligations.enter_letter(entered, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _letter_page(actor, year, form.again(), [_at_field(one, windows) for one in refusal.problems]), 422
    flash(_("Surat dicatat. Tenggat tahun itu mengikuti surat ini."), "good")
    return redirect(url_for("pages.deadlines", year=year), 303)


def _version(actor: Actor, year: int) -> int:
    """The version the reader saw; a letter that somebody else entered meanwhile is not overwritten."""
    seen = sent("version")
    if seen.isdecimal() and len(seen) < 10:
        return int(seen)
    present = queries.letter_of(actor, year)
    if present is not None:
        raise Stale((f"letter:{present.number}",))
    return 0


def _row(due: Due, today: date) -> dict[str, Any]:
    law = library().law
    mandate = law.mandates.get(due.mandate)
    title, delivered = obligation_title(due), due.stage == delivery.STAGE
    group = mandate.group if delivered and mandate else GROUP
    return {
        "id": due.id,
        "title": title,
        "short": title,
        "group": group,
        "group_title": law.group(group).title,
        "state": STATES.get(due.state, due.state),
        "starts_on": due.begins_on,
        "due_on": due.due_on,
        "days_left": days_left(due.due_on, today) if due.state in ("late", "due", "open") else None,
        "estimate": due.estimated,
        "why": [told(step["key"], step["params"]) for step in due.computed],
        "article": due.basis,
        "how_sure": due.how_sure,
        "reminders": [{"rung": told(f"rung.{rung.value}"), "at": at, "to": ""} for rung, at in due.reminders],
        "responsible": "Bagian Hukum" if delivered else (mandate.prepared_by if mandate else ""),
        "met_on": due.met_on,
        "met_by": due.met_by,
        "open": due.state not in ("met", "dropped") and not delivered,  # That one is met by receipts.
    }


def _letter_shape(letter: EvaluationLetter | None) -> dict[str, Any] | None:
    if letter is None:
        return None
    return {
        "type": letter.round.value,
        "number": letter.number,
        "date": letter.dated_on,
        "scan": url_for("pages.letter_scan", year=letter.year) if letter.scan_sha256 else None,
    }


def _same(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The basis and the office that all rows share: said once, above the list."""
    shared = {}
    for name in ("article", "responsible"):
        values = {row[name] for row in rows}
        if len(values) == 1:
            shared[name] = values.pop()
    return shared


def _form_of(letter: EvaluationLetter | None, year: int) -> dict[str, Any]:
    if letter is None:
        return {"year": year, "version": 0}
    form: dict[str, Any] = {"year": year, "type": letter.round.value, "number": letter.number}
    form |= {"date": letter.dated_on.isoformat(), "version": letter.version}
    for window in letter.windows:
        form |= {f"stage.{window['stage']}.{edge}": window.get(edge) or "" for edge in ("start", "end")}
    return form


def _windows(form: Form) -> list[dict[str, Any]]:
    windows = []
    for stage in library().law.stages:
        start, end = form.day(f"stage.{stage}.start"), form.day(f"stage.{stage}.end")
        if start or end:
            window = {"stage": stage, "start": start and start.isoformat(), "end": end and end.isoformat()}
            windows.append(window)
    return windows


def _at_field(problem: Problem, windows: list[dict[str, Any]]) -> Problem:
    """A problem of `windows.0.end` as the form's own field name."""
    name, *rest = problem.place.split(".")
    if name != "windows" or not rest:
        return problem
    return Problem(f"stage.{windows[int(rest[0])]['stage']}.{rest[-1]}", problem.key, problem.params)


def _letter_page(actor: Actor, year: int, form: Mapping[str, Any], problems: Any) -> str:
    law = library().law
    estimated = {stage.stage: stage for stage in expected(law, year)}
    stages = [
        {
            "key": key,
            "title": title,
            "start": form.get(f"stage.{key}.start", ""),
            "end": form.get(f"stage.{key}.end", ""),
            "source": _source(estimated.get(key)),
        }
        for key, title in law.stages.items()
    ]
    this_year = today_of(actor).year
    labels = {"number": marked("Nomor surat"), "date": marked("Tanggal surat")}
    labels |= {"year": marked("Tahun"), "windows": marked("Jendela")}
    return render_template(
        "letter.html",
        form={"year": year, "type": Round.EVALUATION.value, "number": "", "date": "", "version": 0, **form},
        years=[(one, one) for one in range(this_year - 2, this_year + 3)],
        stages=stages,
        problems=shown(problems, labels),
    )


def _source(stage: Any) -> str:
    if stage is None or stage.due_on is None:
        return ""
    return " ".join(told(step["key"], step["params"]) for step in stage.computed if step["key"] != "why.no_letter")


def _year(wish: str, today: date) -> int:
    plain = wish.isascii() and wish.isdigit() and len(wish) == 4
    return int(wish) if plain and 2000 <= int(wish) <= 2100 else today.year
