"""The Makefile: it explains itself, and says plainly what a machine lacks."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from config.settings import ROOT


def made(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in a copy of the project that holds only what the environment is made from."""
    (folder / "tests").mkdir()
    for name in ("Makefile", "requirements.txt", "tests/requirements.txt"):
        shutil.copy(ROOT / name, folder / name)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_make_alone_lists_every_target(tmp_path: Path) -> None:
    shown = made(tmp_path).stdout
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert f"make {target} " in shown


def test_an_old_python_is_refused_with_a_way_out(tmp_path: Path) -> None:
    old = script(tmp_path / "old", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    refused = made(tmp_path, "run", f"PYTHON={old}")
    assert refused.returncode != 0
    assert "Python 3.9.2; Mandat butuh Python 3.11" in refused.stderr


def test_no_python_is_refused_with_a_way_out(tmp_path: Path) -> None:
    refused = made(tmp_path, "run", "PYTHON=no-such-python")
    assert refused.returncode != 0
    assert "apt install python3" in refused.stderr


@pytest.mark.parametrize("target", ["run", "test"])
def test_a_python_without_venv_is_refused_with_a_way_out(tmp_path: Path, target: str) -> None:
    bare = script(tmp_path / "bare", 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    refused = made(tmp_path, target, f"PYTHON={bare}")
    assert refused.returncode != 0
    assert "apt install python3-venv" in refused.stderr
