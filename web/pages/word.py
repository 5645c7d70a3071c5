"""Editing a draft in Word: take it in hand, hand in the edited file, see what was read from it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents.changes import changes
from governance.documents.editing import in_hand
from governance.documents.lifecycle import State
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem, Stale
from governance.people.actors import Actor
from web.at_hand import copy_of, library
from web.forms.draft import labels
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.drafts import my_draft, version_sent
from web.pages.shapes import document_shape
from web.sheets import composed, text_of
from web.wording import marked
from workflows import word_editing
from workflows.word_editing import HandedIn

LABELS = {"file": marked("Berkas")}
FROM_REGISTER = frozenset({"citations", "signer"})  # composed on the day, never typed


@pages.get("/documents/<int:document_id>/word")
def word(document_id: int) -> ResponseReturnValue:
    actor, seen = my_draft(document_id)
    if seen.state is not State.DRAFT:
        return redirect(url_for("pages.document", document_id=document_id))
    return _page(actor, seen)


@pages.post("/documents/<int:document_id>/check-out")
def check_out(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    word_editing.check_out(document_id, by=actor, now=clock.now(), take_over=bool(sent("take_over")))
    flash(_("Naskah tercatat Anda sunting di Word. Unduh berkasnya, sunting, lalu unggah di halaman ini."), "good")
    return redirect(url_for("pages.word", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/release")
def release(document_id: int) -> ResponseReturnValue:
    word_editing.release(document_id, by=current_actor(), now=clock.now())
    return redirect(url_for("pages.word", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/word")
def take_in(document_id: int) -> ResponseReturnValue:
    actor, seen = my_draft(document_id)
    form = Form()
    data = form.file("file", required=True)
    if data is None:
        return _page(actor, seen, problems=form.problems), 422
    handed = HandedIn(document_id, version_sent(), data, anyway=bool(sent("anyway")))
    try:
        back = word_editing.take_in(handed, by=actor, now=clock.now(), library=library())
    except FAULTS as refusal:
        may_insist = isinstance(refusal, Invalid)  # what is no plain Word file is taken from no one
        return _page(actor, seen, problems=faults_of(refusal), may_insist=may_insist), 422
    except Stale:
        return _page(actor, seen, problems=[Problem("file", "word.saved_meanwhile")], may_insist=True), 409
    named = labels(library().kind(seen.kind))
    read = ", ".join(_(named[key]) for key in back.changed)
    flash(
        _("Berkas diterima sebagai revisi baru. Isian yang terbaca: %(fields)s.", fields=read or _("tidak ada")), "good"
    )
    return redirect(url_for("pages.word", document_id=document_id), 303)


@pages.post("/documents/<int:document_id>/compose-anew")
def compose_anew(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    word_editing.compose_anew(document_id, version_sent(), by=actor, now=clock.now(), library=library())
    flash(_("Naskah disusun lagi dari isian. Berkas unggahan tetap tersimpan sebagai revisi."), "good")
    return redirect(url_for("pages.draft", document_id=document_id), 303)


def _page(actor: Actor, seen: Seen, *, problems: Any = (), may_insist: bool = False) -> str:
    stands = copy_of(actor, seen).file_sha256
    return render_template(
        "word.html",
        document=document_shape(seen),
        in_hand=in_hand(actor, seen.id, clock.now()),
        stands=stands,
        by_hand=_by_hand(actor, seen) if stands else [],
        not_read=_unread(actor, seen) if stands else (),
        may_insist=may_insist,
        problems=shown(problems, LABELS),
    )


def _by_hand(actor: Actor, seen: Seen) -> list[dict[str, str]]:
    """What the uploaded file says otherwise than its fields."""
    text = text_of(actor, seen)
    assert text is not None  # a draft always has one
    return [
        {"label": one.label, "before": one.before, "after": one.after}
        for one in changes(composed(actor, seen), text)
        if one.part.partition(".")[0] not in FROM_REGISTER
    ]


def _unread(actor: Actor, seen: Seen) -> tuple[str, ...]:
    text = text_of(actor, seen)
    return text.unread if text else ()
