"""Recommendations: each becomes its office's task once, is followed up in later years, and is never lost on the way."""

from datetime import date, timedelta
from typing import Any

import pytest

from governance.assessment import recommended
from governance.assessment.recommended import Recommended
from governance.assessment.result_models import FollowUp
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from governance.tasks import queries
from governance.tasks.lifecycle import Move
from governance.tasks.models import Source
from tests.workflows.test_recording_results import recorded
from tests.world import NOW, TODAY, Someone, World
from workflows import answering, jobs, recommending
from workflows.answering import TaskMove
from workflows.handing import Handed
from workflows.recommending import Asker, FollowedUp, NewRecommendation

SOON = TODAY + timedelta(days=30)


@pytest.fixture
def result(world: World) -> World:
    recorded(world)
    return world


def new(world: World, **changes: Any) -> NewRecommendation:
    told = {"year": 2020, "what": "Tetapkan arsitektur SPBE", "unit_id": world.dinkes.actor.unit_id, "due_on": SOON}
    return NewRecommendation(**{**told, **changes})


def added(world: World, **changes: Any) -> int:
    return recommending.add(new(world, **changes), by=world.diskominfo.actor, now=NOW, library=world.library)


def handed_out(world: World, **changes: Any) -> Recommended:
    key = added(world, **changes)
    jobs.run_due(now=NOW, library=world.library)
    return one(world, key)


def one(world: World, key: int, by: Someone | None = None) -> Recommended:
    db.session.rollback()
    year = world.value("SELECT year FROM recommendation WHERE id = :id", id=key)
    return next(row for row in recommended.of_year((by or world.diskominfo).actor, year) if row.id == key)


def test_a_recommendation_becomes_one_task_of_its_office_with_a_notice(result: World) -> None:
    row = handed_out(result, item="1")
    (task,) = [task for task in queries.tasks_of_unit(result.dinkes.actor) if task.id == row.task_id]
    assert (task.source, task.place, task.what) == (Source.RECOMMENDATION, "rek. 1/2020", "Tetapkan arsitektur SPBE")
    assert (task.due_on, task.asked_by) == (SOON, result.diskominfo.actor.title)
    assert result.inbox(result.dinkes).count("recommendation.given") == 1
    told = result.rows("SELECT task_id FROM notice WHERE key = 'recommendation.given'")
    assert told == [(row.task_id,)], "the notice leads to the very task"


def test_handing_out_twice_adds_nothing(result: World) -> None:
    row, by = handed_out(result), result.diskominfo.actor
    before = result.everything()
    asker = Asker(by.unit_id or 0, by.holding_id, by.title)
    assert recommending.hand_out(row.id, asker, by=by, now=NOW) == row.assignment_id
    assert result.everything() == before


def test_recommendations_are_numbered_within_their_year(result: World) -> None:
    recorded(result, year=2019)
    numbers = [one(result, added(result, **more)).number for more in ({}, {"number": 7}, {}, {"year": 2019})]
    assert numbers == [1, 7, 8, 1]


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"year": 2021}, ["year"]),
        ({"what": " "}, ["what"]),
        ({"what": "x" * 2001}, ["what"]),
        ({"what": "Tetap\x00kan"}, ["what"]),
        ({"item": "99"}, ["item"]),
        ({"unit_id": 0}, ["unit"]),
        ({"number": 0}, ["number"]),
        ({"due_on": date(2026, 1, 1)}, ["due_on"]),
        ({"state": FollowUp.DONE}, ["outcome", "followed_in"]),
        ({"state": FollowUp.DONE, "outcome": "Selesai", "followed_in": 2019}, ["followed_in"]),
    ],
)
def test_what_cannot_be_recommended_is_refused_at_its_field(
    result: World, changes: dict[str, Any], places: list[str]
) -> None:
    before = result.everything()
    with pytest.raises(Invalid) as refused:
        added(result, **changes)
    assert [problem.place for problem in refused.value.problems] == places
    assert result.everything() == before


def test_a_number_is_not_given_twice(result: World) -> None:
    added(result, number=3)
    with pytest.raises(Invalid) as refused:
        added(result, number=3)
    assert [problem.place for problem in refused.value.problems] == ["number"]


def test_another_institutions_office_is_not_asked(result: World) -> None:
    with pytest.raises(Invalid):
        added(result, unit_id=result.kota.diskominfo.actor.unit_id)


def test_only_diskominfo_records_recommendations(result: World) -> None:
    for someone in (result.sekda, result.dinkes):
        with pytest.raises(NotAllowed):
            recommending.add(new(result), by=someone.actor, now=NOW, library=result.library)


def test_one_that_was_answered_long_ago_asks_nobody(result: World) -> None:
    done = {"state": FollowUp.DONE, "outcome": "Perbup 12/2021", "followed_in": 2021, "due_on": date(2021, 6, 30)}
    row = handed_out(result, **done)
    assert (row.state, row.followed_in, row.assignment_id) == (FollowUp.DONE, 2021, None)
    assert "recommendation.given" not in result.inbox(result.dinkes)


def answered(row: Recommended, state: FollowUp, words: str = "Sudah ditetapkan", **changes: Any) -> FollowedUp:
    told = {"recommendation_id": row.id, "version": row.version, "state": state, "outcome": words, "year": TODAY.year}
    return FollowedUp(**{**told, **changes})


def test_its_office_says_that_it_is_done_and_the_office_that_asked_is_told(result: World) -> None:
    row = handed_out(result)
    recommending.follow_up(answered(row, FollowUp.DONE), by=result.dinkes.actor, now=NOW)
    row = one(result, row.id)
    assert (row.state, row.outcome, row.followed_in, row.version) == (FollowUp.DONE, "Sudah ditetapkan", 2026, 2)
    assert result.inbox(result.diskominfo)[-1] == "recommendation.done"
    assert "recommendation.done" not in result.inbox(result.dinkes)
    assert recommended.unfinished(result.diskominfo.actor) == []


def test_what_was_not_done_stays_unfinished_and_is_answered_anew_in_a_later_year(result: World) -> None:
    row = handed_out(result)
    recommending.follow_up(
        answered(row, FollowUp.NOT_DONE, "Anggaran belum ada", year=2021), by=result.dinkes.actor, now=NOW
    )
    (row,) = recommended.unfinished(result.diskominfo.actor, before=2026)
    assert (row.state, row.followed_in) == (FollowUp.NOT_DONE, 2021)
    recommending.follow_up(answered(row, FollowUp.DONE), by=result.diskominfo.actor, now=NOW)
    assert recommended.unfinished(result.diskominfo.actor) == []


def test_two_answers_at_once_do_not_overwrite_each_other(result: World) -> None:
    row = handed_out(result)
    recommending.follow_up(answered(row, FollowUp.DONE), by=result.dinkes.actor, now=NOW)
    before = result.everything()
    with pytest.raises(Stale):
        recommending.follow_up(answered(row, FollowUp.NOT_DONE), by=result.diskominfo.actor, now=NOW)
    assert result.everything() == before


def test_neither_another_office_nor_another_region_answers(result: World) -> None:
    row = handed_out(result)
    with pytest.raises(NotAllowed):
        recommending.follow_up(answered(row, FollowUp.DONE), by=result.inspektorat.actor, now=NOW)
    with pytest.raises(NotFound):
        recommending.follow_up(answered(row, FollowUp.DONE), by=result.kota.diskominfo.actor, now=NOW)


@pytest.mark.parametrize(
    ("state", "changes", "places"),
    [
        (FollowUp.OPEN, {}, ["state"]),
        (FollowUp.DONE, {"outcome": " "}, ["outcome"]),
        (FollowUp.DONE, {"outcome": "x" * 4001}, ["outcome"]),
        (FollowUp.NOT_DONE, {"year": 2019}, ["followed_in"]),
        (FollowUp.NOT_DONE, {"year": 2027}, ["followed_in"]),
    ],
)
def test_an_answer_needs_its_words_and_a_year_that_can_be(
    result: World, state: FollowUp, changes: dict[str, Any], places: list[str]
) -> None:
    row = handed_out(result)
    with pytest.raises(Invalid) as refused:
        recommending.follow_up(answered(row, state, **changes), by=result.dinkes.actor, now=NOW)
    assert [problem.place for problem in refused.value.problems] == places


def test_a_verified_task_offers_its_recommendation_to_be_closed(result: World) -> None:
    row = handed_out(result)
    assert row.task_id is not None
    assert not row.may_be_closed
    task = queries.task(result.dinkes.actor, row.task_id)
    handed = Handed(task.id, task.version, note="Perbup 12/2026")
    answering.hand_in(handed, by=result.dinkes.actor, now=NOW, library=result.library)
    db.session.rollback()
    task = queries.task(result.diskominfo.actor, row.task_id)
    answering.move(TaskMove(task.id, Move.VERIFY, task.version), by=result.diskominfo.actor, now=NOW)
    assert one(result, row.id).may_be_closed
    recommending.follow_up(answered(row, FollowUp.DONE), by=result.diskominfo.actor, now=NOW)
    assert not one(result, row.id).may_be_closed


def test_late_is_what_has_passed_and_was_not_handed_in(result: World) -> None:
    row = handed_out(result)
    assert not row.is_late(SOON)
    assert row.is_late(SOON + timedelta(days=1))
