"""/healthz: whether the parts are there and the bells ran; /readyz: whether this process may be sent requests."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from governance.kernel import clock
from governance.kernel.db import db
from governance.notices.queries import left_by_scan, pulses
from web import broker
from web.tables import migration_of
from workflows.outside.soffice import state_of

health = Blueprint("health", __name__)

SWEEP_STALE = timedelta(seconds=60)
SCAN_STALE = timedelta(hours=3)


@health.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 with each part's state; 503 naming the failing part. A bell not yet heard since the start is null."""
    now, started = clock.now(), current_app.config["STARTED_AT"]
    parts = {"database": _database(), "queue": _queue()}
    heard = pulses() if parts["database"] == "ok" else {}
    ages = {bell: _age(heard.get(bell), started, now) for bell in ("sweep", "scan")}
    stale = {"sweep": SWEEP_STALE, "scan": SCAN_STALE}
    failing = [part for part, state in parts.items() if state != "ok"]
    failing += [bell for bell, age in ages.items() if age is not None and age > stale[bell].total_seconds()]
    content = {
        "status": "failing" if failing else "ok",
        "failing": failing,
        **parts,
        "pdf": state_of(current_app.extensions["printer"]),  # Never failing: Word files are there all the same.
        "last_sweep_age": ages["sweep"],
        "last_scan_age": ages["scan"],
        # Not failing: all others were reminded, and no restart mends a row. The log names it.
        "last_scan_failed": left_by_scan() if parts["database"] == "ok" else None,
    }
    return jsonify(content), 503 if failing else 200


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """200 when the database answers and its tables are those of this code; else 503 naming the failing part."""
    parts = {"database": _database()}
    if parts["database"] == "ok":
        parts["migrations"] = _migrations(current_app.extensions["head"])
    failing = [part for part, state in parts.items() if state != "ok"]
    return jsonify(status="failing" if failing else "ok", failing=failing, **parts), 503 if failing else 200


def _migrations(head: str) -> str:
    """Whether the tables stand where the code's newest migration leaves them."""
    stands = migration_of(db.session.connection())
    db.session.rollback()
    return "ok" if stands == head else f"{stands or 'none'}, expected {head}"


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return type(error).__name__
    return "ok"


def _queue() -> str:
    """Embedded, the queue is the table of the database; with Redis it is asked whether it answers."""
    if not current_app.config["REDIS_URL"]:
        return "ok"
    return broker.state_of(current_app.extensions["celery"])


def _age(at: datetime | None, started: datetime, now: datetime) -> float | None:
    if at is None or at < started:
        return None
    return round((now - at).total_seconds(), 1)
