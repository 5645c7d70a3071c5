"""One's own account: posts held, and the tokens with which programs ask in one's name."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from governance.kernel import clock
from governance.kernel.errors import Problem
from governance.people.queries import tokens_of
from web.forms.reading import Form, shown
from web.guard import current_actor, current_known
from web.pages.blueprint import pages
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
    labels = {"name": "Nama token"}
    return render_template(
        "account.html",
        username=known.username,
        holdings=holdings,
        tokens=tokens,
        new_token=new_token,
        problems=shown(problems or [], labels),
    )
