"""LibreOffice leaving the house: many Word files become PDFs with one start, each file's failure told apart.

A start takes about a second, a decree a tenth of one: so many files share a start. It runs in a folder and with a
profile of its own, knows nothing of this process's secrets, runs no macro, follows no link and reaches no network.
"""

import fcntl
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FONT = "Bookman Old Style"  # Permendagri 53/2011 Pasal 92 (1), kept by Permendagri 80/2015
STANDS_IN = "bookman"  # "URW Bookman" (fonts-urw-base35) is its like; anything else breaks lines elsewhere
WORD_FILTER = "MS Word 2007 XML"  # Named, or LibreOffice guesses from the bytes and prints a page of any garbage.
ZIP = b"PK\3\4"  # how every Word file begins; of an empty file LibreOffice would print an empty page
MOST_IN_VAIN = 6  # starts one after another that finish nothing: then it is not the files
LOOK_EVERY = 0.05  # seconds
FOLDER, PID = "soffice-", "pid"
OWN = ("HOME", "TMPDIR")  # what LibreOffice must not share with this process

# Paths and values of LibreOffice's configuration, laid into each profile before the start.
SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True)
class Printer:
    """LibreOffice as this machine has it; `program` is None where it is not installed.

    `folder` holds what a start needs for its own; `patience` is how many seconds may pass without a finished file.
    """

    program: str | None
    folder: Path
    patience: float = 45.0


class NotThere(Exception):
    """The program that the settings name cannot be started on this machine."""


class Fault(StrEnum):
    """Why there is no PDF of a file."""

    MISSING = "missing"  # the file is not where it should be
    UNREADABLE = "unreadable"  # LibreOffice said that it cannot read it
    STUCK = "stuck"  # LibreOffice ended or stood still over it, alone too


@dataclass(frozen=True)
class Printed:
    """What became of one file: its place in what was handed in, and the PDF or the fault."""

    number: int
    pdf: bytes | None = None
    fault: Fault | None = None


def printed(files: Sequence[Path], printer: Printer) -> Generator[Printed, None, None]:
    """The files' PDFs as they are finished. A file that ends LibreOffice costs the others nothing but a new start.

    NotThere when the program cannot be started at all.
    """
    heads = {number: _head(file) for number, file in enumerate(files)}
    left = {number: file for number, file in enumerate(files) if heads[number] == ZIP}
    for number in heads.keys() - left.keys():
        yield Printed(number, fault=Fault.MISSING if heads[number] is None else Fault.UNREADABLE)
    vain = 0
    while left and vain < MOST_IN_VAIN:
        before = dict(left)
        well = yield from _one_start(left, printer)
        vain = vain + 1 if len(left) == len(before) else 0
        yield from _passed_over(before, left, well=well)
        if left:  # It ended or stood still over the first that is left.
            suspect = min(left)
            alone = {suspect: left.pop(suspect)}
            if len(before) > 1:
                well = yield from _one_start(alone, printer)
                vain = vain + 1 if alone and not well else 0
            if alone:
                yield Printed(suspect, fault=Fault.UNREADABLE if well else Fault.STUCK)
    yield from (Printed(number, fault=Fault.STUCK) for number in left)


def _head(file: Path) -> bytes | None:
    try:
        with file.open("rb") as opened:
            return opened.read(len(ZIP))
    except OSError:
        return None


def _passed_over(before: dict[int, Path], left: dict[int, Path], *, well: bool) -> Iterator[Printed]:
    """Files without a PDF that LibreOffice has left behind: it takes them in order, and says of some that it can't."""
    finished = before.keys() - left.keys()
    reached = max(before) + 1 if well else max(finished, default=-1)
    for number in [number for number in left if number < reached]:
        del left[number]
        yield Printed(number, fault=Fault.UNREADABLE)


def _one_start(left: dict[int, Path], printer: Printer) -> Generator[Printed, None, bool]:
    """Start once for all that is left, take out what is finished; whether it came to its end by itself."""
    printer.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=FOLDER, dir=printer.folder, ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        process = _started(left, folder, printer)
        try:
            until = time.monotonic() + printer.patience
            while True:
                running = process.poll() is None
                for number in list(left):
                    pdf = _finished(folder / "out" / f"{number:06}.pdf")
                    if pdf is not None:
                        del left[number]
                        yield Printed(number, pdf)
                        until = time.monotonic() + printer.patience
                if not running:
                    return process.returncode == 0
                if time.monotonic() > until:
                    return False
                time.sleep(LOOK_EVERY)
        finally:
            _end_group(process.pid)
            process.wait()


def _started(files: dict[int, Path], folder: Path, printer: Printer) -> subprocess.Popen[bytes]:
    if printer.program is None:
        raise NotThere("not installed")
    (folder / "in").mkdir()
    copies = [shutil.copyfile(file, folder / "in" / f"{number:06}.docx") for number, file in files.items()]
    _lay_profile(folder / "profile" / "user")
    words = [printer.program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    words += ["--nologo", "--nodefault", "--nolockcheck", f"--infilter={WORD_FILTER}", "--convert-to", "pdf"]
    try:
        process = subprocess.Popen(
            [*words, "--outdir", str(folder / "out"), *map(str, copies)],
            cwd=folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"} | dict.fromkeys(OWN, str(folder)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # The program that is started starts others; all are ended as one group.
        )
    except OSError as error:
        raise NotThere(str(error)) from error
    (folder / PID).write_text(str(process.pid), encoding="ascii")
    return process


def _lay_profile(user: Path) -> None:
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (user / "registrymodifications.xcu").write_text(f"{start}{items}</oor:items>", encoding="utf-8")


def _finished(file: Path) -> bytes | None:
    """The PDF once it is written to its end."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data if data.startswith(b"%PDF-") and data[-16:].rstrip().endswith(b"%%EOF") else None


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


@contextmanager
def alone(printer: Printer) -> Iterator[bool]:
    """Whether this process may print now: one LibreOffice at a time on a machine, for each takes a core and 200 MB.

    The lock dies with its process. What a process that was killed left running is ended, and its folder removed.
    """
    printer.folder.mkdir(parents=True, exist_ok=True)
    with (printer.folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        for folder in printer.folder.glob(f"{FOLDER}*"):
            _end_leftover(folder.resolve())
        yield True


def _end_leftover(folder: Path) -> None:
    with suppress(OSError, ValueError):
        pid = int((folder / PID).read_text(encoding="ascii"))
        # The number may belong to another by now: only a command line that names this very folder is ended.
        if str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            _end_group(pid)
    shutil.rmtree(folder, ignore_errors=True)


@functools.cache
def wrong_font() -> str:
    """The font that would stand in for Bookman Old Style and is not its like; "" when all is well or nobody knows."""
    try:
        asked = ["fc-match", "--format=%{family[0]}", FONT]
        family = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if STANDS_IN in family.lower() else family


def state_of(printer: Printer) -> str:
    """ "ok", or what this machine lacks for its PDFs to be right."""
    if printer.program is None:
        return "LibreOffice is not installed"
    if shutil.which(printer.program) is None:
        return "LibreOffice is not on this machine"
    return f"{FONT} is missing, {wrong_font()} stands in" if wrong_font() else "ok"
