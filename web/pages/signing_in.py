"""Signing in and out, choosing the acting post and the language."""

from urllib.parse import urlsplit

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from governance.kernel import clock
from governance.kernel.errors import NotAllowed
from governance.people.actors import Actor
from web.forms.reading import sent
from web.guard import current_known
from web.language import LANGUAGES
from web.limits import SIGN_IN_PER_ADDRESS, SIGN_IN_PER_NAME, limiter
from web.pages.blueprint import pages
from web.wording import told
from workflows import signing_in


@pages.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(SIGN_IN_PER_ADDRESS, methods=["POST"])
@limiter.limit(SIGN_IN_PER_NAME, key_func=lambda: f"name:{sent('username')[:60].strip().lower()}", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    going_to = own_address(request.values.get("next", ""))
    if request.method == "GET":
        if g.known is not None:
            return redirect(going_to)
        return render_template("sign_in.html", form={"username": ""}, next=going_to, error=None)
    try:
        entered = signing_in.sign_in(sent("username"), sent("password"), now=clock.now())
    except NotAllowed as refusal:
        form = {"username": sent("username")[:60]}
        return render_template("sign_in.html", form=form, next=going_to, error=told(refusal.key)), 403
    language = session.get("language")
    session.clear()  # The session's number changes at every sign-in, so that a planted one is worth nothing.
    session["session"] = entered.session
    session.permanent = False
    if language:
        session["language"] = language
    return redirect(going_to, 303)


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    known = current_known()
    zone = known.held[0].actor.timezone if known.held else "Asia/Jakarta"
    by = Actor(institution_id=known.institution_id, timezone=zone, person_id=known.person_id)
    signing_in.sign_out(session["session"], by=by, now=clock.now())
    session.clear()
    return redirect(url_for("pages.sign_in"), 303)


@pages.post("/post")
def change_post() -> ResponseReturnValue:
    wish = request.form.get("holding", "")
    if wish in {str(held.actor.holding_id) for held in current_known().held}:
        session["holding"] = int(wish)
    return redirect(own_address(sent("next") or url_for("pages.home")), 303)


@pages.post("/language")
def language() -> ResponseReturnValue:
    wish = sent("lang")
    if wish in LANGUAGES:
        session["language"] = wish
    return redirect(own_address(sent("next")), 303)


def own_address(wish: str) -> str:
    """An address of this application to go on to; never a foreign one."""
    parts = urlsplit(wish)
    if not wish.startswith("/") or wish.startswith(("//", "/\\")) or parts.netloc or parts.scheme or "\\" in wish:
        return url_for("pages.home")
    return wish
