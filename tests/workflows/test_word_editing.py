"""Editing a draft in Word: taken in hand, handed in, read back; nobody is kept out and nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.documents.lifecycle import State
from governance.documents.origin import Origin, document_mark, with_origin
from governance.documents.reading import read_document
from governance.kernel.db import db
from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, OutOfOrder, Refusal, Stale
from tests.governance.documents.samples import DOCUMENT, changed
from tests.world import NOW, Maker, Paper, World
from web.sheets import draft_file
from workflows import drafting, word_editing
from workflows.drafting import Typed
from workflows.word_editing import HandedIn

LATER = NOW + timedelta(hours=25)


def taken(world: World, paper: Paper) -> bytes:
    """The draft's Word file as its author downloads it."""
    with world.app.test_request_context():
        return draft_file(world.diskominfo.actor, paper.as_seen())


def handed_in(world: World, paper: Paper, data: bytes, version: int = 1, *, anyway: bool = False) -> object:
    handed = HandedIn(paper.id, version, data, anyway)
    return word_editing.take_in(handed, by=world.diskominfo.actor, now=NOW, library=world.library)


def copy_of(world: World, paper: Paper) -> tuple[int, str | None]:
    (row,) = world.rows("SELECT version, file_sha256 FROM working_copy WHERE document_id = :id", id=paper.id)
    return row[0], row[1]


def edited(data: bytes) -> bytes:
    """The place changed (a field), and a sentence no field can say."""
    data = changed(data, DOCUMENT, "Ditetapkan di Contoh", "Ditetapkan di Serang")
    return changed(data, DOCUMENT, "bertanggung jawab kepada Bupati", "bertanggung jawab penuh kepada Bupati", 1)


def test_an_edited_file_stands_and_its_fields_are_read_back(world: World, make: Maker) -> None:
    paper = make.document()
    back = handed_in(world, paper, edited(taken(world, paper)))
    assert back.changed == ("place",)
    assert [one.part for one in back.by_hand] == ["dictums.KEEMPAT"]
    version, stands = copy_of(world, paper)
    assert version == 2
    assert stands is not None
    make.submit(paper)
    assert paper.as_seen().sha256 == stands, "what was uploaded is what is submitted, byte for byte"


def test_a_draft_in_hand_warns_others_and_keeps_nobody_out(world: World, make: Maker) -> None:
    paper = make.document()
    until = word_editing.check_out(paper.id, by=world.diskominfo.actor, now=NOW)
    assert until - NOW == word_editing.IN_HAND
    assert word_editing.check_out(paper.id, by=world.diskominfo.actor, now=NOW) == until
    typed = Typed(paper.id, 1, {**make.fields(), "place": "Serang"})
    drafting.save_copy(typed, by=world.diskominfo.actor, now=NOW, library=world.library)
    word_editing.release(paper.id, by=world.diskominfo.actor, now=NOW)
    assert world.value("SELECT count(*) FROM check_out WHERE ended_at IS NULL") == 0


def test_time_in_hand_ends_by_itself(world: World, make: Maker) -> None:
    paper = make.document()
    word_editing.check_out(paper.id, by=world.diskominfo.actor, now=NOW)
    assert word_editing.check_out(paper.id, by=world.diskominfo.actor, now=LATER) == LATER + word_editing.IN_HAND


def test_what_others_saved_meanwhile_is_not_overwritten_without_a_word(world: World, make: Maker) -> None:
    paper = make.document()
    data = edited(taken(world, paper))
    typed = Typed(paper.id, 1, {**make.fields(), "budget": "APBD Perubahan"})
    drafting.save_copy(typed, by=world.diskominfo.actor, now=NOW, library=world.library)
    before = world.everything()
    with pytest.raises(Stale):
        handed_in(world, paper, data, version=2)
    assert world.everything() == before
    handed_in(world, paper, data, version=2, anyway=True)
    kept = world.rows("SELECT fields FROM revision WHERE document_id = :id ORDER BY number", id=paper.id)
    assert "APBD Perubahan" in str(kept[0][0])


def test_what_was_typed_is_kept_under_the_law_of_the_institutions_day(world: World, make: Maker) -> None:
    """PermenPANRB 8/2026 is in force from 5 June 2026, which begins in Serang while it is still 4 June in UTC."""
    paper = make.document(dated=None)
    data, midnight = edited(taken(world, paper)), datetime(2026, 6, 4, 17, 30, tzinfo=UTC)
    word_editing.take_in(
        HandedIn(paper.id, 1, data, anyway=True), by=world.diskominfo.actor, now=midnight, library=world.library
    )
    (kept, *_) = world.rows("SELECT sha256 FROM revision WHERE document_id = :id ORDER BY number", id=paper.id)
    cited = " ".join(one.text for one in read_document(world.library.files.read(kept[0])).citations)
    assert "Nomor 8 Tahun 2026" in cited
    assert "Nomor 59 Tahun 2020" not in cited


def test_a_file_of_another_document_is_refused_unless_it_is_meant(world: World, make: Maker) -> None:
    paper, other = make.document(), make.document()
    data = with_origin(taken(world, paper), Origin(document_mark(other.id), 1, ""))
    with pytest.raises(Invalid):
        handed_in(world, paper, data)
    handed_in(world, paper, data, anyway=True)
    assert copy_of(world, paper)[1] is not None


def test_while_a_file_stands_the_form_changes_nothing(world: World, make: Maker) -> None:
    paper = make.document()
    handed_in(world, paper, edited(taken(world, paper)))
    typed = Typed(paper.id, 2, {**make.fields(), "place": "Cilegon"})
    with pytest.raises(Refusal):
        drafting.save_copy(typed, by=world.diskominfo.actor, now=NOW, library=world.library)
    word_editing.compose_anew(paper.id, 2, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert copy_of(world, paper) == (3, None)
    assert world.value("SELECT count(*) FROM revision WHERE document_id = :id", id=paper.id) == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_what_is_no_word_file_is_refused_and_nothing_changes(world: World, make: Maker, data: bytes) -> None:
    paper = make.document()
    before = world.everything()
    with pytest.raises(BadFile):
        handed_in(world, paper, data)
    assert world.everything() == before


def test_only_the_initiating_unit_edits_and_only_a_draft(world: World, make: Maker) -> None:
    paper = make.document()
    with pytest.raises((NotAllowed, NotFound)):
        word_editing.check_out(paper.id, by=world.dinkes.actor, now=NOW)
    with pytest.raises(NotAllowed):
        word_editing.check_out(paper.id, by=world.hukum.actor, now=NOW)
    submitted = make.document(State.IN_REVIEW)
    with pytest.raises(OutOfOrder):
        word_editing.check_out(submitted.id, by=world.diskominfo.actor, now=NOW)
    db.session.rollback()
