"""Asking other units: a new task for one or many, what became of it, who is late, and one click that reminds them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.documents.queries import document
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.obligations.queries import obligation
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import unit_named, unit_names
from governance.people.roles import Role
from governance.tasks import queries
from governance.tasks.lifecycle import State
from governance.tasks.models import Source
from web.at_hand import institution_of
from web.forms.reading import Form, sent, shown
from web.forms.wants import CELLS, form_of_wants, wants_sent
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.home import obligation_title
from web.pages.task_shapes import SOURCES, copy_shape, round_shape, want_shape
from web.wording import marked
from workflows import asking
from workflows.asking import NewAssignment

LABELS = {
    "what": marked("Yang diminta"),
    "why": marked("Dasarnya"),
    "due_on": marked("Paling lambat"),
    "units": marked("Perangkat daerah"),
    "place": marked("Rujukan"),
    "wants": marked("Yang diserahkan"),
}
NEEDED = {
    Source.OBLIGATION: marked("Pasal yang mewajibkannya; sudah terisi bila diminta dari halaman tenggat."),
    Source.INDICATOR: marked("Nomor dan nama indikator, dan bukti yang masih kurang."),
    Source.FINDING: marked("Nomor temuan dan laporan auditnya, dengan tanggal laporan."),
    Source.RECOMMENDATION: marked("Butir rekomendasi dan hasil evaluasi yang memuatnya."),
    Source.MEETING: marked("Notula rapat: tanggal, dan butir keputusannya."),
    Source.CIRCULAR: marked("Nomor, tanggal, dan perihal surat edaran."),
    Source.BY_HAND: marked("Pasal, surat, atau pimpinan yang memintanya."),
}
BY_HAND = tuple(source for source in Source if source is not Source.DICTUM)


@pages.route("/tasks/new", methods=["GET", "POST"])
def new_task() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.ASK)
    form = Form()
    if request.method == "GET":
        return _new_page(actor, _first(), [])
    if sent("add"):
        return _new_page(actor, form.again(), [])
    new = _asked_for(form, actor)
    if form.problems:
        return _new_page(actor, form.again(), form.problems), 422
    try:
        assignment_id = asking.ask(new, by=actor, now=clock.now())
    except Invalid as refusal:
        return _new_page(actor, form.again(), refusal.problems), 422
    count = len(set(new.unit_ids))
    flash(
        ngettext("Diminta kepada %(num)s perangkat daerah.", "Diminta kepada %(num)s perangkat daerah.", count), "good"
    )
    return redirect(url_for("pages.asked", assignment_id=assignment_id), 303)


@pages.get("/tasks/asked")
def all_asked() -> ResponseReturnValue:
    actor = current_actor()
    after = request.args.get("after", "")
    rounds = queries.rounds(actor, today_of(actor), int(after) if after.isdecimal() and len(after) < 16 else None)
    more = url_for("pages.all_asked", after=rounds[-1].id) if len(rounds) == queries.PAGE else None
    can_ask = permissions.may(actor, Act.ASK)
    return render_template("tasks_asked.html", rounds=[round_shape(one) for one in rounds], next=more, can_ask=can_ask)


@pages.get("/tasks/asked/<int:assignment_id>")
def asked(assignment_id: int) -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    found = queries.copies(actor, assignment_id)
    copies = [copy_shape(one, today) for one in found]
    first = found[0]
    return render_template(
        "task_round.html",
        what=copies[0]["what"],
        why=copies[0]["basis"],
        source=_(SOURCES[first.source.value]),
        asked_by=first.asked_by,
        document_url=url_for("pages.document", document_id=first.document_id) if first.document_id else "",
        document_title=first.document_title,
        wants=[want_shape(want) for want in first.wants],
        copies=copies,
        late=sum(copy["state"] == "late" for copy in copies),
        done=sum(one.state is State.VERIFIED for one in found),
        follows_up=first.follows_up,
        remind_url=url_for("pages.remind_late", assignment_id=assignment_id),
    )


@pages.post("/tasks/asked/<int:assignment_id>/remind")
def remind_late(assignment_id: int) -> ResponseReturnValue:
    count = asking.remind_late(assignment_id, by=current_actor(), now=clock.now())
    if count:
        said = ngettext("%(num)s yang terlambat diingatkan.", "%(num)s yang terlambat diingatkan.", count)
        flash(said, "good")
    else:
        flash(_("Tidak ada yang terlambat."), "good")
    return redirect(url_for("pages.asked", assignment_id=assignment_id), 303)


def _first() -> dict[str, Any]:
    """What the form begins with: an address may name the document, obligation or source it is about."""
    names = ("source", "document", "obligation", "what", "why", "place")
    return {name: request.args.get(name, "")[:400] for name in names}


def _asked_for(form: Form, actor: Actor) -> NewAssignment:
    units = tuple(int(one) for one in form.many("units") if one.isascii() and one.isdigit() and len(one) < 10)
    if form.text("all_units"):
        units = tuple(key for key, _name in _others(actor))
    return NewAssignment(
        source=form.word("source", Source, Source.BY_HAND),
        what=form.text("what"),
        unit_ids=units,
        why=form.text("why"),
        place=form.text("place"),
        due_on=form.day("due_on"),
        wants=wants_sent(),
        document_id=form.whole("document"),
        obligation_id=form.whole("obligation"),
    )


def _others(actor: Actor) -> list[tuple[int, str]]:
    """Every unit but the one that asks and the head of the region's own, which is no office that is asked."""
    head = institution_of(actor).post_of(Role.HEAD_OF_REGION)
    left_out = {actor.unit_id, unit_named(actor.institution_id, head.unit) if head else None}
    return [(key, name) for key, name in unit_names(actor.institution_id) if key not in left_out]


def _new_page(actor: Actor, form: dict[str, Any], problems: Any) -> str:
    source = form.get("source", "") if form.get("source", "") in set(BY_HAND) else Source.BY_HAND.value
    return render_template(
        "task_new.html",
        form={"due_on": "", **form, "source": source},
        sources=[(one.value, _(SOURCES[one.value])) for one in BY_HAND],
        needs=[(one.value, _(SOURCES[one.value]), _(NEEDED[one])) for one in BY_HAND],
        about=_about(actor, form),
        units=_others(actor),
        chosen=set(request.form.getlist("units")),
        cells=[(cell.value, _(words)) for cell, words in CELLS.items()],
        today=today_of(actor),
        problems=shown(problems, LABELS),
        **form_of_wants(),
    )


def _about(actor: Actor, form: dict[str, Any]) -> dict[str, str]:
    """The obligation or document that the address names, as the form says it; nothing where none is named."""
    numbers = {name: str(form.get(name, "")) for name in ("obligation", "document")}
    plain = {name: int(text) for name, text in numbers.items() if text.isascii() and text.isdigit() and len(text) < 10}
    if "obligation" in plain:
        due = obligation(actor, plain["obligation"], today_of(actor))
        return {"title": obligation_title(due), "url": url_for("pages.deadline", obligation_id=due.id)}
    if "document" in plain:
        found = document(actor, plain["document"], today_of(actor))
        return {"title": found.title, "url": url_for("pages.document", document_id=found.id)}
    return {}
