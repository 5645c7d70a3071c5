"""The supervisor behind `flask serve`: one web process, one clock process, restarted when they die, stopped together.

The application is imported once, here; both children are forked from it. So a start costs one import, the children
share memory, and a child started again runs the code its sibling runs, whatever happened to the files meanwhile.
"""

import os
import signal
import time
from functools import partial
from pathlib import Path

import click
import flask_migrate
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext

from config.settings import BrokenSettings, port_in
from governance.kernel.db import db
from web.cli import clock, server
from web.cli.children import Child
from web.cli.door import PortBusy, listen

log = structlog.get_logger("mandat.serve")

LOOK_EVERY_SECONDS = 0.2
GRACE_SECONDS = 8.0
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.command("serve")
@click.option("--prepare", is_flag=True, help="Siapkan basis data (dan data contoh bila DEMO=1) sebelum mulai.")
@with_appcontext
def serve(*, prepare: bool) -> None:
    """Jalankan Mandat di komputer ini: proses web dan proses jam, dihentikan bersama dengan Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    host = os.environ.get("HOST") or "127.0.0.1"
    try:
        port = port_in(os.environ)
        door = listen(host, port)
    except (BrokenSettings, PortBusy) as refusal:
        raise click.ClickException(str(refusal)) from None
    if prepare:
        prepare_database(app)
    db.engine.dispose()  # No connection may cross a fork.
    with door:
        say_where(app, host, port)
        web = Child("web", partial(server.run, app, door.fileno()))
        supervise([web, Child("clock", partial(clock.run, app))])


def prepare_database(app: Flask) -> None:
    """Bring the tables to the newest form, and make the demonstration institution where nothing is there yet."""
    flask_migrate.upgrade()
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
