"""The web processes: gunicorn with workers on threads, around an application already imported."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


@dataclass(frozen=True)
class Crew:
    """How many answer at once, and how long an answer under way may take when all are told to stop."""

    workers: int = 1
    threads: int = 8
    grace_seconds: int = 5


class Web(BaseApplication):
    """Gunicorn handed its settings and its application, instead of reading either from a command line.

    It inherits the supervisor's open door, so that no page is refused while this process is started again.
    """

    def __init__(self, app: Flask, door: int, crew: Crew) -> None:
        self.app = app
        self.door = door
        self.crew = crew
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        choices: dict[str, Any] = {
            "bind": f"fd://{self.door}",
            "workers": self.crew.workers,
            "worker_class": "gthread",
            "threads": self.crew.threads,
            "timeout": 60,
            "graceful_timeout": self.crew.grace_seconds,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "mandat-web",
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application itself; gunicorn's own stubs know no Flask."""
        return self.app


def run(app: Flask, door: int, crew: Crew = Crew()) -> None:
    """Answer pages until told to stop."""
    Web(app, door, crew).run()
