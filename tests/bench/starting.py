"""How fast it starts: importing the application warm, and `make run` to its first page the second time."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

from config.settings import ROOT
from tests.bench.measure import Missing, typical

GIVE_UP_SECONDS = 120


def import_seconds() -> float:
    """A Python that imports wsgi.py, with everything compiled and in the page cache."""
    with tempfile.TemporaryDirectory() as instance:
        environment = os.environ | {"INSTANCE": instance}

        def start() -> None:
            subprocess.run([sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environment, check=True)

        start()
        return typical(start)


def second_start_seconds() -> float:
    """`make run` in a fresh instance folder twice; the second time counts, from the command to the first page."""
    if shutil.which("make") is None:
        raise Missing("no make on the path")
    with tempfile.TemporaryDirectory() as instance:
        _start_and_stop(Path(instance))
        return _start_and_stop(Path(instance))


def _start_and_stop(instance: Path) -> float:
    """Seconds to the first page; everything is stopped again before this returns."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    environment |= {"INSTANCE": str(instance), "PORT": port}
    with (instance / "said").open("w", encoding="utf-8") as said:
        before = time.perf_counter()
        group = subprocess.Popen(["make", "run"], cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            _first_page(f"http://127.0.0.1:{port}/", group)
            return time.perf_counter() - before
        finally:
            group.send_signal(signal.SIGTERM)
            group.wait(30)


def _first_page(address: str, group: "subprocess.Popen[bytes]") -> None:
    """Ask until a whole page has come."""
    deadline = time.perf_counter() + GIVE_UP_SECONDS
    while time.perf_counter() < deadline and group.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=GIVE_UP_SECONDS) as answer:
                answer.read()
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise RuntimeError("no page came")
