"""The databases tests run on: a copied SQLite file, or a database of a real PostgreSQL server made from a template."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from config.settings import sqlalchemy_url


@dataclass(frozen=True)
class Database:
    """One throw-away database, with what it was at the start kept beside it."""

    kind: str
    folder: Path
    name: str

    @classmethod
    def of(cls, kind: str, folder: Path, name: str) -> "Database":
        """A new, empty one."""
        made = cls(kind, folder, name)
        if kind == "postgresql":
            made._tell_server(f'CREATE DATABASE "{name}"')
        return made

    @property
    def url(self) -> str:
        """Its address."""
        if self.kind == "sqlite":
            return f"sqlite:///{self.folder / 'mandat.db'}"
        return sa.make_url(self._server).set(database=self.name).render_as_string(hide_password=False)

    def remember(self) -> None:
        """Keep it as it is now; nobody may be connected."""
        if self.kind == "sqlite":
            shutil.copyfile(self.folder / "mandat.db", self.folder / "untouched.db")
        else:
            self._tell_server(f'CREATE DATABASE "{self.name}_untouched" TEMPLATE "{self.name}"')

    def restore(self) -> None:
        """Put it back to what was remembered."""
        if self.kind == "sqlite":
            for ending in ("", "-wal", "-shm"):
                (self.folder / f"mandat.db{ending}").unlink(missing_ok=True)
            shutil.copyfile(self.folder / "untouched.db", self.folder / "mandat.db")
        else:
            self._tell_server(
                f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
                f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_untouched"',
            )

    def remove(self) -> None:
        """Leave nothing on the server; a folder is pytest's to remove."""
        if self.kind == "postgresql":
            for name in (self.name, f"{self.name}_untouched"):
                self._tell_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @property
    def _server(self) -> str:
        return sqlalchemy_url(os.environ["TEST_DATABASE_URL"])

    def _tell_server(self, *statements: str) -> None:
        engine = sa.create_engine(self._server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


@contextmanager
def unguarded(connection: sa.Connection, statement: str) -> Iterator[None]:
    """Set aside, as only an owner can, the triggers of the table that `statement` changes."""
    table = re.split(r"(?i)^\s*(?:update|delete from|insert into)\s+", statement)[-1].split()[0]
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'))
        yield
        connection.execute(sa.text(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'))
        return
    kept = connection.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"), {"table": table}
    ).all()
    for name, _ in kept:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in kept:
        connection.exec_driver_sql(sql)
