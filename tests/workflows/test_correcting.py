"""Bagian Hukum's corrections: of form alone they ask the remaining steps, of content everyone; the trail says why."""

from governance.documents import queries
from governance.documents.lifecycle import Move, State
from tests.governance.documents.samples import DOCUMENT, changed
from tests.workflows.turned import HEAD, SEKDA, initial, initials, keep, waiting
from tests.world import NOW, Maker, Paper, World
from workflows import approval


def correct(world: World, paper: Paper, old: str, new: str) -> bool:
    """Corrected by Bagian Hukum; whether it was form alone."""
    file = changed(paper.file, DOCUMENT, old, new, 1)
    return approval.correct(paper.asked("Spasi"), file, by=world.hukum.actor, now=NOW, library=world.library)


def test_a_correction_of_form_alone_asks_only_the_remaining_steps(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    before = paper.as_seen().sha256
    assert correct(world, paper, "Anggaran Pendapatan", "Anggaran  Pendapatan")
    assert waiting(paper) == ("hukum",)
    assert paper.as_seen().revision == 2
    made = queries.decisions(world.hukum.actor, paper.as_seen())
    assert [(one.move, one.counts, one.revision) for one in made] == [(Move.SUBMIT, True, 1), (Move.INITIAL, True, 1)]
    assert world.inbox(world.diskominfo)[-1] == "document.form_corrected"
    line = next(line for line in world.trail() if '"what":"document.form_corrected"' in line)
    assert before in line
    assert paper.as_seen().sha256 in line
    make.approve(paper)
    assert {
        one.revision for one in queries.decisions(world.hukum.actor, paper.as_seen()) if one.move is Move.APPROVE
    } == {2}


def test_a_correction_of_content_begins_anew_and_names_what_differs(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    assert not correct(world, paper, "Anggaran Pendapatan", "Anggaran Belanja")
    assert waiting(paper) == ("diskominfo",)
    assert world.inbox(world.diskominfo)[-2:] == ["document.corrected", "document.asked_initial"]
    told = world.rows("SELECT params FROM notice WHERE key = 'document.corrected'")
    assert '"2"' in str(told[0][0]) or "'2'" in str(told[0][0]), "it leads to the comparison of revision 2"
    line = next(line for line in world.trail() if '"what":"document.corrected"' in line)
    assert '"differs":"dictums"' in line


def test_who_initialled_beside_the_legal_section_keeps_his_initial_after_a_correction_of_form(
    world: World, make: Maker
) -> None:
    keep(world, HEAD, initials("hukum", "organisasi"), SEKDA)
    paper = make.document()
    make.submit(paper)
    initial(world, paper, "diskominfo", "organisasi")
    assert correct(world, paper, "Anggaran Pendapatan", "Anggaran  Pendapatan")
    assert waiting(paper) == ("hukum",)
    initial(world, paper, "hukum")
    assert waiting(paper) == ("sekda",)


def test_a_new_revision_is_told_to_those_who_decided_on_the_old_one(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    approval.return_to_author(paper.asked("Perbaiki"), by=world.sekda.actor, now=NOW)
    make.submit(paper)
    for someone in (world.hukum, world.asisten):
        assert world.inbox(someone)[-2:] == ["document.returned", "document.revised"]
    assert "document.revised" not in world.inbox(world.sekda), "he had not decided on it"
    assert world.inbox(world.diskominfo)[-1] == "document.asked_initial"
