"""One's own account: posts held, and the tokens with which programs ask in one's name."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.people.queries import tokens_of
from web.forms.reading import Form, sent, shown
from web.guard import current_actor, current_known
from web.pages.blueprint import pages
from web.wording import marked
from workflows import signing_in


@pages.get("/account")
def account() -> ResponseReturnValue:
    return _page()


@pages.post("/account/tokens")
def create_token() -> ResponseReturnValue:
    form = Form()
    name = form.text("name", required=True)
    if form.problems:
        return _page(problems=form.problems), 422
    return _page(new_token=signing_in.make_token(current_known().username, name, now=clock.now()))


@pages.post("/account/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    signing_in.revoke_token(token_id, by=current_actor(), now=clock.now())
    return _page()


@pages.post("/account/password")
def change_password() -> ResponseReturnValue:
    try:
        signing_in.change_password(sent("current"), sent("fresh"), by=current_actor(), now=clock.now())
    except Invalid as refusal:
        return _page(problems=list(refusal.problems)), 422
    session.clear()
    flash(_("Kata sandi diganti. Masuk dengan kata sandi baru."), "good")
    return redirect(url_for("pages.sign_in"), 303)


def _page(*, new_token: str | None = None, problems: list[Problem] | None = None) -> str:
    known, actor = current_known(), current_actor()
    holdings: list[dict[str, Any]] = [
        {
            "title": held.post_title,
            "unit": held.unit_name,
            "manner": held.manner.value,
            "held_from": held.from_on,
            "held_to": held.to_on,
            "letter": held.letter,
            "current": held.actor.holding_id == actor.holding_id,
        }
        for held in known.held
    ]
    tokens = [{"id": one.id, "name": one.label, "created_at": one.created_at} for one in tokens_of(actor)]
    labels = {
        "name": marked("Nama token"),
        "current": marked("Kata sandi sekarang"),
        "fresh": marked("Kata sandi baru"),
    }
    return render_template(
        "account.html",
        username=known.username,
        holdings=holdings,
        tokens=tokens,
        new_token=new_token,
        problems=shown(problems or [], labels),
    )
