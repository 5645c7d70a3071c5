"""The tenant guard: every SELECT of the suite that reads a tenant table must name institution_id, or say `across`.

It reads the SQL that reaches the database, each SELECT of it by itself. A subquery that is tied to a row of the outer
query, and the reload of a row that is already held, need no second naming. `across=True` as an execution option says
that a read crosses institutions on purpose (who is asking, the bells).
"""

import re
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import ORMExecuteState, Session

from config.settings import ROOT
from governance.kernel.db import db

OURS = tuple(str(ROOT / floor) + "/" for floor in ("governance", "workflows", "web"))
LITERAL = re.compile(r"'[^']*'")
READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?')
OWNED = re.compile(r"\b(\w+)\.\w+")
SCOPE = re.compile(r"\b(?:WHERE|ON)\b.*?\binstitution_id\s*(?:=|IN\b)", re.DOTALL)

found: dict[str, str] = {}


@cache
def tenant_tables() -> frozenset[str]:
    """The tables that belong to institutions."""
    return frozenset(table.name for table in db.metadata.tables.values() if "institution_id" in table.columns)


def scopes(sql: str) -> list[str]:
    """Each level of parentheses by itself, the inner ones cut out of the outer ones."""
    levels, done = [""], []
    for letter in LITERAL.sub("''", sql):
        if letter == "(":
            levels.append("")
        elif letter == ")" and len(levels) > 1:
            inner = levels.pop()
            if "SELECT" in inner:
                done.append(inner)
                levels[-1] += "(…)"
            else:
                levels[-1] += f"({inner})"
        else:
            levels[-1] += letter
    return [*done, levels[0]]


@lru_cache(maxsize=20_000)  # the same few statements come again and again
def unscoped(sql: str) -> tuple[str, ...]:
    """The tenant tables that a statement reads beyond one institution."""
    open_tables = []
    for scope in scopes(sql):
        if "SELECT" not in scope:
            continue
        read = set(READ.findall(scope))
        tied = set(OWNED.findall(scope.partition("WHERE")[2])) - read
        if read & tenant_tables() and not SCOPE.search(scope) and not tied & set(db.metadata.tables):
            open_tables += sorted(read & tenant_tables())
    return tuple(open_tables)


@sa.event.listens_for(Engine, "before_cursor_execute")
def watched(connection: Connection, cursor: Any, sql: str, params: Any, context: Any, many: bool) -> None:
    """Look at every statement that our own code sends; what a test itself asks as plain text is its own affair."""
    built = getattr(context, "compiled", None)
    if built is None or isinstance(built.statement, sa.TextClause) or context.execution_options.get("across"):
        return
    tables = unscoped(sql)
    place = _place() if tables else None
    if place is not None:
        found.setdefault(place, f"{', '.join(tables)}: {' '.join(sql.split())[:400]}")


@sa.event.listens_for(Session, "do_orm_execute")
def reloads_are_known(state: ORMExecuteState) -> None:
    """A row already held is read again by its key after a commit: whoever holds it had the right to."""
    if state.is_column_load:
        state.update_execution_options(across=True)


def _place() -> str | None:
    """The innermost line of our own code that asked; None when only tests and libraries stand there."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith(OURS):
            return f"{Path(frame.f_code.co_filename).relative_to(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back  # type: ignore[assignment]
    return None


@pytest.fixture(autouse=True)
def _tenants_kept_apart() -> Iterator[None]:
    """The first test fails that makes a line of our code read a tenant table without naming the institution."""
    known = set(found)
    yield
    new = [f"  {place}\n    {sql}" for place, sql in sorted(found.items()) if place not in known]
    if new:
        pytest.fail("read without institution_id and without across=True:\n" + "\n".join(new), pytrace=False)
