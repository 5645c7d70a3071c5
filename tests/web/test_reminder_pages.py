"""What the coming nights will send, and the ladders: what is foretold is what is then sent, and nothing is written."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from governance.kernel import clock
from governance.kernel.db import db, transaction
from governance.obligations.foretelling import reminders_until
from governance.obligations.models import Fulfilment, Obligation
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.world import World
from workflows import scanning

LADDERS = ("standard", "long", "short")


@pytest.fixture
def owed(world: World) -> list[int]:
    """Obligations of Serang on every ladder: near, late, estimated, acknowledged, one without a date."""
    today, keys = clock.day_in("Asia/Jakarta", clock.now()), []
    with transaction():
        for number in range(24):
            row = Obligation(institution_id=world.serang.id, key=f"spbe_architecture:{number}", year=2026)
            row.mandate, row.fulfilment = "spbe_architecture", Fulfilment.OPEN
            row.ladder, row.unit_id = LADDERS[number % 3], world.bappeda.actor.unit_id if number % 2 else None
            row.due_on = today + timedelta(days=5 * number - 20)
            row.estimated = number % 5 == 0
            row.acknowledged_due = row.due_on if number % 7 == 0 else None
            db.session.add(row)
            db.session.flush()
            keys.append(row.id)
    return keys


def test_what_is_foretold_is_what_the_nights_then_send(world: World, owed: list[int]) -> None:
    today = clock.day_in("Asia/Jakarta", clock.now())
    first, last = today + timedelta(days=1), today + timedelta(days=24)
    foretold = reminders_until(world.serang.id, first, last, world.library.law.ladders)
    wanted = {
        (one.obligation_id, one.rung.value, one.day, len(one.posts)) for one in foretold if one.obligation_id in owed
    }
    sent = set()
    seen = {key for (key,) in world.rows("SELECT id FROM reminder")}
    counted = "(SELECT count(*) FROM notice WHERE cause = 'reminder:' || reminder.id)"
    told = f"SELECT id, obligation_id, rung, {counted} FROM reminder"  # noqa: S608
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        scanning.scan(now=datetime(day.year, day.month, day.day, 2, 5, tzinfo=UTC), library=world.library)
        new = [row for row in world.rows(told) if row[0] not in seen]
        seen |= {row[0] for row in new}
        sent |= {(key, rung, day, count) for _id, key, rung, count in new if key in owed}
    assert sent == wanted
    assert len(wanted) > 20


def test_the_page_names_posts_and_rungs_and_writes_nothing(world: World, owed: list[int]) -> None:
    before = world.everything()["reminder"]
    reader = Reader(world.app, world.diskominfo)
    page = reader.get("/deadlines/reminders").get_data(as_text=True)
    assert "Kepala Bappeda" in page
    assert "sehari sebelum" in page
    assert reads(lambda: reader.get("/deadlines/reminders")) <= 7, "four for the content, three for who asks"
    assert world.everything()["reminder"] == before


@pytest.mark.parametrize("wish", ["kemarin", "2020-01-01", "9999-12-31", "", "2026-13-01"])
def test_a_day_that_makes_no_sense_is_answered_all_the_same(world: World, wish: str) -> None:
    assert Reader(world.app, world.sekda).get(f"/deadlines/reminders?until={wish}").status_code == 200


def test_the_ladders_are_shown_as_a_setting_of_ours_and_linked_from_the_deadlines(world: World) -> None:
    reader = Reader(world.app, world.bappeda)
    page = reader.get("/deadlines/ladders").get_data(as_text=True)
    assert 'data-label="Sesudah &#34;sudah kami tangani&#34;"' in page
    for ladder in world.library.law.ladders.values():
        assert ladder.title in page
    assert "bukan pasal" in page
    assert "/deadlines/reminders" in reader.get("/deadlines").get_data(as_text=True)


def test_the_command_prints_one_line_of_json_for_each_reminder(world: World, owed: list[int]) -> None:
    until = (clock.now() + timedelta(days=20)).date().isoformat()
    run = world.app.test_cli_runner().invoke(args=["what-if", "--institution", "serang", "--until", until])
    assert run.exit_code == 0, run.output
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert {line["institution"] for line in lines} == {"serang"}
    assert {line["rung"] for line in lines} >= {"h7", "h1", "late"}
    wrong = world.app.test_cli_runner().invoke(args=["what-if", "--institution", "tidak_ada"])
    assert wrong.exit_code != 0
    assert "tidak_ada" in wrong.output


def test_healthz_says_how_many_rows_the_last_scan_left(world: World) -> None:
    world.change("INSERT INTO pulse (bell, at, failed) VALUES ('scan', '2026-11-20 02:00:00', 3)")
    assert (world.app.test_client().get("/healthz").json or {})["last_scan_failed"] == 3
