"""Statements that take long are logged, without what was put into them."""

import time
from typing import Any

import structlog
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

LONGEST_SHOWN = 2000

log = structlog.get_logger("mandat.slow")


def watch(engine: Engine, longest_ms: int) -> None:
    """Log each statement of `engine` that the database works on for more than `longest_ms`: its text, no parameters."""

    @event.listens_for(engine, "before_cursor_execute")
    def begun(connection: Connection, *_rest: Any) -> None:
        connection.info["began"] = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def ended(connection: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
        ms = (time.perf_counter() - connection.info.pop("began", time.perf_counter())) * 1000
        if ms > longest_ms:
            log.warning("slow query", ms=round(ms, 1), statement=" ".join(sql.split())[:LONGEST_SHOWN])
