"""The pages of deadlines: the year narrowed by its address, one obligation, its answers, dated facts, the plan."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa

from governance.kernel.db import db
from governance.obligations import queries
from governance.tasks.lifecycle import Move
from governance.tasks.models import Source
from governance.tasks.queries import tasks_of_obligation
from tests.web.reader import Reader
from tests.world import NOW, TODAY, World
from web.wording import told
from workflows import answering, asking, entering_facts, scanning
from workflows.answering import Handed, TaskMove
from workflows.asking import NewAssignment
from workflows.entering_facts import NewFact

PDF = b"%PDF-1.7 laporan"
RPJMD = {"key": "rpjmd", "day": "2025-08-20", "until": "2030-12-31", "number": "3 Tahun 2025"}


@pytest.fixture
def year(world: World) -> World:
    scanning.scan(now=NOW, library=world.library)
    return world


@pytest.fixture
def diskominfo(year: World) -> Reader:
    return Reader(year.app, year.diskominfo)


def duty(world: World, state: str = "estimate") -> int:
    db.session.rollback()
    found = queries.timetable(world.diskominfo.actor, TODAY.year, TODAY)
    return next(due.id for due in found if due.state == state)


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_the_year_is_narrowed_by_its_address(diskominfo: Reader) -> None:
    whole = diskominfo.get("/deadlines?year=2026").text
    assert "Penilaian mandiri" in whole
    assert "Bagaimana tanggal ini dihitung" in whole
    assert "Penilaian mandiri" in diskominfo.get("/deadlines?year=2026&group=5&state=estimate").text
    nothing = diskominfo.get("/deadlines?year=2026&state=met").text
    assert "Tidak ada yang cocok" in nothing
    assert '<option value="met"' not in nothing, "only what stands in the year is offered"
    assert "Tidak ada yang cocok" in diskominfo.get("/deadlines?year=2026&unit=Karangan&group=%3Cb%3E").text


def test_what_has_no_certain_date_says_what_it_awaits_and_where_that_is_entered(diskominfo: Reader) -> None:
    page = diskominfo.get("/deadlines?year=2026").text
    assert re.search(r'Menunggu: <a href="/deadlines/letter\?year=2026"', page)


def test_a_letter_may_open_a_stage_again_and_its_form_shows_both_windows(diskominfo: Reader) -> None:
    letter = {"year": "2026", "version": "0", "type": "evaluasi", "number": "B/9", "date": "2026-09-01"}
    letter |= {"stage.interviu.start": "2026-11-01", "stage.interviu.end": "2026-11-05"}
    again = {"stage.interviu.again.start": "2026-12-01", "stage.interviu.again.end": "2026-11-20"}
    refused = diskominfo.post("/deadlines/letter", letter | again)
    assert refused.status_code == 422
    assert 'href="#f-stage-interviu-again-end"' in refused.text
    again["stage.interviu.again.end"] = "2026-12-04"
    assert diskominfo.post("/deadlines/letter", letter | again).status_code == 303
    form = diskominfo.get("/deadlines/letter?year=2026").text
    for place, day in (letter | again).items():
        if place.startswith("stage."):
            assert re.search(rf'name="{place}"[^>]* value="{day}"', form), place


def test_an_obligation_is_reported_with_its_file_and_taken_back(year: World, diskominfo: Reader) -> None:
    address = f"/deadlines/{duty(year)}"
    page = diskominfo.get(address).text
    form = {"version": version(page), "how": "Surat 800/12", "on": "2026-11-02", "file": (BytesIO(PDF), "l.pdf")}
    assert diskominfo.post(f"{address}/done", form).status_code == 303
    page = diskominfo.get(address).text
    assert 'data-state="met"' in page
    assert "melaporkan terpenuhi: Surat 800/12" in page
    assert diskominfo.get(f"{address}/report").data == PDF
    back = {"version": version(page), "reason": "Salah berkas"}
    assert diskominfo.post(f"{address}/take-back", back).status_code == 303
    page = diskominfo.get(address).text
    assert "menarik jawabannya kembali: Salah berkas" in page
    assert diskominfo.get(f"{address}/report").status_code == 404


@pytest.mark.parametrize(
    ("move", "form", "said"),
    [
        ("done", {"how": ""}, "Tulis dengan apa"),
        ("done", {"how": "Surat", "on": "2999-01-01"}, "sesudah hari ini"),
        ("done", {"how": "Surat", "on": "kemarin"}, "Bukan tanggal"),
        ("done", {"how": "Surat", "task": "999999"}, "Pilih penyerahan"),
        ("done", {"how": "Surat", "file": (BytesIO(b"MZ"), "a.pdf")}, "PDF, PNG, atau JPEG"),
        ("waive", {"reason": "  "}, "Tulis alasannya"),
        ("waive", {"reason": "x" * 1001}, "Terlalu panjang"),
        ("waive", {"reason": "Digabung", "version": "x"}, "bilangan bulat"),
    ],
)
def test_a_wrong_answer_comes_back_with_what_is_wrong(
    year: World, diskominfo: Reader, move: str, form: dict[str, Any], said: str
) -> None:
    address = f"/deadlines/{duty(year)}"
    seen = {"version": version(diskominfo.get(address).text)}
    before = year.everything()
    answer = diskominfo.post(f"{address}/{move}", seen | form)
    assert answer.status_code == 422
    assert said in answer.text
    assert year.everything() == before


def test_each_office_sees_the_answers_it_may_give(year: World) -> None:
    address = f"/deadlines/{duty(year)}"
    seen = {
        who: Reader(year.app, year.serang.people[who]).get(address).text for who in ("diskominfo", "sekda", "dinkes")
    }
    offered = {who: [f"{address}/{move}" in page for move in ("done", "waive")] for who, page in seen.items()}
    assert offered == {"diskominfo": [True, True], "sekda": [False, True], "dinkes": [False, False]}
    sekda = Reader(year.app, year.sekda)
    waived = sekda.post(f"{address}/waive", {"version": version(seen["sekda"]), "reason": "Digabung"})
    assert waived.status_code == 303
    assert "menyatakan tidak perlu dipenuhi: Digabung" in sekda.get(address).text


def test_we_have_it_in_hand_is_said_once_and_notices_lead_to_the_obligation(year: World, diskominfo: Reader) -> None:
    address = f"/deadlines/{duty(year)}"
    seen = version(diskominfo.get(address).text)
    assert diskominfo.post(f"{address}/acknowledge", {"version": seen}).status_code == 303
    page = diskominfo.get(address).text
    assert f"{address}/acknowledge" not in page
    assert "Sedang ditangani" in page
    assert diskominfo.post(f"{address}/acknowledge", {"version": seen}).status_code == 409
    Reader(year.app, year.sekda).post(f"{address}/waive", {"version": version(page), "reason": "Digabung"})
    notice = year.value("SELECT id FROM notice WHERE key = 'obligation.waived' ORDER BY id DESC LIMIT 1")
    assert diskominfo.get(f"/notices/{notice}").location == address


def test_a_verified_hand_in_meets_the_obligation_it_was_asked_for(year: World, diskominfo: Reader) -> None:
    key = duty(year)
    asker, office = year.diskominfo.actor, year.dinkes.actor
    units = (office.unit_id or 0,)
    asking.ask(NewAssignment(Source.OBLIGATION, "menyerahkan bukti", units, obligation_id=key), by=asker, now=NOW)
    (task,) = tasks_of_obligation(asker, key)
    assert 'name="task"' not in diskominfo.get(f"/deadlines/{key}").text, "not handed in yet"
    answering.hand_in(Handed(task.id, task.version, "Bukti"), by=office, now=NOW, library=year.library)
    answering.move(TaskMove(task.id, Move.VERIFY, task.version + 1), by=asker, now=NOW)
    page = diskominfo.get(f"/deadlines/{key}").text
    assert 'name="task"' in page
    done = diskominfo.post(f"/deadlines/{key}/done", {"version": version(page), "how": "", "task": str(task.id)})
    assert done.status_code == 303
    assert "menyerahkan bukti" in year.value("SELECT met_by FROM obligation WHERE id = :id", id=key)


def test_a_fact_is_previewed_then_entered_and_withdrawn(year: World, diskominfo: Reader) -> None:
    before = year.everything()
    shown = diskominfo.post("/deadlines/facts", RPJMD | {"act": "preview"})
    assert shown.status_code == 200
    assert "Yang akan berpindah" in shown.text
    assert 'value="3 Tahun 2025"' in shown.text
    assert year.everything() == before, "a preview writes nothing"
    scan = {"act": "save", "scan": (BytesIO(PDF), "rpjmd.pdf")}
    assert diskominfo.post("/deadlines/facts", RPJMD | scan).status_code == 303
    page = diskominfo.get("/deadlines/facts").text
    key = year.value("SELECT id FROM milestone")
    assert "3 Tahun 2025" in page
    assert diskominfo.get(f"/deadlines/facts/{key}/scan").data == PDF
    refused = diskominfo.post(f"/deadlines/facts/{key}/withdraw", {"version": "1", "reason": ""})
    assert refused.status_code == 422
    assert "Tulis mengapa" in refused.text
    gone = diskominfo.post(f"/deadlines/facts/{key}/withdraw", {"version": "1", "reason": "Salah tanggal"})
    assert gone.status_code == 303
    assert "Salah tanggal" in diskominfo.get("/deadlines/facts").text


def test_each_office_enters_only_the_facts_it_knows(year: World) -> None:
    kinds = {
        who: set(re.findall(r'<option value="([a-z_]+)"', Reader(year.app, year.serang.people[who]).get(FACTS).text))
        for who in ("bappeda", "inspektorat", "dinkes")
    }
    assert kinds["bappeda"] == {"rpjmd", "rkpd", "rka"}
    assert {"audit_security", "audit_advice"} <= kinds["inspektorat"]
    assert kinds["dinkes"] == set()
    dinkes = Reader(year.app, year.dinkes)
    before = year.everything()
    assert dinkes.post(FACTS, RPJMD | {"act": "save"}).status_code == 403
    assert year.everything() == before


FACTS = "/deadlines/facts"


@pytest.mark.parametrize(
    "changes",
    [{"key": "karangan"}, {"day": ""}, {"day": "2026-02-30"}, {"until": "2020-01-01"}, {"number": ""}, {"year": "dua"}],
)
def test_a_wrong_fact_comes_back_with_what_was_typed(year: World, diskominfo: Reader, changes: dict[str, str]) -> None:
    before = year.everything()
    for act in ("preview", "save"):
        answer = diskominfo.post(FACTS, RPJMD | changes | {"act": act})
        assert answer.status_code == 422, changes
        assert "Belum dicatat" in answer.text
    assert year.everything() == before


def test_the_next_years_plan_is_one_click_from_the_year(year: World, diskominfo: Reader) -> None:
    page = diskominfo.get("/deadlines?year=2027").text
    assert 'name="year" value="2028"' in page
    answer = diskominfo.post("/deadlines/years", {"year": "2028"})
    assert answer.location == "/deadlines/plan?year=2028"
    plan = diskominfo.get(answer.location).text
    assert "Rencana kewajiban 2028" in plan
    assert "Belum bertanggal" in plan
    assert diskominfo.post("/deadlines/years", {"year": "1999"}).status_code == 422
    assert Reader(year.app, year.dinkes).post("/deadlines/years", {"year": "2029"}).status_code == 403


@pytest.fixture
def statements(year: World) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*told: Any) -> None:
        seen.append(told[2])

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(db.engine, "before_cursor_execute", note)


def test_the_pages_take_four_statements_and_three_for_who_asks(
    year: World, diskominfo: Reader, statements: list[str]
) -> None:
    entering_facts.enter(
        NewFact("inauguration", TODAY.replace(year=2025)), by=year.diskominfo.actor, now=NOW, library=year.library
    )
    for place in ("/deadlines", f"/deadlines/{duty(year)}", FACTS, "/deadlines/plan?year=2026"):
        diskominfo.get(place)
        statements.clear()
        assert diskominfo.get(place).status_code == 200
        assert len(statements) <= 7, (place, statements)


def test_what_is_late_names_its_step_in_words_and_never_by_its_key(world: World) -> None:
    params = {"mandate": "spbe_budget_plan", "stage": "budget_rkpd", "year": 2026, "due_on": "2026-06-30"}
    with world.app.test_request_context():
        said = told("reminder.late", params)
    assert "rencana dalam RKPD" in said
    assert "budget_rkpd" not in said
