"""The pages of recommendations: recorded with a result, open ones by office, followed up, the late ones reminded."""

import re
from datetime import timedelta

import pytest

from governance.kernel import clock
from tests.cycles import cycle_of, share
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.workflows.test_recommending import added, handed_out, one
from tests.workflows.test_recording_results import recorded
from tests.world import NOW, TODAY, World
from workflows import jobs


@pytest.fixture
def result(world: World) -> int:
    return recorded(world)


@pytest.fixture
def diskominfo(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


def form(world: World) -> dict[str, str]:
    due = (TODAY + timedelta(days=3650)).isoformat()
    return {"year": "2020", "what": "Tetapkan arsitektur", "unit": str(world.dinkes.actor.unit_id), "due_on": due}


def test_a_recommendation_is_recorded_with_its_result_and_becomes_a_task(
    world: World, diskominfo: Reader, result: int
) -> None:
    answer = diskominfo.post(f"/results/{result}/recommendations", form(world) | {"item": "35-1"})
    assert answer.status_code == 303
    assert "tugasnya sedang dibuat" in diskominfo.get(f"/results/{result}").text
    jobs.run_due(now=clock.now(), library=world.library)
    page = diskominfo.get(f"/results/{result}").text
    assert "indikator 35-1" in page
    assert re.search(r'href="/tasks/\d+"', page)
    mine = Reader(world.app, world.dinkes).get("/recommendations?mine=1").text
    assert "Tetapkan arsitektur" in mine
    assert "1 rekomendasi belum ditindaklanjuti" in mine
    assert "Tidak ada rekomendasi yang menunggu" in Reader(world.app, world.hukum).get("/recommendations?mine=1").text


def test_a_wrong_form_says_where_and_keeps_what_was_typed(world: World, diskominfo: Reader, result: int) -> None:
    wrong = form(world) | {"unit": "", "number": "0"}
    answer = diskominfo.post(f"/results/{result}/recommendations", wrong)
    assert answer.status_code == 422
    assert 'href="#f-unit"' in answer.text
    assert "Tetapkan arsitektur</textarea>" in answer.text
    assert world.value("SELECT count(*) FROM recommendation") == 0


def test_its_office_follows_it_up(world: World, result: int) -> None:
    row, dinkes = handed_out(world), Reader(world.app, world.dinkes)
    answer = {"version": "1", "state": "done", "outcome": "Perbup 12/2026", "followed_in": "2026", "mine": "1"}
    refused = dinkes.post(f"/recommendations/{row.id}/follow-up", answer | {"outcome": ""})
    assert refused.status_code == 422
    assert 'href="#f-outcome"' in refused.text
    done = dinkes.post(f"/recommendations/{row.id}/follow-up", answer)
    assert (done.status_code, done.headers["Location"]) == (303, "/recommendations?mine=1")
    assert "Perbup 12/2026" in dinkes.get(f"/results/{result}").text
    again = dinkes.post(f"/recommendations/{row.id}/follow-up", answer | {"outcome": "Yang kedua"})
    assert again.status_code == 409


def test_the_notice_of_an_answer_leads_to_that_recommendation(world: World, diskominfo: Reader, result: int) -> None:
    row, dinkes = handed_out(world), Reader(world.app, world.dinkes)
    sent = {"version": "1", "state": "done", "outcome": "Perbup 12/2026", "followed_in": "2026"}
    assert dinkes.post(f"/recommendations/{row.id}/follow-up", sent).status_code == 303
    notice = world.value("SELECT id FROM notice WHERE key = 'recommendation.done'")
    way = diskominfo.get(f"/notices/{notice}").headers["Location"]
    assert way == f"/recommendations?year=2020#r{row.id}"
    assert f'id="r{row.id}"' in diskominfo.get(way).text
    given = world.value("SELECT id FROM notice WHERE key = 'recommendation.given'")
    assert dinkes.get(f"/notices/{given}").headers["Location"] == f"/tasks/{row.task_id}"


def test_what_was_typed_stays_where_another_answered_meanwhile(world: World, diskominfo: Reader, result: int) -> None:
    row = handed_out(world)
    sent = {"version": "1", "state": "not_done", "outcome": "Anggaran belum ada", "followed_in": "2026"}
    assert diskominfo.post(f"/recommendations/{row.id}/follow-up", sent).status_code == 303
    stale = diskominfo.post(f"/recommendations/{row.id}/follow-up", sent | {"outcome": "Ketikan saya"})
    assert stale.status_code == 409
    assert "Ketikan saya</textarea>" in stale.text
    assert 'name="version" value="2"' in stale.text


def test_an_office_that_is_not_its_own_sees_no_form(world: World, result: int) -> None:
    row, other = handed_out(world), Reader(world.app, world.inspektorat)
    assert "/follow-up" not in other.get("/recommendations").text
    sent = {"version": "1", "state": "done", "outcome": "x", "followed_in": "2026"}
    assert other.post(f"/recommendations/{row.id}/follow-up", sent).status_code == 403
    assert one(world, row.id).version == 1


def test_the_late_ones_are_reminded_with_one_click(world: World, diskominfo: Reader, result: int) -> None:
    row = handed_out(world)
    world.change("UPDATE recommendation SET due_on = '2026-01-05' WHERE id = :id", id=row.id)
    world.change("UPDATE task SET due_on = '2026-01-05' WHERE id = :id", id=row.task_id)
    assert "Ingatkan semua yang terlambat" in diskominfo.get("/recommendations").text
    assert diskominfo.post("/recommendations/remind", {}).status_code == 303
    assert "task.reminded" in world.inbox(world.dinkes)
    assert Reader(world.app, world.dinkes).post("/recommendations/remind", {}).status_code == 403


def test_what_is_open_of_earlier_results_stands_in_the_next_years_cycle_and_with_its_office(
    world: World, diskominfo: Reader, result: int
) -> None:
    handed_out(world)
    cycle_id, same_year = cycle_of(world, year=2025), cycle_of(world, year=2020)
    share(world, cycle_id, {"1": world.dinkes})
    dinkes, other = Reader(world.app, world.dinkes), Reader(world.app, world.inspektorat)
    for reader, path, told in (
        (diskominfo, f"/cycles/{cycle_id}", True),
        (diskominfo, f"/cycles/{same_year}", False),
        (dinkes, "/my-indicators", True),
        (other, "/my-indicators", False),
    ):
        reader.get(path)
        with heard() as said:
            page = reader.get(path)
        assert page.status_code == 200
        assert ("Tetapkan arsitektur SPBE" in page.text) is told, path
        assert len(selects(said)) <= 7, path


def test_no_page_of_years_asks_more_than_seven_statements(world: World, diskominfo: Reader, result: int) -> None:
    for number in range(1, 4):
        added(world, number=number)
    jobs.run_due(now=NOW, library=world.library)
    counts = {}
    for path in (
        f"/results/{result}",
        "/recommendations",
        "/index/years",
        "/results/new",
        f"/results/{result}/correct",
    ):
        diskominfo.get(path)
        with heard() as said:
            assert diskominfo.get(path).status_code == 200
        counts[path] = len(selects(said))
    assert {path: count for path, count in counts.items() if count > 7} == {}
