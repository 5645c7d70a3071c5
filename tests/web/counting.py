"""How many statements a request sends, and how much it weighs on the line."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from werkzeug.test import TestResponse

from governance.kernel.db import db


@contextmanager
def heard() -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        said.append(sql)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def reads(act: Callable[[], TestResponse]) -> int:
    """How many SELECTs a request sends once everything a process keeps of an institution is known."""
    act()
    with heard() as said:
        assert act().status_code == 200
    return len(selects(said))


def selects(said: list[str]) -> list[str]:
    """Those that read."""
    return [sql for sql in said if sql.lstrip("( ").upper().startswith(("SELECT", "WITH"))]


def on_the_line(answer: TestResponse) -> int:
    """Bytes of an answer as a phone is sent them."""
    return len(gzip.compress(answer.data, 6))
