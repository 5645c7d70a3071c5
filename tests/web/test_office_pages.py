"""What an office finds on its home: this week and why, what comes, its season; never empty without a way on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from governance.documents.lifecycle import State
from governance.kernel import clock
from governance.tasks import queries
from governance.tasks.lifecycle import Move
from tests.web.counting import on_the_line, reads
from tests.web.reader import Reader
from tests.web.test_board import FAR, PAST, late
from tests.web.test_feeds import asked, owed
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import answering
from workflows.answering import TaskMove

Sit = Callable[[Someone | None], Reader]
MOST_BYTES = 30_000
STATEMENTS = 4 + 3
NOW_IS = max(TODAY, clock.day_in("Asia/Jakarta", clock.now()))  # as the office reads it


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


def part(page: str, name: str) -> str:
    """A section of a page by its heading's mark."""
    return page[page.index(f'id="h-{name}"') :].partition("</section>")[0]


@pytest.mark.parametrize("address", ["/", "/my-office"])
def test_an_office_reads_what_it_must_do_now_why_and_what_to_hand_in(world: World, sit: Sit, address: str) -> None:
    asked(world, "dinkes", due_on=NOW_IS)
    page = sit(world.dinkes).get(address).text
    assert "<h1>Satu hal untuk Dinas Kesehatan minggu ini</h1>" in page
    now = part(page, "this_week")
    for told in (
        "Menyerahkan daftar aplikasi",
        "Surat Edaran Nomor 1",
        "Daftar aplikasi",
        "Buka dan serahkan",
        "Kepala Diskominfosatik",
    ):
        assert told in now


def test_what_is_late_stands_above_what_comes(world: World, sit: Sit) -> None:
    late(world, "dinkes")
    asked(world, "dinkes", due_on=NOW_IS + timedelta(days=60))
    page = sit(world.dinkes).get("/").text
    assert "Satu terlambat di Dinas Kesehatan" in page
    assert page.index('id="h-late"') < page.index('id="h-nanti"')
    assert "Berikutnya: Menyerahkan daftar aplikasi" in page


def test_an_obligation_of_the_office_stands_there_with_its_article_and_the_way_to_its_document(
    world: World, sit: Sit
) -> None:
    owed(world, "bappeda", "spbe_budget_plan", due_on=NOW_IS)
    owed(world, "dinkes", "spbe_roadmap", due_on=NOW_IS)
    page = sit(world.bappeda).get("/").text
    now = part(page, "this_week")
    assert "Perpres 95/2018 Pasal 8" in now
    assert "/documents/new?kind=spbe_budget_plan" in now
    assert "Peta Rencana" not in now
    assert "/documents/new" not in part(sit(world.dinkes).get("/").text, "this_week")


def test_an_office_without_anything_is_told_what_comes_and_where_to_look(world: World, sit: Sit) -> None:
    page = sit(world.dinkes).get("/").text
    assert "Tidak ada yang harus selesai minggu ini" in page
    assert "/year?whose=unit" in part(page, "kosong")
    assert "Tugas datang dari keputusan" in page
    asked(world, "dinkes", due_on=FAR)
    page = sit(world.dinkes).get("/").text
    assert "Berikutnya: Menyerahkan daftar aplikasi" in part(page, "kosong")


def test_what_was_handed_in_is_not_asked_again(world: World, sit: Sit) -> None:
    asked(world, "dinkes", due_on=NOW_IS)
    task = queries.tasks_of_unit(world.dinkes.actor)[0]
    answering.move(TaskMove(task.id, Move.DECLINE, task.version, "Bukan urusan kami"), by=world.dinkes.actor, now=NOW)
    assert "Tidak ada yang harus selesai minggu ini" in sit(world.dinkes).get("/").text


def test_a_paper_that_waits_stands_above_all(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    page = sit(world.asisten).get("/").text
    assert "<h1>Satu hal menunggu Anda</h1>" in page
    assert f"/documents/{paper.id}/decide" in page


def test_the_planners_see_the_season_of_plan_and_budget(world: World, sit: Sit) -> None:
    owed(world, "diskominfo", "spbe_roadmap", due_on=NOW_IS + timedelta(days=90))
    page = sit(world.bappeda).get("/").text
    season = part(page, "musim")
    assert "Musim perencanaan dan anggaran" in season
    assert "Perda APBD dan penjabarannya ditetapkan" in season
    assert "Pasal 117 ayat (2)" in season
    assert "Peta Rencana SPBE" in season
    assert "Menunggu tanggal pelantikan" not in season
    whole = part(sit(world.bappeda).get("/my-office").text, "musim")
    assert "Menunggu tanggal pelantikan kepala daerah." in whole
    world.change(
        "INSERT INTO milestone (institution_id, key, day, number, note, by_title, entered_at, withdrawn_by,"
        " reason, version) VALUES (:id, 'inauguration', :day, '', '', 'Sekda', :now, '', '', 1)",
        id=world.serang.id, day=NOW_IS, now=NOW.replace(tzinfo=None),
    )  # fmt: skip
    assert "Menunggu tanggal pelantikan" not in sit(world.bappeda).get("/my-office").text


def test_the_inspectorate_sees_audits_whoever_answers_for_them(world: World, sit: Sit) -> None:
    owed(world, "diskominfo", "audit_security", due_on=FAR)
    owed(world, "inspektorat", "ict_audit_periodic_report", due_on=NOW_IS)
    world.change("UPDATE obligation SET due_on = NULL WHERE mandate = 'audit_security'")
    page = sit(world.inspektorat).get("/").text
    assert "Laporan periodik" in part(page, "this_week")
    season = part(page, "musim")
    assert "Musim audit" in season
    assert "Audit Keamanan" in season
    assert "Belum bertanggal" in season
    assert 'id="h-musim"' not in sit(world.dinkes).get("/").text


def test_every_other_office_is_told_its_part(world: World, sit: Sit) -> None:
    asked(world, "organisasi", "bkpsdm", due_on=NOW_IS)
    for office in ("organisasi", "bkpsdm"):
        assert "Menyerahkan daftar aplikasi" in part(sit(world.serang.people[office]).get("/").text, "this_week")


@pytest.mark.parametrize("address", ["/", "/my-office"])
@pytest.mark.parametrize(
    "office", ["dinkes", "bappeda", "inspektorat", "organisasi", "bkpsdm", "asisten", "diskominfo", "sekda"]
)
def test_a_home_takes_few_statements_and_bytes_however_much_is_asked(
    world: World, sit: Sit, address: str, office: str
) -> None:
    reader = sit(world.serang.people[office])
    asked(world, office, by="bappeda" if office == "diskominfo" else "diskominfo", due_on=FAR)
    few = reads(lambda: reader.get(address))
    for _round in range(25):
        late(world, "dinkes", "bappeda", "inspektorat", "organisasi", "bkpsdm")
    for key in ("spbe_roadmap", "audit_security", "spbe_architecture", "spbe_budget_plan"):
        owed(world, office, key, due_on=PAST)
    assert reads(lambda: reader.get(address)) == few <= STATEMENTS
    assert on_the_line(reader.get(address)) <= MOST_BYTES
