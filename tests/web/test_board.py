"""Diskominfo's board: what is late, what comes, by group and by office, through filters that live in the address."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from governance.tasks import queries
from governance.tasks.lifecycle import Move
from tests.web.counting import on_the_line, reads
from tests.web.reader import Reader
from tests.web.test_feeds import asked, owed
from tests.world import NOW, TODAY, Someone, World
from workflows import answering
from workflows.answering import TaskMove

Sit = Callable[[Someone | None], Reader]
MOST_BYTES = 30_000
STATEMENTS = 4 + 3
FAR = date(2031, 11, 26)
PAST = date(2020, 9, 4)


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


def late(world: World, *offices: str) -> None:
    """Asked long ago and never answered."""
    asked(world, *offices, due_on=TODAY)
    world.change("UPDATE task SET due_on = :day WHERE due_on = :today", day=PAST, today=TODAY)


def row_of(page: str, office: str) -> list[str]:
    """The counts of an office in the order of the columns."""
    table = page[page.index('id="h-opd"') :]
    row = table[table.index(office) :].split("</tr>")[0]
    return [re.sub(r"<.*?>", " ", cell).split()[0] for cell in re.findall(r'<td class="num[^>]*>(.*?)</td>', row)]


def test_what_is_late_stands_first_with_its_office_and_one_click_that_reminds(world: World, sit: Sit) -> None:
    late(world, "dinkes", "disdik")
    owed(world, "bappeda", "spbe_roadmap", due_on=PAST)
    reader = sit(world.diskominfo)
    page = reader.get("/board").text
    assert "<h1>Tiga terlambat" in page
    assert page.count("Ingatkan semua yang terlambat") == 1
    action = re.search(r'action="(/tasks/asked/\d+/remind)"', page)
    assert action is not None
    assert reader.post(action[1]).status_code == 303
    assert world.inbox(world.dinkes).count("task.reminded") == world.inbox(world.disdik).count("task.reminded") == 1
    assert "/tasks/new?source=obligation" in page


def test_the_sekda_reads_the_board_and_reminds_nobody(world: World, sit: Sit) -> None:
    late(world, "dinkes")
    page = sit(world.sekda).get("/board").text
    assert "Dinas Kesehatan" in page
    assert "Ingatkan semua" not in page
    assert sit(world.dinkes).get("/board").status_code == 403
    assert "/board" not in sit(world.dinkes).get("/tasks").text
    assert 'href="/board"' in sit(world.diskominfo).get("/").text


def test_diskominfo_finds_on_its_home_how_many_are_late_and_the_way_to_them(world: World, sit: Sit) -> None:
    assert "Di tangan OPD" not in sit(world.diskominfo).get("/").text
    late(world, "dinkes", "disdik")
    page = sit(world.diskominfo).get("/").text
    assert "<h1>Dua tugas OPD terlambat</h1>" in page
    assert "2 tugas terlambat pada 2 perangkat daerah." in page
    assert "Lihat papan dan ingatkan" in page
    assert "Di tangan OPD" not in sit(world.kota.diskominfo).get("/").text


def test_each_office_is_counted_once_in_one_state(world: World, sit: Sit) -> None:
    late(world, "dinkes")
    asked(world, "dinkes", "disdik", due_on=FAR)
    asked(world, "dinkes", due_on=FAR)
    first = next(one for one in queries.tasks_of_unit(world.disdik.actor))
    answering.move(TaskMove(first.id, Move.ACCEPT, first.version), by=world.disdik.actor, now=NOW)
    page = sit(world.diskominfo).get("/board").text
    assert row_of(page, "Dinas Kesehatan") == ["1", "2", "0", "0", "0", "0"]
    assert row_of(page, "Dinas Pendidikan") == ["0", "0", "1", "0", "0", "0"]
    assert page.index("Dinas Kesehatan", page.index('id="h-opd"')) < page.index(
        "Dinas Pendidikan", page.index('id="h-opd"')
    )
    assert "4 tugas terbuka pada 2 perangkat daerah." in page


def test_a_count_leads_to_exactly_those_tasks(world: World, sit: Sit) -> None:
    late(world, "dinkes")
    asked(world, "dinkes", "disdik", due_on=FAR)
    reader = sit(world.diskominfo)
    found = re.findall(r'href="(/board\?unit=dinkes&amp;state=\w+#daftar)"', reader.get("/board").text)
    assert [address.split("state=")[1] for address in found] == ["late#daftar", "received#daftar"]
    chosen = reader.get(found[1].replace("&amp;", "&").partition("#")[0]).text
    listed = chosen[chosen.index('id="daftar"') : chosen.index('id="h-opd"')]
    assert "1 tugas" in listed
    assert "26 November 2031" in listed
    assert "Dinas Pendidikan" not in listed


def test_a_group_and_a_span_narrow_everything(world: World, sit: Sit) -> None:
    owed(world, "bappeda", "spbe_roadmap", due_on=PAST)
    owed(world, "inspektorat", "audit_security", due_on=PAST)
    late(world, "dinkes")
    page = sit(world.diskominfo).get("/board?group=4").text
    assert "<h1>Satu terlambat" in page
    assert "Inspektorat Daerah" in page
    assert "Menyerahkan daftar aplikasi" not in page
    assert "Hapus saringan" in page


@pytest.mark.parametrize("address", ["/board?unit=x&group=9&state=y&span=z", "/board?span=quarter&state=verified"])
def test_an_odd_or_empty_filter_says_so_and_shows_a_way_on(world: World, sit: Sit, address: str) -> None:
    page = sit(world.diskominfo).get(address)
    assert page.status_code == 200
    assert 'class="m-empty"' in page.text


def test_what_was_called_off_is_not_called_late(world: World, sit: Sit) -> None:
    late(world, "dinkes")
    world.change("UPDATE task SET state = 'cancelled'")
    page = sit(world.diskominfo).get("/board").text
    assert "Tidak ada yang terlambat" in page
    assert "Belum ada tugas untuk OPD mana pun." in page


def test_an_institution_without_anything_gets_a_board_with_a_way_on(world: World, sit: Sit) -> None:
    page = sit(world.provinsi.people["diskominfo"]).get("/board").text
    assert "Tidak ada yang terlambat atau jatuh tempo" in page
    assert 'href="/tasks/new"' in page


def test_another_region_is_not_on_the_board(world: World, sit: Sit) -> None:
    late(world, "dinkes")
    owed(world, "bappeda", "spbe_roadmap", due_on=PAST)
    page = sit(world.kota.diskominfo).get("/board").text
    assert "Tidak ada yang terlambat" in page


@pytest.mark.parametrize("address", ["/board", "/board?state=late", "/board?span=quarter&unit=dinkes"])
@pytest.mark.parametrize("office", ["diskominfo", "sekda"])
def test_the_board_takes_few_statements_and_bytes_however_much_is_late(
    world: World, sit: Sit, address: str, office: str
) -> None:
    reader = sit(world.serang.people[office])
    asked(world, "dinkes", due_on=FAR)
    few = reads(lambda: reader.get(address))
    everyone = [name for name in world.serang.people if name not in ("bupati", "wabup")]
    for _round in range(12):
        late(world, *everyone)
    for key in ("spbe_roadmap", "audit_security", "spbe_architecture"):
        owed(world, "bappeda", key, due_on=PAST + timedelta(days=1))
    assert few <= STATEMENTS
    assert reads(lambda: reader.get(address)) == few
    assert on_the_line(reader.get(address)) <= MOST_BYTES
