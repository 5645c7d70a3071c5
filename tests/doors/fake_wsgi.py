"""A stand-in for wsgi.py, copied into a folder of its own: the supervisor is tested apart from what it carries."""

import os
import time
from pathlib import Path

from celery import Celery
from flask import Flask

from config import settings
from governance.kernel.db import db
from web.cli.clock import clock
from web.cli.serve import serve
from workflows.schedule import SCHEDULE

HERE = Path(__file__).resolve().parent
app = Flask("fake", root_path=str(HERE / "web"))
app.config.from_object(settings.read(os.environ))
db.init_app(app)
app.cli.add_command(serve)
app.cli.add_command(clock)

celery = Celery("fake", set_as_current=True)
celery.conf.update(app.config["CELERY"], beat_schedule=SCHEDULE)
app.extensions["celery"] = celery


def write(word: str) -> None:
    """Leave a line that the test can read."""
    with (HERE / "rung").open("a", encoding="utf-8") as file:
        file.write(f"{word} {os.getpid()} {time.time()}\n")


@celery.task(name="clock.sweep")
def sweep() -> None:
    """Ring."""
    write("sweep")


@celery.task(name="obligations.scan")
def scan() -> None:
    """Ring."""
    write("scan")


@app.get("/")
def first_page() -> str:
    """Say who answers."""
    return f"{os.getpid()} {app.config['STARTED_AT'].isoformat()}"
