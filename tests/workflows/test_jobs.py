"""Jobs: what a verb leaves is done exactly once, whatever dies in between."""

from datetime import timedelta

from governance.documents.lifecycle import State
from governance.notices.models import Job
from tests.world import NOW, Maker, World
from workflows import jobs

LATER = NOW + jobs.LEASE + timedelta(seconds=1)


HAND_OUT = "SELECT {} FROM job WHERE verb IN ('tasking.hand_out', 'unknown.verb') ORDER BY id"


def states(world: World) -> list[str]:
    return [state for (state,) in world.rows(HAND_OUT.format("state"))]


def test_an_enactment_leaves_its_jobs_and_one_of_them_others_each_done_once(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    assert states(world) == ["waiting"]
    assert [jobs.run_due(now=NOW, library=world.library) for _ in range(4)] == [3, 1, 1, 0]
    found = world.rows("SELECT verb, state, attempts FROM job ORDER BY id")
    verbs = ("tasking.hand_out", "offering.tell", "timetabling.recompute", "delivering.lay_out", "delivering.follow")
    assert [tuple(row) for row in found] == [(verb, "done", 1) for verb in verbs]
    before = world.everything()
    assert jobs.run_due(now=LATER, library=world.library) == 0
    assert world.everything() == before


def test_a_job_under_lease_is_left_alone(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    lease = (NOW + jobs.LEASE).replace(tzinfo=None)
    world.change("UPDATE job SET state = 'running', attempts = 1, lease_until = :until", until=lease)
    assert jobs.run_due(now=NOW, library=world.library) == 0
    assert states(world) == ["running"]


def test_a_job_whose_process_died_runs_again_once(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    lease = (NOW + jobs.LEASE).replace(tzinfo=None)
    world.change("UPDATE job SET state = 'running', attempts = 1, lease_until = :until", until=lease)
    assert [jobs.run_due(now=LATER, library=world.library) for _ in range(4)] == [3, 1, 1, 0]
    assert world.rows(HAND_OUT.format("state, attempts")) == [("done", 2)]


def test_a_job_that_died_after_its_work_does_nothing_a_second_time(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    for _ in range(3):
        jobs.run_due(now=NOW, library=world.library)
    counted = [f"SELECT count(*) FROM {table}" for table in ("notice", "task", "delivery", "obligation", "job")]  # noqa: S608
    told = [world.value(count) for count in counted]
    lease = NOW.replace(tzinfo=None)
    world.change("UPDATE job SET state = 'running', lease_until = :until", until=lease)
    assert jobs.run_due(now=LATER, library=world.library) == 5
    assert [world.value(count) for count in counted] == told


def test_one_broken_job_does_not_hold_up_the_others(world: World, make: Maker) -> None:
    broken = make.document(State.ENACTED)
    make.document(State.ENACTED)
    world.change("DELETE FROM job WHERE verb <> 'tasking.hand_out'")
    world.change("UPDATE job SET verb = 'unknown.verb' WHERE key = :key", key=f"document:{broken.id}")
    assert jobs.run_due(now=NOW, library=world.library) == 1
    assert states(world) == ["waiting", "done"]


def test_a_job_that_keeps_failing_is_given_up_and_says_why(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    world.change("DELETE FROM job WHERE verb <> 'tasking.hand_out'")
    world.change("UPDATE job SET verb = 'unknown.verb'")
    now = NOW
    for _ in range(jobs.MOST_ATTEMPTS + 2):
        jobs.run_due(now=now, library=world.library)
        now += timedelta(days=1)
    assert world.rows("SELECT state, attempts, answer FROM job") == [("failed", jobs.MOST_ATTEMPTS, "KeyError")]


def test_a_refused_job_is_not_tried_again(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    world.change("DELETE FROM job WHERE verb <> 'tasking.hand_out'")
    world.change(f"UPDATE job SET payload = '{{\"document_id\": {paper.id + 99}}}'")  # noqa: S608
    assert jobs.run_due(now=NOW, library=world.library) == 0
    assert world.rows("SELECT state, answer FROM job") == [("failed", "refused.not_found")]


def test_the_table_knows_each_verb_that_jobs_name(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    assert {verb for (verb,) in world.rows("SELECT DISTINCT verb FROM job")} <= set(jobs.VERBS)
    assert Job.__tablename__ == "job"
