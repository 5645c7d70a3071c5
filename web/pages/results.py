"""A year's published result: recorded as it stands, looked at with what does not fit in it, corrected, withdrawn."""

from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import results, years
from governance.assessment.instruments import Instrument
from governance.assessment.recommended import of_year
from governance.assessment.result_models import PublishedResult
from governance.kernel import clock
from governance.kernel.errors import NotFound, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import unit_names
from web.at_hand import library
from web.forms.reading import FAULTS, Form, faults_of, shown
from web.forms.result import LABELS, labels_of, result_sent, typed_again
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.recommendation_shapes import STATES, recommendation_shape
from web.pages.result_shapes import doubts_shape, result_shape
from web.sheets import handed, scan_kept
from workflows import recording_results
from workflows.recording_results import NewResult, Withdrawal


@pages.route("/results/new", methods=["GET", "POST"])
def new_result() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.RECORD_RESULT)
    if request.method == "GET":
        year = year_named(request.args.get("year", ""), today_of(actor))
        instrument = instrument_named(request.args.get("instrument", ""), year)
        return _form_page(actor, instrument, {"year": year})
    return _sent(actor, None)


@pages.route("/results/<int:result_id>/correct", methods=["GET", "POST"])
def correct_result(result_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.RECORD_RESULT)
    row = years.result_of(actor.institution_id, result_id)
    if request.method == "GET":
        instrument = instrument_named(request.args.get("instrument", row.instrument), row.year)
        return _form_page(actor, instrument, _as_typed(row, instrument), of=row)
    return _sent(actor, row)


@pages.post("/results/<int:result_id>/withdraw")
def withdraw_result(result_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    try:
        recording_results.withdraw(Withdrawal(result_id, form.text("reason")), by=actor, now=clock.now())
    except FAULTS as refusal:
        return result_page(actor, result_id, problems=shown(faults_of(refusal), LABELS), withdrawing=True), 422
    flash(_("Hasil ditarik. Catatannya tetap dapat dibaca."), "good")
    return redirect(url_for("pages.result", result_id=result_id), 303)


@pages.get("/results/<int:result_id>")
def result(result_id: int) -> ResponseReturnValue:
    return result_page(current_actor(), result_id)


@pages.get("/results/<int:result_id>/scan")
def result_scan(result_id: int) -> Response:
    row = years.result_of(current_actor().institution_id, result_id)
    if row.scan_sha256 is None:
        raise NotFound
    return handed(scan_kept(row.scan_sha256, f"hasil-{row.year}"))


def result_page(actor: Actor, result_id: int, **more: Any) -> str:
    """One result: its values, what does not fit, what cannot be computed and why."""
    row = years.result_of(actor.institution_id, result_id)
    instrument, today = library().instruments.instrument(row.instrument), today_of(actor)
    return render_template(
        "result.html",
        result=result_shape(row, instrument, years.cycle_of(actor.institution_id, row.year)),
        recommendations=[recommendation_shape(one, actor, today) for one in of_year(actor, row.year)],
        units=unit_names(actor.institution_id),
        items=[(key, f"{key}. {item.name}") for key, item in instrument.items.items()],
        states=[(state.value, _(words)) for state, words in STATES.items()],
        can_record=permissions.may(actor, Act.RECORD_RESULT),
        today=today,
        **{"problems": [], "withdrawing": False, "typed": {}, **more},
    )


def year_named(text: str, today: date) -> int:
    """The year in an address; last year's where there is none that makes sense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year - 1


def instrument_named(key: str, year: int) -> Instrument:
    """The instrument in an address; where none is known by that key, the one that the law has for the year."""
    shelf = library()
    if key in shelf.instruments.by_key:
        return shelf.instruments.by_key[key]
    of_year = shelf.law.evaluation.get(year)
    known = of_year.instrument if of_year else ""
    return shelf.instruments.by_key.get(known) or list(shelf.instruments.by_key.values())[-1]


def _sent(actor: Actor, of: PublishedResult | None) -> ResponseReturnValue:
    """The form as it was sent: shown again with what does not fit, or recorded as published."""
    form = Form()
    instrument = instrument_named(form.text("instrument"), 0)
    new = result_sent(form, instrument, form.number("year") or 0)
    problems: tuple[Problem, ...] = tuple(form.problems)
    try:
        if not problems:
            recording_results.require_right(new, by=actor, now=clock.now(), library=library())
            doubts = results.doubts(instrument, new.values, new.predicate)
            if doubts and form.text("act") != "anyway":
                return _form_page(actor, instrument, form.again(), of=of, doubts=doubts_shape(doubts))
            return _kept(actor, new, of, form.text("reason"))
    except FAULTS as refusal:
        problems = faults_of(refusal)
    return _form_page(actor, instrument, form.again(), of=of, problems=shown(problems, labels_of(instrument))), 422


def _kept(actor: Actor, new: NewResult, of: PublishedResult | None, reason: str) -> ResponseReturnValue:
    now, shelf = clock.now(), library()
    if of is None:
        key = recording_results.enter(new, by=actor, now=now, library=shelf)
        flash(_("Hasil dicatat seperti diterbitkan."), "good")
    else:
        key = recording_results.correct(new, Withdrawal(of.id, reason), by=actor, now=now, library=shelf)
        flash(_("Hasil dikoreksi. Catatan lama tetap dapat dibaca."), "good")
    return redirect(url_for("pages.result", result_id=key), 303)


def _as_typed(row: PublishedResult, instrument: Instrument) -> dict[str, Any]:
    fixed = {name: getattr(row, name) for name in ("year", "predicate", "number", "dated_on", "source")}
    return typed_again(instrument, row.values, target=row.target or "", **fixed)


def _form_page(actor: Actor, instrument: Instrument, form: dict[str, Any], **more: Any) -> str:
    of: PublishedResult | None = more.pop("of", None)
    return render_template(
        "result_form.html",
        form=form,
        instrument=instrument,
        instruments=[(key, one.title) for key, one in library().instruments.by_key.items()],
        of=of,
        today=today_of(actor),
        **{"problems": [], "doubts": [], **more},
    )
