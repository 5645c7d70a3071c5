"""Web, worker and beat as processes of their own, two web hosts in front of one PostgreSQL and one Redis."""

import http.cookiejar
import json
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.brokers import broker
from tests.doors.processes import PATIENCE_SECONDS, Process, environment
from tests.founded import House
from tests.parts import require
from tests.world import Maker, Paper, World

TRIES = 10


class Site:
    """Two web hosts, a worker, a beat, and what they share."""

    def __init__(self, house: House, folder: Path, redis: str) -> None:
        secrets = {"DATABASE_URL": house.database.url, "REDIS_URL": redis, "SECRET_KEY": "k" * 64}
        told = environment(folder, secrets, INSTANCE=str(house.folder))
        self.world = World(house)
        self.webs = [Process("web", folder, told) for _ in range(2)]
        self.worker = Process("worker", folder, told)
        self.beat = Process("beat", folder, told)

    @property
    def processes(self) -> list[Process]:
        return [*self.webs, self.worker, self.beat]

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait for `true`, or fail saying what never came and what was said meanwhile."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not true():
            if time.monotonic() > deadline:
                pytest.fail(f"never came: {what}\n" + "\n".join(one.words()[-2000:] for one in self.processes))
            time.sleep(0.1)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    require("redis")
    with broker(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture(scope="module")
def site(
    houses: Callable[[str], House], redis: tuple[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    require("postgres")
    house = houses("postgresql")
    house.as_it_was()
    with house.app.app_context(), ExitStack() as at_the_end:
        running = Site(house, tmp_path_factory.mktemp("site"), redis[0])
        for process in running.processes:
            at_the_end.callback(process.end)
        for web in running.webs:
            running.until(lambda web=web: web.ask("/readyz")[0] == 200, "a ready web process")
        yield running
        db.session.remove()
        db.engine.dispose()


def test_every_part_reports_and_the_bells_ring_across_processes(site: Site) -> None:
    def heard(bell: str) -> bool:
        return json.loads(site.webs[1].ask("/healthz")[1])[f"last_{bell}_age"] is not None

    site.until(lambda: heard("sweep"), "a sweep rung by beat, done by the worker, seen by a web process")
    site.until(lambda: heard("scan"), "the scan of the start")
    status, text, _ = site.webs[0].ask("/healthz")
    assert (status, json.loads(text)["queue"]) == (200, "ok"), text


def submitted(site: Site, paper: Paper) -> tuple[int, str, Any]:
    """A document submitted by its author through the first web host."""
    asked = json.dumps({"move": "submit", "seen": paper.seen}).encode()
    headers = {"Authorization": f"Bearer {paper.author.token}", "Content-Type": "application/json"}
    return site.webs[0].ask(f"/api/v1/documents/{paper.id}/moves", data=asked, headers=headers)


def test_a_requests_number_follows_into_the_worker(site: Site) -> None:
    status, text, answered = submitted(site, Maker(site.world).document())
    assert status == 200, text
    number = f"request_id={answered['X-Request-Id']}"

    def heard() -> bool:
        lines = site.worker.words().splitlines()
        return any("bell heard" in line and "bell=notices.deliver" in line and number in line for line in lines)

    site.until(heard, "the bell that the request rang")


def test_a_worker_prints_what_was_enacted(site: Site) -> None:
    require("libreoffice")
    paper = Maker(site.world).document(State.ENACTED)
    state = "SELECT state FROM rendition WHERE document_id = :id"
    site.until(lambda: site.world.value(state, id=paper.id) == "done", "the PDF of an act, printed by the worker")


def test_the_processes_of_a_host_count_together(site: Site) -> None:
    def counted() -> float:
        text = site.webs[0].ask("/metrics")[1]
        found = re.search(r'^mandat_requests_total{endpoint="health.healthz",status="200"} (\S+)$', text, re.MULTILINE)
        return float(found[1]) if found else 0

    before = counted()
    for _ in range(20):
        assert site.webs[0].ask("/healthz")[0] == 200
    assert counted() == before + 20


def test_worker_and_beat_leave_when_asked(site: Site) -> None:
    assert [site.beat.stop(), site.worker.stop()] == [0, 0]
    for process in (site.beat, site.worker):
        assert "Traceback" not in process.words()


def try_to_sign_in(web: Process) -> int:
    """One wrong password, from a browser of its own."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = web.ask("/sign-in", opener)[1]
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token, page
    form = {"csrf_token": token[1], "username": "sekda", "password": "salah"}
    return web.ask("/sign-in", opener, data=urllib.parse.urlencode(form).encode())[0]


def test_tries_are_counted_for_all_hosts_together(site: Site) -> None:
    answers = [try_to_sign_in(site.webs[number % 2]) for number in range(TRIES)]
    assert answers == [403] * TRIES
    assert [try_to_sign_in(web) for web in site.webs] == [429, 429]


def test_without_redis_pages_are_still_answered(site: Site, redis: tuple[str, Any]) -> None:
    redis[1].kill()
    redis[1].wait(10)
    assert try_to_sign_in(site.webs[0]) == 403, "each process counts by itself until Redis is back"
    status, text, _ = site.webs[0].ask("/healthz")
    assert status == 503
    assert "queue" in json.loads(text)["failing"]
    assert site.webs[0].ask("/readyz")[0] == 200
    before = time.monotonic()
    assert submitted(site, Maker(site.world).document())[0] == 200, "the row is there; its bell can wait"
    assert time.monotonic() - before < PATIENCE_SECONDS / 10


def test_what_is_being_answered_is_answered_before_the_end(site: Site) -> None:
    web, body = site.webs[1], b'{"kind": "karangan", "year": 2026}'
    with socket.create_connection(("127.0.0.1", web.port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(
            b"POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Authorization: Bearer " + site.world.sekda.token.encode() + b"\r\n"
            b"Content-Length: " + str(len(body)).encode() + b"\r\nExpect: 100-continue\r\n\r\n"
        )
        assert line.recv(1024).startswith(b"HTTP/1.1 100")  # It is in the hands of a thread now.
        web.running.send_signal(signal.SIGTERM)
        line.sendall(body)
        assert re.match(rb"HTTP/1.1 4\d\d", line.recv(1024))
    assert web.running.wait(PATIENCE_SECONDS) == 0, web.words()[-3000:]
    assert site.webs[0].stop() == 0
    assert "Traceback" not in web.words()
