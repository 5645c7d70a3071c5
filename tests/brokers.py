"""A Redis server of a test's own: on a free port, keeping nothing on disk."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import redis

PATIENCE_SECONDS = 20


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def broker(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a running Redis, and its process so that a test may end it."""
    port = free_port()
    words = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([*words, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        _until_it_answers(port)
        yield f"redis://127.0.0.1:{port}/0", process
    finally:
        process.kill()
        process.wait(10)


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with closing(redis.Redis(port=port)) as client:
        while True:
            try:
                client.ping()
            except redis.RedisError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return
