"""What an act proves: under each instrument, after which declaration, and what not; declared and offered here."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import acts_offered, cycles, declarations
from governance.assessment.declarations import DeclarationTold
from governance.assessment.evidence import at_hand
from governance.assessment.evidence_models import Declared
from governance.assessment.eyes import Eyes
from governance.assessment.offers import ActTold, Term, declarable, offering
from governance.documents import queries
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter
from governance.tasks.handing_in import FilePart
from web.at_hand import library
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.proof_shapes import (
    act_shape,
    declaration_shape,
    not_proven_shape,
    offering_shape,
    proofs_shape,
    uncovered_shape,
    under,
)
from web.pages.shapes import document_shape
from web.pages.signing_in import own_address
from web.wording import marked
from workflows import declaring
from workflows import offering as offering_verbs
from workflows.declaring import NewDeclaration
from workflows.offering import Taking

LABELS = {
    "state": marked("Keadaan"),
    "on": marked("Tanggal"),
    "file": marked("Berkas bukti"),
    "evidence": marked("Bukti yang tersimpan"),
    "pointer": marked("Halaman atau pasal"),
    "explanation": marked("Penjelasan"),
    "place": marked("Untuk"),
    "level": marked("Untuk"),
    "code": marked("Untuk"),
    "reason": marked("Alasan"),
}


@pages.get("/documents/<int:document_id>/proofs")
def document_proofs(document_id: int) -> ResponseReturnValue:
    return _page(document_id)


@pages.post("/documents/<int:document_id>/declarations")
def declare(document_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    on, evidence_id, data = form.day("on", required=True), form.whole("evidence"), form.file("file")
    state, pointer = form.text("state", required=True), form.text("pointer")
    file = FilePart(request.files["file"].filename or "", data) if data is not None else None
    if state and state not in set(Declared):
        form.problems.append(Problem("state", "proof.not_asked"))
    if form.problems or on is None:
        return _page(document_id, problems=form.problems, typed=form.again()), 422
    new = NewDeclaration(document_id, Declared(state), on, pointer, evidence_id, file)
    try:
        declaring.declare(new, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(document_id, problems=refusal.problems, typed=form.again()), 422
    flash(_("Pernyataan dicatat bersama buktinya."), "good")
    return redirect(url_for("pages.document_proofs", document_id=document_id, _anchor="pernyataan"), 303)


@pages.post("/declarations/<int:declaration_id>/withdraw")
def withdraw_declaration(declaration_id: int) -> ResponseReturnValue:
    actor = current_actor()
    document_id = declarations.document_of(actor, declaration_id)
    try:
        declaring.withdraw(declaration_id, sent("reason"), by=actor, now=clock.now())
    except Invalid as refusal:
        return _page(document_id, problems=refusal.problems), 422
    flash(_("Pernyataan ditarik. Catatannya tetap terbaca bersama alasannya."), "good")
    return redirect(url_for("pages.document_proofs", document_id=document_id, _anchor="pernyataan"), 303)


@pages.post("/documents/<int:document_id>/offer")
def take_offer(document_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    cycle_id, item, (level, _colon, code) = form.number("cycle"), form.text("item"), form.text("place").partition(":")
    if not (level.isascii() and level.isdecimal() and len(level) < 3):
        form.problems.append(Problem("place", "field.missing"))
    if form.problems or cycle_id is None:
        return _page(document_id, problems=form.problems, typed=form.again()), 422
    pointer, explanation = form.text("pointer"), form.text("explanation")
    taking = Taking(cycle_id, document_id, item, int(level), pointer, code, explanation)
    try:
        offering_verbs.take_offer(taking, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(document_id, problems=refusal.problems, typed=form.again()), 422
    flash(_("Ditawarkan sebagai bukti. Ajukan kepada asesor dari halaman indikatornya."), "good")
    back = form.text("next") or url_for("pages.document_proofs", document_id=document_id)
    return redirect(own_address(back), 303)


@pages.get("/cycles/<int:cycle_id>/offers")
def cycle_offers(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    read_under, typed = under(cycle.instrument), request.args.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None
    found, more = acts_offered.offered_in(actor, cycle, read_under, today_of(actor), after)
    return render_template(
        "cycle_offers.html",
        cycle=cycle,
        instrument=read_under.instrument.title,
        acts=[offering_shape(one, read_under, actor, cycle) for one in found],
        uncovered=uncovered_shape(read_under),
        next=url_for("pages.cycle_offers", cycle_id=cycle_id, after=more) if more else None,
    )


def _page(document_id: int, problems: Any = (), typed: Any = None) -> str:
    actor = current_actor()
    today, law = today_of(actor), library().law
    cycle = cycles.at_hand(actor)
    open_cycle = cycle if cycle and not cycle.is_closed else None
    seen = queries.document(actor, document_id, today)
    act, said = acts_offered.act_page(actor, document_id, open_cycle.id if open_cycle else None) or (None, [])
    return render_template(
        "document_proofs.html",
        document=document_shape(seen),
        kind=seen.kind,
        act=act_shape(offering(act, under(_keys(open_cycle)[0]), _term(open_cycle, today))) if act else None,
        cycle=open_cycle,
        proven=_proven(act, open_cycle, actor, today) if act else [],
        **not_proven_shape(seen.kind, law),
        **_declaring(actor, seen, act, said),
        today=today,
        typed=typed or {},
        problems=shown(problems, LABELS),
    )


def _proven(act: ActTold, cycle: cycles.Seen | None, actor: Actor, today: date) -> list[dict[str, Any]]:
    """Under the cycle's instrument first, then the others, the newest first; those under which it proves anything."""
    found = []
    for key in _keys(cycle):
        of_cycle = cycle if cycle and cycle.instrument == key else None
        read_under = under(key)
        read = offering(act, read_under, _term(of_cycle, today))
        if read.offers:
            found.append(proofs_shape(read, read_under, actor, of_cycle, today))
    return found


def _declaring(actor: Actor, seen: Seen, act: ActTold | None, said: list[DeclarationTold]) -> dict[str, Any]:
    """What was declared, and what this reader may declare."""
    law = library().law
    may = act is not None and permissions.may(actor, Act.DECLARE, Matter(initiating_unit_id=seen.unit_id))
    states = declarable(seen.kind, law) if may else ()
    kept = at_hand(Eyes(actor)) if states else []
    return {
        "declared": [declaration_shape(one, law) for one in said],
        "states": [(one.value, law.proof_states[one.value].title) for one in states],
        "kept": [(one.id, one.name) for one in kept if one.act_id is None],
        "can_declare": may,
    }


def _term(cycle: cycles.Seen | None, today: date) -> Term:
    return acts_offered.term_of(cycle, today) if cycle else Term(today)


def _keys(cycle: cycles.Seen | None) -> list[str]:
    """The instruments at hand, the cycle's first, then the newest."""
    newest_first = tuple(library().law.instruments)[::-1]
    return list(dict.fromkeys((*([cycle.instrument] if cycle else ()), *newest_first)))
