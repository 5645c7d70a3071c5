"""Officials: every post with who holds it, the gaps, and the administrator's forms."""

from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.touched import InPerson, Reader, Touched, in_person, touched
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.holdings import SOON, Held, acting_in, gaps, too_long
from governance.people.manners import Manner
from governance.people.officials import Official, official, officials, persons
from governance.people.permissions import Act
from governance.people.queries import PREFIX
from governance.people.roles import Role
from web.at_hand import library
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.wording import marked, told
from workflows import appointing
from workflows.appointing import NewAccount, NewEnd, NewHolding

LABELS = {
    "person": marked("Pejabat"),
    "manner": marked("Sebagai"),
    "from_on": marked("Hari pertama"),
    "to_on": marked("Hari terakhir"),
    "letter": marked("Nomor surat"),
    "letter_date": marked("Tanggal surat"),
    "name": marked("Nama"),
    "username": marked("Nama pengguna"),
    "email": marked("Surel"),
}
MANNERS = {
    Manner.DEFINITIVE: marked("Definitif"),
    Manner.PJ: marked("Penjabat (Pj.)"),
    Manner.PLT: marked("Pelaksana tugas (Plt.)"),
    Manner.PLH: marked("Pelaksana harian (Plh.)"),
}
LOOKING_BACK = timedelta(days=365)
ACTING_SECRETARY = "acting_sekda"  # the rule that says how long


@pages.get("/people")
def people() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    rows = [_row(one, today) for one in officials(actor.institution_id)]
    return render_template(
        "people.html",
        posts=rows,
        empty=[row for row in rows if not row["holder"]],
        ending=[row for row in rows if row["holder"] and row["gap"]],
        can_keep=permissions.may(actor, Act.KEEP_HOLDINGS),
    )


@pages.route("/people/<int:post_id>", methods=["GET", "POST"])
def official_post(post_id: int) -> ResponseReturnValue:
    actor = current_actor()
    one = official(actor.institution_id, post_id)
    if request.method == "GET":
        return _page(actor, one, {}, [])
    permissions.require(actor, Act.KEEP_HOLDINGS)
    form = Form()
    new = _wished(form, post_id)
    if form.problems or new is None:
        return _page(actor, one, form.again(), form.problems), 422
    try:
        entered = appointing.enter(new, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, one, form.again(), refusal.problems), 422
    if entered.password is not None:  # Shown on this very page, once: it is kept nowhere.
        return _page(actor, official(actor.institution_id, post_id), {}, [], password=entered.password)
    flash(_("Pemegang jabatan dicatat."), "good")
    return redirect(url_for("pages.official_post", post_id=post_id), 303)


@pages.post("/holdings/<int:holding_id>")
def change_holding(holding_id: int) -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_HOLDINGS)
    form = Form()
    version, post_id = form.number("version"), form.number("post")
    to_on = form.day("to_on")
    one = official(actor.institution_id, post_id or 0)
    if form.problems:
        return _page(actor, one, {}, form.problems), 422
    try:
        if sent("withdraw"):
            appointing.withdraw(holding_id, version or 0, by=actor, now=clock.now(), library=library())
        else:
            end = NewEnd(holding_id, to_on, version or 0)
            appointing.correct_end(end, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, one, {}, refusal.problems), 422
    flash(_("Penugasan dibatalkan.") if sent("withdraw") else _("Hari terakhir diubah."), "good")
    return redirect(url_for("pages.official_post", post_id=one.post_id), 303)


def _wished(form: Form, post_id: int) -> NewHolding | None:
    """What the form asks for; None where a day is missing."""
    from_on, to_on = form.day("from_on", required=True), form.day("to_on")
    person_id, name = form.whole("person"), form.text("name")
    account = NewAccount(form.text("username"), name, form.text("email")) if name and person_id is None else None
    manner, letter_date = form.word("manner", Manner, Manner.DEFINITIVE), form.day("letter_date")
    if from_on is None:
        return None
    return NewHolding(post_id, manner, from_on, to_on, form.text("letter"), letter_date, person_id, account)


def _row(one: Official, today: date) -> dict[str, Any]:
    holder = acting_in(one.holders, today)
    coming = [gap for gap in gaps(one.holders, today, today + SOON) if gap.from_on > today]
    return {
        "id": one.post_id,
        "title": one.title,
        "unit": one.unit_name,
        "url": url_for("pages.official_post", post_id=one.post_id),
        "holder": _held(holder, today) if holder else None,
        "stands_in_for": next(
            (held.name for held in one.holders if holder and held.covers(today) and held is not holder), ""
        ),
        "gap": coming[0] if coming else None,
    }


def _held(one: Held, today: date) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "manner": one.manner.value,
        "as": _(MANNERS[one.manner]),
        "from_on": one.from_on,
        "to_on": one.to_on,
        "letter": one.letter,
        "letter_date": one.letter_date,
        "now": one.covers(today),
        "coming": one.from_on > today,
        "over": one.last < today,
    }


def _stood_in(one: Held, acting: Held | None, today: date) -> dict[str, str]:
    """Who acts today in the place of one who holds the post; "" where he acts himself."""
    away = one.covers(today) and acting is not None and acting is not one
    return {"stood_in_by": f"{PREFIX[acting.manner]}{acting.name}" if away and acting else ""}


def _warnings(one: Official, today: date) -> list[str]:
    """An acting Sekda whose term is longer than the law allows."""
    rule = library().law.deadlines[ACTING_SECRETARY]
    if one.role is not Role.SECRETARY:
        return []
    longest = {Manner.PLH: rule.months_prevented, Manner.PJ: rule.months_vacant}  # He is away, or there is none.
    return [
        f"{held.name}: " + told("holding.too_long", {"rule": rule.rule, "article": rule.article})
        for held in one.holders
        if held.last >= today and (months := longest.get(held.manner)) is not None and too_long(held, months)
    ]


def _touched(one: Touched) -> dict[str, Any]:
    return {
        "title": one.title,
        "url": url_for("pages.document", document_id=one.id),
        "state": one.state.value,
        "waits": one.waits,
        "signs": one.signs,
    }


def _in_person(one: InPerson) -> dict[str, Any]:
    """A team decree that names who holds, held or will hold the post."""
    return {
        "title": one.title,
        "url": url_for("pages.document", document_id=one.id),
        "state": one.state.value,
        "names": ", ".join(one.names),
    }


def _page(actor: Actor, one: Official, form: dict[str, Any], problems: Any, *, password: str | None = None) -> str:
    today = today_of(actor)
    kinds = [kind.key for kind in library().kinds.values() if kind.establishes is one.role]
    teams = [kind.key for kind in library().kinds.values() if kind.roles]
    reader, acting = Reader(actor), acting_in(one.holders, today)
    found, more = touched(actor, one.post_id, kinds, reader)
    named, more_named = in_person(actor, [held.name for held in one.holders], teams, today, reader)
    may = permissions.may(actor, Act.KEEP_HOLDINGS)
    return render_template(
        "official.html",
        post=_row(one, today),
        post_id=one.post_id,
        holders=[_held(held, today) | _stood_in(held, acting, today) for held in reversed(one.holders)],
        gaps=gaps(one.holders, today - LOOKING_BACK, today + SOON) if one.holders else [],
        warnings=_warnings(one, today),
        touched=[_touched(document) for document in found],
        in_person=[_in_person(decree) for decree in named],
        most=reader.most,
        more=more,
        more_named=more_named,
        form={"manner": "definitive", "person": "", "from_on": "", **form},
        persons=[(known.id, f"{known.name} ({known.username})") for known in persons(actor.institution_id)]
        if may
        else [],
        manners=[(manner.value, _(words)) for manner, words in MANNERS.items()],
        can_keep=may,
        password=password,
        problems=shown(list(problems), LABELS),
    )
