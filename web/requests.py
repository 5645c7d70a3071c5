"""What every request carries: a number that is logged and shown, and the headers that every answer has."""

import re
import time
from uuid import uuid4

import structlog
from flask import Flask, Response, current_app, g, request

from governance.kernel.db import let_go
from web import metrics
from web.guard import BY_SECRET, PUBLIC, path_told

log = structlog.get_logger("mandat.requests")

# Nothing on a page is written in line, so no nonce is needed: docs/decisions/0017-no-nonce.md.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
GIVEN_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")


def follow(app: Flask) -> None:
    """Number each request and finish each answer."""
    app.before_request(_number)
    app.teardown_appcontext(let_go)  # Before the extension's own, which would turn an answer into a fault.
    app.after_request(_finish)


def _number() -> None:
    g.request_id = _given_number() or uuid4().hex[:12]
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _given_number() -> str | None:
    """The number that a trusted proxy gave the request, so that its log and ours can be laid side by side."""
    given = request.headers.get("X-Request-Id", "") if current_app.config["TRUSTED_PROXIES"] else ""
    return given if GIVEN_NUMBER.fullmatch(given) else None


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    kept = request.endpoint in PUBLIC | BY_SECRET and response.status_code in (
        200,
        206,
        304,
    )  # It says itself for how long.
    if not kept and request.endpoint not in ("static", "bootstrap.static"):
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    took = time.perf_counter() - g.get("began", time.perf_counter())
    metrics.answered(request.endpoint, response.status_code, took)
    log.info(
        "answered",
        request_id=g.get("request_id"),
        method=request.method,
        path=path_told(),
        status=response.status_code,
        ms=round(took * 1000, 1),
    )
    return response
