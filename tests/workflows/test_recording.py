"""Recording what others do for a Peraturan: each step by its letter, in its turn, never left out without a reason."""

import json
from datetime import timedelta
from typing import Any

import pytest

from governance.documents.lifecycle import Move, State
from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, OutOfOrder, Refusal, Stale
from tests import peraturan
from tests.peraturan import FACILITATION, HARMONISATION, LETTER, REVIEW, WAY
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import approval, recording
from workflows.recording import StepTaken

PDF = b"%PDF-1.7 surat"


def step(paper: Paper, letter: str = LETTER, **more: Any) -> StepTaken:
    told = {"letter_date": TODAY if letter else None} | more
    return StepTaken(paper.asked(told.pop("reason", "")), letter, **told)


def recorded(world: World, taken: StepTaken, by: Someone | None = None) -> None:
    recording.record_step(taken, by=(by or world.diskominfo).actor, now=NOW, library=world.library)


def steps(world: World) -> list[Any]:
    told = "SELECT step, letter_number, reason, counts FROM external_step ORDER BY id"
    return [tuple(row) for row in world.rows(told)]


def test_the_route_waits_for_the_review_and_goes_on_with_its_letter(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, REVIEW)
    assert paper.as_seen().waiting_for == ("diskominfo",)
    with pytest.raises(NotAllowed):
        approval.initial(paper.asked(), by=world.hukum.actor, now=NOW)
    recorded(world, step(paper, scan=PDF))
    assert paper.as_seen().waiting_for == ("hukum",)
    assert world.inbox(world.hukum)[-1] == "document.asked_initial"
    (row,) = world.rows("SELECT scan_sha256, letter_date, by_title FROM external_step")
    assert world.library.files.read(row[0]) == PDF
    assert (str(row[1]), row[2]) == (TODAY.isoformat(), world.diskominfo.actor.title)
    assert LETTER in world.trail()[-1]


def test_the_whole_way_of_a_peraturan_ends_with_the_sekdas_approval(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, len(WAY))
    assert paper.state is State.APPROVED
    assert [one[0] for one in steps(world)] == ["team_review", "harmonisation", "facilitation"]


def test_one_post_records_two_steps_on_the_same_text(world: World, make: Maker) -> None:
    """Harmonisation and facilitation are both Bagian Hukum's to record, and nothing of the text changes between."""
    paper = peraturan.waiting_at(make, HARMONISATION)
    seen = paper.seen
    recorded(world, step(paper, "", reason="Tidak ditempuh"), world.hukum)
    peraturan.taken(paper, Move.INITIAL, "asisten")
    assert paper.seen == seen
    recorded(world, step(paper, "", reason="Tidak ditempuh"), world.hukum)
    assert paper.as_seen().waiting_for == ("sekda",)
    assert len(steps(world)) == FACILITATION - REVIEW - 1


def test_an_optional_step_is_left_out_only_with_a_reason(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, HARMONISATION)
    before = world.everything()
    for reason in ("", "   "):
        with pytest.raises(Invalid) as refusal:
            recorded(world, step(paper, "", reason=reason), world.hukum)
        assert [one.key for one in refusal.value.problems] == ["step.letter_or_reason"]
    assert world.everything() == before
    recorded(world, step(paper, "", reason="Kanwil tidak memerlukan"), world.hukum)
    assert steps(world)[-1] == ("harmonisation", "", "Kanwil tidak memerlukan", True)


def test_the_teams_review_cannot_be_left_out(world: World, make: Maker) -> None:
    """Permenkominfo 4/2024 Pasal 33 ayat (4)-(8)."""
    paper = peraturan.waiting_at(make, REVIEW)
    with pytest.raises(Invalid) as refusal:
        recorded(world, step(paper, "", reason="Tidak sempat"))
    assert [one.key for one in refusal.value.problems] == ["step.letter_missing"]


@pytest.mark.parametrize(
    ("wrong", "place", "key"),
    [
        ({"letter_date": TODAY + timedelta(1)}, "letter_date", "step.future"),
        ({"letter_date": None}, "letter_date", "field.missing"),
        ({"letter": "", "letter_date": TODAY}, "letter_number", "step.letter_missing"),
        ({"letter": "   "}, "letter_number", "step.letter_missing"),
        ({"letter": "1\u202e2"}, "letter_number", "draft.control_characters"),
        ({"letter": "1\x002"}, "letter_number", "draft.control_characters"),
        ({"letter": "9" * 201}, "reason", "decision.reason_long"),
        ({"reason": "x" * 4001}, "reason", "decision.reason_long"),
    ],
)
def test_a_wrong_letter_is_refused_and_changes_nothing(
    world: World, make: Maker, wrong: dict[str, Any], place: str, key: str
) -> None:
    paper = peraturan.waiting_at(make, REVIEW)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        recorded(world, step(paper, **wrong))
    assert (place, key) in [(one.place, one.key) for one in refusal.value.problems]
    assert world.everything() == before


@pytest.mark.parametrize("scan", [b"GIF89a", b"<html>", b"PK\x03\x04"])
def test_a_scan_that_is_none_is_refused(world: World, make: Maker, scan: bytes) -> None:
    paper = peraturan.waiting_at(make, REVIEW)
    before = world.everything()
    with pytest.raises(BadFile):
        recorded(world, step(paper, scan=scan))
    assert world.everything() == before


def test_the_same_letter_twice_is_recorded_once(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, REVIEW)
    for taken in (step(paper), step(paper, step="team_review")):
        for _ in range(2):
            recorded(world, taken)
    assert steps(world) == [("team_review", LETTER, "", True)]


def test_two_steps_in_a_row_of_one_post_must_be_named(world: World, make: Maker) -> None:
    """An unnamed letter that is sent twice would otherwise be taken for both."""
    paper = peraturan.waiting_at(make, HARMONISATION)
    (kept,) = world.rows("SELECT route FROM document WHERE id = :id", id=paper.id)
    way = json.loads(kept[0]) if isinstance(kept[0], str) else kept[0]
    del way[HARMONISATION + 1]  # the assistant's initial between the two
    world.change("UPDATE document SET route = :way WHERE id = :id", way=json.dumps(way), id=paper.id)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        recorded(world, step(paper), world.hukum)
    assert [(one.place, one.key, one.params) for one in refusal.value.problems] == [
        ("step", "step.not_named", {"step": "harmonisation"})
    ]
    assert world.everything() == before
    for name in ("harmonisation", "harmonisation", "facilitation"):
        recorded(world, step(paper, step=name), world.hukum)
    assert [one[0] for one in steps(world)] == ["team_review", "harmonisation", "facilitation"]


def test_a_step_that_is_not_waited_for_is_not_recorded(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, HARMONISATION)
    before = world.everything()
    with pytest.raises(NotAllowed):
        recorded(world, step(paper, step="facilitation"), world.hukum)
    with pytest.raises(NotAllowed):
        recorded(world, step(paper, "another letter"))
    assert world.everything() == before


def test_only_the_post_that_is_asked_records(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, REVIEW)
    taken, before = step(paper), world.everything()
    for someone in world.everyone:
        if someone is not world.diskominfo:
            with pytest.raises((NotAllowed, NotFound)):
                recorded(world, taken, someone)
    with pytest.raises(NotFound):
        recorded(world, taken, world.kota.diskominfo)
    assert world.everything() == before


def test_nothing_is_recorded_on_what_has_changed_meanwhile(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, REVIEW + 1)
    old = paper.seen
    approval.return_to_author(paper.asked("Perbaiki"), by=world.hukum.actor, now=NOW)
    make.submit(paper)
    peraturan.taken(paper, Move.INITIAL, "diskominfo")
    before = world.everything()
    for named in ("", "team_review"):
        with pytest.raises(Stale):
            recorded(world, StepTaken(paper.asked(seen=old), LETTER, TODAY, step=named))
    assert world.everything() == before


def test_a_return_voids_what_was_recorded_and_the_way_begins_anew(world: World, make: Maker) -> None:
    paper = peraturan.waiting_at(make, REVIEW + 1)
    approval.return_to_author(paper.asked("Perbaiki"), by=world.hukum.actor, now=NOW)
    assert [one[3] for one in steps(world)] == [False]
    make.submit(paper)
    peraturan.taken(paper, Move.INITIAL, "diskominfo")
    assert paper.as_seen().waiting_for == ("diskominfo",)
    recorded(world, step(paper, "8/TIM-SPBE/2026"))
    assert [one[3] for one in steps(world)] == [False, True]


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED])
def test_no_other_state_has_a_step_to_record(world: World, make: Maker, state: State) -> None:
    paper = peraturan.drafted(make) if state is State.DRAFT else peraturan.waiting_at(make, len(WAY))
    before = world.everything()
    with pytest.raises((OutOfOrder, Refusal)):
        recorded(world, step(paper))
    assert world.everything() == before
