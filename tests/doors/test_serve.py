"""The supervisor: one signal stops all, what dies is started again, and nothing outlives it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.parts import require

FAKE = Path(__file__).with_name("fake_wsgi.py")
PATIENCE_SECONDS = 120  # a first start compiles every library, beside whatever else the machine does


class Group:
    """A running supervisor in a folder of its own."""

    def __init__(self, folder: Path, port: int, *words: str, project: Path | None = None) -> None:
        self.folder = folder
        self.port = port
        self.said = (folder / "said").open("w+", encoding="utf-8")
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PORT": str(port), "INSTANCE": str(folder / "instance")}
        for name in ("STARTED_AT", "DATABASE_URL", "REDIS_URL", "DEMO"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve", *words],
            cwd=project or folder,
            env=environment,
            stdout=self.said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def page(self, path: str = "/") -> str:
        until(lambda: "http://" in self.words(), "the address")
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE_SECONDS) as answer:
            return str(answer.read().decode())

    def bells(self, word: str) -> list[tuple[int, float]]:
        """(process, moment) of every ring of `word`."""
        path = self.folder / "rung"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(int(line.split()[1]), float(line.split()[2])) for line in lines if line.startswith(word)]

    def members(self) -> set[int]:
        """Every living process that was started in this folder."""
        found = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if (entry / "cwd").resolve() == self.folder.resolve() and (entry / "cmdline").read_bytes():
                        found.add(int(entry.name))
                except OSError:
                    continue
        return found

    def words(self) -> str:
        return Path(self.said.name).read_text(encoding="utf-8")


def until(true: Callable[[], object], what: str) -> None:
    """Wait for `true`, or fail saying what never came."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"never came: {what}")
        time.sleep(0.1)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    require("processes")
    shutil.copy(FAKE, tmp_path / "wsgi.py")
    running = Group(tmp_path, free_port())
    yield running
    for member in running.members():
        os.kill(member, signal.SIGKILL)
    running.process.wait(10)
    running.said.close()


def test_the_web_answers_and_the_clock_rings_every_second(group: Group) -> None:
    page = group.page()
    until(lambda: len(group.bells("sweep")) >= 4, "four sweeps")
    clocks = {process for process, _ in group.bells("sweep") + group.bells("scan")}
    assert len(group.bells("scan")) == 1
    assert len(clocks) == 1, "beat and worker are one process"
    assert int(page.split()[0]) not in clocks
    assert f"http://localhost:{group.port}" in group.words()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_everything_within_seconds(group: Group, number: signal.Signals) -> None:
    group.page()
    until(lambda: group.bells("sweep"), "a sweep")
    before = time.monotonic()
    group.process.send_signal(number)
    assert group.process.wait(15) == 0
    assert time.monotonic() - before < 10
    assert group.members() == set()


def test_a_killed_web_process_is_started_again_and_no_page_is_refused(group: Group) -> None:
    worker, started_at = group.page().split()
    os.kill(int(worker), signal.SIGKILL)
    again, same_start = group.page().split()
    assert again != worker
    assert same_start == started_at


def test_a_killed_web_master_and_clock_are_started_again(group: Group) -> None:
    worker = int(group.page().split()[0])
    until(lambda: group.bells("sweep"), "a sweep")
    old_clock = group.bells("sweep")[0][0]
    os.kill(os.getpgid(worker), signal.SIGKILL)
    os.kill(old_clock, signal.SIGKILL)
    until(lambda: any(process != old_clock for process, _ in group.bells("sweep")), "a sweep of a new clock")
    assert int(group.page().split()[0]) != worker
    assert group.words().count("CHILD DIED") == 2
    assert len(group.bells("scan")) == 2, "each clock scans once when it starts"


def test_nothing_outlives_a_supervisor_that_was_killed(group: Group) -> None:
    group.page()
    until(lambda: group.bells("sweep"), "a sweep")
    group.process.kill()
    group.process.wait(10)
    until(lambda: not group.members(), "the end of every child")


def test_a_busy_port_is_refused_in_plain_words(tmp_path: Path) -> None:
    shutil.copy(FAKE, tmp_path / "wsgi.py")
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        late = Group(tmp_path, taken.getsockname()[1])
        assert late.process.wait(PATIENCE_SECONDS) == 1
        late.said.close()
    assert "sudah dipakai program lain" in late.words()
    assert "Traceback" not in late.words()


def test_the_real_application_starts_from_nothing_and_its_clock_runs(tmp_path: Path) -> None:
    real = Group(tmp_path, free_port(), "--prepare", project=ROOT)
    try:
        until(lambda: health(real)["last_sweep_age"] is not None, "a sweep of the real clock")
        until(lambda: health(real)["last_scan_age"] is not None, "a scan of the real clock")
        assert health(real)["status"] == "ok"
    finally:
        real.process.send_signal(signal.SIGTERM)
        real.process.wait(PATIENCE_SECONDS)
        real.said.close()
    assert "Traceback" not in real.words()
    assert "CHILD DIED" not in real.words()


def health(group: Group) -> dict[str, object]:
    """What /healthz says."""
    said: dict[str, object] = json.loads(group.page("/healthz"))
    return said
