"""Three hosts, one of them cut off in the middle of its work: nothing is lost, nothing is doubled, and pages say why.

Web on the first, worker and beat on the second, PostgreSQL and Redis on the third; each is a network namespace.
"""

import http.cookiejar
import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.kernel import clock
from governance.kernel.db import db
from governance.trail.queries import first_break_of
from tests.databases import Database
from tests.doors.hosts import Hosts, postgresql_on, redis_on, standing
from tests.doors.processes import PATIENCE_SECONDS, Process, environment
from tests.founded import ANY_HOUR, built
from tests.parts import require
from tests.world import PASSWORD, Maker, Paper, World
from workflows import enactment, jobs, notices
from workflows.enactment import Signed

PAPERS = 8
HALF_A_MINUTE = 32  # config/patience.py, and what a busy machine adds
AWAY = "Basis data sedang tidak menjawab"
LASTING = {"effective_to": "2099-12-31"}


@dataclass(frozen=True)
class OnHost(Database):
    """A database of the server on the third host."""

    server: str = ""

    @property
    def _server(self) -> str:
        return self.server


class Site:
    """The three hosts, what runs on them, and the world looked at from outside the network."""

    def __init__(self, hosts: Hosts, world: World, folder: Path, redis: str) -> None:
        self.hosts, self.world = hosts, world
        address = f"postgresql://mandat@{hosts.address('base')}/{world.house.database.name}"
        secrets = {"DATABASE_URL": address, "REDIS_URL": redis, "SECRET_KEY": "k" * 64}

        def started(kind: str, host: str) -> Process:
            own = folder / f"{host}-{kind}"
            own.mkdir()
            shared = {"FILES": str(world.house.folder / "files"), "INSTANCE": str(own), "HOST": hosts.address(host)}
            return Process(kind, own, environment(own, secrets, **shared), hosts.command(host))

        self.web, self.worker, self.beat = started("web", "web"), started("worker", "work"), started("beat", "work")

    @property
    def processes(self) -> tuple[Process, ...]:
        return self.web, self.worker, self.beat

    def ask(self, path: str, **more: Any) -> tuple[int, str, Any]:
        """What the web host answers a reader at the switch."""
        return self.hosts.ask(partial(self.web.ask, path, **more))

    def health(self, path: str = "/healthz") -> tuple[int, dict[str, Any]]:
        status, text, _ = self.ask(path)
        return status, json.loads(text) if status else {}

    def until(self, true: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait for `true`, or fail saying what never came and what was said meanwhile."""
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                pytest.fail(f"never came: {what}\n" + "\n".join(one.words()[-2000:] for one in self.processes))
            time.sleep(0.05)

    def count(self, what: str) -> int:
        return int(self.world.value(f"SELECT count(*) FROM {what}"))  # noqa: S608

    def sessions_of(self, host: str) -> int:
        """How many sessions the database server still keeps for a host."""
        return self.count(f"pg_stat_activity WHERE client_addr = '{self.hosts.address(host)}'")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    for part in ("postgres", "redis", "namespaces"):
        require(part)
    folder = tmp_path_factory.mktemp("hosts")
    with ExitStack() as at_the_end:
        hosts = at_the_end.enter_context(standing("web", "work", "base"))
        socket = at_the_end.enter_context(postgresql_on(hosts, "base"))
        redis = at_the_end.enter_context(redis_on(hosts, "base", folder))
        server = f"postgresql+psycopg://mandat@/postgres?host={socket}"
        OnHost("postgresql", folder, "three", server)._tell_server("CREATE DATABASE three")
        house = built(folder, OnHost("postgresql", folder, "three", server))
        at_the_end.enter_context(house.app.app_context())
        at_the_end.callback(lambda: (db.session.remove(), db.engine.dispose()))
        running = Site(hosts, World(house), folder, redis)
        running.world.change(ANY_HOUR)
        for process in running.processes:
            at_the_end.callback(process.end)
        running.until(lambda: running.health("/readyz")[0] == 200, "a ready web host")
        yield running


@pytest.fixture
def joined(site: Site) -> Iterator[Site]:
    """The site with every cable in its place, before and after; nobody restarts anything in between."""
    yield site
    for host in site.hosts.names:
        site.hosts.plug(host)
    assert [process.running.poll() for process in site.processes] == [None, None, None]


def test_web_and_worker_on_different_hosts_are_one_house(joined: Site) -> None:
    joined.until(lambda: joined.health()[1].get("last_sweep_age") is not None, "a sweep of the other host")
    status, told = joined.health()
    assert (status, told["database"], told["queue"]) == (200, "ok", "ok")
    assert joined.sessions_of("web") > 0
    assert joined.sessions_of("work") > 0


def test_a_worker_cut_off_in_the_middle_loses_nothing_and_doubles_nothing(joined: Site) -> None:
    papers = approved(joined)
    sent = joined.hosts.ask_all(enacting(joined, papers))
    joined.until(lambda: joined.count("job WHERE state = 'running'"), "a job in the worker's hands")
    joined.hosts.pull("work")
    assert [answer.result()[0] for answer in sent] == [200] * PAPERS, "the web host does not need the worker"
    assert joined.count("job WHERE state IN ('running', 'waiting')") > 0, "it was cut off too late to prove anything"
    assert joined.health("/readyz")[0] == joined.ask("/sign-in")[0] == 200
    joined.until(lambda: not joined.sessions_of("work"), "the server's knowing that the host is gone", HALF_A_MINUTE)
    joined.hosts.plug("work")
    joined.until(swept_after(joined, clock.now()), "the worker, back by itself")
    joined.until(lambda: not joined.count("job WHERE state = 'waiting'"), "what the worker had not begun")
    after_the_lease(joined)
    assert_done_once(joined, papers)


def test_without_its_base_every_page_says_so_and_nothing_is_half_done(joined: Site) -> None:
    paper, reader = Maker(joined.world).document(), signed_in(joined, "diskominfo")
    submit = move(joined, paper, paper.author.token, move="submit")
    assert joined.ask("/", opener=reader)[0] == 200
    joined.hosts.pull("base")
    began = time.monotonic()
    status, text, _ = joined.ask("/", opener=reader)
    assert (status, AWAY in text, "Traceback" in text) == (503, True, False)
    assert time.monotonic() - began < HALF_A_MINUTE
    status, text, headers = joined.hosts.ask(submit)
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    assert AWAY in json.loads(text)["detail"]
    assert joined.health("/readyz") == (
        503,
        {"status": "failing", "failing": ["database"], "database": "OperationalError"},
    )
    status, told = joined.health()
    assert (status, told["failing"]) == (503, ["database", "queue"])
    assert paper.state is State.DRAFT, "looked at from outside the network"
    joined.hosts.plug("base")
    joined.until(lambda: joined.health("/readyz")[0] == 200, "the web host, back by itself")
    assert joined.hosts.ask(submit)[0] == 200
    joined.until(swept_after(joined, clock.now()), "the worker, back by itself")
    assert paper.state is State.IN_REVIEW
    assert first_break_of(joined.world.serang.id) is None
    assert "Traceback" not in joined.web.words()


def test_a_web_host_cut_off_holds_up_nobody_else_and_enacts_nothing_twice(joined: Site) -> None:
    papers, spare = approved(joined), approved(joined, 1)[0]
    before, requests = joined.count("act"), enacting(joined, papers)
    sent = joined.hosts.ask_all(requests)
    joined.until(lambda: joined.count("act") > before, "a first act")
    joined.hosts.pull("web")
    assert joined.count("act") < before + PAPERS, "it was cut off too late to prove anything"
    began, world = time.monotonic(), joined.world
    signed = Signed(spare.id, spare.seen, clock.now().date())
    enactment.enact(signed, by=world.hukum.actor, now=clock.now(), library=world.library)
    assert time.monotonic() - began < HALF_A_MINUTE, "the locks of the lost host are not waited for any longer"
    joined.until(lambda: not joined.sessions_of("web"), "the server's knowing that the host is gone", HALF_A_MINUTE)
    joined.hosts.plug("web")
    assert {answer.result()[0] for answer in sent} <= {0, 200, 503}
    joined.until(lambda: joined.health("/readyz")[0] == 200, "the web host, back by itself")
    assert [joined.hosts.ask(again)[0] for again in requests] == [200] * PAPERS, "asked again, each is enacted, once"
    joined.until(lambda: not joined.count("job WHERE state = 'waiting'"), "the worker")
    after_the_lease(joined)
    assert_done_once(joined, [*papers, spare])


def swept_after(site: Site, moment: datetime) -> Callable[[], bool]:
    """Whether the worker has swept since."""
    return lambda: bool(site.world.value("SELECT at FROM pulse WHERE bell = 'sweep'") > moment)


def approved(site: Site, count: int = PAPERS) -> list[Paper]:
    return [Maker(site.world).document(State.APPROVED, **LASTING) for _ in range(count)]


def enacting(site: Site, papers: list[Paper]) -> list[Callable[[], tuple[int, str, Any]]]:
    """What Bagian Hukum's program sends for each; called again, it sends the very same."""
    today, token = clock.now().date().isoformat(), site.world.hukum.token
    return [move(site, paper, token, move="enact", signed_on=today) for paper in papers]


def move(site: Site, paper: Paper, token: str, **asked: str) -> Callable[[], tuple[int, str, Any]]:
    """A move on the document as it is now, to be sent by whoever calls."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"seen": paper.seen, **asked}).encode()
    return partial(site.web.ask, f"/api/v1/documents/{paper.id}/moves", data=body, headers=headers)


def signed_in(site: Site, username: str) -> urllib.request.OpenerDirector:
    """A browser of the reader's own, in which that person has signed in."""
    kept = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), kept)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', site.ask("/sign-in", opener=opener)[1])
    assert token
    form = {"csrf_token": token[1], "username": username, "password": PASSWORD}
    status, page, _ = site.ask("/sign-in", opener=opener, data=urllib.parse.urlencode(form).encode())
    assert status == 200, page
    return opener


def after_the_lease(site: Site) -> None:
    """What the sweep does when the leases of the lost host have run out; the test does not wait for five minutes."""
    later, house = clock.now() + max(jobs.LEASE, notices.LEASE) + timedelta(seconds=1), site.world.app
    while jobs.run_due(now=later, library=site.world.library):  # What one leaves is another's.
        pass
    notices.deliver(now=later, mail=house.extensions["mail"], written=house.extensions["celery"].house.written)


def assert_done_once(site: Site, papers: list[Paper]) -> None:
    """Each enacted under one number of its own without a gap; its tasks handed out, and told, exactly once."""
    rows, ids = site.world.rows, {paper.id for paper in papers}
    assert [number for (number,) in rows("SELECT number FROM number ORDER BY number")] == [
        *range(1, site.count("act") + 1)
    ]
    assert {paper.state for paper in papers} == {State.ENACTED}
    assert {state for (state,) in rows("SELECT state FROM job")} == {"done"}
    alone = "sort IS NULL"  # A letter of several waits a quarter of an hour for more.
    site.until(lambda: not site.count(f"message WHERE state <> 'sent' AND {alone}"), "the end of every letter")
    asked = "FROM task JOIN assignment ON assignment.id = assignment_id"
    tasks = dict(rows(f"SELECT document_id, count(*) {asked} GROUP BY document_id"))
    assert tasks.keys() >= ids
    assert len(set(tasks.values())) == 1, "the same offices are asked by each document, none twice"
    told = "SELECT count(*), count(DISTINCT (person_id, cause)) FROM notice WHERE key = 'task.given'"
    (all_told, once) = rows(told)[0]
    assert all_told == once == sum(tasks.values())
    assert first_break_of(site.world.serang.id) is None
