"""Hosts made of network namespaces: each has its own address and a cable to one switch, and a cable can be pulled.

Nothing of it touches the machine's own network: the switch stands in a namespace too, and so does whoever asks.
"""

import ctypes
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

NETWORK = "10.231.7"
SWITCH = "switch"
READERS = 16
Answer = TypeVar("Answer")


class Hosts:
    """The named hosts, the switch between them, and readers who sit at the switch."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self._space = {name: f"mandat-{os.getpid()}-{name}" for name in (SWITCH, *names)}
        self._readers = ThreadPoolExecutor(READERS, initializer=self._sit_down)

    def address(self, name: str) -> str:
        """Where a host is reached."""
        return f"{NETWORK}.{self.names.index(name) + 1}"

    def command(self, name: str) -> list[str]:
        """The words that run a command on a host."""
        return ["ip", "netns", "exec", self._space[name]]

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """What a reader at the switch is answered."""
        return self._readers.submit(question).result()

    def ask_all(self, questions: list[Callable[[], Answer]]) -> list[Any]:
        """As many readers at once, not waited for: one future for each."""
        return [self._readers.submit(question) for question in questions]

    def pull(self, name: str) -> None:
        """Pull the cable at the switch: the host believes that it is connected, and nothing arrives or leaves."""
        ip("-n", self._space[SWITCH], "link", "set", name, "down")

    def plug(self, name: str) -> None:
        """Put it back."""
        ip("-n", self._space[SWITCH], "link", "set", name, "up")

    def stand_up(self) -> None:
        """Make the namespaces and lay the cables."""
        sweep_up()
        for space in self._space.values():
            ip("netns", "add", space)
            ip("-n", space, "link", "set", "lo", "up")
        switch = self._space[SWITCH]
        ip("-n", switch, "link", "add", "bridge", "type", "bridge")
        ip("-n", switch, "addr", "add", f"{NETWORK}.254/24", "dev", "bridge")
        ip("-n", switch, "link", "set", "bridge", "up")
        for name in self.names:
            space = self._space[name]
            ip("link", "add", "eth0", "netns", space, "type", "veth", "peer", "name", name, "netns", switch)
            ip("-n", switch, "link", "set", name, "master", "bridge", "up")
            ip("-n", space, "addr", "add", f"{self.address(name)}/24", "dev", "eth0")
            ip("-n", space, "link", "set", "eth0", "up")

    def take_down(self) -> None:
        """Leave nothing."""
        self._readers.shutdown()
        for space in self._space.values():
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)

    def _sit_down(self) -> None:
        """Put the calling thread at the switch: what it opens from now on is opened there."""
        with Path("/run/netns", self._space[SWITCH]).open() as space:
            if ctypes.CDLL(None, use_errno=True).setns(space.fileno(), 0) != 0:
                raise OSError(ctypes.get_errno(), "setns")


def ip(*words: str) -> str:
    """One command of iproute2."""
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"
    return done.stdout


def sweep_up() -> None:
    """Remove what a killed run left behind."""
    for name in ip("netns", "list").split():
        left = re.fullmatch(r"mandat-(\d+)-\w+", name)
        if left and not Path("/proc", left[1]).exists():
            subprocess.run(["ip", "netns", "del", name], check=False)


@contextmanager
def standing(*names: str) -> Iterator[Hosts]:
    """Hosts of these names, for a while."""
    hosts = Hosts(*names)
    try:
        hosts.stand_up()
        yield hosts
    finally:
        hosts.take_down()


@contextmanager
def postgresql_on(hosts: Hosts, name: str) -> Iterator[str]:
    """A PostgreSQL server that listens on a host's address; yields the folder of its socket, for whoever looks on."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="mandat-base-"))
    shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    data = folder / "data"

    def run(*words: str) -> None:
        told = [*hosts.command(name), "runuser", "-u", "postgres", "--", *words]
        subprocess.run(told, cwd="/", check=True, stdout=subprocess.DEVNULL)

    run(str(programs / "initdb"), "-D", str(data), "-U", "mandat", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    with (data / "pg_hba.conf").open("a", encoding="ascii") as rules:
        rules.write(f"host all all {NETWORK}.0/24 trust\n")
    options = f"-c listen_addresses={hosts.address(name)} -c unix_socket_directories={folder} -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    with ExitStack() as at_the_end:
        at_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        run(*control, "-l", str(folder / "log"), "-o", options, "start")
        at_the_end.callback(run, *control, "-m", "immediate", "stop")
        yield str(folder)


@contextmanager
def redis_on(hosts: Hosts, name: str, folder: Path) -> Iterator[str]:
    """A Redis server on a host, without a password in this closed network; yields its address."""
    words = ["redis-server", "--port", "6379", "--bind", hosts.address(name), "--protected-mode", "no"]
    words += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    server = subprocess.Popen([*hosts.command(name), *words], stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.2)
        assert server.poll() is None, "redis-server ended at once"
        yield f"redis://{hosts.address(name)}:6379/0"
    finally:
        server.kill()
        server.wait(10)
