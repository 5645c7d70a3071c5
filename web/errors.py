"""A refusal becomes a status code and a page, or problem+json for the API: the one table."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from governance.documents.route import NoPost
from governance.kernel.db import db, out_of_reach
from governance.kernel.errors import (
    BadFile,
    Invalid,
    NotAllowed,
    NotFound,
    OutOfOrder,
    Refusal,
    Stale,
    TooLarge,
    TooMany,
)
from web.guard import SignInFirst, path_told
from web.wording import problem_told, told

STATUS: dict[type[Refusal], HTTPStatus] = {
    SignInFirst: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Stale: HTTPStatus.CONFLICT,
    OutOfOrder: HTTPStatus.CONFLICT,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadFile: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoPost: HTTPStatus.CONFLICT,
    Refusal: HTTPStatus.CONFLICT,
}

log = structlog.get_logger("mandat.errors")


def answer_errors(app: Flask) -> None:
    """Let every refusal and every fault end in an answer that says what to do."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, refused_by_http)
    app.register_error_handler(Exception, failed)


def status_of(refusal: Refusal) -> HTTPStatus:
    """The status code of a refusal: that of the nearest class in the table."""
    return next(STATUS[one] for one in type(refusal).__mro__ if one in STATUS)


def refused(refusal: Refusal) -> tuple[Response | str, int]:
    """The answer to a refusal."""
    db.session.rollback()
    problems = [{"place": one.place, "message": problem_told(one)} for one in getattr(refusal, "problems", ())]
    changed = [change_told(change) for change in getattr(refusal, "changed", ())]
    return _answer(status_of(refusal), told(refusal.key, refusal.params), problems=problems, changed=changed)


def refused_by_http(error: HTTPException) -> tuple[Response | str, int]:
    """The answer to what Flask itself refuses: unknown address, wrong method, too large, forged form."""
    db.session.rollback()
    status = HTTPStatus(error.code or 500)
    key = {
        HTTPStatus.NOT_FOUND: "refused.not_found",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "refused.too_large",
        HTTPStatus.TOO_MANY_REQUESTS: "refused.too_many",
        HTTPStatus.BAD_REQUEST: "refused.bad_request",
        HTTPStatus.METHOD_NOT_ALLOWED: "refused.method",
    }.get(status, "refused.bad_request" if status < 500 else "refused.fault")
    from_limit = {"limit": (request.max_content_length or 0) // (1024 * 1024)}
    return _answer(status, told(key, from_limit))


def failed(error: Exception) -> tuple[Response | str, int]:
    """The answer to our own fault: logged with the request's number, which the reader is given.

    That the database is out of reach is no fault of the code, and passes: 503, without a traceback for each page.
    """
    g.failed = True  # The page that says so must not ask the database again.
    db.session.rollback()
    if out_of_reach(error):
        log.error("database out of reach", error=type(error).__name__, path=path_told())
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, told("refused.out_of_reach"))
    log.error("request failed", exc_info=error, path=path_told(), request_id=g.get("request_id"))
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, told("refused.fault"))


def change_told(change: str) -> str:
    """A change in words; it comes as "state:approved", "decision:return:Sekretaris Daerah:..." or "saved:3:..."."""
    what, *rest = change.split(":", 3)
    if what == "decision":
        return _("%(title)s: %(move)s", title=rest[1], move=told(f"move.{rest[0]}.done"))
    if what == "state":
        return _("Keadaan sekarang: %(state)s", state=told(f"state.{rest[0]}"))
    if what == "saved":
        return _("Naskah sudah disimpan lagi (versi %(version)s).", version=rest[0])
    if what in ("register", "cycle"):
        return _("Butir ini sudah disimpan lagi (versi %(version)s).", version=rest[0])
    if what == "share":
        return _("Pembagian indikator %(item)s sudah diubah.", item=rest[0])
    if what == "seats":
        return _("Peran dalam penilaian sudah diubah.")
    if what == "route":
        return _("Rute jenis ini sudah diubah: %(title)s.", title=rest[0])
    return _("Surat %(number)s sudah dicatat.", number=rest[0])


def _answer(status: HTTPStatus, message: str, **more: Any) -> tuple[Response | str, int]:
    if request.path.startswith("/api/"):
        return problem(status, message, **more), status
    if request.path in ("/healthz", "/readyz"):
        return jsonify(status=status.value, detail=message), status
    page = render_template(
        "error.html",
        status=status.value,
        title=told(f"status.{status.value}"),
        message=message,
        next_steps=[(_("Kembali ke Beranda"), url_for("pages.home"))],
        request_id=g.get("request_id", ""),
        **more,
    )
    return page, status


def problem(status: HTTPStatus, message: str, **more: Any) -> Response:
    """RFC 9457 problem details, with what else there is to say."""
    content = {
        "type": "about:blank",
        "title": told(f"status.{status.value}"),
        "status": status.value,
        "detail": message,
        "request_id": g.get("request_id", ""),
    }
    response = jsonify(content | {name: value for name, value in more.items() if value not in ([], None)})
    response.mimetype = "application/problem+json"
    return response
