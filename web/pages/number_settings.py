"""The settings of a series: how it writes and counts, a new one, and an example of what was typed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import book
from governance.documents.book import SeriesSeen
from governance.documents.numbering import Way
from governance.documents.series_rules import Setting, pattern_problems
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.number_shapes import LABELS, unit_named
from web.pages.shapes import kind_title, kinds_to_record
from workflows import numbers
from workflows.numbers import Edited


@pages.route("/numbers/new", methods=["GET", "POST"])
def new_series() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_NUMBERS)
    if request.method == "GET":
        return _settings_page(actor, None, {"way": "own", "pattern": "{number} TAHUN {year}", "start": 1}, [])
    form = Form()
    setting = _setting_sent(form)
    try:
        if form.problems or sent("example"):
            raise Invalid(*form.problems)
        numbers.open_series(form.text("key"), setting, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _settings_page(actor, None, _again(form), refusal.problems), 422 if refusal.problems else 200
    flash(_("Seri dibuka."), "good")
    return redirect(url_for("pages.all_numbers"), 303)


@pages.route("/numbers/<int:series_id>/settings", methods=["GET", "POST"])
def series_settings(series_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_NUMBERS)
    one = book.one_series(actor, series_id, today_of(actor).year)
    if request.method == "GET":
        return _settings_page(actor, one, _form_of(one), [])
    form = Form()
    setting, version = _setting_sent(form), form.number("version") or 0
    try:
        if form.problems or sent("example"):
            raise Invalid(*form.problems)
        edited = Edited(series_id, version, setting)
        numbers.change_series(edited, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _settings_page(actor, one, _again(form), refusal.problems), 422 if refusal.problems else 200
    flash(_("Pengaturan seri disimpan. Nomor yang sudah diberikan tidak berubah."), "good")
    return redirect(url_for("pages.series", series_id=series_id), 303)


def _settings_page(actor: Actor, one: SeriesSeen | None, form: dict[str, Any], problems: Any) -> str:
    blank = {"key": "", "way": "own", "pattern": "", "classification": "", "start": 1, "start_year": "", "kinds": ()}
    form = {**blank, "codes": {}, "version": one.version if one else 0, **form}
    elsewhere = {
        kind: other.key
        for other in book.series_seen(actor, today_of(actor).year)
        for kind in other.kinds
        if one is None or other.id != one.id
    }
    return render_template(
        "series_settings.html",
        series=one,
        form=form,
        kinds=[
            {"key": key, "title": title, "elsewhere": elsewhere.get(key, ""), "own": _is_own(one, key)}
            for key, title in kinds_to_record()
        ],
        example=_example(actor, form, one),
        year=today_of(actor).year,
        problems=shown(problems, LABELS),
    )


def _example(actor: Actor, form: dict[str, Any], one: SeriesSeen | None) -> list[tuple[str, str]]:
    """What the pattern gives as it is typed now: the next number, and that of each kind with a code of its own."""
    if pattern_problems(str(form["pattern"]).strip()):
        return []
    codes = {kind: code for kind, code in form["codes"].items() if code}
    unit = unit_named(actor)
    seen = SeriesSeen(
        **{
            **vars(one or _NEW),
            "pattern": str(form["pattern"]).strip(),
            "classification": form["classification"],
            "classifications": codes,
        }
    )
    year = today_of(actor).year
    return [("", seen.example(year, unit))] + [(kind_title(kind), seen.example(year, unit, kind)) for kind in codes]


_NEW = SeriesSeen(0, "", Way.OWN, "", "", {}, 1, None, (), 0, 1, None, 0, 0, 0, 0)


def _setting_sent(form: Form) -> Setting:
    kinds = form.many("kinds")
    codes = {name.removeprefix("code."): form.text(name) for name in request.form if name.startswith("code.")}
    return Setting(
        way=form.word("way", Way, Way.OWN),
        pattern=form.text("pattern", required=True),
        classification=form.text("classification"),
        classifications={kind: code for kind, code in codes.items() if code},
        start=form.number("start") or 0,
        start_year=form.whole("start_year"),
        kinds=kinds,
    )


def _again(form: Form) -> dict[str, Any]:
    codes = {name.removeprefix("code."): text for name, text in form.again().items() if name.startswith("code.")}
    return {**form.again(), "kinds": form.many("kinds"), "codes": codes}


def _form_of(one: SeriesSeen) -> dict[str, Any]:
    return {
        "way": one.way.value,
        "pattern": one.pattern,
        "classification": one.classification,
        "codes": one.classifications,
        "start": one.start,
        "start_year": one.start_year or "",
        "kinds": one.kinds,
    }


def _is_own(one: SeriesSeen | None, key: str) -> bool:
    """Whether a kind is numbered by this series without being ticked, as its family says."""
    kind = library().kinds.get(key)
    return one is not None and kind is not None and kind.series == one.key
