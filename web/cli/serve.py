"""`flask serve`: the supervisor of one web and one clock process; `flask serve web|worker|beat`: one kind alone.

The application is imported once, here; both children are forked from it. So a start costs one import, the children
share memory, and a child started again runs the code its sibling runs, whatever happened to the files meanwhile.
"""

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext

from config.settings import BrokenSettings, port_in
from governance.kernel.db import db
from web import metrics
from web.cli import clock, server
from web.cli.children import Child
from web.cli.door import PortBusy, listen
from web.tables import migrate

log = structlog.get_logger("mandat.serve")

LOOK_EVERY_SECONDS = 0.2
GRACE_SECONDS = 8.0
WEB_GRACE_SECONDS = 30
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.group("serve", invoke_without_command=True)
@click.option("--prepare", is_flag=True, help="Siapkan basis data (dan data contoh bila DEMO=1) sebelum mulai.")
@click.pass_context
@with_appcontext
def serve(context: click.Context, *, prepare: bool) -> None:
    """Jalankan Mandat di komputer ini: proses web dan proses jam, dihentikan bersama dengan Ctrl-C.

    Dengan web, worker, atau beat hanya satu jenis proses yang dijalankan, untuk produksi.
    """
    if context.invoked_subcommand is not None:
        if prepare:
            raise click.UsageError("--prepare hanya untuk `flask serve`; di produksi: flask db upgrade.")
        return
    app = present_app()
    host, port, door = opened_door()
    if prepare:
        prepare_database(app)
    db.engine.dispose()  # No connection may cross a fork.
    with door:
        say_where(app, host, port)
        web = Child("web", partial(server.run, app, door.fileno()))
        supervise([web, Child("clock", partial(clock.run, app))])


@serve.command("web")
@with_appcontext
def serve_web() -> None:
    """Jalankan proses web saja (gunicorn, WEB_WORKERS proses dengan WEB_THREADS utas), di HOST:PORT."""
    app = present_app()
    crew = server.Crew(app.config["WEB_WORKERS"], app.config["WEB_THREADS"], WEB_GRACE_SECONDS)
    _, _, door = opened_door()
    db.engine.dispose()
    with shared_counts():
        server.run(app, door.detach(), crew)  # Gunicorn closes it at the end.


@contextmanager
def shared_counts() -> Iterator[None]:
    """A folder in which the web processes keep their counts; only the process that made it removes it."""
    maker, folder = os.getpid(), Path(tempfile.mkdtemp(prefix="mandat-metrics-"))
    metrics.share_counts(folder)
    try:
        yield
    finally:
        if os.getpid() == maker:  # A worker of gunicorn leaves through here too.
            shutil.rmtree(folder, ignore_errors=True)


@serve.command("worker")
@with_appcontext
def serve_worker() -> None:
    """Jalankan satu worker Celery (WORKER_POOL, WORKER_CONCURRENCY)."""
    app = with_broker()
    db.engine.dispose()
    clock.run_worker(app, app.config["WORKER_POOL"], app.config["WORKER_CONCURRENCY"])


@serve.command("beat")
@with_appcontext
def serve_beat() -> None:
    """Jalankan beat: membunyikan bel menurut jadwal; boleh lebih dari satu."""
    clock.run_beat(with_broker())


def present_app() -> Flask:
    """The application itself, to be handed to what runs it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def with_broker() -> Flask:
    """The application, if it has a broker: bells rung in one process's memory are not heard in another."""
    app = present_app()
    if not app.config["REDIS_URL"]:
        raise click.ClickException("REDIS_URL belum diatur. Tanpa Redis, `flask serve` menjalankan semuanya.")
    return app


def opened_door() -> tuple[str, int, socket.socket]:
    """Host, port and the socket that listens there, or the sentence that says why not."""
    host = os.environ.get("HOST") or "127.0.0.1"
    try:
        port = port_in(os.environ)
        return host, port, listen(host, port)
    except (BrokenSettings, PortBusy) as refusal:
        raise click.ClickException(str(refusal)) from None


def prepare_database(app: Flask) -> None:
    """Bring the tables to the newest form, and make the demonstration institution where nothing is there yet."""
    migrate()
    if app.config["DEMO"]:
        click.get_current_context().invoke(app.cli.commands["seed-demo"])


def say_where(app: Flask, host: str, port: int) -> None:
    """Print the address, and where the demonstration accounts lie."""
    shown = "localhost" if host == "127.0.0.1" else host
    click.echo(f"Mandat: http://{shown}:{port}  (Ctrl-C menghentikan semuanya)")
    if app.config["DEMO"]:
        click.echo(f"Akun contoh: {Path(app.config['INSTANCE']) / 'demo-accounts.json'}")


def supervise(children: list[Child]) -> None:
    """Start the children, mend what dies, and leave together on the first stopping signal."""
    asked: list[int] = []
    for number in STOPPING_SIGNALS:
        signal.signal(number, lambda heard, _frame: asked.append(heard))
    try:
        for child in children:
            child.start()
        while not asked:
            for child in children:
                child.mend()
            time.sleep(LOOK_EVERY_SECONDS)
        log.info("stopping", signal=signal.Signals(asked[0]).name)
    finally:
        stop_together(children)


def stop_together(children: list[Child]) -> None:
    """Ask all at once, wait for the grace, and end whatever is left by force."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + GRACE_SECONDS
    while any(child.alive for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        child.end()
