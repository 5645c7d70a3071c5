"""Handing bells over to the broker: rung once, under the request's number; a broker that is away fails no page."""

import time

import structlog
from celery import Celery
from celery.exceptions import OperationalError

REQUEST_ID = "X-Request-Id"
SILENT_SECONDS = 5.0

log = structlog.get_logger("mandat.bells")


class Ringer:
    """Rings bells; after a failure silent for a moment, so that not every page waits for a broker that is away."""

    def __init__(self, celery: Celery) -> None:
        self.celery, self.silent_until = celery, 0.0

    def __call__(self, bell: str) -> None:
        """Ring once; what is not heard, the sweep finds."""
        if time.monotonic() < self.silent_until:
            return
        try:
            self.celery.send_task(bell, retry=False, headers=_number())
        except _away(self.celery) as error:
            self.silent_until = time.monotonic() + SILENT_SECONDS
            log.warning("bell not rung", bell=bell, error=type(error).__name__)


def state_of(celery: Celery) -> str:
    """Whether it is "ok", or the name of what went wrong when the broker was asked."""
    with celery.connection(connect_timeout=2) as connection:
        try:
            connection.ensure_connection(max_retries=0, timeout=2)
        except _away(celery) as error:
            return type(error).__name__
    return "ok"


def _away(celery: Celery) -> tuple[type[Exception], ...]:
    """How a broker's absence shows itself; kombu wraps some of it, and some comes through as it is."""
    return (OperationalError, *celery.connection().recoverable_connection_errors)


def _number() -> dict[str, str]:
    """The number of the request under way: it goes with the bell, so that the worker's log lines carry it too."""
    number = structlog.contextvars.get_contextvars().get("request_id")
    return {REQUEST_ID: number} if number else {}
