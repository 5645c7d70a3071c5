"""Backup and restore: anchors' ends noted, then the database, then the files; and back, the database last.

A file is written before the row that names it commits, and an anchor after it: in this order every row's file is in
the archive, and no anchor in it is newer than its trail.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, select, text

from governance.kernel import archive
from governance.kernel.archive import About, Reader, Writer
from governance.kernel.db import db
from governance.kernel.errors import BadFile, Refusal
from governance.kernel.files import NAME, PREFIXES, Files, force
from governance.people.models import Institution
from workflows.outside import databases

DATABASE, ANCHORS, FILES = "database", "anchors", "files"
MEMBER = re.compile(rf"{DATABASE}|{ANCHORS}/\d{{1,18}}|{FILES}/{NAME.pattern}")
COPIED, STAGED = ".backup-", ".restore-"


@dataclass(frozen=True)
class Place:
    """Where an installation's data lies."""

    files: Files
    anchors: Path
    scratch: Path  # a folder that only the operator reads; what is copied there is removed again


@dataclass
class Kept:
    """What a backup took; `damaged` files no longer hash to their name."""

    sha256: str = ""
    files: int = 0
    size: int = 0
    damaged: tuple[str, ...] = ()


def backup(out: Path, place: Place, *, passphrase: str | None, now: datetime) -> Kept:
    """Write everything to one archive. The program may run meanwhile."""
    if out.exists():
        raise Refusal("backup.there", file=str(out))
    kept, unfinished = Kept(), out.with_name(f"{out.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        _clear(COPIED, place.scratch)
        with _folder(COPIED, place.scratch) as scratch:
            about = About(now.isoformat(), databases.kind_of(db.engine.url), _migration())
            ends = _anchor_ends(place.anchors)
            copy = scratch / DATABASE
            databases.copy_out(db.engine.url, copy)
            with archive.writing(unfinished, about, passphrase) as writer:
                _add(writer, DATABASE, copy)
                for name, end in ends.items():
                    _add(writer, f"{ANCHORS}/{name}", place.anchors / name, end)
                _add_files(writer, place.files, kept)
        kept.sha256 = archive.seal(unfinished)
        force(unfinished)
        unfinished.rename(out)
        force(out.absolute().parent)
    finally:
        unfinished.unlink(missing_ok=True)
    kept.size = out.stat().st_size
    return kept


@dataclass(frozen=True)
class Order:
    """What is to be restored, and what this version knows. `known`: its migrations."""

    archive: Path
    passphrase: str | None
    known: Collection[str]
    forced: bool = False


def restore(order: Order, place: Place, *, now: datetime) -> About:
    """Put everything back; nothing is touched before the whole archive was read and found sound."""
    steps = restoring(order, place, now=now)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            about: About = done.value
            return about


def restoring(order: Order, place: Place, *, now: datetime) -> Generator[str, None, About]:
    """The steps of a restore. Wherever it is cut off, the old state or the new one is whole, and it can be repeated."""
    if not order.forced:
        _require_empty(place)
    _clear(STAGED, place.scratch, place.files.folder)
    with _folder(STAGED, place.scratch) as scratch, _folder(STAGED, place.files.folder) as staged:
        with archive.reading(order.archive, order.passphrase) as reader:
            _require_fits(reader.about, databases.kind_of(db.engine.url), order.known)
            _stage(reader, scratch, staged)
        yield "staged"
        for file in sorted(staged.iterdir()):
            place.files.adopt(file, file.name)
        yield "files"
        _place_anchors(scratch / ANCHORS, place.anchors, now)
        yield "anchors"
        db.session.rollback()
        db.engine.dispose()
        databases.put_in(db.engine.url, scratch / DATABASE)
        db.engine.dispose()
        yield "database"
        return reader.about


def _migration() -> str:
    if not inspect(db.engine).has_table("alembic_version"):
        raise Refusal("backup.no_tables")
    found: str = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    db.session.rollback()
    return found


def _anchor_ends(folder: Path) -> dict[str, int]:
    """How far each file of anchors reaches now; they only grow."""
    return {entry.name: entry.stat().st_size for entry in sorted(folder.iterdir()) if entry.name.isdigit()}


def _add(writer: Writer, name: str, place: Path, size: int | None = None) -> str:
    with place.open("rb") as file:
        return writer.add(name, file, os.fstat(file.fileno()).st_size if size is None else size)


def _add_files(writer: Writer, files: Files, kept: Kept) -> None:
    for prefix in PREFIXES:
        for sha256 in sorted(files.kept_under(prefix)):
            try:
                found = _add(writer, f"{FILES}/{sha256}", files.place(sha256))
            except FileNotFoundError:  # Swept meanwhile: no row names it.
                continue
            kept.files += 1
            kept.damaged += () if found == sha256 else (sha256,)


def _require_empty(place: Place) -> None:
    has_rows = inspect(db.engine).has_table("institution") and db.session.scalar(select(Institution.id).limit(1))
    db.session.rollback()
    has_files = any(True for prefix in PREFIXES for _ in place.files.kept_under(prefix))
    if has_rows or has_files or _anchor_ends(place.anchors):
        raise Refusal("backup.not_empty")


def _require_fits(about: About, kind: str, known: Collection[str]) -> None:
    if about.database != kind:
        raise BadFile("backup.other_database", theirs=about.database, ours=kind)
    if about.migration not in known:
        raise BadFile("backup.newer_version", migration=about.migration)


def _stage(reader: Reader, scratch: Path, staged: Path) -> None:
    """Write all members aside. A file that was already damaged when it was taken is left out, and so found missing."""
    (scratch / ANCHORS).mkdir()
    for name, content in reader.members():
        if not MEMBER.fullmatch(name):
            raise BadFile("backup.changed")
        kind, _, of = name.partition("/")
        target = (staged if kind == FILES else scratch / kind if of else scratch) / (of or kind)
        content.pour(target)
        if kind == FILES and content.sha256 != of:
            target.unlink()
    if not (scratch / DATABASE).exists():
        raise BadFile("backup.changed")


def _place_anchors(new: Path, folder: Path, now: datetime) -> None:
    """Put the anchors in place; those that stood there are kept beside them, for they may tell of a cut tail."""
    folder.mkdir(parents=True, exist_ok=True)
    old = folder / f".before-{now:%Y%m%dT%H%M%SZ}"
    for name in _anchor_ends(folder):
        old.mkdir(exist_ok=True)
        shutil.copyfile(folder / name, old / name)
    for place in sorted(new.iterdir()):
        arriving = folder / f".{place.name}"
        shutil.copyfile(place, arriving)
        force(arriving)
        arriving.rename(folder / place.name)
    for name in _anchor_ends(folder).keys() - {place.name for place in new.iterdir()}:
        (folder / name).unlink()
    force(folder)


@contextmanager
def _folder(prefix: str, above: Path) -> Iterator[Path]:
    """A folder that only its owner reads, on the same disk as `above`; removed at the end."""
    above.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=above, prefix=prefix))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _clear(prefix: str, *folders: Path) -> None:
    """Remove what an earlier one that was killed has left."""
    for above in folders:
        for left in above.glob(f"{prefix}*"):
            shutil.rmtree(left, ignore_errors=True)
