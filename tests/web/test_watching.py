"""What those who look after it see: readiness, metrics, numbered log lines, slow statements."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
import structlog
from flask import Flask, request
from structlog.testing import capture_logs

from config.settings import ROOT, Testing
from governance.kernel import slow
from governance.kernel.db import db
from tests.world import NOW, House, Maker, World
from web.app import create_app
from web.broker import REQUEST_ID
from workflows import notices


def app_in(folder: Path, **changes: Any) -> Flask:
    return create_app(Testing.within(folder, **changes))


def measured(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not in\n{text}"
    return float(found[1])


def test_ready_means_migrated_to_the_codes_own_head(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    client = app.test_client()
    before = client.get("/readyz")
    assert (before.status_code, (before.json or {})["failing"]) == (503, ["migrations"])
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    assert client.get("/readyz").status_code == 200
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    behind = client.get("/readyz")
    assert behind.status_code == 503
    assert (behind.json or {})["migrations"].startswith("0001, expected")


def test_a_database_that_is_away_is_named(tmp_path: Path) -> None:
    answer = app_in(tmp_path, DATABASE_URL="postgresql+psycopg://x@127.0.0.1:1/x").test_client().get("/readyz")
    assert (answer.status_code, (answer.json or {})["failing"]) == (503, ["database"])


def test_while_the_database_is_away_every_answer_says_so(tmp_path: Path) -> None:
    client = app_in(tmp_path, DATABASE_URL="postgresql+psycopg://x@127.0.0.1:1/x").test_client()
    with client.session_transaction() as cookie:
        cookie["session"] = "seseorang"
    page = client.get("/documents")
    assert page.status_code == 503
    assert "Basis data sedang tidak menjawab" in page.text
    asked = client.get("/api/v1/documents", headers={"Authorization": "Bearer seseorang"})
    assert (asked.status_code, asked.mimetype) == (503, "application/problem+json")
    assert (asked.json or {})["request_id"] == asked.headers["X-Request-Id"]


@pytest.mark.postgres
def test_a_connection_lost_after_the_answer_was_written_spoils_no_answer(houses: Callable[[str], House]) -> None:
    house = houses("postgresql")
    ended = sa.text("SELECT pg_terminate_backend(:pid)")
    with house.app.app_context():
        pid = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        with db.engine.connect() as another:
            assert another.scalar(ended, {"pid": pid})
    assert house.app.test_client().get("/readyz").status_code == 200


def test_a_fault_of_our_own_is_not_called_an_absence(tmp_path: Path) -> None:
    client = app_in(tmp_path).test_client()  # Its database answers, and has no table at all.
    asked = client.get("/api/v1/documents", headers={"Authorization": "Bearer seseorang"})
    assert asked.status_code == 500


def test_metrics_count_answers_and_tell_what_waits(world: World, make: Maker) -> None:
    make.document()
    notices.pulse("sweep", now=NOW)
    client = world.app.test_client()
    answered = 'mandat_requests_total{endpoint="health.readyz",status="200"}'
    took = 'mandat_request_seconds_count{endpoint="health.readyz"}'
    client.get("/readyz")
    earlier = client.get("/metrics").text
    before, timed = measured(earlier, answered), measured(earlier, took)
    client.get("/readyz")
    client.get("/alamat/karangan")
    text = client.get("/metrics").text
    assert measured(text, answered) == before + 1
    assert measured(text, 'mandat_requests_total{endpoint="none",status="404"}') >= 1
    assert measured(text, took) == timed + 1
    assert measured(text, 'mandat_jobs{state="failed"}') == 0
    assert measured(text, 'mandat_renditions{state="waiting"}') == 0
    assert measured(text, 'mandat_messages{state="created"}') == world.value("SELECT count(*) FROM message")
    assert measured(text, 'mandat_bell_age_seconds{bell="sweep"}') > -(10**10)
    assert "karangan" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 404),
        ("10.0.0.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("10.0.0.7", {"Authorization": "Bearer benar"}, 200),
        ("10.0.0.7", {"Authorization": "Bearer salah"}, 404),
        ("10.0.0.7", {"Authorization": "Basic benar"}, 404),
        ("10.0.0.7", {"Authorization": "Bearer "}, 404),
    ],
)
def test_metrics_are_for_this_machine_or_a_token(
    world: World, monkeypatch: pytest.MonkeyPatch, address: str, headers: dict[str, str], status: int
) -> None:
    monkeypatch.setitem(world.app.config, "METRICS_TOKEN", "benar")
    client = world.app.test_client()
    assert client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code == status


def test_no_token_set_is_no_token_at_all(world: World) -> None:
    client, elsewhere = world.app.test_client(), {"REMOTE_ADDR": "10.0.0.7"}
    answer = client.get("/metrics", headers={"Authorization": "Bearer "}, environ_base=elsewhere)
    assert answer.status_code == 404


def test_a_request_keeps_the_number_that_a_trusted_proxy_gave_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def number(given: str) -> str:
        return str(world.app.test_client().get("/readyz", headers={"X-Request-Id": given}).headers["X-Request-Id"])

    assert number("0123456789abcdef") != "0123456789abcdef", "nobody is trusted unless it is said"
    monkeypatch.setitem(world.app.config, "TRUSTED_PROXIES", 1)
    assert number("0123456789abcdef") == "0123456789abcdef"
    assert number("pendek") != "pendek"
    assert number("bukan nomor level=error") != "bukan nomor level=error"


def test_what_is_refused_at_the_door_has_a_number_of_its_own(tmp_path: Path) -> None:
    client = app_in(tmp_path, MAX_UPLOAD_MB=0, WTF_CSRF_ENABLED=True).test_client()
    numbers = {client.post("/sign-in", data=b"x" * 10).headers["X-Request-Id"] for _ in range(2)}
    assert len(numbers - {""}) == 2


def test_addresses_come_from_as_many_proxies_as_are_trusted(tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.66, 203.0.113.9", "X-Forwarded-Proto": "https, https"}
    for trusted, seen in ((0, "127.0.0.1"), (1, "203.0.113.9"), (2, "203.0.113.66")):
        app = app_in(tmp_path, TRUSTED_PROXIES=trusted)
        with app.test_client() as client:
            client.get("/readyz", headers=forwarded)
            assert (request.remote_addr, request.is_secure) == (seen, trusted > 0)


def test_a_bell_runs_under_the_number_of_the_request_that_rang_it(world: World) -> None:
    heard: list[dict[str, Any]] = []
    celery = world.app.extensions["celery"]

    @celery.task(name="tests.heard", bind=True)
    def bell(task: Any) -> None:
        heard.append(dict(structlog.contextvars.get_contextvars()))

    bell.apply(headers={REQUEST_ID: "nomor-dari-web"})
    bell.apply()
    assert heard[0] == {"request_id": "nomor-dari-web", "bell": "tests.heard"}
    assert heard[1]["request_id"] not in ("", "nomor-dari-web"), "a bell of beat has a number of its own"
    assert "bell" not in structlog.contextvars.get_contextvars()


def test_a_slow_statement_is_logged_without_what_was_put_into_it(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'slow.db'}")
    slow.watch(engine, -1)
    with capture_logs() as lines, engine.connect() as connection:
        connection.execute(sa.text("SELECT :name AS asked"), {"name": "rahasia"})
    assert [line["statement"] for line in lines if line["event"] == "slow query"] == ["SELECT ? AS asked"]
    assert "rahasia" not in str(lines)


def test_a_quick_statement_is_not_logged(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'quick.db'}")
    slow.watch(engine, 60_000)
    with capture_logs() as lines, engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
    assert lines == []
