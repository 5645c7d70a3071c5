"""Delegations: which post signs which kinds in whose name (a.n.), and the administrator's forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.delegation_models import Delegation
from governance.documents.delegations import delegations_of
from governance.documents.text import Form as Built
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library, titles_of
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import kind_title
from web.wording import marked
from workflows import delegating
from workflows.delegating import NewDelegation

LABELS = {
    "from_post": marked("Pemberi"),
    "to_post": marked("Penerima"),
    "kinds": marked("Jenis dokumen"),
    "from_on": marked("Hari pertama"),
    "to_on": marked("Hari terakhir"),
    "letter": marked("Nomor surat"),
    "letter_date": marked("Tanggal surat"),
}


@pages.route("/delegations", methods=["GET", "POST"])
def delegations() -> ResponseReturnValue:
    actor = current_actor()
    if request.method == "GET":
        return _page(actor, {}, ())
    permissions.require(actor, Act.KEEP_DELEGATIONS)
    form = Form()
    try:
        delegating.enter(_wished(form), by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, form.again(), refusal.problems), 422
    flash(_("Delegasi dicatat."), "good")
    return redirect(url_for("pages.delegations"), 303)


@pages.post("/delegations/<int:delegation_id>/withdraw")
def withdraw_delegation(delegation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    delegating.withdraw(delegation_id, by=actor, now=clock.now())
    flash(_("Delegasi dicabut. Yang sudah ditandatangani dengannya tetap berlaku."), "good")
    return redirect(url_for("pages.delegations"), 303)


def _wished(form: Form) -> NewDelegation:
    """What the form asks for; Invalid where something is missing."""
    giver, receiver = form.number("from_post"), form.number("to_post")
    from_on, to_on = form.day("from_on", required=True), form.day("to_on", required=True)
    letter, letter_date = form.text("letter", required=True), form.day("letter_date", required=True)
    kinds = form.many("kinds")
    if not kinds:
        form.problems.append(Problem("kinds", "delegation.no_kinds"))
    if form.problems or giver is None or receiver is None or from_on is None or to_on is None or letter_date is None:
        raise Invalid(*form.problems)
    return NewDelegation(giver, receiver, kinds, from_on, to_on, letter, letter_date)


def _page(actor: Actor, form: Mapping[str, Any], problems: tuple[Problem, ...]) -> str:
    titles, today = titles_of(actor), today_of(actor)
    may = permissions.may(actor, Act.KEEP_DELEGATIONS)
    rows = [_row(one, titles, today, actor) for one in delegations_of(actor.institution_id)]
    return render_template(
        "delegations.html",
        rows=rows,
        holding=[row for row in rows if row["state"] == "now"],
        can_keep=may,
        posts=list(titles.items()) if may else [],
        kinds=[(one.key, kind_title(one.key)) for one in library().kinds.values() if one.form is not Built.REGULATION],
        chosen=request.form.getlist("kinds"),
        form={**dict.fromkeys(LABELS, ""), **form},
        problems=shown(problems, LABELS),
    )


def _row(one: Delegation, titles: Mapping[int, str], today: date, actor: Actor) -> dict[str, Any]:
    state = "withdrawn" if one.withdrawn_at else "coming" if one.from_on > today else "over"
    if not one.withdrawn_at and one.from_on <= today <= one.to_on:
        state = "now"
    return {
        "id": one.id,
        "giver": titles[one.from_post_id],
        "receiver": titles[one.to_post_id],
        "kinds": [kind_title(key) for key in one.kinds],
        "from_on": one.from_on,
        "to_on": one.to_on,
        "letter": one.letter,
        "letter_date": one.letter_date,
        "by_title": one.by_title,
        "withdrawn_by": one.withdrawn_by,
        "withdrawn_at": one.withdrawn_at,
        "state": state,
        "can_end": state in ("now", "coming") and actor.post_id not in (one.from_post_id, one.to_post_id),
    }
