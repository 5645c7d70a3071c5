"""The instruments as shipped, and one of them alone in a folder where a test may break it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import ROOT
from governance.assessment.instrument_files import BrokenInstrument, Instruments

FOLDER = ROOT / "config" / "law" / "instruments"
KEYS = ("permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026")
NO_MAPPING = "as_of: 2026-11-22\nmappings: []\n"
Alone = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def instruments() -> Instruments:
    return Instruments.read(FOLDER)


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    """A folder with one instrument of that text and no mapping."""

    def write(key: str, content: str) -> Path:
        folder = tmp_path / "instruments"
        folder.mkdir(exist_ok=True)
        (folder / "mapping.yaml").write_text(NO_MAPPING, encoding="utf-8")
        (folder / f"{key}.yaml").write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def broken_by(tmp_path: Path) -> Callable[[str, str, str], BrokenInstrument]:
    """Replace the first `old` in one of the files by `new`, read all, and hand back the refusal."""

    def break_it(name: str, old: str, new: str) -> BrokenInstrument:
        folder = tmp_path / "instruments"
        shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
        before = (folder / name).read_text(encoding="utf-8")
        assert old in before, f"{name} no longer holds {old!r}"
        (folder / name).write_text(before.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BrokenInstrument) as refusal:
            Instruments.read(folder)
        return refusal.value

    return break_it
