"""Rows laid out before they are written: keys given beforehand, each table then filled by one statement."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, insert, select, text

from governance.documents.models import Act, Cited, Decision, Document, Revision, Waiting, WorkingCopy
from governance.documents.number_models import Number, Series
from governance.kernel.db import Tenant, db
from governance.notices.models import Notice
from governance.obligations.models import Obligation
from governance.people.models import Holding, Institution, Person, Post, Unit
from governance.tasks.models import Assignment, Task

# In the order in which they point at each other: a table stands after those it needs.
MODELS: tuple[type[Any], ...] = (
    Institution,
    Unit,
    Post,
    Person,
    Holding,
    Series,
    Act,
    Document,
    WorkingCopy,
    Revision,
    Cited,
    Decision,
    Waiting,
    Number,
    Assignment,
    Task,
    Obligation,
    Notice,
)


class Rows:
    """New rows of one transaction: `add` gives each its key, `write` stores them all."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
        self.last = {model: _last_key(model) for model in MODELS}

    def add(self, model: type[Any], **values: Any) -> int:
        """A row to be written; the same columns each time for one model. Returns its key."""
        self.last[model] += 1
        self.rows[model].append({"id": self.last[model], **values})
        return self.last[model]

    def write(self) -> None:
        """One INSERT per table, and the counters of PostgreSQL moved beyond the keys that were given."""
        for model in MODELS:
            if self.rows[model]:
                db.session.execute(insert(model.__table__), self.rows[model])
        if db.engine.dialect.name == "postgresql":
            for model in MODELS:
                table = model.__tablename__
                db.session.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                    {"name": f'"{table}"', "last": max(self.last[model], 1)},
                )


def hold_still(models: Iterable[type[Any]] = MODELS) -> None:
    """Let nobody else write these tables until the commit: keys are given here, not by the database."""
    if db.engine.dialect.name == "postgresql":
        names = ", ".join(f'"{model.__tablename__}"' for model in models)
        db.session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


def _last_key(model: type[Tenant]) -> int:
    return db.session.scalar(select(func.max(model.id)).execution_options(across=True)) or 0
