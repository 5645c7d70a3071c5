"""Parts of the machine that some tests need: what is missing is said loudly at the end, and fails where CI=true."""

import functools
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

# Each part, and what must be there: programs on the path, or a variable that is set.
PROGRAMS: dict[str, tuple[str, ...]] = {
    "libreoffice": ("soffice", "pdftoppm"),
    "chromium": ("chromium",),
    "redis": ("redis-server",),
    "clamav": ("clamd",),
}
VARIABLES: dict[str, str] = {"postgres": "TEST_DATABASE_URL"}


def no_namespaces() -> str | None:
    """Why this machine cannot be divided into hosts with a network of their own; None where it can."""
    if shutil.which("ip") is None:
        return "no ip on the path"
    name = f"mandat-{os.getpid()}-probe"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return made.stderr.strip() or None


def no_processes() -> str | None:
    """Why the processes of this machine and the locks they hold cannot be looked at; None where they can."""
    absent = [path for path in ("/proc/self/cwd", "/proc/locks") if not Path(path).exists()]
    return f"no {', '.join(absent)} on this machine" if absent else None


PROBES: dict[str, Callable[[], str | None]] = {"namespaces": no_namespaces, "processes": no_processes}
PARTS = (*PROGRAMS, *VARIABLES, *PROBES)

LEFT_OUT = "left out, "

left_out: Counter[str] = Counter()


@functools.cache
def missing(part: str) -> str | None:
    """What is missing for `part`, or None when all of it is there."""
    if part in PROBES:
        return PROBES[part]()
    if part in VARIABLES:
        return None if os.environ.get(VARIABLES[part]) else f"{VARIABLES[part]} is not set"
    absent = [program for program in PROGRAMS[part] if shutil.which(program) is None]
    return f"no {', '.join(absent)} on the path" if absent else None


def require(part: str) -> None:
    """Leave the calling test out when `part` is missing here; fail it where CI=true."""
    why = missing(part)
    if why is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{part} is missing in CI: {why}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}{part}: {why}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A marker with a part's name is enough."""
    for part in PARTS:
        if item.get_closest_marker(part) is not None:
            require(part)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what was left out, also in the processes that others of the suite run in: their reports arrive here."""
    why = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if LEFT_OUT in why:
        left_out[why.partition(LEFT_OUT)[2]] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which groups were left out."""
    if not left_out:
        return
    terminalreporter.section("LEFT OUT: parts missing on this machine", sep="!", yellow=True, bold=True)
    for part, count in sorted(left_out.items()):
        terminalreporter.line(f"{count:4} tests left out, {part}", yellow=True)
