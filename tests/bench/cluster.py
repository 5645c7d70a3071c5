"""A PostgreSQL server of the bench's own, started when the first measurement asks for it and stopped at the end."""

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import sqlalchemy as sa

from tests.bench.measure import Missing

INSTALLED = Path("/usr/lib/postgresql")


@functools.cache
def server() -> str:
    """The address of the running server, without a database; Missing where PostgreSQL is not installed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="mandat-bench-"))
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")
    data, options = folder / "data", f"-c listen_addresses='' -c unix_socket_directories='{folder}'"

    def run(*words: str) -> None:
        subprocess.run([*owner, *words], cwd="/", check=True, stdout=subprocess.DEVNULL)

    run(str(programs / "initdb"), "-D", str(data), "-U", "mandat", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    start = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"]
    run(*start)
    folder.chmod(0o755)

    def stop() -> None:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql+psycopg://mandat@/postgres?host={folder}"


def fresh_database(name: str) -> str:
    """A new, empty database on it."""
    engine = sa.create_engine(server(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    return sa.make_url(server()).set(database=name).render_as_string(hide_password=False)


def _programs() -> Path:
    found = [path.parent for path in INSTALLED.glob("*/bin/initdb")]
    if not found and (there := shutil.which("initdb")):
        found = [Path(there).parent]
    if not found:
        raise Missing("PostgreSQL is not installed (no initdb)")
    return max(found, key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdecimal()])
