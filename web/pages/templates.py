"""Word templates: which one each kind uses, and replacing it with the institution's own."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.own_templates import own_template, own_templates
from governance.documents.template_check import Judged
from governance.kernel import clock
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import FAULTS, Form, faults_of, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.sheets import Download, handed
from web.wording import marked, told
from workflows import templating

LABELS = {"file": marked("Berkas")}


@pages.get("/templates")
def templates() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.KEEP_TEMPLATES)
    own = own_templates(actor.institution_id)
    return render_template(
        "templates.html",
        kinds=[
            {"key": key, "title": kind.title, "own": own.get(key), "url": url_for("pages.word_template", kind=key)}
            for key, kind in library().kinds.items()
        ],
    )


@pages.get("/templates/<kind>")
def word_template(kind: str) -> ResponseReturnValue:
    return _page(_keeper(kind), kind)


@pages.post("/templates/<kind>")
def replace_template(kind: str) -> ResponseReturnValue:
    actor = _keeper(kind)
    form = Form()
    data = form.file("file", required=True)
    if data is None:
        return _page(actor, kind, problems=form.problems), 422
    try:
        judged = templating.replace_template(kind, data, by=actor, now=clock.now(), library=library())
    except FAULTS as refusal:
        return _page(actor, kind, problems=faults_of(refusal)), 422
    flash(_("Templat dipakai mulai sekarang. Unduh contohnya dan periksa hasilnya."), "good")
    for warning in _warnings(judged):
        flash(warning, "due")
    return redirect(url_for("pages.word_template", kind=kind), 303)


@pages.post("/templates/<kind>/withdraw")
def withdraw_template(kind: str) -> ResponseReturnValue:
    templating.withdraw_template(kind, by=_keeper(kind), now=clock.now(), library=library())
    flash(_("Templat bawaan dipakai lagi."), "good")
    return redirect(url_for("pages.word_template", kind=kind), 303)


@pages.get("/templates/<kind>/file")
def template_file(kind: str) -> Response:
    actor = _keeper(kind)
    own = own_template(actor.institution_id, kind)
    data = library().files.read(own.sha256) if own else library().templates.file(kind)
    return handed(Download(data, f"templat-{kind}.docx"))


@pages.get("/templates/<kind>/sample")
def template_sample(kind: str) -> Response:
    actor = _keeper(kind)
    text = templating.sample_text(kind, by=actor, now=clock.now(), library=library())
    return handed(Download(library().render(actor.institution_id, kind, text)[0], f"contoh-{kind}.docx"))


def _keeper(kind: str) -> Actor:
    """The reader, if he keeps templates; a kind that is not there is not found."""
    actor = current_actor()
    permissions.require(actor, Act.KEEP_TEMPLATES)
    if kind not in library().kinds:
        raise NotFound
    return actor


def _warnings(judged: Judged) -> list[str]:
    return [told(fault.key, fault.params) for fault in judged.faults if fault.severity == "warning"]


def _page(actor: Actor, kind: str, problems: Any = ()) -> str:
    return render_template(
        "word_template.html",
        kind={"key": kind, "title": library().kinds[kind].title},
        own=own_template(actor.institution_id, kind),
        problems=shown(problems, LABELS),
    )
