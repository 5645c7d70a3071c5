"""Which language a reader is answered in: the one he chose, else his own, else Indonesian."""

from flask import g, has_request_context, request, session

from web.guard import BY_SECRET, PUBLIC

LANGUAGES = ("id", "en")


def chosen() -> str:
    """The reader's language."""
    if not has_request_context() or request.endpoint in PUBLIC | BY_SECRET:
        return LANGUAGES[0]
    wish = session.get("language")
    if wish in LANGUAGES:
        return str(wish)
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    known = g.get("known")
    return known.language if known is not None and known.language in LANGUAGES else LANGUAGES[0]
