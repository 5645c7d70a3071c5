"""Calendar feeds from outside: what a calendar program reads, that it follows changes, and that a link can be ended."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from structlog.testing import capture_logs

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound
from governance.tasks import queries
from governance.tasks.lifecycle import Move
from governance.tasks.models import Source
from governance.tasks.wants import Want
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import answering, asking, feeds
from workflows.answering import TaskMove
from workflows.asking import NewAssignment

Sit = Callable[[Someone | None], Reader]
DUE = max(TODAY, clock.day_in("Asia/Jakarta", clock.now())) + timedelta(
    days=20
)  # A feed holds the days around the real today.


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in; `sit(None)`: a calendar program."""
    return lambda someone: Reader(world.app, someone)


def link(by: Someone, *, of_unit: bool = False) -> str:
    return f"/cal/{feeds.make_link('ponsel', of_unit=of_unit, by=by.actor, now=NOW)}.ics"


def events(program: Reader, address: str) -> dict[str, Any]:
    """What a calendar program understands, by the marks of the events."""
    answer = program.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def asked(world: World, *offices: str, by: str = "diskominfo", due_on: date = DUE) -> None:
    units = tuple(world.serang.people[office].actor.unit_id or 0 for office in offices)
    new = NewAssignment(
        Source.CIRCULAR, "menyerahkan daftar aplikasi", units, why="Surat Edaran Nomor 1", due_on=due_on,
        wants=(Want("file_1", "Daftar aplikasi"),),
    )  # fmt: skip
    asking.ask(new, by=world.serang.people[by].actor, now=NOW)


def owed(world: World, unit: str, key: str = "spbe_architecture", due_on: date = DUE, **more: Any) -> int:
    """An obligation as a rule of the timetable leaves it."""
    told = {"fulfilment": "open", "estimated": False, "year": 2026, "changed_at": NOW.replace(tzinfo=None)} | more
    unit_id = world.serang.people[unit].actor.unit_id
    world.change(
        "INSERT INTO obligation (institution_id, key, mandate, stage, family, unit_id, year, due_on, estimated,"
        " how_sure, basis, computed, fulfilment, met_by, changed_at)"
        " VALUES (:place, :key, :mandate, '', 'architecture', :unit, :year, :due_on, :estimated, 'read',"
        " 'Perpres 95/2018 Pasal 8', '[]', :fulfilment, '', :changed_at)",
        place=world.serang.id, key=f"{key}:2026", mandate=key, unit=unit_id, due_on=due_on, **told,
    )  # fmt: skip
    return int(world.value("SELECT max(id) FROM obligation"))


def test_a_calendar_program_reads_whole_days_with_a_way_back(world: World, sit: Sit) -> None:
    asked(world, "dinkes")
    key = owed(world, "dinkes")
    found = events(sit(None), link(world.dinkes))
    task = next(event for uid, event in found.items() if uid.startswith("task-"))
    assert task["DTSTART"].dt == DUE
    assert task["DTEND"].dt == DUE + timedelta(days=1)
    assert task["DTSTART"].params["VALUE"] == "DATE"
    assert task["SUMMARY"] == "Menyerahkan daftar aplikasi"
    assert "Surat Edaran Nomor 1" in task["DESCRIPTION"]
    assert "Daftar aplikasi" in task["DESCRIPTION"]
    assert re.fullmatch(r"https?://[^/]+/tasks/\d+", task["URL"])
    assert found[f"obligation-{key}.serang@mandat"]["URL"].endswith(f"/deadlines/{key}")
    assert {str(event["STATUS"]) for event in found.values()} == {"CONFIRMED"}


def test_the_calendar_says_its_name_and_how_often_to_ask(world: World, sit: Sit) -> None:
    made = Calendar.from_ical(sit(None).get(link(world.dinkes, of_unit=True)).data)
    assert made["X-WR-CALNAME"] == "Mandat: Dinas Kesehatan, Pemerintah Kabupaten Serang"
    assert made["NAME"] == made["X-WR-CALNAME"]
    assert made["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert made["X-PUBLISHED-TTL"] == "PT6H"


def test_a_moved_day_is_the_same_event_with_a_higher_sequence(world: World, sit: Sit) -> None:
    asked(world, "dinkes")
    address = link(world.dinkes)
    before = next(iter(events(sit(None), address).values()))
    task = queries.tasks_of_unit(world.dinkes.actor)[0]
    wish = TaskMove(task.id, Move.ASK_EXTENSION, task.version, "Data belum lengkap", DUE + timedelta(days=5))
    answering.move(wish, by=world.dinkes.actor, now=NOW + timedelta(hours=1))
    task = queries.tasks_of_unit(world.dinkes.actor)[0]
    granted = TaskMove(task.id, Move.GRANT_EXTENSION, task.version, until=DUE + timedelta(days=5))
    answering.move(granted, by=world.diskominfo.actor, now=NOW + timedelta(hours=2))
    after = next(iter(events(sit(None), address).values()))
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt == DUE + timedelta(days=5)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_an_obligation_that_moved_keeps_its_mark(world: World, sit: Sit) -> None:
    key = owed(world, "dinkes")
    address = link(world.dinkes)
    before = events(sit(None), address)[f"obligation-{key}.serang@mandat"]
    moved = "UPDATE obligation SET due_on = :day, version = version + 1 WHERE id = :id"
    world.change(moved, day=DUE + timedelta(days=3), id=key)
    after = events(sit(None), address)[f"obligation-{key}.serang@mandat"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=3)


@pytest.mark.parametrize("fulfilment", ["dropped", "waived"])
def test_what_is_no_longer_asked_is_cancelled(world: World, sit: Sit, fulfilment: str) -> None:
    key = owed(world, "dinkes")
    address = link(world.dinkes)
    ended = "UPDATE obligation SET fulfilment = :fulfilment, reason = 'Surat Menteri', version = 2 WHERE id = :id"
    world.change(ended, fulfilment=fulfilment, id=key)
    event = events(sit(None), address)[f"obligation-{key}.serang@mandat"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_task_that_was_called_off_is_cancelled_and_one_handed_in_is_done(world: World, sit: Sit) -> None:
    asked(world, "dinkes")
    address = link(world.dinkes)
    task = queries.tasks_of_unit(world.dinkes.actor)[0]
    answering.move(
        TaskMove(task.id, Move.CANCEL, task.version, "Sudah ada datanya"), by=world.diskominfo.actor, now=NOW
    )
    assert [str(event["STATUS"]) for event in events(sit(None), address).values()] == ["CANCELLED"]


def test_an_estimate_is_tentative(world: World, sit: Sit) -> None:
    key = owed(world, "dinkes", estimated=True)
    event = events(sit(None), link(world.dinkes))[f"obligation-{key}.serang@mandat"]
    assert event["STATUS"] == "TENTATIVE"
    assert event["SUMMARY"].endswith("(perkiraan)")


def test_a_step_with_a_term_is_in_the_calendar_of_whom_it_waits_for(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.IN_REVIEW)
    world.change("UPDATE waiting SET due_on = :day WHERE document_id = :id", day=DUE, id=paper.id)
    found = events(sit(None), link(world.diskominfo))
    step = next(event for uid, event in found.items() if uid.startswith("step-"))
    assert step["DTSTART"].dt == DUE
    assert step["URL"].endswith(f"/documents/{paper.id}")
    assert events(sit(None), link(world.dinkes)) == {}


@pytest.mark.parametrize("secrecy", [Secrecy.TERBATAS, Secrecy.RAHASIA])
def test_no_title_of_a_closed_document_leaves_the_house(world: World, make: Maker, sit: Sit, secrecy: Secrecy) -> None:
    paper = make.document(State.IN_REVIEW, secrecy=secrecy)
    world.change("UPDATE waiting SET due_on = :day WHERE document_id = :id", day=DUE, id=paper.id)
    asked(world, "diskominfo", by="bappeda")
    world.change("UPDATE assignment SET document_id = :id, why = ''", id=paper.id)
    text = sit(None).get(link(world.diskominfo)).text.replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert paper.as_seen().title not in text
    assert "daftar aplikasi" not in text
    assert f"dokumen {secrecy.value}" in text


def test_no_person_is_named(world: World, make: Maker, sit: Sit) -> None:
    make.document(State.IN_REVIEW)
    asked(world, "dinkes", "diskominfo")
    names = [name for (name,) in world.rows("SELECT name FROM person")]
    for address in (link(world.dinkes), link(world.diskominfo), link(world.dinkes, of_unit=True)):
        text = sit(None).get(address).text
        assert [name for name in names if name in text] == []


def test_the_same_calendar_is_not_sent_twice(world: World, sit: Sit) -> None:
    asked(world, "dinkes")
    address, program = link(world.dinkes), sit(None)
    etag = program.get(address).headers["ETag"]
    again = program.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    asked(world, "dinkes", due_on=DUE + timedelta(days=1))
    assert program.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_revoked_link_leads_nowhere_and_an_unknown_one_too(world: World, sit: Sit) -> None:
    address, program = link(world.dinkes), sit(None)
    key = world.value("SELECT max(id) FROM feed_link")
    assert sit(world.dinkes).post(f"/calendar/links/{key}/revoke").status_code == 303
    for gone in (address, f"/cal/{'0' * 32}.ics", "/cal/x.ics", f"/cal/{'0' * 32}F.ics"):
        answer = program.get(gone)
        assert answer.status_code == 404
        assert "tidak dikenal atau sudah dicabut" in answer.text
        assert "Set-Cookie" not in answer.headers


def test_only_the_digest_is_kept_and_the_trail_says_who_made_it(world: World, sit: Sit) -> None:
    page = sit(world.dinkes).post("/calendar/links", {"label": "Outlook kantor", "whose": "unit"})
    secret = re.search(r"/cal/([0-9a-f]{32})\.ics", page.text)
    assert secret is not None
    assert all(secret[1] not in str(rows) for rows in world.everything().values())
    assert "feed.made" in world.trail()[-1]
    again = sit(world.dinkes).get("/calendar/links").text
    assert "Outlook kantor" in again
    assert secret[1] not in again


def test_the_secret_stands_in_no_log(world: World, sit: Sit) -> None:
    address = link(world.dinkes)
    with capture_logs() as lines:
        sit(None).get(address)
    assert [line["path"] for line in lines if line["event"] == "answered"] == ["/cal/<token>.ics"]
    assert address.removeprefix("/cal/").removesuffix(".ics") not in str(lines)


def test_a_successor_sees_and_ends_the_links_of_his_unit_and_no_stranger_does(world: World) -> None:
    link(world.dinkes, of_unit=True)
    key = world.value("SELECT max(id) FROM feed_link")
    for stranger in (world.diskominfo, world.kota.diskominfo):
        with pytest.raises(NotFound):
            feeds.revoke_link(key, by=stranger.actor, now=NOW)
    feeds.revoke_link(key, by=world.dinkes.actor, now=NOW)
    feeds.revoke_link(key, by=world.dinkes.actor, now=NOW + timedelta(days=1))
    assert [line for line in world.trail() if "feed.revoked" in line] == [world.trail()[-1]]


def test_nobody_keeps_more_links_than_he_can_watch(world: World) -> None:
    for _ in range(feeds.MOST_IN_USE):
        link(world.dinkes)
    with pytest.raises(Invalid):
        link(world.dinkes)
    link(world.dinkes, of_unit=True)


@pytest.mark.parametrize("label", ["", "   ", "x" * 101, "a\x00b"])
def test_a_link_without_a_good_name_is_not_made(world: World, sit: Sit, label: str) -> None:
    reader = sit(world.dinkes)
    before = world.everything()
    answer = reader.post("/calendar/links", {"label": label, "whose": "person"})
    assert answer.status_code == 422
    assert "<main" in answer.text
    assert world.everything() == before


def test_whoever_left_his_post_reads_an_empty_calendar(world: World, sit: Sit) -> None:
    asked(world, "dinkes")
    personal, of_unit = link(world.dinkes), link(world.dinkes, of_unit=True)
    world.change(
        "UPDATE holding SET to_on = '2026-01-01' WHERE person_id = :person", person=world.dinkes.actor.person_id
    )
    assert events(sit(None), personal) == {}
    assert len(events(sit(None), of_unit)) == 1


def test_a_thousand_tasks_take_no_more_statements_than_one(world: World, sit: Sit) -> None:
    asked(world, "dinkes")
    address, program = link(world.dinkes), sit(None)
    one = reads(lambda: program.get(address))
    for day in range(20):
        asked(world, "dinkes", due_on=DUE + timedelta(days=day))
    assert reads(lambda: program.get(address)) == one <= 5
