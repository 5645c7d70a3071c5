"""The program as production runs it: web, worker and beat by themselves, on PostgreSQL and Redis, in a modest role."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from config.settings import Testing
from governance.kernel.db import db
from tests.brokers import broker, free_port
from tests.databases import Database
from tests.doors.processes import Process, environment
from tests.web.served import Served
from web.app import create_app


class InProduction(Served):
    """Three processes with the demonstration institution, which the owner of the tables has filled in before."""

    pictures = None

    def __init__(self, folder: Path, database: str, redis: str) -> None:
        self.folder, port = folder, str(free_port())
        self.address = f"http://localhost:{port}"
        told = {"DATABASE_URL": database, "REDIS_URL": redis, "SECRET_KEY": secrets.token_hex()}
        shared = environment(folder, told, INSTANCE=str(folder), BASE_URL=self.address, PORT=port)
        self.environment, self.given = shared, dict[str, str]()
        self.processes = [Process(kind, folder, shared) for kind in ("web", "worker", "beat")]

    def stop(self) -> None:
        """Each is asked politely, and leaves without a fault."""
        try:
            assert [process.stop() for process in self.processes] == [0, 0, 0]
        finally:
            for process in self.processes:
                process.end()

    def words(self) -> str:
        return "\n".join(process.words()[-4000:] for process in self.processes)


@contextmanager
def in_production(folder: Path) -> Iterator[InProduction]:
    """A database filled by its owner, a role that owns nothing, a Redis, and what runs on them."""
    role, password = f"mandat_run_{secrets.token_hex(4)}", secrets.token_hex()
    database = Database.of("postgresql", folder, f"mandat_{secrets.token_hex(4)}")
    with ExitStack() as at_the_end:
        at_the_end.callback(database._tell_server, f"DROP ROLE IF EXISTS {role}")
        at_the_end.callback(database.remove)
        database._tell_server(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        _prepared(folder, database.url, role)
        redis, _ = at_the_end.enter_context(broker(folder))
        url = sa.make_url(database.url).set(username=role, password=password)
        running = InProduction(folder, url.render_as_string(hide_password=False), redis)
        at_the_end.callback(running.stop)
        running.wait()
        yield running


def _prepared(folder: Path, url: str, role: str) -> None:
    """What the operator does once in the owner's name: tables, institution and persons, rights of the running role."""
    app = create_app(Testing.within(folder, DATABASE_URL=url, DEMO=True, DEMO_CYCLE=False))
    for command in ("db upgrade", "seed-demo", f"grant-runtime {role} --apply"):
        done = app.test_cli_runner().invoke(args=command.split())
        assert done.exit_code == 0, f"{command}: {done.output}"
    with app.app_context():
        db.engine.dispose()
