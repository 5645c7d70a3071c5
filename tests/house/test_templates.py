"""Document templates: every kind is a Word file and its fields, side by side."""

import tomllib
import zipfile
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.house.source import name_of

FOLDER = ROOT / "doc_templates"


def kinds(ending: str) -> set[str]:
    return {path.stem for path in FOLDER.glob(f"*{ending}")}


def test_every_word_file_has_its_fields_and_every_fields_its_word_file() -> None:
    assert kinds(".docx") == kinds(".toml")
    assert "coordination_team_decree" in kinds(".docx")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=name_of)
def test_the_fields_can_be_read(path: Path) -> None:
    assert tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.docx")), ids=name_of)
def test_the_word_file_is_whole_and_carries_no_macro(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
    assert "word/document.xml" in names
    assert not [name for name in names if name.endswith((".bin", "vbaProject.bin"))]
