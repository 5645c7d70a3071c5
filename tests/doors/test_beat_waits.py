"""A beat that is started while the broker is away waits for it, rings when it is there, and leaves when asked."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import redis

from tests.brokers import free_port
from tests.doors.processes import PATIENCE_SECONDS, Process, environment

pytestmark = pytest.mark.redis


def until(true: Callable[[], object], process: Process) -> None:
    """Wait for `true`, or fail with what the process said."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(process.words()[-2000:])
        time.sleep(0.1)


def rung(port: int) -> bool:
    try:
        return bool(redis.Redis(port=port).llen("celery"))
    except redis.ConnectionError:
        return False


def test_a_beat_started_before_its_broker_waits_for_it(tmp_path: Path) -> None:
    port = free_port()
    secrets = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'mandat.db'}",
        "REDIS_URL": f"redis://127.0.0.1:{port}/0",
        "SECRET_KEY": "k" * 64,
    }
    beat = Process("beat", tmp_path, environment(tmp_path, secrets, INSTANCE=str(tmp_path)))
    try:
        time.sleep(6)  # Longer than the start takes: it has asked in vain by now.
        assert beat.running.poll() is None, beat.words()[-2000:]
        words = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as server:
            until(lambda: rung(port), beat)
            assert beat.stop() == 0
            server.kill()
    finally:
        beat.end()
