"""The database handle, the one transaction that verbs use, and the column types of the house."""

import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Select,
    String,
    TypeDecorator,
    UniqueConstraint,
    any_,
    event,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

WRITES = "mandat_writes"


class Base(DeclarativeBase):
    """What every table shares: the naming of its constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only INTEGER keys by itself.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused before it is stored."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)  # SQLite forgets the zone; what it holds is UTC.


class Text(TypeDecorator[str]):
    """Text in NFC, so that the same word typed on two keyboards is the same word."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unicodedata.normalize("NFC", value)


def word(of: type[StrEnum], length: int = 20) -> Enum:
    """An enum kept as its words with a CHECK, so that the table can be read without the code."""
    return Enum(
        of,
        native_enum=False,
        create_constraint=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
        name=of.__name__.lower(),
    )


class Owned:
    """A table whose rows belong to one institution."""

    institution_id: Mapped[int] = mapped_column(Key, index=True)


class Tenant(Owned):
    """Its rows can be pointed at: composite keys, so that a cross-link cannot be stored."""

    id: Mapped[int] = mapped_column(Key, primary_key=True)


def tenant_of(*others: Any) -> tuple[Any, ...]:
    """`__table_args__` of a tenant table: it belongs to an institution, and its pair of keys can be pointed at."""
    return (
        ForeignKeyConstraint(["institution_id"], ["institution.id"]),
        UniqueConstraint("institution_id", "id"),
        *others,
    )


def link(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key to a row of the same institution."""
    return ForeignKeyConstraint(["institution_id", column], [f"{table}.institution_id", f"{table}.id"])


def check(name: str, condition: str) -> CheckConstraint:
    """A named CHECK."""
    return CheckConstraint(condition, name=name)


TenantRow = TypeVar("TenantRow", bound=Tenant)


def within(institution_id: int, model: type[Owned], *columns: Any) -> Select[Any]:
    """A select of `model` (or of these columns) that sees one institution only: the one way to read a tenant table."""
    return select(*(columns or (model,))).where(model.institution_id == institution_id)


def among(column: Any, keys: Collection[int]) -> ColumnElement[bool]:
    """Whether `column` is one of many keys.

    PostgreSQL is sent one array: hundreds of single parameters cost more to write than the rows they name.
    """
    if db.engine.dialect.name != "postgresql":
        return column.in_(list(keys))  # type: ignore[no-any-return]
    return column == any_(literal(list(keys), ARRAY(BigInteger)))  # type: ignore[no-any-return]


AfterCommit = Callable[[Callable[[], None]], None]


def one_within(institution_id: int, model: type[TenantRow], key: int) -> TenantRow:
    """The row with that key, which is known to be there (a foreign key says so)."""
    row: TenantRow = db.session.scalars(within(institution_id, model).where(model.id == key)).one()
    return row


@contextmanager
def transaction() -> Iterator[AfterCommit]:
    """One verb's transaction: all or nothing; what leaves the house is handed to the yielded function and runs after.

    Any read still open is ended first: SQLite refuses at once to turn a read into a write (database is locked), so
    a write begins as one (BEGIN IMMEDIATE) and waits its turn.
    """
    session = db.session()
    session.rollback()
    session.connection(execution_options={WRITES: True})
    waiting: list[Callable[[], None]] = []
    session.info["after_commit"] = waiting
    try:
        yield waiting.append
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("after_commit", None)
    for leave in waiting:
        leave()


def after_commit(leave: Callable[[], None]) -> None:
    """Let `leave` run once the transaction under way is committed."""
    db.session().info["after_commit"].append(leave)


def insert_new(model: type[Any]) -> Any:
    """An INSERT that leaves out rows already there (ON CONFLICT DO NOTHING), in the dialect of this database."""
    dialect = db.engine.dialect.name
    return (postgresql if dialect == "postgresql" else sqlite).insert(model)


def json_of(**columns: Any) -> ColumnElement[Any]:
    """A JSON object built by the database from columns, for writes that touch many rows at once."""
    build = func.jsonb_build_object if db.engine.dialect.name == "postgresql" else func.json_object
    pairs: list[ColumnElement[Any]] = []
    for name, column in columns.items():
        pairs += [literal_column(f"'{name}'"), column]
    return type_coerce(build(*pairs), Json)


def let_go(_error: BaseException | None = None) -> None:
    """End what this request or bell has open.

    A connection that was lost meanwhile is thrown away without a word: what was committed is committed, and an answer
    that is already written stands.
    """
    try:
        db.session.remove()
    except DBAPIError:
        db.session.registry.clear()


def out_of_reach(error: BaseException) -> bool:
    """Whether the database could not be asked, or was too busy to answer: the same may succeed a little later."""
    if isinstance(error, NoneFree):
        return True
    if not isinstance(error, OperationalError):
        return isinstance(error, DBAPIError) and error.connection_invalidated
    code = getattr(error.orig, "sqlite_errorcode", None)  # SQLite calls a missing table the same kind of error.
    return code is None or code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def prepare_engine(engine: Engine) -> None:
    """Teach an SQLite engine foreign keys, the write-ahead log and honest transactions; others need nothing."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def opened(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # Python's driver would begin transactions on its own.
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=15000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
