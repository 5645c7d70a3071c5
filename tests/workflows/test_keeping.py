"""Backup and restore: taken under load, restored into an empty place, refused for clear reasons, safe when cut off."""

import os
import secrets
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa

from config.settings import ROOT, Testing
from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.kernel.errors import BadFile, Refusal
from governance.kernel.files import PREFIXES
from governance.trail.anchors import anchors
from governance.trail.queries import first_break_of
from tests.databases import Database
from tests.world import NOW, Maker, World
from web.app import create_app
from workflows import keeping, kept_files
from workflows.keeping import Order, Place
from workflows.outside import databases

PASSPHRASE = "kuda baterai staples"
STEPS = ["staged", "files", "anchors", "database"]
ELSEWHERE = sa.make_url("postgresql+psycopg://mandat:rah'asia@db.example:6432/mandat?sslmode=require")
LATER = NOW + timedelta(days=400)


def place_of(app: Any) -> Place:
    config = app.config
    return Place(app.extensions["mandat"].files, Path(config["ANCHORS"]), Path(config["INSTANCE"]))


def known(world: World) -> list[str]:
    return [world.value("SELECT version_num FROM alembic_version")]


def backed_up(world: World, out: Path, passphrase: str | None = None) -> Path:
    db.session.rollback()
    keeping.backup(out, place_of(world.app), passphrase=passphrase, now=NOW)
    return out


def order(world: World, archive: Path, *, forced: bool = True) -> Order:
    return Order(archive, None, known(world), forced)


def refused(world: World, asked: Order) -> Refusal:
    """A restore that is refused, and changed nothing."""
    before, files = world.everything(), stored(world)
    with pytest.raises(Refusal) as caught:
        keeping.restore(asked, place_of(world.app), now=NOW)
    assert (world.everything(), stored(world)) == (before, files)
    assert_whole(world)
    return caught.value


def stored(world: World) -> list[tuple[str, int]]:
    """Every file of the installation beside the database, with its size; nothing is left over."""
    found = [path for name in ("files", "anchors") for path in (world.folder / name).rglob("*") if path.is_file()]
    return sorted((str(path.relative_to(world.folder)), path.stat().st_size) for path in found)


def assert_whole(world: World) -> None:
    """Every trail holds, and every row's file is there with its bytes."""
    db.session.rollback()
    assert [first_break_of(place.id) for place in world.house.places.values()] == [None] * 3
    assert kept_files.sweep(world.library.files, now=NOW, dry=True).faults == ()


@contextmanager
def empty_place(kind: str, folder: Path) -> Iterator[Any]:
    """Another installation, without tables."""
    folder.mkdir()
    database = Database.of(kind, folder, f"mandat_{secrets.token_hex(4)}")
    app, before = create_app(Testing.within(folder, DATABASE_URL=database.url)), anchors.folder
    anchors.keep_in(folder / "anchors")
    try:
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()
    finally:
        database.remove()
        assert before is not None
        anchors.keep_in(before)


class Load(threading.Thread):
    """Someone who writes documents and enacts them until told to stop."""

    def __init__(self, world: World) -> None:
        super().__init__(daemon=True)
        self.world, self.made, self.fault = world, 0, ""
        self.begun, self.more, self.enough = threading.Event(), threading.Event(), threading.Event()

    def run(self) -> None:
        with self.world.app.app_context():
            try:
                while not self.enough.is_set():
                    Maker(self.world).document(
                        State.ENACTED if self.made % 2 else State.IN_REVIEW, title=str(self.made)
                    )
                    self.made += 1
                    self.begun.set()
            except Exception as fault:  # noqa: BLE001 - told by `stop`, on the test's own thread
                self.fault = repr(fault)
            finally:
                self.begun.set()
                db.session.remove()

    def stop(self) -> None:
        self.enough.set()
        self.join()
        assert self.fault == ""


def test_a_backup_taken_under_load_restores_into_an_empty_place(world: World, database: str, tmp_path: Path) -> None:
    load = Load(world)
    load.start()
    assert load.begun.wait(60)
    before = load.made
    passphrase = PASSPHRASE if database == "sqlite" else None  # Once is enough: a lock is slow on purpose.
    archive = backed_up(world, tmp_path / "a.mandat", passphrase)
    assert load.is_alive(), "it wrote all the while"
    load.stop()
    migrations = known(world)
    with empty_place(database, tmp_path / "empty") as app:
        keeping.restore(Order(archive, passphrase, migrations), place_of(app), now=NOW)
        files = app.extensions["mandat"].files
        assert [first_break_of(place.id) for place in world.house.places.values()] == [None] * 3
        assert kept_files.sweep(files, now=NOW, dry=True).faults == ()
        made = db.session.scalar(sa.text("SELECT count(*) FROM document"))
        db.session.rollback()
        assert before <= made <= load.made
        flask_migrate.check(directory=str(ROOT / "migrations"))


def test_a_restored_place_can_be_worked_in(world: World, make: Maker, tmp_path: Path) -> None:
    paper = make.document(State.IN_REVIEW)
    archive = backed_up(world, tmp_path / "a.mandat")
    make.approve(paper)
    make.document(State.ENACTED)
    keeping.restore(order(world, archive), place_of(world.app), now=NOW)
    assert_whole(world)
    assert paper.state is State.IN_REVIEW
    make.approve(paper)
    make.enact(paper)
    assert_whole(world)


def test_what_a_restore_replaces_of_the_anchors_is_kept_beside_them(world: World, make: Maker, tmp_path: Path) -> None:
    archive = backed_up(world, tmp_path / "a.mandat")
    make.document()
    newest = (world.folder / "anchors" / str(world.serang.id)).read_bytes()
    keeping.restore(order(world, archive), place_of(world.app), now=NOW)
    (kept,) = (world.folder / "anchors").glob(f".before-*/{world.serang.id}")
    assert kept.read_bytes() == newest


def test_a_place_with_data_is_refused_unless_forced(world: World, make: Maker, tmp_path: Path) -> None:
    archive = backed_up(world, tmp_path / "a.mandat")
    make.document()
    assert refused(world, order(world, archive, forced=False)).key == "backup.not_empty"


def test_a_backup_never_overwrites_another(world: World, tmp_path: Path) -> None:
    archive = backed_up(world, tmp_path / "a.mandat")
    with pytest.raises(Refusal) as caught:
        backed_up(world, archive)
    assert caught.value.key == "backup.there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mandat"]
    assert not list(world.folder.glob(".backup-*"))


def test_what_cannot_be_restored_is_refused_before_anything_is_touched(
    world: World, make: Maker, tmp_path: Path
) -> None:
    make.document(State.IN_REVIEW)
    archive = backed_up(world, tmp_path / "a.mandat")
    whole = archive.read_bytes()
    make.document(State.IN_REVIEW)
    assert refused(world, Order(archive, None, ["0000"], True)).key == "backup.newer_version"
    for at in (5, len(whole) // 2, len(whole) - 1):  # Each byte of a small one: tests/governance/kernel.
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert isinstance(refused(world, order(world, archive)), BadFile), at
    archive.write_bytes(whole[:-600])
    assert refused(world, order(world, archive)).key == "backup.cut"
    archive.write_text("bukan arsip")
    assert refused(world, order(world, archive)).key == "backup.not_an_archive"


@pytest.mark.postgres
def test_a_backup_of_another_kind_of_database_is_refused(
    houses: Any, world: World, database: str, tmp_path: Path
) -> None:
    archive = backed_up(world, tmp_path / "a.mandat")
    migrations = known(world)
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[database]
    with empty_place(other, tmp_path / "other") as app:
        with pytest.raises(BadFile) as caught:
            keeping.restore(Order(archive, None, migrations, True), place_of(app), now=NOW)
        assert caught.value.key == "backup.other_database"
        assert caught.value.params == {"theirs": database, "ours": other}


@pytest.mark.parametrize("cut", STEPS)
def test_a_restore_killed_between_its_steps_leaves_the_old_or_the_new_state(
    world: World, make: Maker, tmp_path: Path, cut: str
) -> None:
    make.document(State.IN_REVIEW)
    archive = backed_up(world, tmp_path / "a.mandat")
    new = world.everything()
    make.document(State.ENACTED)
    old, asked = world.everything(), order(world, archive)
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        for step in keeping.restoring(asked, place_of(world.app), now=NOW):
            if step == cut:
                os.kill(os.getpid(), signal.SIGKILL)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert world.everything() == (new if cut == "database" else old)
    assert_whole(world)
    keeping.restore(asked, place_of(world.app), now=NOW)
    assert world.everything() == new
    assert_whole(world)
    assert not list(world.folder.rglob(".restore-*"))


def test_a_file_damaged_before_the_backup_is_told_and_found_again(world: World, make: Maker, tmp_path: Path) -> None:
    sha256 = make.document(State.IN_REVIEW).as_seen().sha256 or ""
    world.library.files.place(sha256).write_bytes(b"rusak")
    kept = keeping.backup(tmp_path / "a.mandat", place_of(world.app), passphrase=None, now=NOW)
    assert kept.damaged == (sha256,)
    keeping.restore(order(world, tmp_path / "a.mandat"), place_of(world.app), now=NOW)
    (fault,) = kept_files.sweep(world.library.files, now=NOW, dry=True).faults
    assert fault.sha256 == sha256


def names(world: World) -> set[str]:
    return {name for prefix in PREFIXES for name in world.library.files.kept_under(prefix)}


def test_a_sweep_takes_what_no_row_names_after_a_day_and_nothing_else(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    named = names(world)
    files = world.library.files
    orphan, fresh = files.keep(b"tak bertuan"), files.keep(b"baru")
    old = (LATER - timedelta(hours=25)).timestamp()
    for name in (*named, orphan):
        os.utime(files.place(name), (old, old))
    os.utime(files.place(fresh), (old + 7200, old + 7200))
    counted = kept_files.sweep(files, now=LATER, dry=True)
    assert (counted.count, counted.size, counted.faults) == (1, 11, ())
    assert names(world) == named | {orphan, fresh}
    assert kept_files.sweep(files, now=LATER, dry=False).count == 1
    assert names(world) == named | {fresh}
    assert kept_files.sweep(files, now=LATER, dry=False).count == 0


def test_bytes_kept_again_are_not_swept(world: World) -> None:
    """The row that names them has not committed yet."""
    files = world.library.files
    sha256 = files.keep(b"lama")
    os.utime(files.place(sha256), (0, 0))
    files.keep(b"lama")
    assert files.remove(sha256, older_than=NOW.timestamp() - 86_400) == 0
    assert files.read(sha256) == b"lama"


def test_a_sweep_tells_of_missing_and_damaged_files(world: World, make: Maker) -> None:
    gone, bad = (make.document(State.IN_REVIEW, title=title).as_seen().sha256 or "" for title in ("Satu", "Dua"))
    world.library.files.place(gone).unlink()
    world.library.files.place(bad).write_bytes(b"rusak")
    faults = kept_files.sweep(world.library.files, now=NOW, dry=True).faults
    assert {(fault.sha256, fault.why) for fault in faults} == {(gone, "missing"), (bad, "damaged")}


def test_a_missing_program_of_postgresql_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(databases.ProgramFailed) as caught:
        databases.copy_out(ELSEWHERE, tmp_path / "copy")
    assert caught.value.params == {"program": "pg_dump"}


def test_a_password_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\necho "$PGPASSWORD" > {tmp_path}/secret\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    databases.copy_out(ELSEWHERE, tmp_path / "copy")
    assert "host=db.example" in (tmp_path / "words").read_text()
    assert "rah'asia" not in (tmp_path / "words").read_text()
    assert (tmp_path / "secret").read_text() == "rah'asia\n"
