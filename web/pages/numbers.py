"""Numbers: the series, the book of a year, reserving a number and making one void."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import book
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people import permissions
from governance.people.permissions import Act
from governance.trail.queries import trail_of
from web.at_hand import library
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import document_page, today_of
from web.pages.number_shapes import LABELS, book_shape, line_shape, series_shape
from workflows import numbers
from workflows.numbers import Voided, Wanted


@pages.get("/numbers")
def all_numbers() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.WATCH)
    year = today_of(actor).year
    return render_template(
        "numbers.html",
        series=[series_shape(actor, one, year) for one in book.series_seen(actor, year)],
        year=year,
        can_keep=permissions.may(actor, Act.KEEP_NUMBERS),
    )


@pages.get("/numbers/<int:series_id>")
def series(series_id: int) -> ResponseReturnValue:
    return _book_page(series_id, {}, [])


@pages.post("/numbers/<int:series_id>/void")
def void_numbers(series_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_NUMBERS)
    book.one_series(actor, series_id, today_of(actor).year)
    form = Form()
    year, first, last = form.number("year"), form.number("first"), form.whole("last")
    reason = form.text("reason")
    try:
        if form.problems or year is None or first is None:
            raise Invalid(*form.problems)
        asked = Voided(series_id, year, first, first if last is None else last, reason)
        numbers.void(asked, by=actor, now=clock.now())
    except Invalid as refusal:
        return _book_page(series_id, form.again(), refusal.problems), 422
    flash(_("Dicatat batal. Nomornya tetap terbaca bersama alasannya."), "good")
    return redirect(url_for("pages.series", series_id=series_id, year=year), 303)


@pages.post("/documents/<int:document_id>/number")
def reserve_number(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_NUMBERS)
    form = Form()
    signed_on, number = form.day("signed_on", required=True), form.text("number")
    try:
        if form.problems or signed_on is None:
            raise Invalid(*form.problems)
        wanted = Wanted(document_id, signed_on, number or None)
        written = numbers.reserve(wanted, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return document_page(document_id, problems=shown(refusal.problems, LABELS)), 422
    flash(_("Dicadangkan untuk dokumen ini: %(number)s.", number=written), "good")
    return redirect(url_for("pages.enact", document_id=document_id), 303)


@pages.get("/numbers/<int:series_id>/trail")
def series_trail(series_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.WATCH)
    one = book.one_series(actor, series_id, today_of(actor).year)
    lines = reversed(trail_of(actor.institution_id, ("series", series_id)))
    return render_template("series_trail.html", series=one, lines=[line_shape(line) for line in lines])


def _book_page(series_id: int, form: dict[str, Any], problems: Any) -> str:
    actor = current_actor()
    permissions.require(actor, Act.WATCH)
    this_year = today_of(actor).year
    asked, after = request.values.get("year", ""), request.args.get("after", "")
    year = int(asked) if _is_whole(asked) and 1 <= int(asked) <= 9999 else this_year
    start = int(after) if _is_whole(after) else 0
    one = book.one_series(actor, series_id, year)
    lines, more = book.lines_of(actor, series_id, year, start)
    return render_template(
        "series.html",
        series=series_shape(actor, one, year),
        year=year,
        years=[(one, one) for one in sorted({this_year, year, *book.years_of(actor, series_id)}, reverse=True)],
        lines=[book_shape(line) for line in book.with_gaps(lines, one, start)],
        next=url_for("pages.series", series_id=series_id, year=year, after=more) if more else None,
        can_keep=permissions.may(actor, Act.KEEP_NUMBERS),
        form={"first": "", "last": "", "reason": "", **form},
        problems=shown(problems, LABELS),
    )


def _is_whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10
