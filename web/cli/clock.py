"""The clock process (`flask clock`): one Celery worker on threads with beat on a thread inside it.

Celery's own `worker -B` forks beat into a process of its own, and there in-memory messages would never arrive. So this
file puts beat on a thread, and is the one file of the command line that names Celery.
"""

import warnings

import click
from celery import Celery
from celery.beat import EmbeddedService
from flask import Flask, current_app
from flask.cli import with_appcontext

from workflows.schedule import SCAN_AT_START

THREADS = 4


@click.command("clock")
@with_appcontext
def clock() -> None:
    """Jalankan proses jam: pemberitahuan, pekerjaan, dan pemeriksaan kewajiban."""
    run(current_app._get_current_object())  # type: ignore[attr-defined]


def run(app: Flask) -> None:
    """Work until told to stop. The schedule lives in memory: what beat missed, the first scan and sweep catch up."""
    celery: Celery = app.extensions["celery"]
    # Only JSON is accepted, so what Celery fears of root does not apply; containers often have no other user.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    worker = celery.Worker(
        pool="threads",
        concurrency=THREADS,
        quiet=True,
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    beat = EmbeddedService(celery, thread=True, scheduler_cls="celery.beat:Scheduler")
    celery.send_task(SCAN_AT_START["task"], **SCAN_AT_START["options"])
    beat.start()
    worker.start()
    beat.service.stop()  # No waiting: its thread is a daemon and keeps nothing on disk.
    raise SystemExit(worker.exitcode or 0)
