"""Setting a year's assessment up, and changing its plan: what is known of the year stands there, with where from."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from governance.assessment import carried, cycles, listing, opening
from governance.assessment.cycles import Seen
from governance.assessment.listing import OwnPart
from governance.assessment.opening import Usual
from governance.documents.phrases import capital_first
from governance.kernel import clock
from governance.kernel.db import db
from governance.kernel.errors import Invalid, Stale
from governance.mandates.evaluation import Round
from governance.obligations.queries import letter_of
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.cycle_shapes import LABELS, ROUNDS, ROUNDS_TOLD, cycle_shape, instrument_title, target_typed
from web.pages.documents import today_of
from web.pages.office import SURE
from web.wording import marked
from workflows import cycling
from workflows.carrying import Brought
from workflows.cycling import Edited, NewCycle, Plan

GONE = {
    "withdrawn": marked("ditarik"),
    "expired": marked("sudah habis masa berlakunya"),
    "revoked": marked("keputusannya sudah dicabut"),
    "dropped": marked("indikatornya tidak dinilai lagi"),
}


@pages.route("/cycles/new", methods=["GET", "POST"])
def new_cycle() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.RUN_CYCLE)
    if request.method == "GET":
        return _new_page(actor, _first(actor), [])
    form = Form()
    wish = NewCycle(form.number("year") or 0, form.text("instrument"), _plan(form), form.whole("carry"))
    try:
        if form.problems:
            raise Invalid(*form.problems)
        cycle_id, brought = cycling.set_up(wish, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        db.session.rollback()
        return _new_page(actor, form.again(), refusal.problems), 422
    flash(_("Penilaian disiapkan. Pembagian dan peran yang lazim sedang disusun; periksa sebelum dibuka."), "good")
    _tell_brought(brought)
    return redirect(url_for("pages.cycle", cycle_id=cycle_id), 303)


@pages.route("/cycles/<int:cycle_id>/plan", methods=["GET", "POST"])
def plan_cycle(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = cycles.seen(cycle_id, actor)
    if request.method == "GET":
        note = cycles.note_of(cycle_id, actor)
        return _plan_page(seen, actor, _form_of(seen, note), [])
    permissions.require(actor, Act.RUN_CYCLE, seen.matter(actor))
    form = Form()
    edited = Edited(cycle_id, form.number("version") or 0, _plan(form))
    try:
        if form.problems:
            raise Invalid(*form.problems)
        cycling.change(edited, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _plan_page(seen, actor, form.again(), refusal.problems), 422
    except Stale:
        db.session.rollback()
        now = cycles.seen(cycle_id, actor)
        stands = _form_of(now, cycles.note_of(cycle_id, actor))
        return _plan_page(now, actor, form.again() | {"version": now.version}, [], stands), 409
    flash(_("Rencana penilaian disimpan."), "good")
    return redirect(url_for("pages.cycle", cycle_id=cycle_id), 303)


def _plan(form: Form) -> Plan:
    return Plan(
        round=form.word("round", Round, Round.NONE),
        target=form.text("target"),
        ready_by=form.day("ready_by"),
        note=form.text("note"),
    )


def _first(actor: Actor) -> dict[str, Any]:
    """What a new cycle begins with: this year, or the one that the address names."""
    asked = request.args.get("year", "")
    plain = asked.isascii() and asked.isdigit() and len(asked) == 4
    return {"year": int(asked) if plain else today_of(actor).year}


def _new_page(actor: Actor, form: dict[str, Any], problems: Any) -> str:
    year = _year(form.get("year"), today_of(actor))
    letter = letter_of(actor, year)
    law = library().law
    usual = opening.usual(law.evaluation, year, letter.round if letter else None)
    own = listing.own_part(actor.institution_id, year)
    known = listing.years(actor.institution_id)
    earlier = [one for one in known if one.year < year]
    counts = carried.count_in(actor.institution_id, [one.id for one in earlier])
    first = {
        "instrument": usual.instrument if usual else "",
        "round": (usual.round if usual else Round.NONE).value,
        "ready_by": own.due_on.isoformat() if own and own.due_on else "",
        "carry": str(earlier[0].id) if earlier else "",
    }
    return render_template(
        "cycle_new.html",
        form={"target": "", "note": "", **first, **form, "year": form.get("year") or year},
        is_there=next((url_for("pages.cycle", cycle_id=one.id) for one in known if one.year == year), ""),
        shown_year=year,
        instruments=[(key, instrument_title(key)) for key in reversed(list(library().instruments.by_key))],
        rounds=_rounds(),
        carried=[(one.id, _carried_told(one.year, counts.get(one.id, 0))) for one in earlier],
        source=_sure_told(usual),
        until=_until_told(own),
        problems=shown(problems, LABELS),
    )


def _plan_page(
    seen: Seen, actor: Actor, form: dict[str, Any], problems: Any, stands: dict[str, Any] | None = None
) -> str:
    """The plan as a form; `stands` is what somebody else saved meanwhile, beside what was typed here."""
    own = listing.own_part(actor.institution_id, seen.year)
    return render_template(
        "cycle_plan.html",
        cycle=cycle_shape(seen, actor, today_of(actor)),
        form=form,
        stands=stands,
        rounds=_rounds(),
        until=_until_told(own),
        problems=shown(problems, LABELS),
    )


def _form_of(seen: Seen, note: str) -> dict[str, Any]:
    return {
        "round": seen.round.value,
        "target": target_typed(seen.target),
        "ready_by": seen.ready_by.isoformat() if seen.ready_by else "",
        "note": note,
        "version": seen.version,
    }


def _rounds() -> list[tuple[str, str]]:
    return [(one.value, f"{_(ROUNDS[one])}: {_(ROUNDS_TOLD[one])}") for one in Round]


def _sure_told(usual: Usual | None) -> str:
    """Where instrument and round come from."""
    if usual is None or not usual.sure:
        return _("Belum diketahui apa yang berlaku tahun ini: pastikan dengan surat kementerian.")
    if usual.letter:
        return _("Menurut surat kementerian yang dicatat di Tenggat.")
    source = Markup('<span lang="id">{}</span>').format(capital_first(usual.source))
    return Markup("{} ({}).").format(source, _(SURE.get(usual.sure, usual.sure)))


def _until_told(own: OwnPart | None) -> str:
    if own is None or own.due_on is None:
        return _("Belum ada jendela penilaian mandiri di Tenggat. Isi setelah surat kementerian datang.")
    if own.estimated:
        return _("Perkiraan: akhir penilaian mandiri yang terlihat di daerah lain. Periksa dengan surat kementerian.")
    return _("Akhir penilaian mandiri di Tenggat.")


def _carried_told(year: int, count: int) -> str:
    return ngettext("%(year)s, dengan %(num)s bukti", "%(year)s, dengan %(num)s bukti", count, year=year)


def _tell_brought(brought: Brought) -> None:
    """Say what came along from the year before, and what did not and why."""
    if brought.evidence:
        said = ngettext("%(num)s bukti dibawa sebagai draf.", "%(num)s bukti dibawa sebagai draf.", brought.evidence)
        flash(said, "good")
    if gone := {why: count for why, count in (brought.gone or {}).items() if count}:
        parts = "; ".join(f"{count} {_(GONE[why])}" for why, count in gone.items())
        flash(_("Tidak ikut: %(parts)s.", parts=parts), "due")


def _year(value: Any, today: date) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
