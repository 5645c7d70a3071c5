"""What a machine lacks is said at the end, and fails in CI, also where several processes share the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT

NEEDY = """
import pytest

@pytest.mark.postgres
@pytest.mark.parametrize("number", range(4))
def test_it(number: int) -> None: pass
"""


@pytest.mark.parametrize(
    ("surroundings", "code", "words"),
    [
        ({}, 0, "   4 tests left out, postgres: TEST_DATABASE_URL is not set"),
        ({"CI": "true"}, 1, "postgres is missing in CI: TEST_DATABASE_URL is not set"),
    ],
)
def test_a_missing_part_is_told_from_every_process(
    tmp_path: Path, surroundings: dict[str, str], code: int, words: str
) -> None:
    (tmp_path / "test_needy.py").write_text(NEEDY, encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name not in ("CI", "TEST_DATABASE_URL")}
    asked = ("-n", "2", "-p", "tests.parts", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={tmp_path}")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *asked, str(tmp_path / "test_needy.py")],
        env=bare | {"PYTHONPATH": str(ROOT)} | surroundings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == code, ran.stdout
    assert words in ran.stdout
