"""A mail server process that defers, refuses and drops: every letter, of one notice or many, ends in a true state."""

import random
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from config.settings import ROOT
from governance.notices.timing import Quiet
from tests.brokers import free_port
from tests.doors.post_office import TAKEN, TAKEN_THEN_DROPPED
from tests.mailing import at, choose, deliver, remind, tell
from tests.world import World
from workflows.notice_wishes import Wish
from workflows.outside.mail import MailSettings

PATIENCE_SECONDS = 30
DAYS = 3
SEED = 1


@dataclass(frozen=True)
class Line:
    """What the server did with one letter, one time."""

    key: str
    to: str
    deed: str
    links: frozenset[int]


def lines_of(book: Path) -> list[Line]:
    found = [line.split("\t") for line in book.read_text(encoding="utf-8").splitlines()]
    return [Line(key, to, deed, frozenset(int(one) for one in links.split(","))) for key, to, deed, links in found]


@contextmanager
def bad_server(folder: Path, seed: int) -> Iterator[tuple[MailSettings, Path]]:
    """The way to it, and its book."""
    port, book = free_port(), folder / "book"
    words = [sys.executable, "-m", "tests.doors.post_office", str(port), str(book), str(seed)]
    process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield MailSettings("mandat@serang.example", "https://mandat.example", "127.0.0.1", port, timeout=5), book
    finally:
        process.kill()
        process.wait()


def days_go_by(world: World, mail: MailSettings, chance: random.Random) -> datetime:
    """Reminders, tasks and changes of office for some days, each hour's letters sent as they fall due."""
    people = [world.sekda, world.diskominfo, world.hukum, world.asisten, world.dinkes, world.bappeda]
    choose(people[0], Wish(digest_at=16))
    choose(people[1], Wish(digest_at=7, quiet=Quiet(0, 0)))
    choose(people[2], Wish(quiet=Quiet(11, 14)))
    world.change("UPDATE person SET email = 'nobody@serang.example' WHERE username = 'bappeda'")
    now = at(20, 6)
    for hour in range(DAYS * 24):
        now += timedelta(hours=1)
        for someone in chance.sample(people, 2):
            key = chance.choice(["reminder", "task.asked", "document.enacted", "holding.entered"])
            if key == "reminder":
                remind(someone, now, f"jam{hour}")
            else:
                tell(someone, key, now, what=f"Data {hour}", title=f"Judul {hour}", name="Budi", from_on="2026-11-20")
        if hour % 24 not in range(8, 11):  # The clock process is down for three hours of each day.
            deliver(mail, now)
    return now


def ended(world: World, mail: MailSettings, now: datetime) -> None:
    """Nothing new comes; what is left is sent until nothing is."""
    for _ in range(24 * 8):
        now += timedelta(hours=1)
        deliver(mail, now)
        if not world.value("SELECT count(*) FROM message WHERE due_at IS NOT NULL"):
            return
    raise AssertionError("letters are still waiting")


def test_every_letter_ends_in_a_true_state_and_every_notice_reaches_its_person(world: World, tmp_path: Path) -> None:
    with bad_server(tmp_path, SEED) as (mail, book):
        ended(world, mail, days_go_by(world, mail, random.Random(SEED)))
        lines = lines_of(book)
    _require_true_states(world, lines)
    told, wanted = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for line in lines:
        if line.deed == TAKEN:
            told[line.to].extend(line.links)
    due = "SELECT email, notice.id FROM notice JOIN person ON person.id = person_id WHERE email NOT LIKE 'nobody%'"
    for email, notice in world.rows(due):
        wanted[email].append(notice)
    assert {to: sorted(ids) for to, ids in told.items()} == {to: sorted(ids) for to, ids in wanted.items()}
    assert _most_a_day(world, "reminders") == _most_a_day(world, "digest") == 1


def _require_true_states(world: World, lines: list[Line]) -> None:
    by_letter: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_letter[line.key].append(line)
    states = dict(world.rows("SELECT id, state FROM message"))
    assert set(states.values()) == {"sent", "failed_permanent"}
    assert {line.deed for line in lines} > {TAKEN, TAKEN_THEN_DROPPED, "dropped"}, "it was bad in every way"
    for key, state in states.items():
        tries = by_letter[f"<mandat-{key}@mandat.example>"]
        taken = [line for line in tries if line.deed == TAKEN]
        assert len(taken) == (1 if state == "sent" else 0), "sent says that the server took it, once for good"
        assert len({line.to for line in tries}) <= 1
        unsure = [line for line in tries if "dropped" in line.deed]
        assert len({line.links for line in [*unsure, *taken]}) <= 1, "what may have been taken is repeated as it was"
    refused = "SELECT DISTINCT username, answer FROM message JOIN person ON person.id = message.person_id"
    assert world.rows(f"{refused} WHERE state = 'failed_permanent'") == [("bappeda", "550 no such mailbox")]


def _most_a_day(world: World, sort: str) -> Any:
    """The most letters of a sort that one person had for one day."""
    counted = "SELECT count(*) FROM message WHERE sort = :sort GROUP BY person_id, day ORDER BY 1 DESC LIMIT 1"
    return world.value(counted, sort=sort)
