"""`flask serve web`, `worker` and `beat` as processes of their own, on this machine or in a network namespace of it."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.settings import ROOT
from tests.brokers import free_port

PATIENCE_SECONDS = 60
SECRET = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")


def environment(folder: Path, secrets: Mapping[str, str], **more: str) -> dict[str, str]:
    """What a host of production is told: its secrets in files of `folder`, and nothing of the caller's own settings."""
    known = (*SECRET, *(f"{name}_FILE" for name in SECRET), "DEMO", "STARTED_AT", "BASE_URL", "MAIL_SERVER")
    told = {name: value for name, value in os.environ.items() if name not in known}
    for name, value in secrets.items():
        (folder / name).write_text(f"{value}\n", encoding="utf-8")
        told[f"{name}_FILE"] = str(folder / name)
    return told | {"WEB_WORKERS": "2", "WEB_THREADS": "4", "WORKER_CONCURRENCY": "2"} | more


class Process:
    """`flask serve KIND`, and what it said; `where` is the command that puts it on another host."""

    def __init__(self, kind: str, folder: Path, told: Mapping[str, str], where: Sequence[str] = ()) -> None:
        self.host, self.port = told.get("HOST", "127.0.0.1"), free_port()
        self.said = folder / f"{kind}-{self.port}.log"
        with self.said.open("w", encoding="utf-8") as said:
            self.running = subprocess.Popen(
                [*where, sys.executable, "-m", "flask", "--app", "wsgi", "serve", kind],
                cwd=ROOT,
                env={"PORT": str(self.port), **told},
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def words(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def ask(self, path: str, opener: Any = None, **more: Any) -> tuple[int, str, Any]:
        """Status, text and headers of an answer; status 0 where none came."""
        question = urllib.request.Request(f"http://{self.host}:{self.port}{path}", **more)
        opener = opener or urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(question, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode(), refusal.headers
        except OSError as error:
            return 0, str(error), {}

    def stop(self) -> int:
        """Asked politely; the exit code."""
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(PATIENCE_SECONDS)

    def end(self) -> None:
        """By force, with everything it started; harmless when it has ended."""
        try:
            os.killpg(self.running.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.running.wait(10)
