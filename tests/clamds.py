"""clamd of a test's own: the real program, with one signature, on a socket and a port nobody else uses."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.brokers import free_port
from workflows.outside.clamd import Clamd, NotAnswering, found_in

PATIENCE_SECONDS = 60
# What virus scanners agreed to find for tests (EICAR). It does nothing; in halves, so that none finds this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "Uji.EICAR"


@dataclass(frozen=True)
class Scanner:
    """A running clamd by both of its ways, and its process so that a test may end it."""

    unix: Clamd
    tcp: Clamd
    process: subprocess.Popen[bytes]


@contextmanager
def scanner(folder: Path) -> Iterator[Scanner]:
    """clamd with a signature for EICAR alone; nothing is downloaded."""
    database, port, path = folder / "database", free_port(), folder / "clamd.sock"
    database.mkdir()
    (database / "test.ndb").write_text(f"{SIGNATURE}:0:*:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {database}\nLocalSocket {path}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"Foreground yes\nPidFile {folder / 'clamd.pid'}\nTemporaryDirectory {folder}\nLogFile {folder / 'clamd.log'}\n"
        "StreamMaxLength 25M\nConcurrentDatabaseReload no\n"
    )
    process = subprocess.Popen(["clamd", f"--config-file={settings}"], stdout=subprocess.DEVNULL)
    found = Scanner(Clamd(f"unix:{path}", 10), Clamd(f"tcp:127.0.0.1:{port}", 10), process)
    try:
        _until_it_answers(found)
        yield found
    finally:
        process.kill()
        process.wait(10)


def _until_it_answers(found: Scanner) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            found_in(found.unix, b"")
            found_in(found.tcp, b"")
        except NotAnswering:
            if found.process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
