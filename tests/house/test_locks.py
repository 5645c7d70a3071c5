"""The two lock files: hashed to the last line, of one mind, and silent about where packages came from."""

import re
import tomllib
from pathlib import Path

import pytest

from config.settings import ROOT

RUNTIME, TOOLS, UV = ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt", ROOT / ".ci" / "uv.txt"
AUDIT = ROOT / ".ci" / "audit.txt"


def pins(path: Path) -> dict[str, set[str]]:
    """Package -> the versions pinned (several, where a marker chooses)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,]+\])?==([^\s;\\]+)", path.read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("path", [RUNTIME, TOOLS, UV, AUDIT], ids=lambda path: path.name)
def test_every_pin_is_hashed_and_no_source_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--index|--find-links|^-e|file:", text, re.MULTILINE)


def test_the_tools_agree_with_what_runs() -> None:
    runtime, tools = pins(RUNTIME), pins(TOOLS)
    assert {name: tools[name] for name in tools.keys() & runtime.keys() if not tools[name] <= runtime[name]} == {}


def test_everything_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for asked, lock in ((project["project"]["dependencies"], RUNTIME), (project["dependency-groups"]["tools"], TOOLS)):
        wanted = {re.split(r"[\[<>=~! ]", entry)[0] for entry in asked}
        assert wanted <= pins(lock).keys()
