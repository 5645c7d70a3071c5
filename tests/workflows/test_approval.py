"""Approval: submitting, initialling, approving, returning, withdrawing and correcting, on what each has seen."""

from collections.abc import Callable

import pytest

from governance.documents import queries
from governance.documents.lifecycle import Move, State
from governance.documents.reading import read_document
from governance.kernel.db import db
from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, OutOfOrder, Stale
from tests.governance.documents.samples import DOCUMENT, changed
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import approval, drafting
from workflows.drafting import NewDocument, Typed

MOVES: dict[Move, Callable[..., None]] = {
    Move.INITIAL: approval.initial,
    Move.APPROVE: approval.approve,
    Move.RETURN: approval.return_to_author,
    Move.WITHDRAW: approval.withdraw,
}


def counting(world: World, paper: Paper) -> list[str]:
    """The decisions that still count."""
    rows = world.rows("SELECT move FROM decision WHERE document_id = :id AND counts ORDER BY id", id=paper.id)
    return [move for (move,) in rows if move in ("initial", "approve")]


def save(world: World, typed: Typed) -> int:
    return drafting.save_copy(typed, by=world.diskominfo.actor, now=NOW, library=world.library)


def waiting(paper: Paper) -> tuple[str, ...]:
    return paper.as_seen().waiting_for


def test_a_draft_waits_for_its_author_and_then_for_each_office_of_the_route(world: World, make: Maker) -> None:
    paper = make.document()
    turns = [waiting(paper)]
    make.submit(paper)
    turns.append(waiting(paper))
    for someone in (world.diskominfo, world.hukum, world.asisten):
        approval.initial(paper.asked(), by=someone.actor, now=NOW)
        turns.append(waiting(paper))
    approval.approve(paper.asked(), by=world.sekda.actor, now=NOW)
    turns.append(waiting(paper))
    assert turns == [("diskominfo",), ("diskominfo",), ("hukum",), ("asisten",), ("sekda",), ("hukum",)]
    assert paper.state is State.APPROVED


def test_each_office_is_told_when_its_turn_comes(world: World, make: Maker) -> None:
    make.document(State.APPROVED)
    assert world.inbox(world.hukum) == ["document.asked_initial", "document.asked_enact"]
    assert world.inbox(world.asisten) == ["document.asked_initial"]
    assert world.inbox(world.sekda) == ["document.asked_approve"]
    assert world.inbox(world.diskominfo) == ["document.asked_initial", "document.approved"]
    assert world.inbox(world.dinkes) == []


def test_bappeda_may_be_the_initiator_and_initials_first(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW, by="bappeda")
    assert waiting(paper) == ("bappeda",)


def test_a_decree_of_the_legal_section_itself_is_initialled_there_once(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW, by="hukum")
    approval.initial(paper.asked(), by=world.hukum.actor, now=NOW)
    assert waiting(paper) == ("asisten",)


def test_a_draft_that_lacks_something_is_not_submitted(world: World, make: Maker) -> None:
    paper = make.document(members=[], title="")
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        make.submit(paper)
    assert {"members", "title"} <= {problem.place for problem in refusal.value.problems}
    assert world.everything() == before


@pytest.mark.parametrize("move", [Move.INITIAL, Move.APPROVE, Move.RETURN])
def test_repeating_the_same_decision_is_accepted_and_changes_nothing(world: World, make: Maker, move: Move) -> None:
    paper = make.document(State.IN_REVIEW)
    by = world.diskominfo
    if move is Move.APPROVE:
        make.initial(paper, "asisten")
        by = world.sekda
    asked = paper.asked("Perbaiki dasar hukumnya")
    MOVES[move](asked, by=by.actor, now=NOW)
    before = world.everything()
    MOVES[move](asked, by=by.actor, now=NOW)
    assert world.everything() == before


def test_submitting_the_same_draft_twice_cuts_one_revision(world: World, make: Maker) -> None:
    paper = make.document()
    asked = paper.asked()
    for _ in range(2):
        approval.submit(asked, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert world.value("SELECT count(*) FROM revision WHERE document_id = :id", id=paper.id) == 1


def test_withdrawing_twice_is_accepted_once(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    asked = paper.asked("Tidak jadi")
    approval.withdraw(asked, by=world.diskominfo.actor, now=NOW)
    before = world.everything()
    approval.withdraw(asked, by=world.diskominfo.actor, now=NOW)
    assert world.everything() == before
    assert paper.state is State.WITHDRAWN


def test_an_old_copy_is_refused_and_told_what_changed(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    old = paper.asked()
    approval.return_to_author(paper.asked("Judul keliru"), by=world.hukum.actor, now=NOW)
    make.submit(paper)
    make.initial(paper, "diskominfo")
    before = world.everything()
    with pytest.raises(Stale) as refusal:
        approval.initial(old, by=world.hukum.actor, now=NOW)
    assert refusal.value.changed[0] == "state:in_review"
    assert refusal.value.changed[1].startswith(f"decision:initial:{world.diskominfo.actor.title}:")
    assert world.everything() == before


def test_a_draft_saved_meanwhile_cannot_be_submitted_from_an_old_page(world: World, make: Maker) -> None:
    paper = make.document()
    old = paper.asked()
    fields = make.fields(budget="Anggaran lain")
    save(world, Typed(paper.id, 1, fields))
    with pytest.raises(Stale) as refusal:
        approval.submit(old, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert any(change.startswith("saved:2:") for change in refusal.value.changed)


def test_a_draft_saved_by_someone_else_meanwhile_is_never_overwritten(world: World, make: Maker) -> None:
    paper = make.document()
    assert save(world, Typed(paper.id, 1, make.fields(budget="Satu"))) == 2
    with pytest.raises(Stale):
        save(world, Typed(paper.id, 1, make.fields(budget="Dua")))
    assert queries.working_copy(world.diskominfo.actor, paper.id).fields["budget"] == "Satu"


def test_saving_the_same_text_again_makes_no_new_version(world: World, make: Maker) -> None:
    paper = make.document()
    fields = make.fields(budget="Satu")
    assert [save(world, Typed(paper.id, version, fields)) for version in (1, 2)] == [2, 2]


def test_a_draft_under_review_cannot_be_edited(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    with pytest.raises(OutOfOrder):
        save(world, Typed(paper.id, 1, make.fields()))


def test_a_returned_draft_goes_back_to_its_author_with_the_reason(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    approval.return_to_author(paper.asked("Dasar hukum kurang"), by=world.asisten.actor, now=NOW)
    assert paper.state is State.DRAFT
    assert waiting(paper) == ("diskominfo",)
    assert counting(world, paper) == []
    assert world.inbox(world.diskominfo)[-1] == "document.returned"
    assert world.inbox(world.hukum)[-1] == "document.returned", "who had initialled is told that it is void"
    assert any('"reason":"Dasar hukum kurang"' in line for line in world.trail())


def test_a_return_without_a_reason_is_refused(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    before = world.everything()
    for reason in ("", "   \n", "x" * 4001):
        with pytest.raises(Invalid):
            approval.return_to_author(paper.asked(reason), by=world.diskominfo.actor, now=NOW)
    assert world.everything() == before


def test_a_returned_draft_can_be_submitted_again_even_unchanged(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    approval.return_to_author(paper.asked("Lampirkan telaahan"), by=world.diskominfo.actor, now=NOW)
    make.submit(paper)
    make.approve(paper)
    assert paper.state is State.APPROVED
    assert paper.as_seen().revision == 2


def test_after_a_return_the_whole_route_begins_anew(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    approval.return_to_author(paper.asked("Periksa lagi"), by=world.sekda.actor, now=NOW)
    make.submit(paper)
    assert waiting(paper) == ("diskominfo",)
    assert counting(world, paper) == []


def test_what_the_bupati_does_not_sign_goes_back_through_the_legal_section(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    with pytest.raises(NotAllowed):
        approval.return_to_author(paper.asked("Tidak"), by=world.kepala.actor, now=NOW)
    approval.return_to_author(paper.asked("Bupati tidak berkenan"), by=world.hukum.actor, now=NOW)
    assert paper.state is State.DRAFT
    assert counting(world, paper) == []


def test_only_the_initiator_withdraws_and_everyone_asked_is_told(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    with pytest.raises(NotAllowed):
        approval.withdraw(paper.asked("Batal"), by=world.hukum.actor, now=NOW)
    approval.withdraw(paper.asked("Batal"), by=world.diskominfo.actor, now=NOW)
    assert waiting(paper) == ()
    assert world.inbox(world.hukum)[-1] == "document.withdrawn"
    assert world.inbox(world.asisten)[-1] == "document.withdrawn", "it was on his desk"


def test_nobody_initials_out_of_turn(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    before = world.everything()
    for someone in world.everyone:
        if someone is world.diskominfo:
            continue
        with pytest.raises((NotAllowed, NotFound)):
            approval.initial(paper.asked(), by=someone.actor, now=NOW)
    assert world.everything() == before


def test_another_office_of_the_institution_does_not_see_a_draft(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    for stranger in (world.dinkes, world.bappeda, world.asisten, world.kota.hukum, world.provinsi.sekda):
        with pytest.raises(NotFound):
            queries.document(stranger.actor, paper.id, TODAY)


def test_a_correction_by_the_legal_section_makes_a_new_revision_on_which_all_initial_again(
    world: World, make: Maker
) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    corrected = changed(paper.file, DOCUMENT, "Anggaran Pendapatan", "Anggaran Belanja", 1)
    approval.correct(paper.asked(), corrected, by=world.hukum.actor, now=NOW, library=world.library)
    assert paper.file == corrected
    assert paper.as_seen().revision == 2
    assert waiting(paper) == ("diskominfo",)
    assert counting(world, paper) == []
    assert "document.corrected" in world.inbox(world.diskominfo)
    make.approve(paper)
    assert paper.file == corrected, "what is approved is the very file that was corrected"


def test_a_correction_keeps_its_hand_edits_through_enactment(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    corrected = changed(paper.file, DOCUMENT, "Anggaran Pendapatan", "Koreksi Tangan", 1)
    approval.correct(paper.asked(), corrected, by=world.hukum.actor, now=NOW, library=world.library)
    make.approve(paper)
    make.enact(paper)
    assert "Koreksi Tangan" in " ".join(one.text for one in read_document(paper.file).dictums)


def test_a_correction_is_made_only_by_the_legal_section_at_its_turn(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    file = changed(paper.file, DOCUMENT, "KESATU", "KESATU ", 1)
    before = world.everything()
    for someone in (world.diskominfo, world.hukum, world.sekda):
        with pytest.raises(NotAllowed):
            approval.correct(paper.asked(), file, by=someone.actor, now=NOW, library=world.library)
    assert world.everything() == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", b"\x00" * 1000])
def test_a_correction_that_is_no_word_file_is_refused(world: World, make: Maker, data: bytes) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    before = world.everything()
    with pytest.raises(BadFile):
        approval.correct(paper.asked(), data, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_uploading_the_same_file_again_changes_nothing(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    before = world.everything()
    approval.correct(paper.asked(), paper.file, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_each_decision_is_bound_to_the_file_that_was_seen(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    seen = paper.as_seen().sha256
    decided = queries.decisions(world.hukum.actor, paper.as_seen())
    assert [one.move for one in decided] == [Move.SUBMIT, *[Move.INITIAL] * 3, Move.APPROVE]
    assert {one.sha256 for one in decided} == {seen}


def test_the_name_under_the_decree_is_that_of_who_holds_the_office_that_day(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    assert read_document(paper.file).signer_name == "PEJABAT KEPALA"


def test_a_draft_opened_without_fields_is_filled_from_what_is_known(world: World) -> None:
    by = world.diskominfo.actor
    key = drafting.open_document(NewDocument("coordination_team_decree", 2026), by=by, now=NOW, library=world.library)
    paper = Paper(key, world.diskominfo, world)
    approval.submit(paper.asked(), by=by, now=NOW, library=world.library)
    assert paper.state is State.IN_REVIEW


@pytest.mark.parametrize("office", ["dinkes", "sekda", "kepala", "wabup", "asisten"])
def test_only_offices_that_may_initiate_open_a_draft(world: World, office: str) -> None:
    by = world.serang.people[office].actor
    before = world.everything()
    with pytest.raises(NotAllowed):
        drafting.open_document(NewDocument("coordination_team_decree", 2026), by=by, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_document_cannot_point_at_another_institution(world: World, make: Maker) -> None:
    paper = make.document()
    foreign = world.value("SELECT min(id) FROM unit WHERE institution_id = :id", id=world.kota.id)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        world.change("UPDATE document SET initiating_unit_id = :unit WHERE id = :id", unit=foreign, id=paper.id)
    db.session.rollback()
