"""A small world for tests: three regional governments with a person in every post, made once and copied for each test.

Everything in it is real: the migrations, the database (SQLite, and PostgreSQL where TEST_DATABASE_URL is set), the
files, the verbs. Time is a parameter: NOW is the moment at which tests act unless they say otherwise.
"""

import contextvars
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from governance.documents import queries
from governance.documents.fields import defaults
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.seen import Seen
from governance.kernel.db import db
from governance.people.models import Institution
from tests.databases import Database, unguarded
from tests.founded import KIND, NOW, PASSWORD, ROUTE, TODAY, House, Place, Someone, built
from workflows import approval, drafting, enactment
from workflows.approval import Decided
from workflows.drafting import NewDocument, Typed
from workflows.enactment import Signed
from workflows.library import Library

__all__ = ["KIND", "NOW", "PASSWORD", "TODAY", "Api", "House", "Maker", "Paper", "Place", "Someone", "World"]


class World:
    """What a test sees of it; offices of Serang stand directly in it: `world.sekda`, `world.kota.sekda`."""

    def __init__(self, house: House) -> None:
        self.app, self.folder, self.house = house.app, house.folder, house
        self.serang, self.kota, self.provinsi = (
            house.places[key] for key in ("serang", "kota_contoh", "provinsi_contoh")
        )
        self.library: Library = house.app.extensions["mandat"]

    def __getattr__(self, office: str) -> Someone:
        return getattr(self.serang, office)

    @property
    def everyone(self) -> list[Someone]:
        """Everyone in every institution."""
        return [one for place in self.house.places.values() for one in place.people.values()]

    def rows(self, statement: str, **params: Any) -> list[Any]:
        """Rows of the database as they are committed."""
        db.session.rollback()
        with db.engine.connect() as connection:
            return list(connection.execute(sa.text(statement), params))

    def value(self, statement: str, **params: Any) -> Any:
        """The one value of a statement."""
        return self.rows(statement, **params)[0][0]

    def change(self, statement: str, **params: Any) -> None:
        """What no verb does: a hand in the database, of an owner who sets aside the triggers in its way."""
        db.session.rollback()
        with db.engine.begin() as connection, unguarded(connection, statement):
            connection.execute(sa.text(statement), params)

    def everything(self) -> dict[str, list[Any]]:
        """Every row of every table, to show that a refusal changed nothing."""
        db.session.rollback()
        with db.engine.connect() as connection:
            tables = db.metadata.sorted_tables
            return {table.name: [tuple(row) for row in connection.execute(_rows_of(table))] for table in tables}

    def inbox(self, someone: Someone) -> list[str]:
        """The keys of what a person was told, oldest first."""
        told = "SELECT key FROM notice WHERE person_id = :person ORDER BY id"
        return [key for (key,) in self.rows(told, person=someone.actor.person_id)]

    def trail(self, place: Place | None = None) -> list[str]:
        """What happened in an institution, oldest first."""
        lines = "SELECT text FROM trail_line WHERE institution_id = :id ORDER BY number"
        return [text for (text,) in self.rows(lines, id=(place or self.serang).id)]


def _rows_of(table: sa.Table) -> sa.TextClause:
    return sa.text(f'SELECT * FROM "{table.name}" ORDER BY 1')  # noqa: S608


@dataclass
class Paper:
    """A document made by a test."""

    id: int
    author: Someone
    world: World

    def as_seen(self, by: Someone | None = None) -> Seen:
        """The document as someone sees it now."""
        db.session.rollback()
        return queries.document((by or self.author).actor, self.id, TODAY)

    @property
    def state(self) -> State:
        """Its state now."""
        return self.as_seen().state

    @property
    def seen(self) -> str:
        """The mark of what it is now."""
        return self.as_seen().seen

    def asked(self, reason: str = "", seen: str | None = None) -> Decided:
        """A decision on what it is now."""
        return Decided(self.id, seen or self.seen, reason)

    @property
    def file(self) -> bytes:
        """The file of its newest revision."""
        return self.world.library.files.read(self.as_seen().sha256 or "")


class Maker:
    """Makes documents in any state, through the verbs that lead there."""

    def __init__(self, world: World) -> None:
        self.world = world

    def fields(self, place: Place | None = None, on: date = TODAY, **changes: Any) -> dict[str, Any]:
        """Fields that can be submitted."""
        facts, library = (place or self.world.serang).facts, self.world.library
        given = defaults(library.kind(KIND), institution=facts, law=library.law, year=on.year, on=on)
        return given | {"place": "Contoh"} | changes

    def document(
        self,
        state: State = State.DRAFT,
        *,
        place: Place | None = None,
        by: str = "diskominfo",
        secrecy: Secrecy | None = None,
        signed_on: date = TODAY,
        **changes: Any,
    ) -> Paper:
        """A document of `place` (Serang) in that state."""
        place = place or self.world.serang
        author = place.people[by]
        new = NewDocument(KIND, TODAY.year, self.fields(place, **changes), secrecy=secrecy)
        paper = Paper(
            drafting.open_document(new, by=author.actor, now=NOW, library=self.world.library), author, self.world
        )
        if state is State.WITHDRAWN:
            approval.withdraw(paper.asked("Tidak jadi"), by=author.actor, now=NOW)
        elif state is not State.DRAFT:
            self.submit(paper)
        if state in (State.APPROVED, State.ENACTED):
            self.approve(paper, place)
        if state is State.ENACTED:
            self.enact(paper, signed_on, place)
        return paper

    def submit(self, paper: Paper, now: datetime = NOW) -> None:
        """Submitted by its author."""
        approval.submit(paper.asked(), by=paper.author.actor, now=now, library=self.world.library)

    def revise(self, paper: Paper, **changes: Any) -> None:
        """Initialled by its author, returned by Bagian Hukum, changed, and submitted again: one revision more."""
        self.initial(paper, "diskominfo")
        approval.return_to_author(paper.asked("Perbaiki"), by=self.world.hukum.actor, now=NOW)
        typed = Typed(paper.id, paper.as_seen().version or 0, self.fields(**changes))
        drafting.save_copy(typed, by=paper.author.actor, now=NOW, library=self.world.library)
        self.submit(paper)

    def initial(self, paper: Paper, upto: str, place: Place | None = None) -> None:
        """Initialled in the order of the route, up to and with that office."""
        for step, office in enumerate(ROUTE):
            someone = paper.author if step == 0 else (place or self.world.serang).people[office]
            if someone.username in paper.as_seen().waiting_for:
                approval.initial(paper.asked(), by=someone.actor, now=NOW)
            if office == upto:
                return

    def approve(self, paper: Paper, place: Place | None = None) -> None:
        """Initialled by all and approved by the Sekda."""
        self.initial(paper, "asisten", place)
        approval.approve(paper.asked(), by=(place or self.world.serang).sekda.actor, now=NOW)

    def enact(self, paper: Paper, signed_on: date = TODAY, place: Place | None = None, **more: Any) -> None:
        """Enacted by Bagian Hukum."""
        place = place or self.world.serang
        if place.facts.series[0].way == "register" and "number" not in more:
            count = self.world.value("SELECT count(*) FROM act WHERE institution_id = :id", id=place.id)
            more["number"] = f"{count + 1} TAHUN {signed_on.year}"
        signed = Signed(paper.id, paper.seen, signed_on, **more)
        enactment.enact(signed, by=place.hukum.actor, now=NOW, library=self.world.library)


class Api:
    """The JSON API as one person's program calls it."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client, self.token = app.test_client(), token

    def __call__(self, method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
        """One request, in a context of its own as a real server gives it."""
        db.session.rollback()
        headers = {"Authorization": f"Bearer {self.token}"} if self.token is not None else {}
        headers |= more.pop("headers", {})
        if json is not None:
            more["json"] = json
        ask = lambda: self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)  # noqa: E731
        answer: TestResponse = contextvars.Context().run(ask)
        return answer

    def move(self, paper: Paper | int, move: str, **more: Any) -> TestResponse:
        """A move on what the caller sees now."""
        key = paper if isinstance(paper, int) else paper.id
        seen = (self("GET", f"/documents/{key}").json or {}).get("seen", "tidak terlihat")
        return self("POST", f"/documents/{key}/moves", json={"move": move, "seen": seen} | more)


@pytest.fixture(scope="session")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], House]]:
    """The application on a kind of database, built when the first test asks for it."""
    made: dict[str, House] = {}

    def house_on(kind: str) -> House:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            made[kind] = built(folder, Database.of(kind, folder, f"mandat_{secrets.token_hex(4)}"))
        return made[kind]

    yield house_on
    for house in made.values():
        with house.app.app_context():
            db.engine.dispose()
        house.database.remove()


@pytest.fixture
def database() -> str:
    """The kind of database; tests of verbs and queries run on both (see tests/workflows/conftest.py)."""
    return "sqlite"


@pytest.fixture
def world(houses: Callable[[str], House], database: str) -> Iterator[World]:
    """The untouched world, with the application's context around the test."""
    house = houses(database)
    house.as_it_was()
    with house.app.app_context():
        yield World(house)


@pytest.fixture
def make(world: World) -> Maker:
    """Makes documents."""
    return Maker(world)


@pytest.fixture
def api(world: World) -> Callable[[Someone | None], Api]:
    """`api(world.sekda)` calls with that person's token; `api(None)` with none."""
    return lambda someone: Api(world.app, someone.token if someone else None)


@pytest.fixture
def run(world: World) -> Callable[..., Any]:
    """`run("verify-trail")`: a command of `flask`, in a context of its own."""

    def invoke(*args: str) -> Any:
        db.session.rollback()
        runner = world.app.test_cli_runner()
        return contextvars.Context().run(lambda: runner.invoke(args=list(args)))

    return invoke


def scanned_on(world: World, place: Place) -> date | None:
    """The last local day on which an institution was scanned."""
    db.session.rollback()
    return db.session.scalar(sa.select(Institution.scanned_on).where(Institution.id == place.id))
