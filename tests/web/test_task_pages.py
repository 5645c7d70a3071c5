"""The pages of tasks: asking many offices, the office's answer, the follow-up, the chase list."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from governance.documents.lifecycle import State
from governance.tasks import queries, sheets
from governance.tasks.models import Source
from governance.tasks.wants import Cell, Column, Kind, Want
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, World
from workflows import asking, timetabling
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


def sheet_of(rows: list[dict[str, str]], change: Callable[[Any], None] = lambda sheet: None) -> tuple[BytesIO, str]:
    book = load_workbook(BytesIO(sheets.template(APPS, rows)))
    change(book[sheets.FILLED_IN])
    kept = BytesIO()
    book.save(kept)
    return BytesIO(kept.getvalue()), "aplikasi.xlsx"


def test_a_table_is_handed_in_by_a_sheet_and_comes_back_in_its_form(world: World, office: Reader) -> None:
    address = with_table(world)
    page = office.get(address).text
    assert f'href="{address}/sheet?table=apps"' in page
    form = office.get(f"{address}/sheet?table=apps")
    assert form.headers["Content-Disposition"].endswith("-apps.xlsx")
    assert office.get(f"{address}/sheet?table=other").status_code == 404
    before = world.everything()

    def spoil(sheet: Any) -> None:
        sheet["B2"], sheet["A3"] = "=1+1", "e-Resep"

    wrong = sheet_of([{"name": "SIMPUS", "state": "beroperasi"}], spoil)
    answer = office.post(f"{address}/hand-in", {"version": version(page), "apps.sheet": wrong})
    assert answer.status_code == 422
    assert "B2 (Keadaan) berisi rumus" in answer.text
    assert answer.text.count("B2 (Keadaan)") == answer.text.count("B2 (Keadaan) berisi rumus"), "told once, not twice"
    assert "B3 (Keadaan) kosong" in answer.text
    assert 'value="SIMPUS"' in answer.text
    assert 'value="e-Resep"' in answer.text
    assert world.everything() == before
    right = sheet_of([{"name": "SIMPUS", "state": "beroperasi"}])
    assert office.post(f"{address}/hand-in", {"version": version(page), "apps.sheet": right}).status_code == 303
    kept = office.get(f"{address}/sheet?table=apps").data
    assert sheets.read(APPS, kept).rows == [{"name": "SIMPUS", "state": "beroperasi"}]


def test_a_long_sheet_is_taken_and_mended_in_the_sheet(world: World, office: Reader) -> None:
    address = with_table(world)
    page = office.get(address).text
    rows = [{"name": f"Aplikasi {number}", "state": "beroperasi"} for number in range(1500)]
    wrong = sheet_of(
        rows, lambda sheet: sheet.delete_cols(1) or sheet.insert_cols(1) or sheet.__setitem__("A1", "Nama")
    )
    answer = office.post(f"{address}/hand-in", {"version": version(page), "apps.sheet": wrong})
    assert answer.status_code == 422
    assert "A61 (Nama) kosong" in answer.text
    assert "A62 (Nama) kosong" not in answer.text
    assert "Masih ada 1440 kesalahan lain" in answer.text
    assert "1500 baris: terlalu panjang" in answer.text
    assert (
        office.post(f"{address}/hand-in", {"version": version(page), "apps.sheet": sheet_of(rows)}).status_code == 303
    )
    assert "1500 baris" in office.get(address).text


def test_ready_tables_and_a_table_of_ones_own_are_asked_for_of_everyone(world: World, asker: Reader) -> None:
    wish = {"source": "indicator", "what": "mengisi daftar", "why": "Indikator 5", "all_units": "1"}
    own = {"own.label": "Rapat", "own.0.label": "Hari", "own.0.cell": "day", "own.0.required": "1"}
    own |= {"own.1.label": "Bentuk", "own.1.cell": "choice", "own.1.options": "daring; luring;"}
    more = asker.post("/tasks/new", wish | own | {"ready": "applications", "add": "own"}).text
    assert 'name="own.5.label"' in more
    assert 'value="applications" checked' in more
    refused = asker.post("/tasks/new", wish | own | {"own.1.options": ""})
    assert refused.status_code == 422
    assert "Kolom Bentuk berupa pilihan" in refused.text
    answer = asker.post("/tasks/new", wish | own | {"ready": ["applications", "staff_skills"]})
    assert answer.status_code == 303, answer.text
    kept = queries.copies(world.diskominfo.actor, int(answer.location.rpartition("/")[2]))
    assert [want.key for want in kept[0].wants] == ["applications", "staff_skills", "own_table"]
    day, choice = kept[0].wants[2].columns
    assert (day.cell, day.required, choice.options) == (Cell.DAY, True, ("daring", "luring"))
    units = world.value("SELECT count(*) FROM unit WHERE institution_id = :id", id=world.serang.id)
    assert len(kept) == units - 2, "neither who asks nor the head of the region"


def test_an_address_names_what_is_asked_from(world: World, asker: Reader, make: Maker) -> None:
    duty = world.value("SELECT min(id) FROM obligation WHERE institution_id = :id", id=world.serang.id)
    if duty is None:
        timetabling.lay_out(TODAY.year, by=world.diskominfo.actor, now=NOW, library=world.library)
        duty = world.value("SELECT min(id) FROM obligation WHERE institution_id = :id", id=world.serang.id)
    assert f"/tasks/new?source=obligation&amp;obligation={duty}" in asker.get("/deadlines").text
    page = asker.get(f"/tasks/new?source=obligation&obligation={duty}").text
    assert f'href="/deadlines/{duty}"' in page
    assert '<option value="obligation" selected' in page
    page = asker.get("/tasks/new?source=finding&place=Temuan+3").text
    assert 'value="Temuan 3"' in page
    assert "laporan auditnya" in page
    paper = make.document(State.ENACTED)
    wish = {"source": "circular", "what": "melaporkan", "all_units": "1", "document": str(paper.id), "place": "angka 2"}
    assert asker.post("/tasks/new", wish).status_code == 303
    again = asker.post("/tasks/new", wish)
    assert again.status_code == 422
    assert "rujukan yang sama" in again.text
    assert asker.get("/tasks/new?obligation=99999999").status_code == 404


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


def test_the_chase_list_is_narrowed_by_its_address_reminded_at_one_click_and_kept_as_a_sheet(
    world: World, asker: Reader
) -> None:
    with_table(world)
    units = tuple(world.serang.people[key].actor.unit_id or 0 for key in ("dinkes", "disdik"))
    new = NewAssignment(Source.MEETING, "melapor", units, why="Notula", due_on=TODAY)
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    world.change("UPDATE task SET due_on = '2020-01-02'")
    page = asker.get("/tasks/late").text
    assert page.count("Dinas Kesehatan</a>") == 2
    narrowed = asker.get(f"/tasks/late?unit={units[1]}").text
    assert "Dinas Kesehatan</a>" not in narrowed
    assert "1 tugas terlambat" in narrowed
    assert "Tidak ada yang cocok" in asker.get("/tasks/late?source=rubbish").text
    sheet = load_workbook(BytesIO(asker.get("/tasks/late.xlsx?source=meeting").data)).active
    assert sheet is not None
    assert sorted(str(row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)) == ["melapor", "melapor"]
    ids = re.findall(r'name="asked" value="(\d+)"', page)
    assert asker.post("/tasks/late/remind", {"asked": ids}).status_code == 303
    assert world.inbox(world.dinkes).count("task.reminded") == 2
    assert world.inbox(world.disdik).count("task.reminded") == 1
    before = world.everything()
    assert asker.post("/tasks/late/remind", {"asked": [*ids, "x", "9" * 15]}).status_code == 303
    assert world.everything() == before, "once a day"
    stranger = Reader(world.app, world.disdik)
    assert stranger.post("/tasks/late/remind", {"asked": ids}).status_code == 403


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
