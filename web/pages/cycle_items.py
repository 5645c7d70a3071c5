"""One indicator of a cycle: what each of its levels asks, what is offered for it, and the form to offer something."""

import hashlib
from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from governance.assessment import cycles, evidence, offerable
from governance.assessment.acts_offered import offers_for
from governance.assessment.criteria import wording_of
from governance.assessment.cycles import Seen
from governance.assessment.eyes import eyes_of
from governance.assessment.instruments import Instrument, Item
from governance.assessment.proven import cumulative, lowest_asked
from governance.assessment.wanted import answers
from governance.documents.models import Secrecy
from governance.kernel import clock
from governance.kernel.errors import NotAllowed, NotFound, Problem
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.tasks.handing_in import FilePart
from web.at_hand import library
from web.forms.hand_in import name_of
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.evidence_shapes import Looking, kept_shape, level_shapes, use_shape
from web.pages.proof_shapes import item_offers_shape, under
from web.wording import marked
from workflows import handed_evidence, proving
from workflows.evidence_keeping import Facts, Piece
from workflows.proving import Offer

LABELS = {
    "place": marked("Untuk"),
    "level": marked("Untuk"),
    "code": marked("Untuk"),
    "file": marked("Berkas"),
    "pointer": marked("Halaman atau pasal"),
    "explanation": marked("Penjelasan"),
    "dated_on": marked("Tanggal bukti"),
    "expires_on": marked("Berlaku sampai"),
    "secrecy": marked("Klasifikasi keamanan"),
    "reason": marked("Alasan"),
    "words": marked("Catatan"),
}


@pages.get("/cycles/<int:cycle_id>/items/<item>")
def cycle_item(cycle_id: int, item: str) -> ResponseReturnValue:
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    instrument, one = rated(cycle, item)
    eyes, told = evidence.seen_for(actor, cycle, item)
    looking = Looking(eyes, cycle, today_of(actor))
    wording = wording_of(actor.institution_id, instrument)
    return render_template(
        "cycle_item.html",
        cycle=cycle,
        item=item_shape(one, instrument),
        levels=level_shapes(one, instrument, wording, told, looking),
        reached=cumulative(told.accepted, lowest_asked(instrument)),
        withdrawn=[use_shape(use, looking) for use in told.uses if use.is_withdrawn],
        hidden=told.hidden,
        may_offer=looking.may_offer(item),
        item_offers=_acts_offered(looking, item),
    )


@pages.get("/cycles/<int:cycle_id>/items/<item>/evidence")
def offer_form(cycle_id: int, item: str) -> ResponseReturnValue:
    actor = current_actor()
    asked = request.args.to_dict()
    typed = asked | {"place": f"{asked.get('level', '')}:{asked.get('code', '')}"}
    return _form_page(actor, cycle_id, item, typed)


@pages.get("/tasks/files/<int:file_id>/evidence")
def file_as_evidence(file_id: int) -> ResponseReturnValue:
    """From a file that was handed in for an item's task to the form that makes it evidence."""
    actor = current_actor()
    cycle_id, key, want = offerable.place_of_handed(actor, file_id)
    _instrument, item = rated(cycles.seen(cycle_id, actor), key)
    level, code = answers(item).get(want, ("", ""))
    return redirect(url_for("pages.offer_form", cycle_id=cycle_id, item=key, handed=file_id, level=level, code=code))


@pages.post("/tasks/<int:task_id>/evidence")
def task_as_evidence(task_id: int) -> ResponseReturnValue:
    """All that was handed in last, each file for the evidence item it answers."""
    taken = handed_evidence.offer_handed(task_id, by=current_actor(), now=clock.now(), library=library())
    flash(
        ngettext("%(num)s berkas menjadi draf bukti.", "%(num)s berkas menjadi draf bukti.", taken.offered)
        + (" " + _("Berkas lain dapat dipilih satu per satu.") if taken.left else ""),
        "good",
    )
    return redirect(url_for("pages.cycle_item", cycle_id=taken.cycle_id, item=taken.item), 303)


@pages.post("/cycles/<int:cycle_id>/items/<item>/evidence")
def offer_evidence(cycle_id: int, item: str) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    cycles.seen(cycle_id, actor)
    wish = _wish(form, cycle_id, item)
    if form.problems or wish is None:
        return _form_page(actor, cycle_id, item, form.again(), problems=form.problems), 422
    if (same := _same(actor, wish)) is not None:
        return _form_page(actor, cycle_id, item, form.again(), same=same)
    try:
        made = proving.offer(wish, by=actor, now=clock.now(), library=library())
    except FAULTS as refusal:
        return _form_page(actor, cycle_id, item, form.again(), problems=faults_of(refusal)), 422
    if wish.piece.file is not None and not made.is_new:
        flash(_("Isi berkas ini sudah tersimpan. Yang lama ditautkan, dan tidak disimpan dua kali."), "good")
    else:
        flash(_("Bukti ditambahkan sebagai draf. Ajukan bila sudah lengkap."), "good")
    return redirect(url_for("pages.cycle_item", cycle_id=cycle_id, item=item, _anchor=f"bukti-{made.use_id}"), 303)


def rated(cycle: Seen, item: str) -> tuple[Instrument, Item]:
    """The cycle's instrument and its item of that key, or NotFound."""
    instrument = library().instruments.instrument(cycle.instrument)
    if item not in instrument.items:
        raise NotFound
    return instrument, instrument.items[item]


def item_shape(one: Item, instrument: Instrument) -> dict[str, Any]:
    """What is rated."""
    scale = instrument.scales.get(one.scale)
    return {
        "key": one.key,
        "name": one.name,
        "weight": format_decimal(Decimal(one.weight.numerator) / Decimal(one.weight.denominator)),
        "scale": scale.name if scale else "",
        "misprint": one.misprint,
        "note": one.note,
        "external": one.external,
    }


def _acts_offered(looking: Looking, item: str) -> dict[str, Any] | None:
    """The acts that offer themselves for the item, as long as the cycle is open."""
    actor, cycle = looking.eyes.actor, looking.cycle
    if cycle.is_closed:
        return None
    found = offers_for(actor, cycle, item, under(cycle.instrument), looking.today)
    return item_offers_shape(actor, cycle, item, found)


def _wish(form: Form, cycle_id: int, item: str) -> Offer | None:
    """What the form offers; None where it does not say for which level."""
    level, _colon, code = form.text("place").partition(":")
    level, code = level or form.text("level"), code or form.text("code")
    if not (level.isascii() and level.isdigit() and len(level) < 3):
        form.problems.append(Problem("place", "evidence.place_missing"))
        return None
    came = request.files.get("file")
    file = FilePart(name_of(came.filename), came.read()) if came is not None and came.filename else None
    piece = Piece(file, form.whole("evidence"), form.whole("act"), form.whole("handed"))
    facts = facts_of(form)
    return Offer(cycle_id, item, int(level), piece, code, form.text("pointer"), form.text("explanation"), facts)


def facts_of(form: Form) -> Facts:
    """What the form says of the evidence itself."""
    days = form.day("dated_on"), form.day("expires_on")
    return Facts(*days, signed=bool(sent("signed")), secrecy=form.word("secrecy", Secrecy, Secrecy.BIASA))


def _same(actor: Actor, wish: Offer) -> dict[str, Any] | None:
    """What has the same content already: told once, before it is linked. A file that is not taken is told as such."""
    if wish.piece.file is None or not wish.piece.file.data or sent("again"):
        return None
    found = evidence.same_content(eyes_of(actor), hashlib.sha256(wish.piece.file.data).hexdigest())
    if found is None:
        return None
    kept, uses = found
    here = [use for use in uses if not use.is_withdrawn]
    return {"kept": kept_shape(kept, today_of(actor)), "uses": [_place_of(use) for use in here]}


def _place_of(use: evidence.Use) -> dict[str, Any]:
    return {
        "year": use.year,
        "item": use.item,
        "level": use.level,
        "unit": use.unit_name,
        "state": use.state.value,
        "url": url_for("pages.offered_evidence", use_id=use.id),
    }


def _form_page(actor: Actor, cycle_id: int, item: str, typed: dict[str, str], **more: Any) -> str:
    cycle = cycles.seen(cycle_id, actor)
    instrument, one = rated(cycle, item)
    looking = Looking(eyes_of(actor, cycle), cycle, today_of(actor))
    if not looking.may_offer(item):
        raise NotAllowed("refused.not_allowed", act=Act.OFFER_EVIDENCE.value)
    lowest = lowest_asked(instrument)
    places = [
        (f"{number}:{code}", _("Tingkat %(level)s, %(code)s: %(text)s", level=number, code=code, text=text))
        if code
        else (f"{number}:", _("Tingkat %(level)s, bukti lain", level=number))
        for number, level in sorted(one.levels.items())
        if number >= lowest
        for code, text in (*level.evidence.items(), ("", ""))
    ]
    return render_template(
        "evidence_offer.html",
        cycle=cycle,
        item=item_shape(one, instrument),
        places=places,
        at_hand=[(kept.id, kept.name) for kept in evidence.at_hand(looking.eyes)],
        handed=[(file.id, file.name) for file in offerable.handed_for(actor, cycle_id, item)],
        acts=[
            (act.id, _("%(title)s, Nomor %(number)s", title=act.title, number=act.number))
            for act in offerable.acts_for(actor)
        ],
        typed=typed,
        same=more.get("same"),
        problems=shown(more.get("problems", ()), LABELS),
        screened=library().clamd.is_asked,
    )
