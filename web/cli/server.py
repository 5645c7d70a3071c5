"""The web process of `flask serve`: gunicorn with one worker on threads, around an application already imported."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

THREADS = 8


class Web(BaseApplication):
    """Gunicorn handed its settings and its application, instead of reading either from a command line.

    It inherits the supervisor's open door, so that no page is refused while this process is started again.
    """

    def __init__(self, app: Flask, door: int) -> None:
        self.app = app
        self.door = door
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        choices: dict[str, Any] = {
            "bind": f"fd://{self.door}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 5,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "mandat-web",
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application itself; gunicorn's own stubs know no Flask."""
        return self.app


def run(app: Flask, door: int) -> None:
    """Answer pages until told to stop."""
    Web(app, door).run()
