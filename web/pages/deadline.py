"""One obligation: why its date is what it is, its story, and the answers it can be given."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.obligations import queries
from governance.obligations.queries import Due
from governance.people.actors import Actor
from governance.tasks.lifecycle import State
from governance.tasks.queries import tasks_of_obligation
from web.at_hand import library
from web.forms.reading import FAULTS, Form, faults_of, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.deadline_shapes import happening_shape, whole_shape
from web.pages.documents import today_of
from web.pages.task_shapes import copy_shape
from web.sheets import handed, scan_kept
from web.wording import marked
from workflows import fulfilling
from workflows.fulfilling import Report

LABELS = {
    "how": marked("Dengan apa dipenuhi"),
    "on": marked("Dipenuhi pada"),
    "file": marked("Laporan"),
    "task": marked("Penyerahan"),
    "reason": marked("Alasan"),
}


@pages.get("/deadlines/<int:obligation_id>")
def deadline(obligation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return _page(actor, queries.obligation(actor, obligation_id, today_of(actor)))


@pages.get("/deadlines/<int:obligation_id>/report")
def deadline_report(obligation_id: int) -> Response:
    sha256 = queries.report_of(current_actor(), obligation_id)
    return handed(scan_kept(sha256, f"kewajiban-{obligation_id}-laporan"))


@pages.post("/deadlines/<int:obligation_id>/done")
def report_deadline(obligation_id: int) -> ResponseReturnValue:
    form = Form()
    version, on, file = form.number("version"), form.day("on"), form.scan("file")
    given = Report(obligation_id, version or 0, form.text("how"), on, file, form.whole("task"))
    answer = lambda by: fulfilling.report(given, by=by, now=clock.now(), library=library())  # noqa: E731
    return _answered(obligation_id, form, answer, _("Dilaporkan terpenuhi. Pengingatnya berhenti."))


@pages.post("/deadlines/<int:obligation_id>/waive")
def waive_deadline(obligation_id: int) -> ResponseReturnValue:
    form = Form()
    version, reason = form.number("version") or 0, form.text("reason")
    answer = lambda by: fulfilling.waive(obligation_id, version, reason, by=by, now=clock.now())  # noqa: E731
    return _answered(obligation_id, form, answer, _("Dinyatakan tidak perlu dipenuhi. Yang terkait diberi tahu."))


@pages.post("/deadlines/<int:obligation_id>/take-back")
def take_back_deadline(obligation_id: int) -> ResponseReturnValue:
    form = Form()
    version, reason = form.number("version") or 0, form.text("reason")
    answer = lambda by: fulfilling.take_back(obligation_id, version, reason, by=by, now=clock.now())  # noqa: E731
    return _answered(obligation_id, form, answer, _("Jawaban ditarik kembali. Kewajiban ini terbuka lagi."))


@pages.post("/deadlines/<int:obligation_id>/acknowledge")
def acknowledge_deadline(obligation_id: int) -> ResponseReturnValue:
    form = Form()
    version = form.number("version") or 0
    answer = lambda by: fulfilling.acknowledge(obligation_id, version, by=by, now=clock.now())  # noqa: E731
    return _answered(obligation_id, form, answer, _("Dicatat. Tenggat ini tidak diingatkan lagi, kecuali berpindah."))


def _answered(obligation_id: int, form: Form, answer: Callable[[Actor], None], done: str) -> ResponseReturnValue:
    """The verb's answer: back to the obligation, or its page again with what is wrong and what was typed."""
    actor = current_actor()
    due = queries.obligation(actor, obligation_id, today_of(actor))
    if not form.problems:
        try:
            answer(actor)
        except FAULTS as refusal:
            form.problems += faults_of(refusal)
    if form.problems:
        return _page(actor, due, shown(form.problems, LABELS), form.again()), 422
    flash(done, "good")
    return redirect(url_for("pages.deadline", obligation_id=obligation_id), 303)


def _page(actor: Actor, due: Due, problems: Any = (), typed: dict[str, str] | None = None) -> str:
    tasks = tasks_of_obligation(actor, due.id)
    today = today_of(actor)
    return render_template(
        "deadline.html",
        duty=whole_shape(due, actor, today),
        story=[happening_shape(line, due) for line in queries.history(actor, due)],
        tasks=[copy_shape(one, today) for one in tasks],
        handed=[(one.id, f"{one.unit_name}: {one.what}"[:120]) for one in tasks if one.state is State.VERIFIED],
        problems=list(problems),
        typed=typed or {},
        today=today,
    )
