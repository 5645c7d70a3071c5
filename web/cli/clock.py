"""The clock process (`flask clock`), a Celery worker with beat on a thread inside it; in production each by itself.

Celery's own `worker -B` forks beat into a process of its own, and there in-memory messages would never arrive. So this
file puts beat on a thread, and is the one file of the command line that names Celery.
"""

import warnings
from typing import Any

import click
from celery import Celery
from celery.beat import EmbeddedService
from celery.signals import worker_process_init
from flask import Flask, current_app
from flask.cli import with_appcontext

from governance.kernel.db import db
from workflows.schedule import SCAN_AT_START

THREADS = 4
PAUSES = {"interval_start": 0.5, "interval_step": 0.5, "interval_max": 5}  # seconds between tries
SCHEDULER = "celery.beat:Scheduler"  # It keeps its schedule in memory; nothing has to be writable.


@click.command("clock")
@with_appcontext
def clock() -> None:
    """Jalankan proses jam: pemberitahuan, pekerjaan, dan pemeriksaan kewajiban."""
    run(current_app._get_current_object())  # type: ignore[attr-defined]


def run(app: Flask) -> None:
    """Work until told to stop. The schedule lives in memory: what beat missed, the first scan and sweep catch up."""
    celery: Celery = app.extensions["celery"]
    worker = _worker(celery, "threads", THREADS)
    beat = EmbeddedService(celery, thread=True, scheduler_cls=SCHEDULER)
    celery.send_task(SCAN_AT_START["task"], **SCAN_AT_START["options"])
    beat.start()
    worker.start()
    beat.service.stop()  # No waiting: its thread is a daemon and keeps nothing on disk.
    raise SystemExit(worker.exitcode or 0)


def run_worker(app: Flask, pool: str, concurrency: int) -> None:
    """Answer the bells of the broker until told to stop; what is in hand is finished first."""

    @worker_process_init.connect(weak=False)
    def forked(**_about: object) -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # No connection may be shared across a fork.

    worker = _worker(app.extensions["celery"], pool, concurrency)
    worker.start()
    raise SystemExit(worker.exitcode or 0)


def run_beat(app: Flask) -> None:
    """Ring the bells by the timetable until told to stop; any number of these may run, the verbs do nothing twice."""
    celery: Celery = app.extensions["celery"]
    # A beat that is started while the broker is away waits for it; with the others it must not die for good.
    with celery.connection_for_write() as broker:
        broker.ensure_connection(max_retries=None, **PAUSES)
    celery.send_task(SCAN_AT_START["task"], **SCAN_AT_START["options"])
    celery.Beat(scheduler_cls=SCHEDULER, quiet=True, loglevel="WARNING").run()


def _worker(celery: Celery, pool: str, concurrency: int) -> Any:
    # Only JSON is accepted, so what Celery fears of root does not apply; containers often have no other user.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    return celery.Worker(
        pool=pool,
        concurrency=concurrency,
        quiet=True,
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
