"""Deadlines: a year's obligations with each date's reason, its plan, and the ministry's letter that moves them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Problem, Stale
from governance.mandates.evaluation import Round
from governance.obligations import queries
from governance.obligations.models import EvaluationLetter
from governance.obligations.recomputing import is_up_to_date, mark_of
from governance.obligations.rules.evaluation import seen
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.deadline_shapes import row_shape
from web.pages.documents import today_of
from web.sheets import handed, scan_kept
from web.wording import marked, told
from workflows import obligations, timetabling
from workflows.obligations import Letter

AGAIN = ".again"  # a stage's second window
STATES = ("late", "due", "open", "estimate", "undated", "met", "waived", "dropped")
SHOWN = frozenset(STATES) - {"dropped"}


@pages.get("/deadlines")
def deadlines() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    year = _year(request.args.get("year", ""), today)
    letter = queries.letter_of(actor, year)
    rows = [row_shape(due, today) for due in queries.timetable(actor, year, today)]
    wish = {name: value for name in ("group", "state", "unit") if (value := request.args.get(name, ""))}
    found = [row for row in rows if _fits(row, wish)]
    return render_template(
        "deadlines.html",
        year=year,
        years=sorted({*range(today.year - 2, today.year + 2), year}),
        today=today,
        obligations=found,
        whole=len([row for row in rows if row["state"] in SHOWN]),
        letter=_letter_shape(letter),
        wish=wish,
        choices=_choices(rows),
        can_enter_letter=permissions.may(actor, Act.ENTER_LETTER),
        can_lay_out=permissions.may(actor, Act.LAY_OUT),
        can_ask=permissions.may(actor, Act.ASK),
        fresh=is_up_to_date(actor.institution_id, mark_of(library().law.release, today)),
    )


@pages.post("/deadlines/years")
def lay_out_year() -> ResponseReturnValue:
    form = Form()
    year = form.number("year")
    if year is None:
        raise Invalid(*form.problems)
    timetabling.lay_out(year, by=current_actor(), now=clock.now(), library=library())
    flash(_("Jadwal tahun %(year)s disusun.", year=year), "good")
    return redirect(url_for("pages.deadline_plan", year=year), 303)


@pages.get("/deadlines/plan")
def deadline_plan() -> ResponseReturnValue:
    """A year as a plan to be printed: month by month, what is due, why, and who answers for it."""
    actor = current_actor()
    today = today_of(actor)
    year = _year(request.args.get("year", ""), today.replace(year=today.year + 1, day=1))
    shown_rows = [row_shape(due, today) for due in queries.timetable(actor, year, today) if due.state in SHOWN]
    months = [(month, [row for row in shown_rows if _month_of(row, year) == month]) for month in (*range(1, 13), 13, 0)]
    return render_template(
        "deadline_plan.html",
        year=year,
        today=today,
        months=[(month, rows) for month, rows in months if rows],
        count=len(shown_rows),
        can_lay_out=permissions.may(actor, Act.LAY_OUT),
    )


@pages.get("/deadlines/letter/<int:year>/scan")
def letter_scan(year: int) -> ResponseReturnValue:
    actor = current_actor()
    present = queries.letter_of(actor, year)
    if present is None or present.scan_sha256 is None:
        raise NotFound
    return handed(scan_kept(present.scan_sha256, f"surat-evaluasi-{year}"))


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
    known = sent("version")
    if known.isdecimal() and len(known) < 10:
        return int(known)
    present = queries.letter_of(actor, year)
    if present is not None:
        raise Stale((f"letter:{present.number}",))
    return 0


def _fits(row: dict[str, Any], wish: Mapping[str, str]) -> bool:
    """Whether a row is what the address asks for; what is asked no more shows only where it is asked for by name."""
    if "state" not in wish and row["state"] not in SHOWN:
        return False
    return all(row[name] == value for name, value in wish.items())


def _choices(rows: list[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """What the year can be narrowed to: only what stands in it."""
    groups = {row["group"]: row["group_title"] for row in rows}
    return {
        "group": sorted(groups.items()),
        "state": [(state, "") for state in STATES if any(row["state"] == state for row in rows)],
        "unit": [(unit, unit) for unit in sorted({row["unit"] for row in rows if row["unit"]})],
    }


def _month_of(row: dict[str, Any], year: int) -> int:
    """The month of a row in its year's plan: 13 for what ends in a later year, 0 for what has no day."""
    day = row["due_on"]
    if day is None:
        return 0
    return 13 if day.year > year else 1 if day.year < year else int(day.month)


def _letter_shape(letter: EvaluationLetter | None) -> dict[str, Any] | None:
    if letter is None:
        return None
    return {
        "type": letter.round.value,
        "number": letter.number,
        "date": letter.dated_on,
        "scan": url_for("pages.letter_scan", year=letter.year) if letter.scan_sha256 else None,
    }


def _form_of(letter: EvaluationLetter | None, year: int) -> dict[str, Any]:
    if letter is None:
        return {"year": year, "version": 0}
    form: dict[str, Any] = {"year": year, "type": letter.round.value, "number": letter.number}
    form |= {"date": letter.dated_on.isoformat(), "version": letter.version}
    named = set[str]()
    for window in letter.windows:
        place = f"stage.{window['stage']}{AGAIN if window['stage'] in named else ''}"
        named.add(window["stage"])
        form |= {f"{place}.{edge}": window.get(edge) or "" for edge in ("start", "end")}
    return form


def _windows(form: Form) -> list[dict[str, Any]]:
    """The windows as typed: each stage's, and a second one where the letter extends it or opens it again."""
    windows = []
    for stage in library().law.stages:
        for place in (f"stage.{stage}", f"stage.{stage}{AGAIN}"):
            start, end = form.day(f"{place}.start"), form.day(f"{place}.end")
            if start or end:
                window = {"stage": stage, "start": start and start.isoformat(), "end": end and end.isoformat()}
                windows.append(window)
    return windows


def _at_field(problem: Problem, windows: list[dict[str, Any]]) -> Problem:
    """A problem of `windows.0.end` as the form's own field name."""
    name, *rest = problem.place.split(".")
    if name != "windows" or not rest:
        return problem
    stage = windows[int(rest[0])]["stage"]
    again = AGAIN if stage in [window["stage"] for window in windows[: int(rest[0])]] else ""
    return Problem(f"stage.{stage}{again}.{rest[-1]}", problem.key, problem.params)


def _letter_page(actor: Actor, year: int, form: Mapping[str, Any], problems: Any) -> str:
    law = library().law
    sources = {
        one.stage: " ".join(
            told(step["key"], step["params"]) for step in one.computed if step["key"] != "why.no_letter"
        )
        for one in seen(law, year)
    }
    stages = [
        {
            "key": key,
            "title": title,
            "start": form.get(f"stage.{key}.start", ""),
            "end": form.get(f"stage.{key}.end", ""),
            "again_start": form.get(f"stage.{key}{AGAIN}.start", ""),
            "again_end": form.get(f"stage.{key}{AGAIN}.end", ""),
            "source": sources.get(key, ""),
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


def _steps(computed: Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(step["key"], step["params"]) for step in computed]


def _year(wish: str, today: date) -> int:
    plain = wish.isascii() and wish.isdigit() and len(wish) == 4
    return int(wish) if plain and 2000 <= int(wish) <= 2100 else today.year
