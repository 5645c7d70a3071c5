"""Sudden deaths in production: web, worker, beat, Redis and the connections to PostgreSQL, each with work in hand."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGCONT, SIGKILL

import pytest
import redis

from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.brokers import free_port
from tests.doors.dying import (
    UNTOUCHED,
    Books,
    Clerk,
    Reckoning,
    Running,
    answers,
    grown,
    post_office,
    seeded,
    surroundings,
    until,
    with_group,
)
from tests.founded import House
from tests.world import Maker, World
from web.cli.trail import WHOLE, state_of

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

OFFICES = 2_000
NOTICES = 22_000
PAPERS = 8
DEATHS = {"worker": 5, "child": 2, "web": 3, "beat": 2, "redis": 2, "postgresql": 3}
OPEN = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
    " AND xact_start IS NOT NULL AND backend_xid IS NOT NULL"
)
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class Redis:
    """A Redis that keeps nothing, and comes back on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self) -> None:
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*words, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        until(self._answers, "Redis")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


class Site:
    """A web host, a worker, a beat, Redis and PostgreSQL."""

    def __init__(self, house: House, folder: Path, mail_port: int) -> None:
        self.redis, self.port = Redis(folder), free_port()
        self.books = Books(house.database.url)
        secrets = {
            "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "SECRET_KEY": "k" * 64,
            "PORT": str(self.port),
        }
        common = surroundings(house.folder, mail_port, WEB_WORKERS="2", WORKER_CONCURRENCY="2", **secrets)

        mark = "&" if "?" in house.database.url else "?"

        def running(kind: str) -> Running:
            url = f"{house.database.url}{mark}application_name={kind}"
            return Running(kind, folder, common | {"DATABASE_URL": url})

        self.web, self.worker, self.beat = running("web"), running("worker"), running("beat")
        self.web.start()

    @property
    def processes(self) -> list[Running]:
        return [self.web, self.worker, self.beat]

    def end(self) -> None:
        for process in self.processes:
            process.kill()
        self.redis.kill()

    def hands_down(self) -> None:
        """Worker and beat leave when asked, having finished what they have in hand."""
        self.beat.stop()
        self.worker.stop()

    def hands_up(self) -> None:
        """They work again."""
        self.worker.start()
        self.beat.start()

    def children(self) -> list[int]:
        """The processes of the worker's pool."""
        path = Path(f"/proc/{self.worker.pid}/task/{self.worker.pid}/children")
        return [int(word) for word in path.read_text().split()]


class Fate:
    """Kills one kind of victim with work in its hands, and lets it come back as systemd would."""

    def __init__(self, site: Site, reckoning: Reckoning) -> None:
        self.site, self.reckoning, self.books = site, reckoning, site.books

    def strike(self, victim: str) -> None:
        getattr(self, victim)()

    def worker(self) -> None:
        """The first time while it runs jobs, later while it sends letters."""
        jobs = "SELECT count(*) FROM job WHERE state = 'running'"
        first = not self.reckoning.deaths["worker"]
        self.halted(self.site.worker, lambda: self.books.value(jobs) > 0 if first else self.reckoning.sending())
        self.reckoning.note("worker")
        self.site.worker.kill()
        self.site.worker.start()

    def child(self) -> None:
        """One process of the pool alone; the worker makes another."""
        self.halted(self.site.worker, lambda: self.reckoning.sending() and bool(self.site.children()))
        self.reckoning.note("child")
        os.kill(self.reckoning.chance.choice(self.site.children()), SIGKILL)
        with_group(self.site.worker.pid, SIGCONT)

    def web(self) -> None:
        """While it is entering a letter: the request is not answered, and its transaction is open and has written."""
        clerk = self.reckoning.clerk
        self.halted(self.site.web, lambda: clerk.asking and self.books.value(OPEN, name="web") > 0)
        self.reckoning.deaths["web"] += 1
        self.site.web.kill()
        self.site.web.start()

    def beat(self) -> None:
        self.halted(self.site.beat, self._left)
        self.reckoning.deaths["beat"] += 1
        self.site.beat.kill()
        time.sleep(self.reckoning.chance.uniform(0.0, 2.0))
        self.site.beat.start()

    def redis(self) -> None:
        self.halted(self.site.worker, self.reckoning.sending)
        self.reckoning.note("redis")
        self.site.redis.kill()
        with_group(self.site.worker.pid, SIGCONT)
        time.sleep(self.reckoning.chance.uniform(0.5, 3.0))
        self.site.redis.start()

    def postgresql(self) -> None:
        everyone = [process.pid for process in self.site.processes]
        self.reckoning.halted(everyone, self.reckoning.sending)
        self.reckoning.note("postgresql")
        assert self.books.value(CUT) > 0
        for leader in everyone:
            with_group(leader, SIGCONT)

    def halted(self, process: Running, busy: Callable[[], bool]) -> None:
        self.reckoning.halted([process.pid], busy)

    def _left(self) -> bool:
        return bool(self.books.value(UNTOUCHED) > 0)


@pytest.fixture
def house(houses: Callable[[str], House]) -> House:
    """An untouched world on PostgreSQL."""
    made = houses("postgresql")
    made.as_it_was()
    return made


@pytest.fixture
def papers(house: House) -> list[int]:
    """Decrees that were enacted just now: each leaves a job. Their institution has many offices."""
    with house.app.app_context():
        maker = Maker(World(house))
        made = [maker.document(State.ENACTED).id for _ in range(PAPERS)]
        db.session.remove()
        db.engine.dispose()
    grown(house, Books(house.database.url), OFFICES)
    return made


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of a mail server, and its book."""
    with post_office(tmp_path) as running:
        yield running


@pytest.fixture
def site(house: House, papers: list[int], mail: tuple[int, Path], tmp_path: Path) -> Iterator[Site]:
    running = Site(house, tmp_path, mail[0])
    until(lambda: answers(running.port), "a ready web process")
    yield running
    running.end()


def test_nothing_is_lost_or_doubled_whatever_dies(
    house: House, site: Site, papers: list[int], mail: tuple[int, Path]
) -> None:
    chance = seeded()
    clerk = Clerk(site.port, site.books, backlog=OFFICES, enough=NOTICES)
    reckoning = Reckoning(house, site.books, clerk, chance)
    fate = Fate(site, reckoning)
    clerk.start()
    later = [victim for victim, times in DEATHS.items() for _ in range(times)]
    later.remove("worker")
    chance.shuffle(later)
    site.hands_up()
    for victim in ["worker", *later]:  # The first while jobs run: they are done soon after the start.
        fate.strike(victim)
    reckoning.until_all_is_done(site.hands_down, site.hands_up)
    assert reckoning.deaths == DEATHS
    assert reckoning.require_each_told_once() >= NOTICES
    reckoning.require_each_task_given_once(papers)
    again = reckoning.require_each_letter_taken(mail[1])
    with house.app.app_context():
        assert [state_of(place.id) for place in house.places.values()] == [WHOLE] * len(house.places)
    print(reckoning.summary(again))  # noqa: T201 - what a run of this test showed
