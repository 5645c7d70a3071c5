"""Sudden deaths on one machine: the supervisor's web and clock processes, each with work in hand, on SQLite."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.brokers import free_port
from tests.doors.dying import (
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
from tests.parts import require
from tests.world import Maker, World
from web.cli.trail import WHOLE, state_of

OFFICES = 500
NOTICES = 3_000
PAPERS = 4
DEATHS = {"clock": 5, "web": 3}
WRITER = 120  # the byte of the write-ahead log's index that whoever writes has locked


class Supervised:
    """`flask serve` with its two children."""

    def __init__(self, house: House, folder: Path, mail_port: int) -> None:
        self.port, self.books = free_port(), Books(house.database.url)
        self.index = Path(f"{house.database.url.removeprefix('sqlite:///')}-shm")
        self.supervisor = Running("", folder, surroundings(house.folder, mail_port, PORT=str(self.port)))

    def child(self, name: str) -> int:
        """The newest process of that name."""
        until(lambda: self._started(name), f"a {name} process")
        return self._started(name)[-1]

    def _started(self, name: str) -> list[int]:
        return [int(pid) for pid in re.findall(rf"child started.* child={name} pid=(\d+)", self.supervisor.words())]

    def writes(self, leader: int) -> bool:
        """Whether a process of this group holds SQLite's lock to write."""
        inode = self.index.stat().st_ino
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            _, _, _, way, pid, place, first, *_ = line.split()
            if way == "WRITE" and int(place.rpartition(":")[2]) == inode and int(first) == WRITER:
                return group_of(int(pid)) == leader
        return False


def group_of(pid: int) -> int:
    """The process group, or 0 where the process has gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[2])
    except OSError:
        return 0


@pytest.fixture
def house(houses: Callable[[str], House]) -> House:
    """An untouched world on SQLite."""
    made = houses("sqlite")
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
def supervised(house: House, papers: list[int], mail: tuple[int, Path], tmp_path: Path) -> Iterator[Supervised]:
    require("processes")
    running = Supervised(house, tmp_path, mail[0])
    running.supervisor.start()
    until(lambda: answers(running.port), "a ready web process")
    yield running
    children = [running.child(name) for name in ("web", "clock")]
    running.supervisor.kill()
    for child in children:
        with_group(child, SIGKILL)


def strike(victim: str, supervised: Supervised, reckoning: Reckoning) -> None:
    """Kill that child with work in its hands; the supervisor makes another."""
    leader = supervised.child(victim)
    busy = {
        "clock": reckoning.sending,
        "web": lambda: reckoning.clerk.asking and supervised.writes(leader),
    }
    reckoning.halted([leader], busy[victim])
    if victim == "clock":
        reckoning.note(victim)
    else:
        reckoning.deaths[victim] += 1
    with_group(leader, SIGKILL)
    until(lambda: supervised.child(victim) != leader, f"another {victim} process")


def test_nothing_is_lost_or_doubled_whichever_child_dies(
    house: House, supervised: Supervised, papers: list[int], mail: tuple[int, Path]
) -> None:
    chance = seeded()
    clerk = Clerk(supervised.port, supervised.books, backlog=OFFICES, enough=NOTICES)
    reckoning = Reckoning(house, supervised.books, clerk, chance)
    clerk.start()
    deaths = [victim for victim, times in DEATHS.items() for _ in range(times)]
    chance.shuffle(deaths)
    for victim in deaths:
        strike(victim, supervised, reckoning)
    reckoning.until_all_is_done(supervised.supervisor.stop, supervised.supervisor.start)
    assert reckoning.deaths == DEATHS
    assert supervised.supervisor.words().count("CHILD DIED") == sum(DEATHS.values())
    assert reckoning.require_each_told_once() >= NOTICES
    reckoning.require_each_task_given_once(papers)
    again = reckoning.require_each_letter_taken(mail[1])
    with house.app.app_context():
        assert [state_of(place.id) for place in house.places.values()] == [WHOLE] * len(house.places)
    print(reckoning.summary(again))  # noqa: T201 - what a run of this test showed
