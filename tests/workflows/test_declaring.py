"""Declaring what became of an act: only with a day after its enactment and a proof, and taken back with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from governance.assessment.acts_offered import act_page
from governance.assessment.declarations import DeclarationTold
from governance.assessment.evidence import at_hand
from governance.assessment.evidence_models import Declared
from governance.assessment.eyes import Eyes
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from governance.tasks.handing_in import FilePart
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import declaring
from workflows.declaring import NewDeclaration

SIGNED = TODAY - timedelta(days=60)
REVIEW = TODAY - timedelta(days=20)
PDF = FilePart("laporan reviu.pdf", b"%PDF-1.7 laporan")


@pytest.fixture
def act(make: Maker) -> Paper:
    return make.document(State.ENACTED, signed_on=SIGNED)


def _declare(world: World, act: Paper, state: Declared = Declared.REVIEWED, **more: Any) -> int:
    by: Someone = more.pop("by", world.diskominfo)
    given = {"on": REVIEW, "pointer": "halaman 4", "file": PDF} | more
    new = NewDeclaration(act.id, state, **given)
    return declaring.declare(new, by=by.actor, now=NOW, library=world.library)


def _told(world: World, act: Paper) -> list[DeclarationTold]:
    found = act_page(world.dinkes.actor, act.id, None)
    assert found is not None
    return found[1]


def _refused(world: World, act: Paper, *problems: str, **more: Any) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        _declare(world, act, **more)
    assert [one.key for one in refusal.value.problems] == list(problems)
    assert world.everything() == before


def test_a_review_is_declared_with_its_day_its_proof_and_where_to_look(world: World, act: Paper) -> None:
    _declare(world, act)
    [told] = _told(world, act)
    assert (told.state, told.on, told.pointer, told.evidence) == (Declared.REVIEWED, REVIEW, "halaman 4", PDF.name)
    assert told.by_title == world.diskominfo.actor.title
    assert world.library.files.read(world.value("SELECT sha256 FROM evidence")) == PDF.data
    assert '"what":"act.declared"' in world.trail()[-1].replace(" ", "")


def test_it_is_declared_for_a_day_after_the_enactment_and_not_to_come(world: World, act: Paper) -> None:
    _refused(world, act, "proof.before_enactment", on=SIGNED)
    _refused(world, act, "proof.future", on=TODAY + timedelta(days=1))
    _refused(world, act, "proof.before_enactment", state=Declared.IMPLEMENTED_PART, on=SIGNED - timedelta(days=1))
    _declare(world, act, Declared.IMPLEMENTED_PART, on=SIGNED)


def test_without_a_proof_or_a_place_in_it_nothing_is_declared(world: World, act: Paper) -> None:
    _refused(world, act, "proof.no_proof", file=None)
    _refused(world, act, "field.missing", pointer="  ")
    _refused(world, act, "draft.too_long", pointer="x" * 501)
    _refused(world, act, "draft.control_characters", pointer="hal\u202e 4")
    _refused(world, act, "task.file_kind", file=FilePart("virus.pdf", b"MZ\x00"))
    _refused(world, act, "proof.two_proofs", evidence_id=1)
    _refused(world, act, "proof.unknown_evidence", evidence_id=999, file=None)


def test_the_same_file_twice_is_one_evidence_and_what_is_kept_can_be_named(world: World, act: Paper) -> None:
    _declare(world, act)
    _declare(world, act, on=REVIEW + timedelta(days=1))
    assert world.value("SELECT count(*) FROM evidence") == 1
    [kept] = at_hand(Eyes(world.diskominfo.actor))
    _declare(world, act, Declared.IMPLEMENTED_FULL, file=None, evidence_id=kept.id)
    assert world.value("SELECT count(DISTINCT evidence_id) FROM declaration") == 1


def test_another_offices_secret_evidence_cannot_be_named_by_who_may_not_see_it(world: World, make: Maker) -> None:
    act = make.document(State.ENACTED, signed_on=SIGNED, secrecy=Secrecy.RAHASIA)
    _declare(world, act)
    kept = world.value("SELECT id FROM evidence")
    assert world.value("SELECT secrecy FROM evidence") == "rahasia", "as secret as the act that it is about"
    other = make.document(State.ENACTED, signed_on=SIGNED, by="inspektorat", effective_from=None)
    _refused(world, other, "proof.unknown_evidence", by=world.inspektorat, file=None, evidence_id=kept)


def test_a_follow_up_needs_a_review_and_the_review_stays_while_it_stands(world: World, act: Paper) -> None:
    _refused(world, act, "proof.no_review", state=Declared.FOLLOWED_UP)
    review = _declare(world, act)
    _refused(world, act, "proof.no_review", state=Declared.FOLLOWED_UP, on=REVIEW - timedelta(days=1))
    follow_up = _declare(world, act, Declared.FOLLOWED_UP)
    with pytest.raises(Refusal, match=r"proof\.followed_up"):
        declaring.withdraw(review, "Salah", by=world.hukum.actor, now=NOW)
    declaring.withdraw(follow_up, "Salah", by=world.hukum.actor, now=NOW)
    declaring.withdraw(review, "Salah", by=world.hukum.actor, now=NOW)


def test_the_same_is_not_declared_twice_for_a_day(world: World, act: Paper) -> None:
    first = _declare(world, act)
    _refused(world, act, "proof.said_already")
    declaring.withdraw(first, "Salah berkas", by=world.diskominfo.actor, now=NOW)
    _declare(world, act)


def test_what_is_withdrawn_stays_to_be_read_with_its_reason(world: World, act: Paper) -> None:
    declaration = _declare(world, act)
    with pytest.raises(Invalid):
        declaring.withdraw(declaration, " ", by=world.diskominfo.actor, now=NOW)
    assert declaring.withdraw(declaration, "Salah berkas", by=world.diskominfo.actor, now=NOW) == act.id
    [told] = _told(world, act)
    assert (told.reason, told.withdrawn_by) == ("Salah berkas", world.diskominfo.actor.title)
    with pytest.raises(Refusal, match=r"proof\.withdrawn_already"):
        declaring.withdraw(declaration, "Lagi", by=world.diskominfo.actor, now=NOW)


def test_only_diskominfo_bagian_hukum_and_the_initiating_office_declare(world: World, act: Paper) -> None:
    before = world.everything()
    with pytest.raises(NotAllowed):
        _declare(world, act, by=world.dinkes)
    with pytest.raises(NotFound):
        _declare(world, act, by=world.kota.diskominfo)
    assert world.everything() == before
    declaration = _declare(world, act, by=world.hukum)
    with pytest.raises(NotAllowed):
        declaring.withdraw(declaration, "Salah", by=world.dinkes.actor, now=NOW)
    with pytest.raises(NotFound):
        declaring.withdraw(declaration, "Salah", by=world.kota.diskominfo.actor, now=NOW)


def test_of_what_is_not_enacted_nothing_is_declared(world: World, make: Maker) -> None:
    draft = make.document(State.DRAFT)
    with pytest.raises(Refusal, match=r"proof\.not_enacted"):
        _declare(world, draft)


def test_who_may_not_see_the_proof_is_not_told_its_name(world: World, act: Paper) -> None:
    _declare(world, act)
    world.change("UPDATE evidence SET secrecy = 'rahasia'")
    [told] = _told(world, act)
    assert (told.state, told.evidence) == (Declared.REVIEWED, "")
