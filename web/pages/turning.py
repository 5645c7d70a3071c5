"""Turning a route: sent back to a chosen signer or the initiator, declined, handed on, an optional step left out."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.lifecycle import Move
from governance.documents.under_way import Decided
from governance.kernel.errors import Invalid, Problem
from web.forms.reading import Form, sent
from web.guard import current_actor
from web.moving import TURNS, Turned, move_document, turn_document
from web.pages.blueprint import pages
from web.pages.decisions import late_page, refused_page
from web.pages.documents import today_of
from web.pages.overtaken import LATE
from web.wording import marked

DONE = {
    Move.RETURN: marked("Dikembalikan kepada pemrakarsa."),
    Move.RETURN_STEP: marked("Dikembalikan. Paraf sejak langkah itu gugur, dan para pemarafnya diberi tahu."),
    Move.DECLINE: marked("Benturan kepentingan dicatat. Naskah menunggu pejabat lain."),
    Move.FORWARD: marked("Paraf diteruskan, dan yang menerima diberi tahu."),
    Move.SKIP: marked("Langkah dilewati dengan alasan yang tercatat."),
}


@pages.post("/documents/<int:document_id>/turn")
def turn(document_id: int) -> ResponseReturnValue:
    """Make a turn. A return without a chosen step goes to the initiator, as a draft."""
    actor = current_actor()
    queries.document(actor, document_id, today_of(actor))
    wish = sent("move")
    if wish == Move.RETURN.value and sent("to_step"):
        wish = Move.RETURN_STEP.value
    if wish not in {*TURNS, Move.RETURN}:
        raise Invalid(Problem("move", "decision.unknown_move", {"known": ", ".join(DONE)}))
    form, move = Form(), Move(wish)
    asked = Decided(document_id, sent("seen")[:64], sent("reason"))
    step, to_post, for_post = (form.whole(name) for name in ("to_step", "to_post", "for_post"))
    if move is Move.FORWARD and to_post is None and not form.problems:
        form.problems.append(Problem("to_post", "field.missing"))
    try:
        if form.problems:
            raise Invalid(*form.problems)
        if move is Move.RETURN:
            move_document(asked, move, actor)
        else:
            turn_document(Turned(move, asked, step, to_post, for_post), actor)
    except Invalid as refusal:
        return refused_page(actor, document_id, refusal), 422
    except LATE as refusal:
        return late_page(actor, document_id, refusal)
    flash(_(DONE[move]), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)
