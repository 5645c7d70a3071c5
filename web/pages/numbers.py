"""Numbers: the series with their settings, the book of a year, and reserving and making void."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import book
from governance.documents.book import SeriesSeen
from governance.documents.numbering import Gap, Way
from governance.documents.series_rules import Setting, pattern_problems
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.queries import trail_of
from web.at_hand import institution_of, library
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import document_page, today_of
from web.pages.shapes import kind_title, kinds_to_record
from web.wording import marked, told
from workflows import numbers
from workflows.numbers import Edited, Voided, Wanted

LABELS = {
    "key": marked("Nama seri"),
    "way": marked("Cara menomori"),
    "pattern": marked("Pola"),
    "classification": marked("Kode klasifikasi"),
    "code": marked("Kode klasifikasi per jenis"),
    "classifications": marked("Kode klasifikasi per jenis"),
    "kinds": marked("Jenis dokumen"),
    "start": marked("Nomor awal"),
    "start_year": marked("Tahun nomor awal"),
    "first": marked("Nomor pertama"),
    "last": marked("Nomor terakhir"),
    "reason": marked("Alasan"),
    "signed_on": marked("Rencana tanggal tanda tangan"),
    "number": marked("Nomor"),
}


@pages.get("/numbers")
def all_numbers() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.WATCH)
    year = today_of(actor).year
    return render_template(
        "numbers.html",
        series=[_series_shape(actor, one, year) for one in book.series_seen(actor, year)],
        year=year,
        can_keep=permissions.may(actor, Act.KEEP_NUMBERS),
    )


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


@pages.get("/numbers/<int:series_id>")
def series(series_id: int) -> ResponseReturnValue:
    return _book_page(series_id, {}, [])


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
    return render_template("series_trail.html", series=one, lines=[_line_shape(line) for line in lines])


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
        series=_series_shape(actor, one, year),
        year=year,
        years=[(one, one) for one in sorted({this_year, year, *book.years_of(actor, series_id)}, reverse=True)],
        lines=[_book_shape(line) for line in book.with_gaps(lines, one, start)],
        next=url_for("pages.series", series_id=series_id, year=year, after=more) if more else None,
        can_keep=permissions.may(actor, Act.KEEP_NUMBERS),
        form={"first": "", "last": "", "reason": "", **form},
        problems=shown(problems, LABELS),
    )


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
    unit = _unit(actor)
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


def _series_shape(actor: Actor, one: SeriesSeen, year: int) -> dict[str, Any]:
    shelf = library()
    named = [kind_title(kind) for kind in one.kinds]
    family = [kind.title for kind in shelf.kinds.values() if kind.series == one.key and kind.key not in one.kinds]
    unit = _unit(actor)
    return {
        "id": one.id,
        "key": one.key,
        "way": one.way.value,
        "pattern": one.pattern,
        "classification": one.classification,
        "codes": [(kind_title(kind), code) for kind, code in one.classifications.items()],
        "kinds": named + family,
        "first": one.first,
        "last": one.last,
        "reserved": one.reserved,
        "void": one.void,
        "left": one.left,
        "missing": one.missing,
        "example": one.example(year, unit),
    }


def _is_own(one: SeriesSeen | None, key: str) -> bool:
    """Whether a kind is numbered by this series without being ticked, as its family says."""
    kind = library().kinds.get(key)
    return one is not None and kind is not None and kind.series == one.key


def _unit(actor: Actor) -> str:
    """The unit that an example names: the one that most of these documents come from."""
    facts = institution_of(actor)
    digital = facts.post_of(Role.DIGITAL)
    return facts.unit(digital.unit).abbreviation if digital else ""


def _book_shape(line: book.Line | Gap) -> dict[str, Any]:
    if isinstance(line, Gap):
        return {"gap": True, "first": line.first, "last": line.last, "count": line.count}
    return {
        "gap": False,
        "number": line.number,
        "use": line.use.value,
        "written": line.written,
        "dated_on": line.dated_on,
        "url": url_for("pages.document", document_id=line.document_id) if line.document_id else "",
        "title": line.title,
        "reason": line.reason,
        "by": line.by_title,
        "at": line.at,
        "left": line.left,
    }


def _line_shape(line: Any) -> dict[str, Any]:
    before, after = line.params.get("before"), line.params.get("after")
    changes = []
    if isinstance(before, dict) and isinstance(after, dict):
        changes = [(_(LABELS.get(name, name)), _said(before.get(name)), _said(value)) for name, value in after.items()]
    return {
        "what": told(f"trail.{line.what}", line.params),
        "at": line.at,
        "who": line.by_title,
        "changes": changes,
        "number": line.number,
        "hash": line.hash,
    }


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{kind_title(kind)}: {code}" for kind, code in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(kind_title(str(kind)) for kind in value) or "–"
    return "–" if value in (None, "") else str(value)


def _is_whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10
