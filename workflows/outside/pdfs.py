"""PDFs handed in by anybody, examined in a program of their own with bounds on memory and time."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from governance.documents.examined import Examined
from governance.kernel.errors import TooMany

PROGRAM = "governance.documents.examining"
HERE = Path(__file__).resolve().parents[2]
PATIENCE = 25.0  # seconds; the program ends itself after 20 of its own
AT_ONCE = 2  # of one process: each may take a gigabyte
WAIT = 10.0

_free = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Trust:
    """The root certificates (PEM) that a signer's chain must end at; none: chains are not looked at."""

    roots: tuple[str, ...] = ()

    @classmethod
    def read(cls, place: Path | None) -> "Trust":
        """From a file with any number of certificates; none where no file is named."""
        return cls((place.read_text(encoding="ascii"),)) if place else cls()


def examined(data: bytes, trust: Trust, prepared: bytes = b"") -> Examined:
    """What a PDF is. One that the program dies of is broken; TooMany while others are being examined."""
    if not data.startswith(b"%PDF-"):
        return Examined(broken=True)
    if not _free.acquire(timeout=WAIT):
        raise TooMany("refused.too_many")
    try:
        return _asked(data, trust, prepared)
    finally:
        _free.release()


def _asked(data: bytes, trust: Trust, prepared: bytes) -> Examined:
    told = json.dumps({"roots": trust.roots, "prepared": len(prepared)}).encode() + b"\n"
    words = [
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path.insert(0, sys.argv[1]); from {PROGRAM} import main; main()",
    ]
    try:
        answer = subprocess.run(
            [*words, str(HERE)],
            input=told + prepared + data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
        )
        return Examined.of(json.loads(answer.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        return Examined(broken=True)
