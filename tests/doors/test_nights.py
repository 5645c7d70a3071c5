"""Two beats and four workers come back after nine days over a due date: everyone is reminded, once."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from governance.kernel import clock
from governance.kernel.clock import day_in
from governance.kernel.db import db
from governance.mandates.evaluation import Round
from tests.brokers import broker
from tests.doors.processes import PATIENCE_SECONDS, Process, environment
from tests.founded import House
from tests.parts import require
from tests.world import World
from workflows import jobs, obligations, scanning
from workflows.obligations import Letter

BEATS, WORKERS = 2, 4
ZONE = "Asia/Jakarta"
STAGE = "obligation_id IN (SELECT id FROM obligation WHERE institution_id = :id AND stage = 'penilaian_mandiri')"
SWEPT_AGAIN = timedelta(seconds=4)  # both beats have rung the sweep several times more


class Hands:
    """The clock's processes, in front of one PostgreSQL and one Redis; nobody reads pages meanwhile."""

    def __init__(self, house: House, folder: Any, redis: str) -> None:
        self.world = World(house)
        secrets = {"DATABASE_URL": house.database.url, "REDIS_URL": redis, "SECRET_KEY": "k" * 64}
        self.started = lambda kind: Process(kind, folder, environment(folder, secrets, INSTANCE=str(house.folder)))

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait for `true`, or fail saying what never came."""
        deadline = time.monotonic() + 2 * PATIENCE_SECONDS
        while not true():
            if time.monotonic() > deadline:
                pytest.fail(f"never came: {what}")
            time.sleep(0.1)


@pytest.fixture
def hands(houses: Callable[[str], House], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    for part in ("postgres", "redis"):
        require(part)
    house = houses("postgresql")
    house.as_it_was()
    with house.app.app_context(), ExitStack() as at_the_end:
        redis, _process = at_the_end.enter_context(broker(tmp_path_factory.mktemp("redis")))
        yield Hands(house, tmp_path_factory.mktemp("hands"), redis)
        db.session.remove()
        db.engine.dispose()


def test_after_nine_days_two_beats_and_four_workers_remind_once(hands: Hands) -> None:
    world, now = hands.world, clock.now()
    today = day_in(ZONE, now)
    before = now - timedelta(days=9)
    asked_for(world, today - timedelta(days=4), before)
    scanning.scan(now=before, library=world.library)
    assert climbed(world) == [(today - timedelta(days=4), "h7")], "nine days ago the stage was five days away"
    with ExitStack() as at_the_end:
        for kind in ["worker"] * WORKERS + ["beat"] * BEATS:
            at_the_end.callback(hands.started(kind).end)
        scanned = "SELECT count(*) FROM institution WHERE scanned_on >= :today"
        hands.until(lambda: world.value(scanned, today=today) == 3, "the night's scan")
        ended = clock.now() + SWEPT_AGAIN
        swept = "SELECT count(*) FROM pulse WHERE bell = 'sweep' AND at > :ended"
        hands.until(lambda: world.value(swept, ended=ended), "further sweeps")
    assert climbed(world)[1:] == [(today - timedelta(days=4), "late")]
    told_once(world, now)


def asked_for(world: World, due_on: date, at: datetime) -> None:
    """Diskominfo enters the ministry's letter of the year in which the stage ends on that day."""
    windows = [{"stage": "penilaian_mandiri", "start": None, "end": due_on.isoformat()}]
    letter = Letter(due_on.year, Round.EVALUATION, "B/1", day_in(ZONE, at), windows)
    obligations.enter_letter(letter, by=world.diskominfo.actor, now=at, library=world.library)
    while jobs.run_due(now=at, library=world.library):
        pass


def climbed(world: World) -> list[tuple[date, str]]:
    rows = f"SELECT due_on, rung FROM reminder WHERE {STAGE} ORDER BY id"  # noqa: S608
    return [(due_on, rung) for due_on, rung in world.rows(rows, id=world.serang.id)]


def told_once(world: World, since: datetime) -> None:
    """One reminder of each obligation, one notice of it for each person, one line in the trail, one letter a day."""
    reminders = "SELECT obligation_id, count(*) FROM reminder WHERE sent_at >= :since GROUP BY obligation_id"
    assert {count for _, count in world.rows(reminders, since=since)} == {1}
    notices = (
        "SELECT count(*), count(DISTINCT (person_id, obligation_id)) FROM notice"
        " WHERE created_at >= :since AND key LIKE 'reminder.%' AND obligation_id IS NOT NULL"
    )
    ((all_told, once),) = world.rows(notices, since=since)
    assert all_told == once > 0
    lines = [line for line in world.trail() if '"obligation.reminded"' in line]
    assert len(lines) == 2, "of the night nine days ago, and of this one"
    letters = "SELECT count(*), count(DISTINCT (person_id, day)) FROM message WHERE sort = 'reminders'"
    ((letters_all, persons),) = world.rows(letters)
    assert letters_all == persons > 0
