"""Preparing an electronic signature: the number first, then the file; and given up again with a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.documents.lifecycle import State
from governance.documents.reading import read_document
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from tests.governance.documents.samples import changed, members_of
from tests.signing_desk import ELSEWHERE, NATIONAL, Desk, numbers, states
from tests.world import NOW, TODAY, Maker, World
from workflows import approval, enactment, preparing
from workflows.enactment import Signed
from workflows.preparing import Prepared


def test_the_number_is_reserved_and_stands_in_the_file_before_anybody_signs(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    row = signing_desk.under_way(paper)
    assert (row.number, numbers(world)) == ("656.1/Kep. 1-Huk.Diskominfo/2026", [(1, "reserved")])
    assert read_document(world.library.files.read(row.sealed_sha256)).number == row.number
    assert paper.state is State.APPROVED
    assert world.value("SELECT count(*) FROM act") == 0


def test_the_sealed_file_stays_as_it_is_and_its_copy_has_the_block(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    row = signing_desk.under_way(paper)
    sealed, copy = (members_of(world.library.files.read(one)) for one in (row.sealed_sha256, row.word_sha256))
    added = {name for name in copy if copy[name] != sealed.get(name)}
    assert (
        added
        == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/media/mandat-qr.png"}
        & added
    )
    assert "word/media/mandat-qr.png" in added
    assert b"secara elektronik" not in sealed["word/document.xml"]
    assert copy["word/document.xml"].count(b"Ditandatangani secara elektronik oleh") == 3, "the decree and two annexes"


def test_no_draft_and_no_approved_file_says_that_it_is_signed(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    for sha256, _ in world.rows("SELECT sha256, number FROM revision"):
        assert b"secara elektronik" not in b"".join(members_of(world.library.files.read(sha256)).values())


def test_preparing_twice_reserves_one_number(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    wish = Prepared(paper.id, paper.seen, ELSEWHERE, TODAY)
    for _ in range(2):
        preparing.prepare(wish, by=world.hukum.actor, now=NOW, outside=signing_desk.outside)
    assert numbers(world) == [(1, "reserved")]
    with pytest.raises(Refusal, match=r"signing\.there"):
        preparing.prepare(replace(wish, way=NATIONAL), by=world.hukum.actor, now=NOW, outside=signing_desk.outside)


def test_only_bagian_hukum_prepares_and_no_day_to_come(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    wish, before = Prepared(paper.id, paper.seen, ELSEWHERE, TODAY), world.everything()
    for someone in world.everyone:
        if someone is not world.hukum:
            with pytest.raises((NotAllowed, NotFound)):
                preparing.prepare(wish, by=someone.actor, now=NOW, outside=signing_desk.outside)
    late = replace(wish, signed_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid):
        preparing.prepare(late, by=world.hukum.actor, now=NOW, outside=signing_desk.outside)
    assert world.everything() == before


def test_a_file_that_names_somebody_else_is_not_prepared(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.IN_REVIEW, signer_name="Bupati Terdahulu")
    make.initial(paper, "diskominfo")
    fixed = changed(
        paper.file, "word/styles.xml", "F Pejabat Penanda Tangan", "Nama Tetap", 1
    )  # No place is left to be sealed.
    approval.correct(paper.asked("Nama tetap"), fixed, by=world.hukum.actor, now=NOW, library=world.library)
    make.approve(paper)
    before = world.everything()
    with pytest.raises(Refusal, match=r"signing\.other_name"):
        signing_desk.prepare(paper, ELSEWHERE)
    assert world.everything() == before


def test_ink_is_refused_while_an_electronic_signing_is_under_way(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    before = world.everything()
    with pytest.raises(Refusal, match=r"signing\.there"):
        enactment.enact(Signed(paper.id, paper.seen, TODAY), by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_signing_given_up_leaves_its_number_void_and_the_next_one_follows(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    with pytest.raises(Invalid):
        preparing.cancel(paper.id, " ", by=world.hukum.actor, now=NOW)
    preparing.cancel(paper.id, "Ditandatangani dengan tinta", by=world.hukum.actor, now=NOW)
    make.enact(paper)
    assert numbers(world) == [(1, "void"), (2, "enacted")]
    assert world.value("SELECT reason FROM number WHERE number = 1") == "Ditandatangani dengan tinta"
    assert states(world) == [("cancelled", "")]


def test_a_return_ends_the_signing_with_its_reason(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    approval.return_to_author(paper.asked("Bupati menolak"), by=world.hukum.actor, now=NOW)
    assert numbers(world) == [(1, "void")]
    assert states(world) == [("cancelled", "")]
    assert paper.state is State.DRAFT
