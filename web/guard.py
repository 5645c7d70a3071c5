"""Who is asking: every route is closed unless it is named here as open."""

from flask import Flask, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from governance.kernel import clock
from governance.kernel.errors import NotAllowed
from governance.people.actors import Actor
from governance.people.queries import Held, Known, known_by_session, known_by_token
from workflows.signing_in import digest

# For everyone alike: nobody is looked up, no cookie is read, and caches may keep the answer.
PUBLIC = frozenset(
    {"pages.jdih", "pages.jdih_list", "pages.jdih_act", "pages.jdih_file", "pages.jdih_feed", "pages.jdih_atom"}
)
# Whoever has the address may look, and the address is the secret: it is written into no log.
BY_SECRET = frozenset({"pages.calendar_feed", "pages.hand_in_by_link", "pages.sheet_by_link"})
OPEN = (
    PUBLIC
    | BY_SECRET
    | frozenset(
        {
            "static",
            "bootstrap.static",
            "pages.sign_in",
            "pages.language",
            "pages.verify",  # What a QR code leads to; it shows no more than the act made public (decision 0044).
            "health.healthz",
            "health.readyz",
            "metrics.show",  # It refuses whoever is neither this machine nor has METRICS_TOKEN.
            "api.specification",
        }
    )
)


class SignInFirst(NotAllowed):
    """Nobody is known yet: a page leads to the sign-in, the API answers 401."""


def path_told() -> str:
    """The path as a log may say it: without what lets a stranger in."""
    if request.endpoint in BY_SECRET and request.url_rule is not None:
        return request.url_rule.rule
    return request.path


def guard(app: Flask) -> None:
    """Close every route of `app` to strangers."""
    app.before_request(_know)


def current_known() -> Known:
    """The person who is asking; only behind the guard."""
    known: Known = g.known
    return known


def current_held() -> Held:
    """The post the person acts in: the one chosen in this session, else the newest held."""
    known = current_known()
    chosen = session.get("holding") if not g.get("by_token") else None
    held = next((one for one in known.held if one.actor.holding_id == chosen), None)
    if held is None and not known.held:
        raise NotAllowed("refused.no_holding")
    return held or known.held[0]


def current_actor() -> Actor:
    """Who acts: the person in the post held today."""
    return current_held().actor


def _know() -> Response | None:
    g.known = None
    by_token = request.path.startswith("/api/")
    g.by_token = by_token
    if request.endpoint in OPEN or request.endpoint is None:
        if not by_token and request.endpoint not in PUBLIC | BY_SECRET:
            g.known = _known_by_cookie()
        return None
    g.known = _known_by_bearer() if by_token else _known_by_cookie()
    if g.known is not None:
        return None
    if by_token:
        raise SignInFirst("refused.token")
    if request.method == "GET":
        return redirect(url_for("pages.sign_in", next=request.full_path.rstrip("?")))
    raise SignInFirst("refused.signed_out")


def _known_by_cookie() -> Known | None:
    number = session.get("session")
    return known_by_session(digest(number), clock.now()) if isinstance(number, str) else None


def _known_by_bearer() -> Known | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    return known_by_token(digest(token.strip()), clock.now())
