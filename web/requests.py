"""What every request carries: a number that is logged and shown, and the headers that every answer has."""

import time
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("mandat.requests")

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


def follow(app: Flask) -> None:
    """Number each request and finish each answer."""
    app.before_request(_number)
    app.after_request(_finish)


def _number() -> None:
    g.request_id = uuid4().hex[:12]
    g.began = time.perf_counter()


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in ("static", "bootstrap.static"):
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    took = time.perf_counter() - g.get("began", time.perf_counter())
    log.info(
        "answered",
        request_id=g.get("request_id"),
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round(took * 1000, 1),
    )
    return response
