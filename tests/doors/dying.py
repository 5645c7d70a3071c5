"""What tests of sudden deaths share: processes that can be stopped, looked at and killed, work for them, the reckoning.

A process is killed with work in its hands: it is halted (SIGSTOP), so that what the database then says is what it was
doing at the moment of its death; if it was doing nothing it goes on, and is looked at again.
"""

import http.client
import http.cookiejar
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.settings import ROOT
from governance.mandates.law import Law
from tests.brokers import free_port
from tests.founded import ANY_HOUR, PASSWORD, House

PATIENCE_SECONDS = 240
BOTH = ("digital", "secretary")
TELLS = {step.rung: step.tells for step in Law.read(ROOT / "config" / "law").ladders["standard"].steps}
YEARS = range(2018, 2028)
SENDING = "SELECT id FROM message WHERE state = 'sending'"
# A letter of several waits a quarter of an hour for more: that is nothing left undone.
LEFT = "SELECT count(*) FROM message WHERE due_at IS NOT NULL AND NOT (state = 'created' AND sort IS NOT NULL)"
ADDRESSED = "SELECT message.id, message.state, email FROM message JOIN person ON person.id = message.person_id"
UNTOUCHED = "SELECT count(*) FROM message WHERE state = 'created' AND sort IS NULL"
UNDONE = "SELECT count(*) FROM job WHERE state IN ('waiting', 'running')"
# Many offices that a letter of the ministry concerns: a unit, its head's post, a person, and that he holds it.
OFFICES = """
INSERT INTO unit (institution_id, key, name, short)
    WITH RECURSIVE few(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM few WHERE n < :count)
    SELECT :id, 'banyak' || n, 'Dinas ' || n, 'Dinas ' || n FROM few;
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


class Books:
    """The database as it is committed, read by a connection of the test's own each time."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url, poolclass=sa.NullPool)

    def rows(self, statement: str, **params: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text(statement), params))

    def value(self, statement: str, **params: Any) -> Any:
        return self.rows(statement, **params)[0][0]

    def change(self, *statements: str, **params: Any) -> None:
        with self.engine.begin() as connection:
            for statement in statements:
                known = {name: value for name, value in params.items() if f":{name}" in statement}
                connection.execute(sa.text(statement), known)

    def sending(self) -> set[int]:
        """The messages that are in flight."""
        return {key for (key,) in self.rows(SENDING)}


def grown(house: House, books: Books, offices: int) -> None:
    """So many more offices in Serang."""
    books.change(ANY_HOUR, *OFFICES.split(";"), id=house.places["serang"].id, count=offices)


class Running:
    """`flask serve KIND` in a session of its own."""

    def __init__(self, kind: str, folder: Path, environment: dict[str, str]) -> None:
        self.kind, self.environment = kind, environment
        self.said = folder / f"{kind or 'supervisor'}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", *([self.kind] if self.kind else [])]
        with self.said.open("a", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
            )

    @property
    def pid(self) -> int:
        assert self.process is not None, f"{self.kind} was never started"
        return self.process.pid

    def kill(self) -> None:
        """Dead at once, with everything it started in its group; nothing where it never lived."""
        if self.process is not None:
            with_group(self.pid, signal.SIGKILL)
            self.process.wait(20)

    def stop(self) -> None:
        """Asked politely."""
        os.kill(self.pid, signal.SIGTERM)
        assert self.process is not None
        assert self.process.wait(PATIENCE_SECONDS) == 0, self.words()[-3000:]

    def words(self) -> str:
        return self.said.read_text(encoding="utf-8")


def with_group(leader: int, number: signal.Signals) -> None:
    """Signal a process and all of its group; nothing where they have gone."""
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return


def until(true: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for `true`, or fail saying what never came."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"never came: {what}")
        time.sleep(0.05)


def answers(port: int, path: str = "/readyz") -> bool:
    """Whether a web process answers there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10):
            return True
    except OSError:
        return False


@contextmanager
def post_office(folder: Path) -> Iterator[tuple[int, Path]]:
    """A mail server as a process of its own: its port, and the book in which it writes what it took."""
    port, book = free_port(), folder / "book"
    process = subprocess.Popen([sys.executable, "-m", "tests.doors.post_office", str(port), str(book)], cwd=ROOT)
    try:
        until(book.exists, "the mail server")
        yield port, book
    finally:
        process.kill()
        process.wait(10)


class Clerk(threading.Thread):
    """Enters the ministry's letters through the page, one after the other, again where no answer came.

    Each is told to every office; the clerk goes on until it is told to stop and enough were told.
    """

    def __init__(self, port: int, books: Books, *, backlog: int, enough: int) -> None:
        super().__init__(daemon=True)
        self.address, self.books = f"http://127.0.0.1:{port}", books
        self.backlog, self.enough = backlog, enough
        self.entered: list[tuple[int, int]] = []
        self.asking, self.may_stop = False, False
        self.unanswered = 0
        self.trouble: BaseException | None = None
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)

    def run(self) -> None:
        try:
            self._again(self._sign_in)
            number = 0
            while not (self.may_stop and self._told() >= self.enough):
                if self.books.value(UNTOUCHED) > self.backlog:
                    time.sleep(0.1)
                    continue
                year, version = YEARS[number % len(YEARS)], number // len(YEARS) + 1
                self._again(lambda year=year, version=version: self._enter(year, version))  # type: ignore[misc]
                self.entered.append((year, version))
                number += 1
        except BaseException as trouble:  # noqa: BLE001 - the test that waits for it says what it was
            self.trouble = trouble

    def _told(self) -> int:
        return int(self.books.value("SELECT count(*) FROM notice"))

    def _again(self, act: Callable[[], bool]) -> None:
        while not act():
            time.sleep(0.2)

    def _page(self, path: str, form: dict[str, str] | None = None) -> str | None:
        """The page, or None where nobody answered; a page that could not be made is an answer only without a form."""
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self.browser.open(f"{self.address}{path}", data=data, timeout=120) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as refusal:
            if refusal.code >= 500 or refusal.code == 409:  # The database was cut off, or it had been entered.
                return None
            raise
        except OSError:
            return None
        except http.client.HTTPException:
            return None

    def _form(self, path: str) -> dict[str, str] | None:
        page = self._page(path)
        if page is None:
            return None
        return dict(re.findall(r'name="(csrf_token|version)"[^>]*value="([^"]*)"', page))

    def _sign_in(self) -> bool:
        form = self._form("/sign-in")
        if form is None:
            return False
        return self._page("/sign-in", form | {"username": "diskominfo", "password": PASSWORD}) is not None

    def _enter(self, year: int, version: int) -> bool:
        form = self._form(f"/deadlines/letter?year={year}")
        if form is None:
            return False
        if int(form["version"]) >= version:
            return True  # It had been entered, and only the answer was lost.
        self.asking = True
        letter = {"year": str(year), "type": "evaluasi", "number": f"B/{year}/{version}", "date": "2026-10-01"}
        answer = self._page("/deadlines/letter", form | letter | {"stage.penilaian_mandiri.end": "2026-12-10"})
        self.asking = False
        self.unanswered += answer is None
        return answer is not None


@dataclass
class Reckoning:
    """What was in flight at each death, and whether in the end all is as it must be."""

    house: House
    books: Books
    clerk: Clerk
    chance: random.Random
    in_flight: set[int] = field(default_factory=set)
    deaths: Counter[str] = field(default_factory=Counter)

    @property
    def place(self) -> int:
        """The institution that is told."""
        return self.house.places["serang"].id

    def holders(self, *roles: str) -> int:
        """How many persons hold a post of these roles there."""
        rows = self.books.rows(
            "SELECT DISTINCT holding.person_id, post.role FROM holding JOIN post ON post.id = holding.post_id"
            " WHERE post.institution_id = :id",
            id=self.place,
        )
        return len({person for person, role in rows if role in roles})

    def halted(self, leaders: list[int], busy: Callable[[], bool]) -> None:
        """Halt these groups at a random moment at which they are at work; they stay halted."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        time.sleep(self.chance.uniform(0.0, 1.0))
        while time.monotonic() < deadline:
            if self.clerk.trouble is not None:
                raise self.clerk.trouble
            for leader in leaders:
                with_group(leader, signal.SIGSTOP)
            if busy():
                return
            for leader in leaders:
                with_group(leader, signal.SIGCONT)
            time.sleep(self.chance.uniform(0.005, 0.1))
        pytest.fail("never at work")

    def sending(self) -> bool:
        """Whether letters are in flight beside those that the dead left behind."""
        return bool(self.books.sending() - self.in_flight)

    def note(self, victim: str) -> None:
        """Write down a death, with what was in flight; everything that could be at work is halted."""
        self.deaths[victim] += 1
        self.in_flight |= self.books.sending()

    def until_all_is_done(self, hands_down: Callable[[], None], hands_up: Callable[[], None]) -> None:
        """The clerk has told enough; the leases of the dead run out; the living do what is left."""
        self.clerk.may_stop = True
        self.clerk.join(PATIENCE_SECONDS)
        assert self.clerk.trouble is None
        assert not self.clerk.is_alive(), "the clerk was never answered"
        until(lambda: self.books.value(UNTOUCHED) == 0, "what nobody had in hands")
        hands_down()
        self.time_passes()
        hands_up()
        until(self.all_done, "the end of all work")

    def summary(self, again: int) -> str:
        """One line that says what happened."""
        notices, letters = (self.books.value(f"SELECT count(*) FROM {table}") for table in ("notice", "message"))  # noqa: S608
        return (
            f"{dict(self.deaths)}; {notices} notices, {letters} letters, {len(self.in_flight)} in flight at a death,"
            f" {again} came again; {self.clerk.unanswered} of {len(self.clerk.entered)} entries without an answer"
        )

    def time_passes(self) -> None:
        """Nobody is alive: the leases of the dead run out, as they would after five minutes."""
        now = datetime.now(UTC) if self.house.database.kind == "postgresql" else datetime.now(UTC).replace(tzinfo=None)
        self.books.change(
            "UPDATE message SET due_at = :now WHERE due_at IS NOT NULL",
            "UPDATE job SET lease_until = :now WHERE state = 'running'",
            "UPDATE job SET due_at = :now WHERE state = 'waiting'",
            now=now,
        )

    def all_done(self) -> bool:
        """Whether nothing is left to be sent or done."""
        return int(self.books.value(LEFT)) + int(self.books.value(UNDONE)) == 0

    def require_each_told_once(self) -> int:
        """Every letter and every reminder told everyone it concerns, once; returns how many notices there are."""
        told = "SELECT count(*), count(DISTINCT person_id) FROM notice WHERE cause = :cause"
        for year, version in self.clerk.entered:
            assert self.books.rows(told, cause=f"letter:{year}:{version}") == [(self.holders(*BOTH),) * 2]
        reminders = (
            "SELECT reminder.id, rung, family = 'evaluation' FROM reminder"
            " JOIN obligation ON obligation.id = obligation_id WHERE reminder.institution_id = :id"
        )
        for key, rung, evaluated in self.books.rows(reminders, id=self.place):
            ((all_told, once),) = self.books.rows(told, cause=f"reminder:{key}")
            assert all_told == once > 0
            if evaluated:  # The unit that answers is Diskominfo itself.
                assert once == self.holders(*TELLS[rung])
        entered = self.books.value("SELECT count(DISTINCT cause) FROM notice WHERE cause LIKE 'letter:' || '%'")
        assert entered == len(self.clerk.entered) == len(set(self.clerk.entered))
        same = (
            "SELECT person_id FROM notice GROUP BY person_id, key, CAST(params AS TEXT), document_id, task_id"
            " HAVING count(*) > 1"
        )
        assert self.books.rows(same) == [], "nobody finds the same thing twice in his inbox"
        return int(self.books.value("SELECT count(*) FROM notice"))

    def require_each_letter_taken(self, book: Path) -> int:
        """Every message went to its person; again only what was in flight at a death. Returns how many came again."""
        collecting = "SELECT id FROM message WHERE sort IS NOT NULL AND state = 'created'"
        still = {key for (key,) in self.books.rows(collecting)}
        sent = [row for row in self.books.rows(ADDRESSED) if row.id not in still]
        states = {row.state for row in sent}
        assert states == {"sent"}
        wanted = {f"<mandat-{row.id}@localhost>\t{row.email}" for row in sent}
        with_address = "SELECT count(*) FROM notice JOIN person ON person.id = person_id WHERE email IS NOT NULL"
        of_one = self.books.value("SELECT count(*) FROM message WHERE sort IS NULL")
        assert of_one + self.books.value("SELECT count(*) FROM enclosure") == self.books.value(with_address)
        taken = Counter(book.read_text(encoding="utf-8").splitlines())
        assert taken.keys() == wanted
        again = {int(re.findall(r"\d+", line)[0]) for line, times in taken.items() if times > 1}
        assert again <= self.in_flight, "repeated, but not in flight at any death"
        return len(again)

    def require_each_task_given_once(self, papers: list[int]) -> None:
        """Every enacted decree was handed out to its units, each place once."""
        rows = self.books.rows(
            "SELECT document_id, task.unit_id, place FROM task JOIN assignment ON assignment.id = assignment_id"
        )
        assert len(rows) == len(set(rows))
        counts = Counter(document for document, _, _ in rows)
        assert counts.keys() == set(papers)
        assert len(set(counts.values())) == 1
        assert {state for (state,) in self.books.rows("SELECT DISTINCT state FROM job")} == {"done"}


def seeded() -> random.Random:
    """Chance with a seed that is printed, so that a failure can be had again: SUDDEN_DEATHS_SEED=NUMBER."""
    seed = int(os.environ.get("SUDDEN_DEATHS_SEED") or random.SystemRandom().randrange(10**9))
    print(f"SUDDEN_DEATHS_SEED={seed}")  # noqa: T201 - pytest shows it where the test fails
    return random.Random(seed)


def surroundings(folder: Path, mail_port: int, **more: str) -> dict[str, str]:
    """The environment of the processes: nothing of the caller's own settings."""
    known = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEMO", "STARTED_AT", "BASE_URL", "FILES", "ANCHORS")
    ours = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in known}
    mail = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(mail_port), "BASE_URL": "http://localhost"}
    return ours | mail | {"INSTANCE": str(folder)} | more
