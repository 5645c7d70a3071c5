"""The month and the year: every date once, for whom it is asked, with closed days, in few statements and as a sheet."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from governance.almanac.weeks import Month, When, when
from governance.calendar.entering import NewDay
from governance.calendar.models import DayKind
from governance.documents.lifecycle import State
from governance.kernel import clock
from tests.web.counting import on_the_line, reads
from tests.web.reader import Reader
from tests.web.test_feeds import asked, owed
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import closing_days

Sit = Callable[[Someone | None], Reader]
MOST_BYTES = 30_000
STATEMENTS = 4 + 3
DAY = date(2031, 11, 26)  # far enough ahead never to be late
PAST = date(2020, 9, 4)


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


def test_a_month_shows_what_ends_in_it_with_its_reason_and_its_office(world: World, sit: Sit) -> None:
    asked(world, "dinkes", due_on=DAY)
    owed(world, "bappeda", due_on=DAY)
    page = sit(world.dinkes).get("/calendar?month=2031-11").text
    assert "November 2031: dua tenggat" in page
    assert "Menyerahkan daftar aplikasi" in page
    assert "Surat Edaran Nomor 1" in page
    assert "Perpres 95/2018 Pasal 8" in page
    assert "Badan Perencanaan Pembangunan Daerah" in page
    assert "Menyerahkan daftar aplikasi" not in sit(world.dinkes).get("/calendar?month=2031-12").text


def test_mine_is_what_is_still_open_for_my_office(world: World, sit: Sit) -> None:
    asked(world, "dinkes", due_on=DAY)
    owed(world, "bappeda", due_on=DAY)
    owed(world, "dinkes", "spbe_roadmap", due_on=DAY, fulfilment="met")
    reader = sit(world.dinkes)
    mine = reader.get("/calendar?month=2031-11&whose=mine").text
    assert "November 2031: satu tenggat" in mine
    unit = reader.get("/calendar?month=2031-11&whose=unit").text
    assert "November 2031: dua tenggat" in unit
    assert "Terpenuhi" in unit


def test_a_group_is_chosen_in_the_address(world: World, sit: Sit) -> None:
    owed(world, "bappeda", "spbe_architecture", due_on=DAY)
    owed(world, "bappeda", "spbe_roadmap", due_on=DAY)
    page = sit(world.diskominfo).get("/calendar?month=2031-11&group=3").text
    assert "November 2031: satu tenggat" in page
    assert 'value="3" lang="id" selected' in page
    assert "month=2031-12&amp;group=3" in page


def test_another_office_is_not_shown_what_it_was_not_asked(world: World, make: Maker, sit: Sit) -> None:
    asked(world, "disdik", due_on=DAY)
    paper = make.document(State.IN_REVIEW)
    world.change("UPDATE waiting SET due_on = :day WHERE document_id = :id", day=DAY, id=paper.id)
    assert "tidak ada tenggat" in sit(world.dinkes).get("/calendar?month=2031-11").text
    watching = sit(world.diskominfo).get("/calendar?month=2031-11").text
    assert "Menyerahkan daftar aplikasi" in watching
    assert "Paraf:" in watching
    assert "Menyerahkan daftar aplikasi" not in sit(world.kota.diskominfo).get("/calendar?month=2031-11").text


def test_many_copies_of_one_task_are_one_line(world: World, sit: Sit) -> None:
    asked(world, "dinkes", "disdik", "dishub", due_on=DAY)
    page = sit(world.diskominfo).get("/calendar?month=2031-11").text
    assert "November 2031: satu tenggat" in page
    assert "3 OPD" in page
    assert "0 dari 3 OPD sudah" in page


def test_closed_days_are_marked_the_institutions_own_too(world: World, sit: Sit) -> None:
    own = NewDay(date(2027, 12, 8), "Hari jadi daerah", DayKind.LOCAL, "SE Bupati 1/2026")
    closing_days.enter([own], by=world.diskominfo.actor, now=NOW, library=world.library)
    page = sit(world.dinkes).get("/calendar?month=2027-12").text
    assert "8 Hari jadi daerah" in page
    assert "Natal" in page
    assert "Hari jadi daerah" not in sit(world.kota.diskominfo).get("/calendar?month=2027-12").text


@pytest.mark.parametrize(
    "address", ["/calendar?month=2026-13", "/calendar?month=x&whose=y&group=z", "/year?year=abc", "/year?year=²026"]
)
def test_an_odd_address_shows_today(world: World, sit: Sit, address: str) -> None:
    page = sit(world.dinkes).get(address)
    assert page.status_code == 200
    assert "2026" in page.text


def test_the_year_draws_each_date_once_and_says_the_same_in_its_table(world: World, sit: Sit) -> None:
    owed(world, "bappeda", "spbe_architecture", due_on=date(2020, 6, 1), fulfilment="met")
    owed(world, "bappeda", "spbe_roadmap", due_on=PAST)
    page = sit(world.diskominfo).get("/year?year=2020").text
    chart = page[page.index('<svg class="m-year"') : page.index("</svg></div>")]
    assert 'role="img"' in chart
    assert "<title" in chart
    assert "<desc" in chart
    assert (chart.count('class="met"'), chart.count('class="late"')) == (1, 1)
    assert "Tahun 2020: satu terlambat" in page
    table = page[page.index("<table") :]
    for told in ("3 Arsitektur", "2 Peta rencana dan rencana induk", "Terlambat", "4 September 2020", "Terpenuhi"):
        assert told in table


def test_today_is_drawn_in_its_own_year_alone(world: World, sit: Sit) -> None:
    owed(world, "bappeda", due_on=PAST)
    owed(world, "bappeda", "spbe_roadmap", due_on=date(clock.now().year, 7, 1))
    assert "hari ini" in sit(world.diskominfo).get("/year").text
    assert "hari ini" not in sit(world.diskominfo).get("/year?year=2020").text


def test_a_task_of_no_document_stands_in_a_group_of_its_own(world: World, sit: Sit) -> None:
    asked(world, "dinkes", due_on=DAY)
    assert "Tugas di luar kelompok dokumen" in sit(world.diskominfo).get("/year?year=2031").text


def test_what_has_no_date_yet_stands_in_its_year(world: World, sit: Sit) -> None:
    owed(world, "bappeda", "audit_security", due_on=None)  # type: ignore[arg-type]
    page = sit(world.diskominfo).get("/year?year=2026").text
    assert "Belum bertanggal" in page
    assert "Belum bertanggal" not in sit(world.diskominfo).get("/calendar?month=2031-11").text


@pytest.mark.parametrize(
    ("address", "rows"), [("/calendar/xlsx?month=2031-11", 2), ("/year/xlsx?year=2031", 2), ("/year/xlsx?year=2025", 0)]
)
def test_the_sheet_holds_the_same_dates(world: World, sit: Sit, address: str, rows: int) -> None:
    asked(world, "dinkes", due_on=DAY)
    owed(world, "bappeda", due_on=DAY)
    answer = sit(world.diskominfo).get(address)
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    found = list(sheet.values)
    assert found[0][:4] == ("Tanggal", "Sejak", "Jenis", "Apa")
    assert len(found) == 1 + rows
    assert all(row[0].date() == DAY for row in found[1:])  # type: ignore[union-attr]


@pytest.mark.parametrize("address", ["/calendar?month=2031-11", "/year?year=2031", "/calendar/links"])
@pytest.mark.parametrize("office", ["diskominfo", "sekda", "dinkes", "bappeda", "inspektorat"])
def test_a_page_of_dates_takes_few_statements_and_bytes_however_many_there_are(
    world: World, sit: Sit, address: str, office: str
) -> None:
    reader = sit(world.serang.people[office])
    asked(world, "dinkes", "bappeda", due_on=DAY)
    few = reads(lambda: reader.get(address))
    for day in range(30):
        asked(world, "dinkes", "bappeda", "disdik", "inspektorat", due_on=DAY - timedelta(days=day % 20))
    assert reads(lambda: reader.get(address)) == few <= STATEMENTS
    assert on_the_line(reader.get(address)) <= MOST_BYTES


def test_the_list_of_deadlines_tells_which_reminders_went_out(world: World, sit: Sit) -> None:
    key = owed(world, "bappeda", due_on=PAST, year=2020)
    world.change(
        "INSERT INTO reminder (institution_id, obligation_id, due_on, rung, sent_at)"
        " VALUES (:id, :key, :day, 'h7', :at)",
        id=world.serang.id, key=key, day=PAST, at=NOW.replace(tzinfo=None),
    )  # fmt: skip
    page = sit(world.diskominfo).get("/deadlines?year=2020")
    assert page.status_code == 200
    assert "1 pengingat terkirim" in page.text


def test_months_follow_each_other_over_the_years_end() -> None:
    assert Month(2026, 12).after == Month(2027, 1)
    assert Month(2026, 1).before == Month(2025, 12)
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in Month(2026, 11).weeks)


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (None, When.UNDATED),
        (TODAY - timedelta(days=1), When.LATE),
        (TODAY, When.THIS_WEEK),
        (date(2026, 11, 22), When.THIS_WEEK),
        (date(2026, 11, 23), When.NEXT_WEEK),
        (date(2026, 11, 29), When.NEXT_WEEK),
        (date(2026, 11, 30), When.LATER),
    ],
)
def test_a_week_ends_on_sunday(due_on: date | None, expected: When) -> None:
    assert when(due_on, TODAY) is expected
