"""PDFs of many decrees with one start of LibreOffice, against one start for each file.

The one by one is LibreOffice's plain command with a profile that is kept and warm; ours lays a fresh one each start.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.bench.measure import Missing, seconds
from tests.bench.word import KIND, decrees
from workflows.outside.soffice import Printer, printed

FILES = 12


def pdf_vs_one_by_one() -> float:
    """How many times faster; the texts of the PDFs are compared."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            raise Missing(f"{program} is not on the path")
    with tempfile.TemporaryDirectory(prefix="mandat-bench-") as name:
        folder = Path(name)
        files = [folder / f"{KIND}-{number}.docx" for number in range(FILES)]
        for file, decree in zip(files, decrees(FILES), strict=True):
            file.write_bytes(decree)
        ours: list[bytes] = []
        alone = folder / "alone"
        _one_by_one(files[:1], folder / "profile", folder / "warm")
        slow = seconds(lambda: _one_by_one(files, folder / "profile", alone))
        fast = seconds(lambda: ours.extend(_together(files, folder)))
        theirs = [(alone / f"{file.stem}.pdf").read_bytes() for file in files]
        assert [_text(pdf) for pdf in ours] == [_text(pdf) for pdf in theirs]
        return slow / fast


def _together(files: list[Path], folder: Path) -> list[bytes]:
    outcomes = sorted(printed(files, Printer("soffice", folder / "printing")), key=lambda one: one.number)
    return [one.pdf for one in outcomes if one.pdf is not None]


def _one_by_one(files: list[Path], profile: Path, out: Path) -> None:
    words = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    for file in files:
        subprocess.run([*words, "--outdir", str(out), str(file)], check=True, capture_output=True, timeout=120)


def _text(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    assert len(read.stdout) > 1000
    return read.stdout.decode()
