"""A database as one file: copied out while others write, and put back in one transaction; all of it or nothing.

SQLite by its own online backup, PostgreSQL by its own pg_dump, pg_restore and psql. A password travels in the
environment of these programs, never on a command line.
"""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from governance.kernel.errors import Refusal

PATIENCE = 30  # seconds that a database in use is waited for
DROP_ALL = """SET lock_timeout = '30s';
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE',
            CASE one.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.name);
    END LOOP;
    FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name);
    END LOOP;
END $$;
"""


class DatabaseBusy(Refusal):
    """Someone holds the database; nothing was changed."""


class ProgramFailed(Refusal):
    """A program of PostgreSQL is missing or stopped with an error; nothing was changed."""


def kind_of(url: URL) -> str:
    """What kind of database it is."""
    return url.get_backend_name()


def copy_out(url: URL, place: Path) -> None:
    """Copy the database as it is at one moment to a new file; writers are not held up."""
    if kind_of(url) == "sqlite":
        _copy_sqlite(str(url.database), str(place))
        _require_sound(place)
    else:
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={place}")


def put_in(url: URL, place: Path) -> None:
    """Make the database what the file holds, in one transaction; whoever reads sees the old or the new."""
    if kind_of(url) == "sqlite":
        _copy_sqlite(str(place), str(url.database))
        return
    script, before = place.with_suffix(".sql"), place.with_suffix(".before.sql")
    before.write_text(DROP_ALL, encoding="ascii")
    # The script is finished before psql begins: a reader of a pipe could take its early end for the end.
    _run(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(place))
    once = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run(url, "psql", *once, f"--file={before}", f"--file={script}")


def _copy_sqlite(source: str, target: str) -> None:
    deadline = time.monotonic() + PATIENCE
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=1)) as new:
        try:
            old.backup(new, progress=_until(deadline), sleep=0.1)
        except sqlite3.OperationalError as error:
            raise DatabaseBusy("backup.database_busy", said=str(error)) from None


def _until(deadline: float) -> Callable[[int, int, int], None]:
    """Stop the copy's endless tries at a database that someone holds."""

    def look(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise sqlite3.OperationalError("database is locked")

    return look


def _require_sound(place: Path) -> None:
    with closing(sqlite3.connect(place)) as copy:
        try:
            (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            said = str(error)
    if said != "ok":
        raise Refusal("backup.database_damaged", said=str(said)[:300])


def _run(url: URL | None, program: str, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProgramFailed("backup.program_missing", program=program)
    address, secret = _address(url) if url is not None else ((), {})
    ended = subprocess.run(
        [found, *address, *words],
        env={**os.environ, **secret},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if ended.returncode != 0:
        if "lock timeout" in ended.stderr:
            raise DatabaseBusy("backup.database_busy", said="lock timeout")
        raise ProgramFailed("backup.program_failed", program=program, said=ended.stderr.strip()[-600:])


def _address(url: URL) -> tuple[tuple[str, ...], dict[str, str]]:
    """How the programs reach the database, and what of it is secret."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - heavy: whoever lives on SQLite never needs it

    words = {name: str(value) for name, value in url.query.items()} | url.translate_connect_args(
        username="user", database="dbname"
    )
    password = words.pop("password", None)
    return (f"--dbname={make_conninfo(**words)}",), {"PGPASSWORD": str(password)} if password else {}
