"""A route on its way: parallel initials, sent back to a step, declined, handed on, an optional step left out."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from governance.documents.lifecycle import Move, State
from governance.documents.under_way import Decided
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, OutOfOrder, Stale
from governance.people.models import Unit
from tests.workflows.turned import HEAD, SEKDA, counting, holding, initial, initials, keep, on_route, post_of, waiting
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import approval, turning
from workflows.recording import StepTaken, record_step
from workflows.turning import Handing

LATER = NOW + timedelta(minutes=5)
TURNS: dict[str, Callable[[World, Decided], None]] = {
    "return_step": lambda world, asked: turning.return_to_step(asked, 0, by=world.organisasi.actor, now=LATER),
    "decline": lambda world, asked: turning.decline(asked, by=world.organisasi.actor, now=LATER),
    "forward": lambda world, asked: turning.forward(
        Handing(asked, post_of(world, "bappeda")), by=world.organisasi.actor, now=LATER
    ),
    "skip": lambda world, asked: turning.skip(asked, by=world.hukum.actor, now=LATER),
}


def test_parallel_initials_are_given_in_any_order_and_all_of_them_are_needed(world: World, make: Maker) -> None:
    paper = on_route(world, make, HEAD, initials("hukum", "organisasi", "bappeda", initials="coordination"))
    initial(world, paper, "diskominfo")
    assert waiting(paper) == ("bappeda", "hukum", "organisasi")
    mark = paper.seen
    initial(world, paper, "bappeda")
    assert paper.seen == mark, "one initial does not make the others' pages old"
    initial(world, paper, "hukum")
    assert waiting(paper) == ("organisasi",)
    initial(world, paper, "organisasi")
    assert waiting(paper) == ("sekda",)


def test_whoever_waits_beside_others_is_told_once(world: World, make: Maker) -> None:
    paper = on_route(world, make, HEAD, initials("hukum", "organisasi"))
    initial(world, paper, "diskominfo", "hukum")
    assert world.inbox(world.organisasi).count("document.asked_initial") == 1


def test_a_line_of_initials_goes_up_from_the_unit_and_stops_below_the_sekda(world: World, make: Maker) -> None:
    world.change("UPDATE unit SET part_of_id = (SELECT id FROM unit u WHERE u.key = 'asda1' AND"
                 " u.institution_id = unit.institution_id) WHERE key = 'organisasi' AND institution_id = :id",
                 id=world.serang.id)  # fmt: skip
    keep(world, {"who": ["hierarchy"], "move": "initial"}, SEKDA)
    paper = make.document(by="organisasi")
    make.submit(paper)
    turns = []
    for office in ("organisasi", "asisten"):
        turns.append(waiting(paper))
        initial(world, paper, office)
    assert turns == [("organisasi",), ("asisten",)]
    assert waiting(paper) == ("sekda",)
    assert db.session.query(Unit).filter_by(institution_id=world.serang.id, key="organisasi").one().part_of_id


def test_sent_back_to_a_signer_it_stays_in_review_and_keeps_what_was_decided_before(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    told = world.inbox(world.asisten)
    turning.return_to_step(paper.asked("Periksa dasar hukumnya"), 1, by=world.sekda.actor, now=LATER)
    assert paper.state is State.IN_REVIEW
    assert paper.as_seen().revision == 1
    assert counting(world, paper) == ["diskominfo"]
    assert waiting(paper) == ("hukum",)
    assert world.inbox(world.asisten) == [*told, "document.returned_step"], "who initialled later is told it is void"
    assert world.inbox(world.hukum)[-2:] == ["document.returned_step", "document.asked_initial"]
    assert any("Periksa dasar hukumnya" in line for line in world.trail())
    make.approve(paper)
    assert paper.state is State.APPROVED


def test_what_was_seen_before_it_was_sent_back_is_old_and_the_same_return_twice_does_nothing(
    world: World, make: Maker
) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    old = paper.asked("Lagi")
    turning.return_to_step(old, 1, by=world.asisten.actor, now=LATER)
    before = world.everything()
    turning.return_to_step(old, 1, by=world.asisten.actor, now=LATER)
    with pytest.raises(Stale) as refusal:
        approval.initial(old, by=world.hukum.actor, now=LATER)
    assert any("return_step" in change for change in refusal.value.changed)
    assert world.everything() == before


def test_it_can_be_sent_back_and_initialled_again_and_again(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    initial(world, paper, "diskominfo")
    for _ in range(3):
        initial(world, paper, "hukum")
        turning.return_to_step(paper.asked("Masih kurang"), 1, by=world.asisten.actor, now=LATER)
    assert waiting(paper) == ("hukum",)
    assert world.inbox(world.hukum).count("document.asked_initial") == 4
    assert paper.as_seen().revision == 1


@pytest.mark.parametrize("step", [-1, 2, 3, 9])
def test_it_is_sent_back_only_to_a_signer_before(world: World, make: Maker, step: int) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        turning.return_to_step(paper.asked("Ke sana"), step, by=world.asisten.actor, now=LATER)
    assert [problem.key for problem in refusal.value.problems] == ["decision.no_such_step"]
    assert world.everything() == before


def test_the_first_signer_can_only_send_it_back_to_the_initiator(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    with pytest.raises(NotAllowed, match="no_step_before"):
        turning.return_to_step(paper.asked("Ke mana"), 0, by=world.diskominfo.actor, now=LATER)
    assert Move.RETURN_STEP not in paper.as_seen(world.diskominfo).moves
    assert Move.RETURN in paper.as_seen(world.diskominfo).moves


@pytest.mark.parametrize("move", TURNS)
def test_every_turn_needs_its_notes(world: World, make: Maker, move: str) -> None:
    paper = on_route(world, make, HEAD, initials("organisasi", optional=True), initials("hukum"))
    initial(world, paper, "diskominfo")
    before = world.everything()
    for reason in ("", "  \n", "x" * 4001, "nol \x00"):
        with pytest.raises(Invalid):
            TURNS[move](world, paper.asked(reason))
    assert world.everything() == before


def test_the_establishing_post_may_send_what_was_approved_back_to_any_signer(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    with pytest.raises(NotAllowed):
        turning.return_to_step(paper.asked("Bukan"), 2, by=world.sekda.actor, now=LATER)
    turning.return_to_step(paper.asked("Bupati meminta telaah Asisten"), 2, by=world.hukum.actor, now=LATER)
    assert paper.state is State.IN_REVIEW
    assert counting(world, paper) == ["diskominfo", "hukum"]
    assert waiting(paper) == ("asisten",)
    assert "document.returned_step" in world.inbox(world.sekda)
    initial(world, paper, "asisten")
    approval.approve(paper.asked(), by=world.sekda.actor, now=LATER)
    turning.return_to_step(paper.asked("Sekda diminta membaca lagi"), 3, by=world.hukum.actor, now=LATER)
    assert waiting(paper) == ("sekda",)
    assert counting(world, paper) == ["diskominfo", "hukum", "asisten"]


def test_a_record_of_a_step_of_others_ends_with_its_step(world: World, make: Maker) -> None:
    outside = {"who": ["post:hukum"], "move": "record", "title": "Pengharmonisasian", "optional": True}
    paper = on_route(world, make, HEAD, outside, initials("asda1"))
    initial(world, paper, "diskominfo")
    from_letter(world, paper)
    assert waiting(paper) == ("asisten",)
    turning.return_to_step(paper.asked("Ulangi"), 0, by=world.asisten.actor, now=LATER)
    initial(world, paper, "diskominfo")
    assert waiting(paper) == ("hukum",), "the step of others is waited for again"


def from_letter(world: World, paper: Paper) -> None:
    """The letter of the step of others is recorded."""
    taken = StepTaken(paper.asked(), "B-1/HUK/2026", TODAY)
    record_step(taken, by=world.hukum.actor, now=NOW, library=world.library)


def test_only_the_legal_section_leaves_out_only_an_optional_step(world: World, make: Maker) -> None:
    paper = on_route(world, make, HEAD, initials("bpkad", optional=True), initials("hukum"))
    with pytest.raises(NotAllowed, match="not_optional"):
        turning.skip(paper.asked("Tidak perlu"), by=world.hukum.actor, now=LATER)
    initial(world, paper, "diskominfo")
    with pytest.raises((NotAllowed, NotFound)):
        turning.skip(paper.asked("Tidak perlu"), by=world.bpkad.actor, now=LATER)
    asked = paper.asked("Tidak memakai anggaran")
    assert Move.SKIP in paper.as_seen(world.hukum).moves
    turning.skip(asked, by=world.hukum.actor, now=LATER)
    assert waiting(paper) == ("hukum",)
    assert world.inbox(world.bpkad)[-1] == "document.skipped"
    before = world.everything()
    turning.skip(asked, by=world.hukum.actor, now=LATER)
    assert world.everything() == before
    initial(world, paper, "hukum")
    with pytest.raises(NotAllowed, match="not_optional"):
        turning.skip(paper.asked("Sekda berhalangan"), by=world.hukum.actor, now=LATER)


def test_who_drafted_may_initial_and_may_not_approve_it_as_acting_sekda(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    initial(world, paper, "diskominfo", "hukum", "asisten")
    acting = holding(world, world.diskominfo, world.sekda)
    assert Move.APPROVE not in paper.as_seen(acting).moves
    before = world.everything()
    with pytest.raises(NotAllowed, match="own_approval"):
        approval.approve(paper.asked(), by=acting.actor, now=LATER)
    assert world.everything() == before
    turning.decline(paper.asked("Saya yang menyusun"), by=acting.actor, now=LATER)
    approval.approve(paper.asked(), by=world.sekda.actor, now=LATER)
    assert paper.state is State.APPROVED


def test_an_acting_sekda_may_approve_what_his_own_office_did_not_draft(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW, by="bappeda")
    initial(world, paper, "bappeda", "hukum", "asisten")
    acting = holding(world, world.diskominfo, world.sekda)
    approval.approve(paper.asked(), by=acting.actor, now=LATER)
    assert paper.state is State.APPROVED


@pytest.mark.parametrize("state", State)
def test_no_turn_is_made_from_a_state_that_has_none(world: World, make: Maker, state: State) -> None:
    paper = make.document(state)
    before = world.everything()
    refusals = (NotAllowed, OutOfOrder, NotFound, Stale)
    if state is not State.IN_REVIEW:
        for someone in (world.diskominfo, world.hukum, world.sekda):
            with pytest.raises(refusals):
                turning.decline(paper.asked("x"), by=someone.actor, now=LATER)
            with pytest.raises(refusals):
                turning.skip(paper.asked("x"), by=someone.actor, now=LATER)
            with pytest.raises(refusals):
                turning.forward(Handing(paper.asked("x"), post_of(world, "bappeda")), by=someone.actor, now=LATER)
    if state not in (State.IN_REVIEW, State.APPROVED):
        for someone in (world.diskominfo, world.hukum, world.sekda):
            with pytest.raises(refusals):
                turning.return_to_step(paper.asked("x"), 0, by=someone.actor, now=LATER)
    assert world.everything() == before


def test_a_document_that_was_turned_is_enacted_and_closed_like_any_other(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    turning.forward(Handing(paper.asked("Ganti"), post_of(world, "bappeda")), by=world.asisten.actor, now=LATER)
    initial(world, paper, "bappeda")
    approval.approve(paper.asked(), by=world.sekda.actor, now=LATER)
    make.enact(paper)
    assert paper.state is State.ENACTED
    assert "document.enacted" in world.inbox(world.bappeda)
