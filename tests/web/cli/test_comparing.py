"""`flask compare`: two Word files, no database."""

import json
from pathlib import Path
from typing import Any

from tests.governance.documents import samples
from tests.governance.documents.tracked import Tracked, texts
from tests.web.cli.test_commands import assert_stopped


def files(folder: Path) -> tuple[str, str]:
    old, new = folder / "lama.docx", folder / "baru.docx"
    old.write_bytes(samples.draft(budget="Anggaran Satu"))
    new.write_bytes(samples.draft(budget="Anggaran Dua"))
    return str(old), str(new)


def test_what_differs_is_printed_one_block_a_line(run: Any, tmp_path: Path) -> None:
    result = run("compare", *files(tmp_path))
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert "[-Satu-]{+Dua+}" in line


def test_as_json_every_block_is_there(run: Any, tmp_path: Path) -> None:
    found = json.loads(run("compare", *files(tmp_path), "--json").stdout)
    assert found["counts"] == {"changed": 1, "added": 0, "removed": 0}
    assert len(found["blocks"]) > 50


def test_equal_files_print_nothing(run: Any, tmp_path: Path) -> None:
    old, _new = files(tmp_path)
    result = run("compare", old, old)
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_tracked_file_is_written(run: Any, tmp_path: Path) -> None:
    old, new = files(tmp_path)
    out = tmp_path / "terlacak.docx"
    assert run("compare", old, new, "--out", str(out), "--author", "Bagian Hukum").exit_code == 0
    made = Tracked(out.read_bytes())
    assert texts(made.rejected()) == texts(Tracked(Path(old).read_bytes()).plain())
    assert texts(made.accepted()) == texts(Tracked(Path(new).read_bytes()).plain())


def test_what_is_no_word_file_or_cannot_be_written_stops_the_command(run: Any, tmp_path: Path) -> None:
    old, new = files(tmp_path)
    wrong = tmp_path / "salah.docx"
    wrong.write_bytes(b"bukan naskah")
    assert_stopped(run("compare", old, str(wrong)), ".docx")
    assert_stopped(run("compare", old, new, "--out", str(tmp_path / "tidak" / "ada.docx")), "tidak dapat ditulis")
    assert_stopped(run("compare", old, new, "--out", str(tmp_path / "x.docx"), "--author", "salah\x00"), "penulis")
