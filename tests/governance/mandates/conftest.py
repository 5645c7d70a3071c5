"""The law as shipped, the institutions as shipped, and a copy of the law that a test may break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import ROOT
from governance.mandates.law import BrokenLaw, Law
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_all

LAW_FOLDER = ROOT / "config" / "law"
Breaking = Callable[[str, str, str], BrokenLaw]


@pytest.fixture(scope="session")
def law() -> Law:
    return Law.read(LAW_FOLDER)


@pytest.fixture(scope="session")
def institutions() -> dict[str, InstitutionFacts]:
    return read_all(ROOT / "config" / "institutions") | read_all(ROOT / "tests" / "institutions")


@pytest.fixture
def broken_by(tmp_path: Path) -> Breaking:
    """Replace the first `old` in a file of the law by `new`, read it, and hand back the refusal."""

    def break_it(name: str, old: str, new: str) -> BrokenLaw:
        folder = tmp_path / "law"
        shutil.copytree(LAW_FOLDER, folder, dirs_exist_ok=True)
        before = (folder / name).read_text(encoding="utf-8")
        assert old in before, f"{name} no longer holds {old!r}"
        (folder / name).write_text(before.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BrokenLaw) as refusal:
            Law.read(folder)
        return refusal.value

    return break_it
