"""An office's items in a cycle as they are read: scores, evidence and task in one statement, notes in another."""

from datetime import date, timedelta

from governance.assessment import office_items
from governance.assessment.course import Part, ScoreStage, Stage
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.judging import EvidenceState, Reason
from governance.assessment.score_models import Score
from governance.kernel.db import db, transaction
from governance.tasks.lifecycle import State
from tests.cycles import cycle_of, share
from tests.world import NOW, Someone, World
from workflows import share_tasks

READY_BY = date(2026, 12, 18)


def scored(world: World, cycle_id: int, stage: ScoreStage, value: str | None, words: str = "") -> None:
    with transaction():
        row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item="1", stage=stage, value=value, at=NOW)
        row.by_title, row.explanation = "Asesor", words
        db.session.add(row)


def offered(world: World, cycle_id: int, code: str, state: EvidenceState, by: Someone) -> int:
    """A piece of evidence of someone's office for level 4 of item 1; returns its use."""
    with transaction():
        file = Evidence(institution_id=world.serang.id, name=code, sha256=f"{code}{by.username}".ljust(64, "0"))
        file.unit_id, file.by_title, file.at = by.actor.unit_id or 0, by.actor.title, NOW
        db.session.add(file)
        db.session.flush()
        use = EvidenceUse(institution_id=world.serang.id, cycle_id=cycle_id, item="1", level=4, code=code)
        use.evidence_id, use.unit_id, use.state, use.by_title, use.at = file.id, file.unit_id, state, "Dinas", NOW
        if state is EvidenceState.REVISE:
            use.reason, use.words, use.judged_by, use.judged_at = Reason.WRONG_OBJECT, "Bukan ini.", "Asesor", NOW
        db.session.add(use)
        db.session.flush()
        return use.id


def test_an_offices_items_tell_scores_evidence_and_task(world: World) -> None:
    cycle_id = cycle_of(world, ready_by=READY_BY)
    share(world, cycle_id, {"10": world.dinkes, "1": world.dinkes})
    share(world, cycle_id, {"1": world.bappeda}, Part.CONTRIBUTOR)
    share_tasks.hand_out(cycle_id, by=world.diskominfo.actor, now=NOW, library=world.library)
    scored(world, cycle_id, ScoreStage.SELF, "7/2")
    scored(world, cycle_id, ScoreStage.FINAL, None)
    offered(world, cycle_id, "I1-L4-01", EvidenceState.ACCEPTED, world.bappeda)
    offered(world, cycle_id, "I1-L4-01", EvidenceState.REVISE, world.dinkes)
    first, second = office_items.items_of(world.serang.id, cycle_id, world.dinkes.actor.unit_id or 0)
    assert (first.item, second.item) == ("1", "10"), "in the order in which they are counted"
    assert {stage: str(value) for stage, value in first.scores.items()} == {ScoreStage.SELF: "7/2"}
    assert first.states == {(4, "I1-L4-01"): EvidenceState.ACCEPTED}, "the best of what anybody offered"
    assert first.own == {EvidenceState.REVISE: 1}
    assert (first.task_state, first.due_on) == (State.RECEIVED, READY_BY)
    assert (second.scores, second.states, second.own) == ({}, {}, {})


def test_the_cycle_at_hand_comes_with_the_offices_items(world: World) -> None:
    unit = world.dinkes.actor.unit_id or 0
    assert office_items.items_at_hand(world.serang.id, unit) == (None, [])
    older, newer = cycle_of(world, year=2024), cycle_of(world, year=2025)
    share(world, older, {"1": world.dinkes})
    assert office_items.items_at_hand(world.serang.id, unit) == (None, []), "of an earlier year nothing is told"
    share(world, newer, {"2": world.dinkes})
    cycle, items = office_items.items_at_hand(world.serang.id, unit)
    assert cycle is not None
    assert (cycle.id, cycle.year, cycle.stage) == (newer, 2025, Stage.EXECUTION)
    assert [one.item for one in items] == ["2"]


def test_the_last_note_is_the_latest_of_evidence_and_score(world: World) -> None:
    cycle_id, unit = cycle_of(world), world.dinkes.actor.unit_id or 0
    scored(world, cycle_id, ScoreStage.PROPOSAL, "5", "Usul responden.")
    assert office_items.last_notes(world.serang.id, cycle_id, unit) == {}, (
        "what a respondent says is no assessor's note"
    )
    use = offered(world, cycle_id, "I1-L4-02", EvidenceState.REVISE, world.dinkes)
    note = office_items.last_notes(world.serang.id, cycle_id, unit)["1"]
    assert (note.words, note.reason, note.by_title) == ("Bukan ini.", Reason.WRONG_OBJECT, "Asesor")
    assert office_items.last_notes(world.serang.id, cycle_id, world.bappeda.actor.unit_id or 0) == {}
    scored(world, cycle_id, ScoreStage.SELF, "3", "Cukup untuk tingkat 3.")
    earlier = NOW - timedelta(days=1)
    with transaction():
        row = db.session.get_one(EvidenceUse, use, execution_options={"across": True})
        row.judged_at = earlier
    note = office_items.last_notes(world.serang.id, cycle_id, unit)["1"]
    assert (note.words, note.reason) == ("Cukup untuk tingkat 3.", None)


def test_what_was_said_of_restricted_evidence_is_left_out_where_it_is_asked_plain(world: World) -> None:
    cycle_id, unit = cycle_of(world), world.dinkes.actor.unit_id or 0
    offered(world, cycle_id, "I1-L4-02", EvidenceState.REVISE, world.dinkes)
    world.change("UPDATE evidence SET secrecy = 'terbatas'")
    assert "1" in office_items.last_notes(world.serang.id, cycle_id, unit)
    assert office_items.last_notes(world.serang.id, cycle_id, unit, plain=True) == {}
