"""`flask backup`, `flask restore` and `flask sweep-files` as an operator types them."""

import os
from pathlib import Path
from typing import Any

import pytest

from config.settings import Testing
from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.web.cli.test_commands import assert_stopped
from tests.world import Maker, World
from web.app import create_app


def test_a_backup_is_restored_by_one_command_and_its_trail_is_told(
    world: World, make: Maker, run: Any, tmp_path: Path
) -> None:
    archive, secret = tmp_path / "a.mandat", tmp_path / "sandi"
    secret.write_text("kuda baterai staples\n")
    make.document(State.ENACTED)
    result = run("backup", str(archive), "--passphrase-file", str(secret))
    assert result.exit_code == 0, result.stderr
    name, files, size, sha256 = result.stdout.rstrip("\n").split("\t")
    assert (name, int(files), int(size)) == (str(archive), 2, archive.stat().st_size)
    assert sha256.encode() in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0, "nobody else may read it"
    kept = world.everything()
    make.document()
    assert_stopped(run("restore", str(archive), "--passphrase-file", str(secret)), "--force")
    assert_stopped(run("restore", str(archive), "--force"), "--passphrase-file")
    result = run("restore", str(archive), "--force", "--passphrase-file", str(secret))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == ["kota_contoh\tutuh", "provinsi_contoh\tutuh", "serang\tutuh"]
    assert world.everything() == kept


def test_flask_db_is_flask_migrates_own(tmp_path: Path) -> None:
    app = create_app(Testing.within(tmp_path))
    run = app.test_cli_runner().invoke
    assert "upgrade" in run(args=["db", "--help"]).stdout
    assert run(args=["db", "upgrade", "karangan"]).exit_code != 0
    assert run(args=["db", "upgrade"]).exit_code == 0
    assert app.test_client().get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "kosong"), (b"\n\nlain\n", "kosong"), (b"\xff\xfe", "tidak dapat dibaca")]
)
def test_a_passphrase_file_without_one_stops_the_command(
    world: World, run: Any, tmp_path: Path, content: bytes, word: str
) -> None:
    (tmp_path / "sandi").write_bytes(content)
    out = tmp_path / "a.mandat"
    assert_stopped(run("backup", str(out), "--passphrase-file", str(tmp_path / "sandi")), word)
    assert not out.exists()


def test_what_cannot_be_written_or_read_is_said_so(world: World, run: Any, tmp_path: Path) -> None:
    assert_stopped(run("backup", str(tmp_path / "tidak" / "ada.mandat")), "ada.mandat")
    (tmp_path / "x").write_bytes(b"teks")
    assert_stopped(run("restore", str(tmp_path / "x"), "--force"), "bukan arsip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x"]


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(
    world: World, make: Maker, run: Any, tmp_path: Path
) -> None:
    make.document()
    page = world.value("SELECT rootpage FROM sqlite_master WHERE name = 'working_copy'")
    db.session.remove()
    db.engine.dispose()  # With its last connection SQLite brings everything into the one file.
    assert not (world.folder / "mandat.db-wal").exists()
    with (world.folder / "mandat.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert_stopped(run("backup", str(tmp_path / "a.mandat")), "rusak")
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_prints_count_and_bytes_alone(world: World, make: Maker, run: Any) -> None:
    sha256 = make.document(State.IN_REVIEW).as_seen().sha256 or ""
    orphan = world.library.files.place(world.library.files.keep(b"tak bertuan"))
    os.utime(orphan, (0, 0))
    assert run("sweep-files", "--dry-run").stdout == "1\t11\n"
    assert orphan.exists()
    result = run("sweep-files")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1\t11\n", "")
    assert not orphan.exists()
    world.library.files.place(sha256).unlink()
    result = run("sweep-files")
    assert (result.exit_code, result.stdout) == (1, "0\t0\n")
    assert sha256 in result.stderr


def test_a_backup_tells_of_a_damaged_file(world: World, make: Maker, run: Any, tmp_path: Path) -> None:
    sha256 = make.document(State.IN_REVIEW).as_seen().sha256 or ""
    world.library.files.place(sha256).write_bytes(b"rusak")
    result = run("backup", str(tmp_path / "a.mandat"))
    assert result.exit_code == 0
    assert sha256 in result.stderr
    result = run("restore", str(tmp_path / "a.mandat"), "--force")
    assert result.exit_code == 1, "the trail holds, but a file that a row names is not what it was"
    assert sha256 in result.stderr
