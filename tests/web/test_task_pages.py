"""The pages of tasks: asking many offices, the office's answer, the follow-up, the chase list."""

import re
from io import BytesIO

import pytest

from governance.tasks import queries
from governance.tasks.models import Source
from governance.tasks.wants import Cell, Column, Kind, Want
from tests.web.reader import Reader
from tests.world import NOW, TODAY, World
from workflows import asking
from workflows.asking import NewAssignment

APPS = Want(
    "apps",
    "Daftar aplikasi",
    Kind.TABLE,
    columns=(
        Column("name", "Nama", required=True),
        Column("state", "Keadaan", Cell.CHOICE, required=True, options=("beroperasi", "dihentikan")),
    ),
)


@pytest.fixture
def asker(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


@pytest.fixture
def office(world: World) -> Reader:
    return Reader(world.app, world.dinkes)


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def with_table(world: World) -> str:
    units = (world.dinkes.actor.unit_id or 0,)
    new = NewAssignment(Source.CIRCULAR, "mengisi daftar", units, why="Pasal 33", due_on=TODAY, wants=(APPS,))
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    return f"/tasks/{queries.tasks_of_unit(world.dinkes.actor)[0].id}"


def test_offices_are_asked_on_one_page_and_answer_on_theirs(world: World, asker: Reader, office: Reader) -> None:
    units = [str(world.serang.people[key].actor.unit_id) for key in ("dinkes", "disdik")]
    wish = {"source": "circular", "what": "menyampaikan rekap pengaduan", "why": "Surat Edaran Nomor 3"}
    due = "2099-01-05"
    answer = asker.post("/tasks/new", wish | {"due_on": due, "units": units, "want": ["Rekap", ""]})
    assert answer.status_code == 303, answer.text
    rounds = answer.location
    assert "Dinas Kesehatan" in asker.get(rounds).text
    mine = queries.tasks_of_unit(world.dinkes.actor)[0]
    address = f"/tasks/{mine.id}"
    page = office.get(address).text
    assert "Surat Edaran Nomor 3" in page
    assert 'data-state="read"' in page
    files = {"file_1": (BytesIO(b"%PDF-1.7 rekap"), "rekap.pdf")}
    sent = office.post(f"{address}/hand-in", {"version": version(page), "note": "Januari sampai Oktober", **files})
    assert sent.status_code == 303, sent.text
    page = asker.get(address).text
    assert "rekap.pdf" in page
    file = re.search(r'href="(/tasks/files/\d+)"', page)
    assert file
    assert asker.get(file[1]).data == b"%PDF-1.7 rekap"
    assert Reader(world.app, world.disdik).get(file[1]).status_code == 404
    done = asker.post(f"{address}/move", {"move": "verify", "version": version(page)})
    assert done.status_code == 303
    assert "1 dari 2 perangkat daerah sudah lengkap" in asker.get(rounds).text


def test_the_notice_leads_to_the_readers_own_task(world: World, office: Reader) -> None:
    address = with_table(world)
    notice = world.value("SELECT id FROM notice WHERE key = 'task.asked'")
    assert office.get(f"/notices/{notice}").location == address


def test_a_request_without_offices_or_basis_comes_back_with_what_was_typed(world: World, asker: Reader) -> None:
    before = world.everything()
    answer = asker.post("/tasks/new", {"what": "menyampaikan rekap", "why": "", "due_on": "2026-02-30"})
    assert answer.status_code == 422
    answer = asker.post("/tasks/new", {"what": "menyampaikan rekap", "why": ""})
    assert answer.status_code == 422
    assert "Pilih paling sedikit satu perangkat daerah" in answer.text
    assert "Tulis dasarnya" in answer.text
    assert "menyampaikan rekap" in answer.text
    assert world.everything() == before


def test_a_table_is_typed_row_by_row_and_wrong_cells_are_named(world: World, office: Reader) -> None:
    address = with_table(world)
    page = office.get(address).text
    rows = {"apps.0.name": "SIMPUS", "apps.0.state": "aktif", "apps.1.name": "", "apps.1.state": "beroperasi"}
    answer = office.post(f"{address}/hand-in", {"version": version(page)} | rows)
    assert answer.status_code == 422
    assert "B2 (Keadaan): &#34;aktif&#34; bukan pilihan" in answer.text
    assert "A3 (Nama) kosong" in answer.text
    assert 'value="SIMPUS"' in answer.text
    rows |= {"apps.0.state": "beroperasi", "apps.1.name": "e-Resep"}
    more = office.post(f"{address}/hand-in", {"version": version(page), "add": "apps"} | rows)
    assert 'name="apps.2.name"' in more.text
    assert office.post(f"{address}/hand-in", {"version": version(page)} | rows).status_code == 303
    assert "e-Resep" in office.get(address).text


def test_an_old_page_is_told_and_a_reason_is_asked_for(world: World, office: Reader) -> None:
    address = with_table(world)
    page = office.get(address).text
    answer = office.post(f"{address}/move", {"move": "decline", "version": version(page), "words": ""})
    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.text
    assert office.post(f"{address}/move", {"move": "accept", "version": version(page)}).status_code == 303
    late = office.post(f"{address}/move", {"move": "decline", "version": version(page), "words": "Tidak"})
    assert late.status_code == 409


def test_the_late_ones_are_listed_and_reminded(world: World, asker: Reader) -> None:
    with_table(world)
    world.change("UPDATE task SET due_on = '2020-01-02'")
    page = asker.get("/tasks/late").text
    assert "Dinas Kesehatan" in page
    remind = re.search(r'action="(/tasks/asked/\d+/remind)"', page)
    assert remind
    assert asker.post(remind[1], {}).status_code == 303
    assert world.inbox(world.dinkes) == ["task.asked", "task.reminded"]
    assert Reader(world.app, world.dinkes).post(remind[1], {}).status_code in (403, 404)


@pytest.mark.parametrize(
    "form",
    [
        {"move": "accept", "version": "abc"},
        {"move": "accept", "version": "99999999999"},
        {"move": "rubbish", "version": "1"},
        {"move": "reassign", "version": "1", "unit": "x"},
        {"move": "ask_extension", "version": "1", "until": "31-12-2026", "words": "a"},
        {"move": "comment", "version": "1", "words": "a\x00b"},
        {},
    ],
)
def test_whatever_is_sent_is_refused_and_never_a_fault(world: World, office: Reader, form: dict[str, str]) -> None:
    address = with_table(world)
    assert office.post(f"{address}/move", form).status_code in (403, 409, 422)
    assert office.post(f"{address}/hand-in", form).status_code in (403, 409, 422)
