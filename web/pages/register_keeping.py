"""Keeping the register: Bagian Hukum enters, corrects and closes regulations, and notes what it found of them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound
from governance.mandates.entries import SORTS, Fact, Relation
from governance.mandates.register import Register, register_of
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import Form, shown
from web.forms.regulation import (
    ENTRY_LABELS,
    FACT_LABELS,
    entry_sent,
    fact_sent,
    form_from,
    form_of,
    seen_version,
    typed,
)
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.regulation_shapes import sure_words
from web.pages.regulations import regulation_page
from web.pages.shapes import kinds_to_record
from workflows import noting, registering
from workflows.registering import Closing

BLANK = dict.fromkeys((*ENTRY_LABELS, *FACT_LABELS), "") | {"kinds": (), "how_sure": "read", "version": 0}


@pages.route("/regulations/new", methods=["GET", "POST"])
def new_regulation() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_REGISTER)
    if request.method == "GET":
        return _entry_page(actor, "", {})
    return _entered(actor, "")


@pages.route("/regulations/<key>/edit", methods=["GET", "POST"])
def edit_regulation(key: str) -> ResponseReturnValue:
    """Correct the institution's own entry, or complete one that the register waits for."""
    actor = current_actor()
    permissions.require(actor, Act.KEEP_REGISTER)
    register = register_of(actor.institution_id, library().law)
    regulation, entry = register.law.regulation(key), register.entry(key)
    if request.method == "POST":
        return _entered(actor, key, correcting=entry is not None and key in register.law.entered)
    if entry is not None and key in register.law.entered:
        return _entry_page(actor, key, form_of(entry))
    kinds = register.law.kinds_citing(key, register.institution, today_of(actor))
    used_everywhere = len(kinds) == len(register.law.mandates)
    return _entry_page(actor, key, form_from(regulation, () if used_everywhere else kinds))


@pages.post("/regulations/<key>/close")
def close_regulation(key: str) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_REGISTER)
    register_of(actor.institution_id, library().law).law.regulation(key)
    form = Form()
    closing = Closing(seen_version(), form.day("closed_on"), form.text("reason"))
    try:
        if form.problems:
            raise Invalid(*form.problems)
        registering.close(key, closing, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return regulation_page(key, form=form.again(), problems=shown(refusal.problems, ENTRY_LABELS)), 422
    flash(_("Butir ditutup. Butirnya tetap dapat dibaca, tetapi tidak dipakai lagi."), "good")
    return redirect(url_for("pages.regulation", key=key), 303)


@pages.route("/regulations/<key>/facts/new", methods=["GET", "POST"])
def new_fact(key: str) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_REGISTER)
    register = register_of(actor.institution_id, library().law)
    register.law.regulation(key)
    relation = _relation(request.values.get("relation", ""))
    if request.method == "GET":
        return _fact_page(actor, register, Fact(key, relation, ""), {})
    form = Form()
    fact = fact_sent(form, key, relation)
    try:
        if form.problems:
            raise Invalid(*form.problems)
        noting.enter(fact, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _fact_page(actor, register, fact, typed(form, "kinds"), refusal), 422
    if relation is Relation.CITED:
        flash(_("Dicatat. Rancangan jenis itu mengutipnya mulai sekarang."), "good")
    else:
        flash(_("Dicatat. Dokumen yang mengutipnya ada di bawah, dan pemrakarsanya diberi tahu."), "good")
    return redirect(url_for("pages.regulation", key=key, _anchor="tinjau"), 303)


@pages.route("/regulations/facts/<int:fact_id>", methods=["GET", "POST"])
def edit_fact(fact_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_REGISTER)
    register = register_of(actor.institution_id, library().law)
    known = _fact(register, fact_id)
    if request.method == "GET":
        return _fact_page(actor, register, known, vars(known))
    form = Form()
    fact = fact_sent(form, known.key, known.relation, fact_id)
    try:
        if form.problems:
            raise Invalid(*form.problems)
        noting.correct(fact, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _fact_page(actor, register, known, typed(form, "kinds"), refusal), 422
    flash(_("Catatan diperbaiki."), "good")
    return redirect(url_for("pages.regulation", key=known.key, _anchor="catatan"), 303)


@pages.post("/regulations/facts/<int:fact_id>/close")
def close_fact(fact_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_REGISTER)
    register = register_of(actor.institution_id, library().law)
    known = _fact(register, fact_id)
    form = Form()
    closing = Closing(seen_version(), form.day("closed_on"), form.text("reason"))
    try:
        if form.problems:
            raise Invalid(*form.problems)
        noting.close(fact_id, closing, by=actor, now=clock.now())
    except Invalid as refusal:
        return _fact_page(actor, register, known, vars(known) | form.again(), refusal), 422
    flash(_("Catatan ditutup. Daftar peraturan tidak mengikutinya lagi."), "good")
    return redirect(url_for("pages.regulation", key=known.key, _anchor="catatan"), 303)


def _entered(actor: Actor, key: str, *, correcting: bool = False) -> ResponseReturnValue:
    form = Form()
    entry = entry_sent(form, key)
    try:
        if form.problems:
            raise Invalid(*form.problems)
        if correcting:
            registering.correct(entry, by=actor, now=clock.now(), library=library())
        else:
            key = registering.enter(entry, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _entry_page(actor, key, typed(form, "kinds"), refusal), 422
    flash(_("Butir diperbaiki.") if correcting else _("Butir masuk ke daftar peraturan."), "good")
    return redirect(url_for("pages.regulation", key=key), 303)


def _entry_page(actor: Actor, key: str, form: dict[str, Any], refused: Invalid | None = None) -> str:
    register = register_of(actor.institution_id, library().law)
    known = register.law.regulations.get(key)
    return render_template(
        "regulation_entry.html",
        form=BLANK | form,
        key=key,
        name=known.name if known else "",
        correcting=key in register.law.entered,
        types=[(type_, sort.name) for type_, sort in SORTS.items()],
        kinds=kinds_to_record(),
        sure=[(word, sure_words(word)) for word in ("read", "secondary", "memory")],
        problems=shown(refused.problems if refused else (), ENTRY_LABELS),
    )


def _fact_page(
    actor: Actor, register: Register, fact: Fact, form: dict[str, Any], refused: Invalid | None = None
) -> str:
    known = register.law.regulation(fact.key)
    return render_template(
        "regulation_fact.html",
        form=BLANK | form,
        fact=fact,
        name=known.name,
        regulations=[(one.key, _choice(one)) for one in register.in_order() if one.key != fact.key],
        kinds=kinds_to_record(),
        sure=[(word, sure_words(word)) for word in ("read", "secondary", "memory")],
        today=today_of(actor),
        problems=shown(refused.problems if refused else (), FACT_LABELS),
    )


def _choice(regulation: Any) -> str:
    named: str = regulation.name
    words = named if regulation.title == named else f"{named}: {regulation.title}"
    return words[:120]


def _relation(word: str) -> Relation:
    return Relation(word) if word in set(Relation) else Relation.REVOKED


def _fact(register: Register, fact_id: int) -> Fact:
    found = next((fact for fact in register.facts if fact.id == fact_id), None)
    if found is None:
        raise NotFound
    return found
