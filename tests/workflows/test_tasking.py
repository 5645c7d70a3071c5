"""Tasking: what an enacted decree asks of each office reaches it once, with its reason and its day."""

from datetime import date

import pytest

from governance.documents.lifecycle import State
from governance.kernel.errors import NotAllowed, NotFound
from governance.tasks import queries
from governance.tasks.lifecycle import Move
from governance.tasks.queries import Asked
from tests.world import NOW, Maker, Paper, World
from workflows import answering, jobs, tasking
from workflows.answering import TaskMove


def handed_out(world: World, make: Maker, **changes: object) -> Paper:
    paper = make.document(State.ENACTED, **changes)  # type: ignore[arg-type]
    assert jobs.run_due(now=NOW, library=world.library) == 3, "its tasks, its offers as evidence, the timetable"
    return paper


def accepted(task: Asked) -> TaskMove:
    return TaskMove(task.id, Move.ACCEPT, task.version)


def offices_asked(world: World, paper: Paper) -> set[str]:
    asked = (
        "SELECT DISTINCT unit.key FROM task JOIN unit ON unit.id = task.unit_id"
        " JOIN assignment ON assignment.id = task.assignment_id WHERE document_id = :id"
    )
    return {key for (key,) in world.rows(asked, id=paper.id)}


def test_each_office_named_in_the_decree_gets_its_part(world: World, make: Maker) -> None:
    paper = handed_out(world, make)
    members = {member.get("post") for member in make.fields()["members"] if member["role"] == "anggota"}
    named = {post.unit for post in world.serang.facts.posts if post.key in members}
    assert offices_asked(world, paper) == named
    assert len(named) >= 8
    for office in named:
        asked = queries.tasks_of_unit(world.serang.people[office].actor)
        assert [task.place for task in asked] == ["KETIGA huruf a", "KETIGA huruf b"]
        assert all(task.number == "656.1/Kep. 1-Huk.Diskominfo/2026" and task.what for task in asked)
        assert world.inbox(world.serang.people[office]).count("task.given") == 2


def test_an_office_not_named_is_asked_nothing(world: World, make: Maker) -> None:
    members = [member for member in make.fields()["members"] if member.get("post") != "dinkes"]
    paper = handed_out(world, make, members=members)
    assert "dinkes" not in offices_asked(world, paper)
    assert world.inbox(world.dinkes) == []


def test_a_part_is_due_in_working_days_from_the_day_of_signing(world: World, make: Maker) -> None:
    """Signed on Friday 13 November 2026; ten working days end on Friday two weeks later."""
    tasks = [{"what": "menunjuk penghubung", "working_days": 10}]
    paper = make.document(State.APPROVED, unit_tasks=tasks)
    make.enact(paper, date(2026, 11, 13))
    jobs.run_due(now=NOW, library=world.library)
    assert queries.tasks_of_unit(world.dinkes.actor)[0].due_on == date(2026, 11, 27)


def test_holidays_are_no_working_days(world: World, make: Maker) -> None:
    """16 March 2026 + 3 working days: Nyepi, joint leave and Idulfitri push it into the week after."""
    tasks = [{"what": "menunjuk penghubung", "working_days": 3}]
    paper = make.document(State.APPROVED, unit_tasks=tasks)
    make.enact(paper, date(2026, 3, 16))
    jobs.run_due(now=NOW, library=world.library)
    due = queries.tasks_of_unit(world.dinkes.actor)[0].due_on
    assert due is not None
    assert due > date(2026, 3, 23), "18-24 March 2026 are holidays and joint leave"
    assert due.weekday() < 5


def test_handing_out_twice_adds_nothing(world: World, make: Maker) -> None:
    paper = handed_out(world, make)
    counts = "SELECT (SELECT count(*) FROM task), (SELECT count(*) FROM notice), (SELECT count(*) FROM message)"
    before = world.rows(counts)
    tasking.hand_out(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.rows(counts) == before


def test_a_member_from_outside_the_regional_government_is_asked_nothing_here(world: World, make: Maker) -> None:
    outside = {"role": "anggota", "post": None, "office": "Kepala Kantor Pertanahan Kabupaten Serang"}
    members = [member for member in make.fields()["members"] if member["role"] != "anggota"]
    members.append(outside)
    paper = handed_out(world, make, members=members)
    assert offices_asked(world, paper) == set()


def test_a_receipt_is_given_once_and_the_initiator_is_told(world: World, make: Maker) -> None:
    handed_out(world, make)
    task = queries.tasks_of_unit(world.dinkes.actor)[0]
    answering.move(accepted(task), by=world.dinkes.actor, now=NOW)
    assert queries.task(world.dinkes.actor, task.id).acknowledged_at == NOW
    assert world.inbox(world.diskominfo)[-1] == "task.acknowledged"
    before = world.everything()
    answering.move(accepted(task), by=world.dinkes.actor, now=NOW.replace(hour=9))
    assert world.everything() == before


def test_only_the_office_that_is_asked_gives_the_receipt(world: World, make: Maker) -> None:
    handed_out(world, make)
    task = queries.tasks_of_unit(world.dinkes.actor)[0]
    before = world.everything()
    for someone in world.everyone:
        if someone is not world.dinkes:
            with pytest.raises((NotAllowed, NotFound)):
                answering.move(accepted(task), by=someone.actor, now=NOW)
    assert world.everything() == before


def test_an_office_sees_its_own_part_and_the_sekda_sees_all(world: World, make: Maker) -> None:
    paper = handed_out(world, make)
    mine = queries.tasks_of_document(world.dinkes.actor, paper.id)
    assert {task.unit_name for task in mine} == {"Dinas Kesehatan"}
    assert len(queries.tasks_of_document(world.sekda.actor, paper.id)) == world.value("SELECT count(*) FROM task")
    other = queries.tasks_of_unit(world.disdik.actor)[0]
    with pytest.raises(NotFound):
        queries.task(world.dinkes.actor, other.id)
    with pytest.raises(NotFound):
        queries.task(world.kota.sekda.actor, other.id)


def test_each_institution_hands_out_to_its_own_offices(world: World, make: Maker) -> None:
    for place in (world.serang, world.kota, world.provinsi):
        make.document(State.ENACTED, place=place)
    assert jobs.run_due(now=NOW, library=world.library) == 3 * 3
    crossed = (
        "SELECT count(*) FROM task JOIN unit ON unit.id = task.unit_id WHERE unit.institution_id <> task.institution_id"
    )
    assert world.value(crossed) == 0
    assert world.value("SELECT count(DISTINCT institution_id) FROM task") == 3
