"""Tasks: what the reader's unit is asked, its answer, and what follows from it."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.deliveries import deliveries_of
from governance.kernel import clock
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import unit_names
from governance.tasks import queries, sheets
from governance.tasks.lifecycle import Move
from governance.tasks.queries import Asked, Taken
from governance.tasks.wants import Kind, Want
from web.at_hand import library
from web.forms.hand_in import handed_of, table_shapes
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.home import task_shape
from web.pages.task_shapes import one_shape, step_shape
from web.sheets import Download, handed
from web.wording import marked
from workflows import answering
from workflows.answering import TaskMove
from workflows.handing import Handed

DONE = {
    Move.ACCEPT: marked("Tugas dinyatakan diterima."),
    Move.DECLINE: marked("Penolakan disampaikan kepada yang meminta."),
    Move.ASK_EXTENSION: marked("Permintaan perpanjangan disampaikan."),
    Move.COMMENT: marked("Tanggapan disampaikan."),
    Move.RETURN: marked("Dikembalikan untuk diperbaiki."),
    Move.VERIFY: marked("Dinyatakan lengkap."),
    Move.INSIST: marked("Perangkat daerah itu diberi tahu bahwa tugasnya tetap diminta."),
    Move.REASSIGN: marked("Tugas dialihkan."),
    Move.GRANT_EXTENSION: marked("Perpanjangan diberikan."),
    Move.REFUSE_EXTENSION: marked("Perpanjangan tidak diberikan."),
    Move.CANCEL: marked("Tugas dibatalkan."),
}
LABELS = {"words": marked("Keterangan"), "until": marked("Sampai"), "unit": marked("Dialihkan kepada")}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/tasks")
def tasks() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    mine = queries.tasks_of_unit(actor)
    watched = queries.tasks_handed_out(actor) if permissions.may(actor, Act.WATCH) else []
    return render_template(
        "tasks.html",
        tasks=[task_shape(one, today) for one in mine if one.is_open(today)],
        done=[task_shape(one, today) for one in mine if not one.is_open(today)],
        others=[task_shape(one, today) for one in watched],
        can_ask=permissions.may(actor, Act.ASK),
        next=None,
    )


@pages.get("/tasks/<int:task_id>")
def task(task_id: int) -> ResponseReturnValue:
    actor = current_actor()
    one = queries.task(actor, task_id)
    if one.mine and Move.READ in one.moves:
        answering.read(task_id, by=actor, now=clock.now())
        one = queries.task(actor, task_id)
    return task_page(actor, one)


@pages.post("/tasks/<int:task_id>/move")
def move_task(task_id: int) -> ResponseReturnValue:
    actor = current_actor()
    one, form = queries.task(actor, task_id), Form()
    wish = form.word("move", Move, Move.COMMENT)
    until = form.day("until") if form.text("until") else None
    unit_id, version = form.whole("unit"), form.number("version")
    if form.problems:
        return task_page(actor, one, problems=shown(form.problems, LABELS), typed=form.again()), 422
    asked = TaskMove(task_id, wish, version or 0, form.text("words"), until, unit_id)
    try:
        answering.move(asked, by=actor, now=clock.now())
    except FAULTS as refusal:
        return task_page(actor, one, problems=shown(faults_of(refusal), LABELS), typed=form.again()), 422
    flash(_(DONE[wish]), "good")
    back = "pages.asked" if sent("back") == "round" else "pages.task"
    key: dict[str, Any] = {"assignment_id": one.assignment_id} if sent("back") == "round" else {"task_id": task_id}
    return redirect(url_for(back, **key), 303)


@pages.post("/tasks/<int:task_id>/hand-in")
def hand_in(task_id: int) -> ResponseReturnValue:
    actor = current_actor()
    one = queries.task(actor, task_id)
    form = Form()
    version = form.number("version")
    given = handed_of(one.id, version or 0, one.wants, sent("note"))
    if sent("add"):
        return task_page(actor, one, typed=form.again(), given=given)
    if not form.problems:
        try:
            answering.hand_in(given, by=actor, now=clock.now(), library=library())
        except FAULTS as refusal:
            form.problems += faults_of(refusal)
    if form.problems:
        return task_page(
            actor, one, problems=shown(form.problems, labels_of(one)), typed=form.again(), given=given
        ), 422
    flash(_("Diserahkan. Yang meminta diberi tahu."), "good")
    return redirect(url_for("pages.task", task_id=task_id), 303)


@pages.get("/tasks/<int:task_id>/sheet")
def task_sheet(task_id: int) -> Response:
    """The form of a table as .xlsx, with what was handed in last."""
    actor = current_actor()
    one = queries.task(actor, task_id)
    want = table_wanted(one.wants, request.args.get("table", ""))
    rows = last_tables(queries.steps(actor, task_id)).get(want.key, [])
    return handed(Download(sheets.template(want, rows), f"tugas-{task_id}-{want.key}.xlsx", SHEET))


@pages.get("/tasks/files/<int:file_id>")
def handed_file(file_id: int) -> Response:
    file = queries.handed_file(current_actor(), file_id)
    return handed(Download(library().files.read(file.sha256), file.name, file.media))


def table_wanted(wants: Sequence[Want], key: str) -> Want:
    """The table of that key; the first where none is named; NotFound where there is none."""
    found = [want for want in wants if want.kind is Kind.TABLE and key in ("", want.key)]
    if not found:
        raise NotFound
    return found[0]


def last_tables(steps: Sequence[Taken]) -> dict[str, list[dict[str, str]]]:
    """The rows of each table as they were handed in last."""
    kept: dict[str, list[dict[str, str]]] = {}
    for step in steps:
        kept |= step.tables
    return kept


def labels_of(one: Asked) -> dict[str, str]:
    """What each thing that is asked for is called."""
    return {want.key: want.label for want in one.wants} | {"note": _("Keterangan"), "files": _("Berkas")}


def task_page(
    actor: Actor, one: Asked, *, problems: Any = (), typed: dict[str, str] | None = None, given: Handed | None = None
) -> str:
    """One task: what and why, its answer, its story."""
    labels = {want.key: want for want in one.wants}
    named = deliveries_of(actor, one.document_id) if one.document_id else []
    steps = queries.steps(actor, one.id)
    story = [step_shape(step, labels) for step in steps]
    return render_template(
        "task.html",
        task=one_shape(one, today_of(actor)),
        story=story,
        returned=next((step["words"] for step in reversed(story) if step["move"] == "return"), ""),
        units=unit_names(actor.institution_id) if Move.REASSIGN in one.moves else [],
        problems=list(problems),
        typed=typed or {},
        delivery=next((row.id for row in named if row.mine and row.received_on is None), None),
        tables=table_shapes(one.wants, last_tables(steps), given),
    )
