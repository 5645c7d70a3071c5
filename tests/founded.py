"""How the world of the tests is founded: real migrations, real institutions, a person with a token in every post."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from config.settings import ROOT, Testing
from governance.kernel.db import db, transaction
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_all
from governance.people.manners import Manner
from governance.people.models import Holding, Person, Post
from governance.people.queries import known_by_token
from governance.people.roles import Role
from governance.trail.anchors import anchors
from tests.databases import Database
from web.app import create_app
from workflows import founding
from workflows.signing_in import digest, make_token

KIND = "coordination_team_decree"
# For tests that run by the real clock, at night too: no letter waits for the end of the quiet hours.
ANY_HOUR = "UPDATE institution SET quiet_from = 0, quiet_to = 0"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, 09.00 WIB
TODAY = date(2026, 11, 20)
SINCE = date(2020, 1, 1)
PASSWORD = "kata sandi untuk uji coba"  # hashed once for all, and lightly: argon2 is slow on purpose
NO_EMAIL = "arsip"  # one office is told in the inbox alone
ROUTE = ("diskominfo", "hukum", "asisten")  # who initials, in order; then the Sekda approves


@dataclass(frozen=True)
class Someone:
    """A person in his post: what a verb takes (`actor`), and what the API takes (`token`)."""

    username: str
    actor: Actor
    token: str
    institution: str


class Place:
    """One regional government; its people are found by the short name of their office."""

    def __init__(self, facts: InstitutionFacts, key: int, people: Mapping[str, Someone]) -> None:
        self.facts, self.id, self.people = facts, key, dict(people)

    def __getattr__(self, office: str) -> Someone:
        try:
            return self.people[office]
        except KeyError:
            raise AttributeError(f"{self.facts.key} has no {office}") from None


def offices(facts: InstitutionFacts) -> dict[str, str]:
    """The short name of each office -> the post's key."""
    named = {"setda": "sekda", facts.route["assistant"]: "asisten"}
    head = facts.post_of(Role.HEAD_OF_REGION)
    assert head is not None
    named[head.key] = "kepala"
    return {named.get(post.key, post.key): post.key for post in facts.posts}


@dataclass
class House:
    """An application on one kind of database, its untouched world, and the way back to it."""

    app: Flask
    folder: Path
    database: Database
    places: dict[str, Place]

    def as_it_was(self) -> None:
        """Put database, files and anchors back to the untouched world."""
        with self.app.app_context():
            db.engine.dispose()
        self.database.restore()
        for name in ("files", "anchors", "mail"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.folder / "anchors.untouched", self.folder / "anchors")
        anchors.keep_in(self.folder / "anchors")


def built(folder: Path, database: Database) -> House:
    """An application with a fresh world: migrated, institutions taken in, everyone in his post with a token."""
    app = create_app(Testing.within(folder, DATABASE_URL=database.url))
    facts = {**read_all(ROOT / "config" / "institutions"), **read_all(ROOT / "tests" / "institutions")}
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        password = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        places = {key: _settled(facts[key], password) for key in ("serang", "kota_contoh", "provinsi_contoh")}
        db.session.remove()
        db.engine.dispose()
    shutil.copytree(folder / "anchors", folder / "anchors.untouched")
    database.remember()
    return House(app, folder, database, places)


def _settled(facts: InstitutionFacts, password: str) -> Place:
    institution_id = founding.take_in(facts, now=NOW)
    prefix = "" if facts.key == "serang" else f"{facts.key}."
    with transaction():
        for office, post in offices(facts).items():
            _appointed(institution_id, facts.key, f"{prefix}{office}", post, password)
    people = {office: _someone(f"{prefix}{office}", facts.key) for office in offices(facts)}
    return Place(facts, institution_id, people)


def _appointed(institution_id: int, key: str, username: str, post: str, password: str) -> None:
    person = Person(
        institution_id=institution_id, username=username, name=f"Pejabat {username}", password_hash=password
    )
    person.email = None if username == NO_EMAIL else f"{username}@{key}.example"
    db.session.add(person)
    db.session.flush()
    held = sa.select(Post.id).where(Post.institution_id == institution_id, Post.key == post)
    holding = Holding(institution_id=institution_id, person_id=person.id, post_id=db.session.scalar(held))
    holding.from_on, holding.manner = SINCE, Manner.DEFINITIVE
    db.session.add(holding)


def _someone(username: str, institution: str) -> Someone:
    token = make_token(username, "tests", now=NOW)
    known = known_by_token(digest(token), NOW)
    assert known is not None
    return Someone(username, known.held[0].actor, token, institution)
