"""A PDF signed elsewhere: only the prepared file with signatures that stand makes an act."""

from dataclasses import replace

import pytest

from governance.documents.lifecycle import State
from governance.kernel.errors import BadFile, Invalid, Refusal
from tests import signers
from tests.signing_desk import ELSEWHERE, Desk, numbers, states
from tests.world import NOW, Maker, World
from workflows import enactment
from workflows.outside.pdfs import Trust


def test_a_pdf_signed_elsewhere_becomes_the_act_beside_its_sealed_file(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    row, data = signing_desk.under_way(paper), signers.signed(signing_desk.prepared(paper))
    signing_desk.take(paper, data)
    act = paper.as_seen().act
    assert act is not None
    assert (act.number, act.sha256, act.scan_sha256, act.token) == (row.number, row.sealed_sha256, None, row.token)
    assert world.library.files.read(act.signed_sha256 or "") == data
    assert (act.way, numbers(world), states(world)) == (ELSEWHERE, [(1, "enacted")], [("signed", "")])
    act = paper.as_seen().act
    how = act.how if act else None
    assert how is not None
    assert how.signed_at is not None
    (found,) = how.report["signatures"]
    assert (found["signer"], found["sound"], found["whole"], found["trusted"]) == (signers.OFFICIAL, True, True, None)


def test_the_same_file_twice_makes_one_act(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    data = signers.signed(signing_desk.prepared(paper), box=(50, 50, 200, 120))
    signing_desk.take(paper, data)
    before = world.everything()
    signing_desk.take(paper, data)
    assert world.everything() == before


REFUSED = {
    "signed.none": lambda pdf: pdf,
    "signed.other_file": signers.changed_then_signed,
    "signed.changed": lambda pdf: signers.backdated(signers.signed(pdf)),
}


@pytest.mark.parametrize("key", REFUSED)
def test_anything_but_the_prepared_file_with_a_signature_is_refused(
    world: World, make: Maker, signing_desk: Desk, key: str
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    data, before = REFUSED[key](signing_desk.prepared(paper)), world.everything()
    with pytest.raises(BadFile) as refused:
        signing_desk.take(paper, data)
    assert refused.value.key == key.strip()
    assert world.everything() == before


def test_another_name_on_the_certificate_must_be_confirmed_and_stays_told(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    data, before = signers.signed(signing_desk.prepared(paper), signers.official("Orang Lain")), world.everything()
    with pytest.raises(Invalid) as refused:
        signing_desk.take(paper, data)
    assert [one.key for one in refused.value.problems] == ["signed.other_name"]
    assert world.everything() == before
    signing_desk.take(paper, data, confirmed=True)
    act = paper.as_seen().act
    how = act.how if act else None
    assert how is not None
    assert how.report["differs"] is True


def test_where_roots_are_set_a_chain_must_end_at_one(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.outside = replace(signing_desk.outside, trust=Trust((signers.authority().pem,)))
    signing_desk.prepare(paper, ELSEWHERE)
    stranger = signers.authority("CA Lain").signer(signers.OFFICIAL)
    with pytest.raises(BadFile, match=r"signed\.untrusted"):
        signing_desk.take(paper, signers.signed(signing_desk.prepared(paper), stranger))
    signing_desk.take(paper, signers.signed(signing_desk.prepared(paper)))
    act = paper.as_seen().act
    how = act.how if act else None
    assert how is not None
    assert how.report["signatures"][0]["trusted"] is True


def test_a_scan_is_not_added_to_what_is_signed_electronically(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    signing_desk.take(paper, signers.signed(signing_desk.prepared(paper)))
    with pytest.raises(Refusal, match=r"refused\.signed_electronically"):
        enactment.add_scan(paper.id, b"%PDF-1.7", by=world.hukum.actor, now=NOW, library=world.library)
