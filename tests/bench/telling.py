"""Telling 22,000 units: the ministry's letter entered in an institution with 22,000 offices that it concerns.

End to end on PostgreSQL: the verb (`obligations.enter_letter`: inbox and outbox rows, a line of the trail), then the
bells until every message was claimed, put into words, written as a letter into the mail folder, and marked. Against it
stands one bare INSERT ... SELECT per table of the very same rows. Writing the letters alone is timed too, and taken
off; the folder lies in memory where there is such a place, for the time a disk takes for 22,000 files varies by more
than all the rest together. Three rounds, each its own ratio; the one in the middle counts.
"""

import functools
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from governance.kernel.db import db, within
from governance.mandates.evaluation import Round
from governance.people.actors import Actor
from governance.people.models import Holding, Institution, Post
from governance.people.roles import Role
from tests.bench.measure import seconds
from tests.bench.seeded import NOW, inside, vacuumed
from web.letters import letter_told
from workflows import notices, obligations
from workflows.letters import AT_ONCE, Contents, Line
from workflows.obligations import Letter
from workflows.outside import mail as mails

UNITS = 22_000
ROUNDS = 3
IN_MEMORY = Path("/dev/shm")
# The rows of one telling, by table.
TOLD = {
    "notice": "cause = 'letter:2026:{round}'",
    "message": "notice_id IN (SELECT id FROM notice WHERE cause = 'letter:2026:{round}')",
}
# One institution grows until it has 22,000 offices: a unit, its head's post, and who holds it.
OFFICES = """
INSERT INTO unit (institution_id, key, name, short)
    SELECT :id, 'banyak' || n, 'Dinas ' || n, 'Dinas ' || n FROM generate_series(1, :count) n;
INSERT INTO post (institution_id, key, title, unit_id, role)
    SELECT institution_id, key, 'Kepala ' || name, id, 'digital' FROM unit
    WHERE institution_id = :id AND key LIKE 'banyak%';
INSERT INTO person (institution_id, username, name, email, language, password_hash, demonstration)
    SELECT institution_id, key, 'Pejabat ' || key, key || '@mandat.example', 'id', '!', true FROM unit
    WHERE institution_id = :id AND key LIKE 'banyak%';
INSERT INTO holding (institution_id, person_id, post_id, manner, from_on, letter)
    SELECT post.institution_id, person.id, post.id, 'definitive', '2020-01-01', '' FROM post
    JOIN person ON person.username = post.key WHERE post.institution_id = :id AND post.key LIKE 'banyak%'
"""


@dataclass(frozen=True)
class Told:
    """One round."""

    seconds: float
    bells: int
    sending_seconds: float
    bare_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the bare inserts of the same rows."""
        return (self.seconds - self.sending_seconds) / self.bare_seconds


def fanout_vs_insert_select() -> float:
    """How many times the bare inserts of the same rows; the middle of the rounds."""
    return statistics.median(told.ratio for told in _told())


def bells_for_22000() -> float:
    """How many bells were rung until everyone was told; the most of any round."""
    return max(told.bells for told in _told())


@functools.cache
def _told() -> list[Told]:
    with inside(1) as app:
        by = _grown()
        return [_round(app, by, number) for number in range(1, ROUNDS + 1)]


def _round(app: Flask, by: Actor, number: int) -> Told:
    vacuumed()
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as kept:
        folder, bells = Path(kept), list[int]()
        spent = seconds(_telling(app, by, folder, number, bells))
        letters = sum(1 for _ in folder.glob("*.eml"))
        assert letters == UNITS, f"{letters} letters"
        return Told(spent, len(bells), _sending(app, folder), _bare(number))


def _grown() -> Actor:
    """The institution with its 22,000 offices; who acts there."""
    db.session.rollback()
    institution = db.session.scalars(sa.select(Institution)).one()
    key, zone = institution.id, institution.timezone
    there = within(key, Post, sa.func.count(Post.id)).where(Post.role.in_([Role.DIGITAL, Role.SECRETARY]))
    count = UNITS - (db.session.scalar(there) or 0)
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in OFFICES.split(";"):
            connection.execute(sa.text(statement), {"id": key} | ({"count": count} if ":count" in statement else {}))
    rows = within(key, Holding, Holding, Post).join(Post, Post.id == Holding.post_id).where(Post.key == "diskominfo")
    holding, post = db.session.execute(rows).one()
    return Actor(key, zone, holding.person_id, holding.id, post.id, post.unit_id, Role.DIGITAL, "Kepala Diskominfo")


def _telling(app: Flask, by: Actor, folder: Path, number: int, bells: list[int]) -> Callable[[], None]:
    """The verb, then bells until nothing is left; one that would find nothing is not counted, for nobody rings it."""
    library = app.extensions["mandat"]
    mail = replace(app.extensions["mail"], folder=folder, server=None)
    windows = [{"stage": "penilaian_mandiri", "start": None, "end": "2026-12-10"}]
    letter = Letter(2026, Round.EVALUATION, "B/1", date(2026, 10, 1), windows, version=number - 1)

    def tell() -> None:
        obligations.enter_letter(letter, by=by, now=NOW, library=library)
        while done := notices.deliver(now=NOW, mail=mail, written=letter_told):
            bells.append(done)

    return tell


def _sending(app: Flask, folder: Path) -> float:
    """As many letters sent, as `deliver` sends them, with nothing of the database."""
    mail = replace(app.extensions["mail"], folder=folder / "alone", server=None)
    line = Line("obligation.letter_entered", {"year": 2026, "number": "B/1"}, f"{mail.base_url}/notices/1")
    words = letter_told(Contents(None, (line,), "id", "", mail.base_url))
    letters = [
        mails.Letter(f"mandat-{key}", f"banyak{key}@mandat.example", words.subject, words.text, words.html)
        for key in range(UNITS)
    ]

    carrier = mails.Carrier(mail)

    def sent() -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, UNITS, notices.IN_FLIGHT):
                list(pool.map(carrier.send, letters[start : start + notices.IN_FLIGHT]))

    return seconds(sent)


def _bare(number: int) -> float:
    """The same rows taken out and put back by one INSERT ... SELECT per table."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for table, which in TOLD.items():
            rows = which.format(round=number)
            connection.exec_driver_sql(f"CREATE TABLE kept_{table} AS SELECT * FROM {table} WHERE {rows}")  # noqa: S608
        for table in reversed(TOLD):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE id IN (SELECT id FROM kept_{table})")  # noqa: S608
    vacuumed()

    def inserted() -> None:
        with db.engine.begin() as connection:
            for table in TOLD:
                connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608

    spent = seconds(inserted)
    with db.engine.begin() as connection:
        for table in TOLD:
            connection.exec_driver_sql(f"DROP TABLE kept_{table}")
    return spent
