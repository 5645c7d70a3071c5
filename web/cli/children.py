"""A child process of the supervisor: its own process group, started again with a growing pause, never left behind."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("mandat.serve")

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_AFTER_SECONDS = 30.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process that must always run `work`."""

    name: str
    work: Callable[[], None]
    pid: int | None = field(default=None, init=False)
    exit_code: int | None = field(default=None, init=False)
    deaths: int = field(default=0, init=False)
    started_at: float = field(default=0.0, init=False)
    due_at: float | None = field(default=None, init=False)

    @property
    def alive(self) -> bool:
        """Whether it runs at this moment; a child that has ended is reaped here."""
        if self.pid is None or self.exit_code is not None:
            return False
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid == 0:
            return True
        self.exit_code = os.waitstatus_to_exitcode(status)
        return False

    def start(self) -> None:
        """Fork it."""
        supervisor = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            self._live(supervisor)
        self.exit_code = self.due_at = None
        self.started_at = time.monotonic()
        log.info("child started", child=self.name, pid=self.pid)

    def _live(self, supervisor: int) -> None:
        """The child's whole life. It never returns into the supervisor's code."""
        code = 1
        try:
            stand_alone(supervisor)
            Context().run(self.work)  # The command's own Flask context stays behind.
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
        except BaseException:  # noqa: BLE001 - whatever it is, it is printed and ends this process
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def mend(self) -> None:
        """Notice a death, loudly, and start again when the pause is over."""
        if self.alive:
            return
        now = time.monotonic()
        if self.due_at is None:
            self.due_at = now + self._pause_after_death(now)
        elif now >= self.due_at:
            self.start()

    def _pause_after_death(self, now: float) -> float:
        """Seconds to wait before the next start: doubling while it keeps dying young."""
        self.end()
        self.deaths = 1 if now - self.started_at > HEALTHY_AFTER_SECONDS else self.deaths + 1
        pause: float = min(FIRST_PAUSE * 2 ** min(self.deaths - 1, 10), LONGEST_PAUSE)
        log.error("CHILD DIED, starting it again", child=self.name, exit_code=self.exit_code, pause_seconds=pause)
        return pause

    def ask_to_stop(self) -> None:
        """Ask politely: it finishes what it has in hand."""
        if self.alive:
            self._signal_group(signal.SIGTERM)

    def end(self) -> None:
        """End by force whatever is left of the group; harmless when all of it is gone."""
        self._signal_group(signal.SIGKILL)
        while self.alive:
            time.sleep(0.01)

    def _signal_group(self, number: signal.Signals) -> None:
        if self.pid is None:
            return
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            # The last of the group has gone between the look and the signal (macOS says PermissionError then).
            return


def stand_alone(supervisor: int) -> None:
    """Leave the terminal's process group, forget the supervisor's signal handlers, and die when it dies.

    So a Ctrl-C reaches the supervisor alone, and on Linux even its kill -9 leaves nothing behind.
    """
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        os._exit(1)
