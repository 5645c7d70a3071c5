"""A signer who cannot: a conflict of interest declared, an initial handed on; nothing is ever skipped by it."""

from datetime import timedelta

import pytest

from governance.documents import queries
from governance.documents.lifecycle import Move, State
from governance.kernel.errors import Invalid, NotAllowed, NotFound
from tests.workflows.turned import counting, holding, initial, post_of, waiting
from tests.world import NOW, Maker, World
from workflows import approval, turning
from workflows.turning import Handing

LATER = NOW + timedelta(minutes=5)


def test_who_declines_is_not_skipped_and_the_legal_section_finds_another(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    turning.decline(paper.asked("Suami saya calon anggota tim"), by=world.asisten.actor, now=LATER)
    assert waiting(paper) == ("hukum",)
    assert world.inbox(world.hukum)[-1] == "document.asked_forward"
    assert world.inbox(world.diskominfo)[-1] == "document.declined"
    with pytest.raises(NotAllowed):
        approval.approve(paper.asked(), by=world.sekda.actor, now=LATER)
    with pytest.raises(NotAllowed):
        approval.initial(paper.asked(), by=world.asisten.actor, now=LATER)
    handing = Handing(paper.asked("Sesuai bidangnya"), post_of(world, "bappeda"), post_of(world, "asisten"))
    turning.forward(handing, by=world.hukum.actor, now=LATER)
    assert waiting(paper) == ("bappeda",)
    assert world.inbox(world.bappeda) == ["document.forwarded", "document.asked_initial"]
    initial(world, paper, "bappeda")
    assert waiting(paper) == ("sekda",)


def test_declining_twice_is_accepted_once(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    asked = paper.asked("Benturan")
    turning.decline(asked, by=world.diskominfo.actor, now=LATER)
    before = world.everything()
    turning.decline(asked, by=world.diskominfo.actor, now=LATER)
    assert world.everything() == before


def test_who_declined_sees_the_document_still_and_may_decide_nothing_on_it(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    turning.decline(paper.asked("Benturan"), by=world.asisten.actor, now=LATER)
    assert paper.as_seen(world.asisten).moves == ()
    acting = holding(world, world.asisten, world.sekda)
    handing = Handing(paper.asked("Ganti"), post_of(world, "bappeda"), post_of(world, "asisten"))
    turning.forward(handing, by=world.hukum.actor, now=LATER)
    initial(world, paper, "bappeda")
    with pytest.raises(NotAllowed, match=r"refused\.declined"):
        approval.approve(paper.asked(), by=acting.actor, now=LATER)
    approval.approve(paper.asked(), by=world.sekda.actor, now=LATER)
    assert paper.state is State.APPROVED


def test_a_declined_approval_waits_for_another_holder_and_is_forwarded_by_nobody(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    seen = paper.seen
    turning.decline(paper.asked("Anak saya calon anggota tim"), by=world.sekda.actor, now=LATER)
    assert paper.seen != seen
    assert waiting(paper) == ("hukum", "sekda")
    assert world.inbox(world.hukum)[-1] == "document.asked_forward"
    assert world.inbox(world.diskominfo)[-1] == "document.approval_declined"
    with pytest.raises(NotAllowed, match=r"refused\.declined"):
        approval.approve(paper.asked(), by=world.sekda.actor, now=LATER)
    handing = Handing(paper.asked("Ganti"), post_of(world, "bappeda"), post_of(world, "sekda"))
    with pytest.raises(NotAllowed, match="approval_stays"):
        turning.forward(handing, by=world.hukum.actor, now=LATER)
    acting = holding(world, world.asisten, world.sekda)
    approval.approve(paper.asked(), by=acting.actor, now=LATER)
    assert paper.state is State.APPROVED
    assert counting(world, paper)[-1] == "asisten"


def test_who_stands_in_for_one_that_declined_may_decline_too(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    turning.decline(paper.asked("Benturan"), by=world.sekda.actor, now=LATER)
    acting = holding(world, world.bappeda, world.sekda)
    turning.decline(paper.asked("Saya juga"), by=acting.actor, now=LATER)
    assert world.value("SELECT count(*) FROM step_change WHERE move = 'decline'") == 2
    assert waiting(paper) == ("bappeda", "hukum"), "the approval is never skipped: it waits for the post's next holder"


def test_the_legal_section_may_send_a_declined_approval_back_to_the_initiator(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    turning.decline(paper.asked("Benturan"), by=world.sekda.actor, now=LATER)
    approval.return_to_author(paper.asked("Susunan tim diubah"), by=world.hukum.actor, now=LATER)
    make.submit(paper, LATER)
    make.approve(paper)
    assert paper.state is State.APPROVED, "submitted again, everyone is asked anew"


def test_a_signer_hands_his_own_initial_to_another_post_with_a_note(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    asked = paper.asked("Bidangnya Bappeda")
    turning.forward(Handing(asked, post_of(world, "bappeda")), by=world.asisten.actor, now=LATER)
    assert waiting(paper) == ("bappeda",)
    before = world.everything()
    turning.forward(Handing(asked, post_of(world, "bappeda")), by=world.asisten.actor, now=LATER)
    assert world.everything() == before, "the same once more does nothing"
    made = queries.decisions(world.hukum.actor, paper.as_seen(world.hukum))
    assert (made[-1].move, made[-1].reason) == (Move.FORWARD, "Bidangnya Bappeda")
    assert "Bappeda" in made[-1].to


@pytest.mark.parametrize(
    ("office", "key"),
    [
        ("sekda", "decision.never_handed_to"),
        ("kepala", "decision.never_handed_to"),
        ("hukum", "refused.on_route_already"),
        ("diskominfo", "refused.on_route_already"),
        ("asisten", "refused.on_route_already"),
    ],
)
def test_an_initial_goes_to_no_post_that_stands_on_the_route_or_approves(
    world: World, make: Maker, office: str, key: str
) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        turning.forward(Handing(paper.asked("Ganti"), post_of(world, office)), by=world.asisten.actor, now=LATER)
    assert [problem.key for problem in refusal.value.problems] == [key]
    assert world.everything() == before


def test_an_initial_goes_to_no_foreign_or_vacant_post_or_to_who_declined(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    world.change("UPDATE holding SET to_on = '2025-12-31' WHERE post_id = :post", post=post_of(world, "dinkes"))
    keys = {world.kota.hukum.actor.post_id: "decision.no_such_post", 10**9: "decision.no_such_post",
            post_of(world, "dinkes"): "decision.held_by_nobody"}  # fmt: skip
    for post, key in keys.items():
        with pytest.raises(Invalid) as refusal:
            turning.forward(Handing(paper.asked("Ganti"), post or 0), by=world.asisten.actor, now=LATER)
        assert [problem.key for problem in refusal.value.problems] == [key]
    turning.decline(paper.asked("Benturan"), by=world.asisten.actor, now=LATER)
    world.change("UPDATE holding SET to_on = '2025-12-31' WHERE post_id = :post", post=post_of(world, "disdik"))
    holding(world, world.asisten, world.disdik)
    place = post_of(world, "asisten")
    with pytest.raises(Invalid) as refusal:
        turning.forward(Handing(paper.asked("Ganti"), post_of(world, "disdik"), place), by=world.hukum.actor, now=LATER)
    assert [problem.key for problem in refusal.value.problems] == ["decision.held_by_declined"]


def test_nobody_hands_on_or_declines_what_is_not_asked_of_him(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    before = world.everything()
    for someone in world.everyone:
        if someone is world.asisten:
            continue
        for asked in (paper.asked("Ganti"),):
            with pytest.raises((NotAllowed, NotFound)):
                turning.decline(asked, by=someone.actor, now=LATER)
            handing = Handing(asked, post_of(world, "bappeda"), post_of(world, "asisten"))
            with pytest.raises((NotAllowed, NotFound)):
                turning.forward(handing, by=someone.actor, now=LATER)
    handing = Handing(paper.asked("Ganti"), post_of(world, "bappeda"), post_of(world, "hukum"))
    with pytest.raises(NotAllowed):
        turning.forward(handing, by=world.asisten.actor, now=LATER)
    assert world.everything() == before
