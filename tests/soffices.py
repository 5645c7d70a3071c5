"""Stand-ins for LibreOffice: a program with its command line that does at once, or never, what a test needs to see."""

from dataclasses import dataclass
from pathlib import Path

from workflows.outside.soffice import Printer

# The word after a zip's first four bytes decides what becomes of a file; a real Word file is "printed".
SCRIPT = """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
out=$2
shift 2
echo $# >> "{folder}/starts"
env > "{folder}/environment"
mkdir -p "$out"
for file in "$@"; do
    [ -e "{folder}/refuses" ] && continue
    case "$(head -c 12 "$file" | tail -c +5 | tr -d '\\000')" in
        HANGS*) sleep 600 & echo $! > "{folder}/child"; wait ;;
        CRASH*) kill -9 $$ ;;
        BROKEN*) continue ;;
    esac
    name=$(basename "$file" .docx)
    {{ printf '%%PDF-1.4\\n'; cksum < "$file"; printf '%%%%EOF\\n'; }} > "$out/$name.pdf"
done
"""
GOOD, HANGS, CRASHES, BROKEN = (b"PK\3\4" + word for word in (b"GOOD", b"HANGS", b"CRASHES", b"BROKEN"))


@dataclass(frozen=True)
class StandIn:
    """The program and its own folder."""

    folder: Path
    patience: float = 20.0

    @classmethod
    def within(cls, folder: Path, patience: float = 20.0) -> "StandIn":
        """Written as an executable into that folder."""
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / "soffice"
        program.write_text(SCRIPT.format(folder=folder), encoding="ascii")
        program.chmod(0o755)
        return cls(folder, patience)

    @property
    def printer(self) -> Printer:
        """As the settings would hand it down."""
        return Printer(str(self.folder / "soffice"), self.folder / "printing", self.patience)

    def refuse(self, *, everything: bool) -> None:
        """Let it read nothing at all, or again what it is given."""
        flag = self.folder / "refuses"
        flag.touch() if everything else flag.unlink()

    @property
    def starts(self) -> list[int]:
        """How many files each start was given."""
        kept = self.folder / "starts"
        return [int(line) for line in kept.read_text().splitlines()] if kept.exists() else []

    @property
    def child(self) -> int:
        """The process that the hanging program has started."""
        return int((self.folder / "child").read_text())


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


PRINTS = """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
out=$2
shift 2
mkdir -p "$out"
for file in "$@"; do
    cp "{page}" "$out/$(basename "$file" .docx).pdf"
done
"""


def printing(folder: Path, page: bytes) -> Printer:
    """A stand-in that prints every file as this one PDF, which is whole and can be signed."""
    folder.mkdir(parents=True, exist_ok=True)
    program, sheet = folder / "soffice", folder / "page.pdf"
    sheet.write_bytes(page)
    program.write_text(PRINTS.format(page=sheet), encoding="ascii")
    program.chmod(0o755)
    return Printer(str(program), folder / "printing", 20.0)
