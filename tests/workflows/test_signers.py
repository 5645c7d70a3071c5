"""Who signs on the day of signing: the sealed block, the act's signature, delegations, and strategic decisions."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from governance.documents.act_models import SigningWay
from governance.documents.lifecycle import State
from governance.documents.reading import read_document
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from governance.people.manners import Manner
from tests import signers
from tests.governance.documents.samples import members_of
from tests.signing_desk import ELSEWHERE, NATIONAL, SECRET, Desk, numbers
from tests.world import KIND, NOW, TODAY, Maker, Paper, World
from workflows import appointing, delegating, enactment, preparing, signing
from workflows.appointing import NewHolding
from workflows.delegating import NewDelegation
from workflows.enactment import Signed
from workflows.signing import Asked

A_DAY = timedelta(days=1)
AT_LAST = date(2099, 12, 31)
FIRST, LAST = TODAY + A_DAY, TODAY + 3 * A_DAY


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def acting(world: World, who: str, post: str, manner: Manner = Manner.PLH, **more: Any) -> None:
    told = {"from_on": FIRST, "to_on": LAST, "letter": "800/12/2026"} | more
    person = getattr(world, who).actor.person_id
    new = NewHolding(getattr(world, post).actor.post_id or 0, manner, person_id=person, **told)
    appointing.enter(new, by=world.bkpsdm.actor, now=NOW, library=world.library)


def enacted(world: World, paper: Paper, day: date, **more: Any) -> None:
    signed = Signed(paper.id, paper.seen, day, **more)
    enactment.enact(signed, by=world.hukum.actor, now=at(LAST + 9 * A_DAY), library=world.library)


def delegated(world: World, **more: Any) -> int:
    told = {
        "from_post": world.kepala.actor.post_id, "to_post": world.sekda.actor.post_id, "kinds": (KIND,),
        "from_on": FIRST, "to_on": LAST, "letter": "188/7/2026", "letter_date": TODAY,
    } | more  # fmt: skip
    return delegating.enter(NewDelegation(**told), by=world.bkpsdm.actor, now=NOW, library=world.library)


def refused(world: World, **more: Any) -> list[str]:
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        delegated(world, **more)
    assert world.everything() == before
    return [problem.key for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("day", "office", "name"),
    [
        (FIRST - A_DAY, "BUPATI SERANG", "PEJABAT KEPALA"),
        (FIRST, "Plh. BUPATI SERANG", "PEJABAT DINKES"),
        (LAST, "Plh. BUPATI SERANG", "PEJABAT DINKES"),
        (LAST + A_DAY, "BUPATI SERANG", "PEJABAT KEPALA"),
    ],
)
def test_the_sealed_file_names_who_holds_the_post_on_the_day_of_signing(
    world: World, make: Maker, day: date, office: str, name: str
) -> None:
    paper = make.document(State.APPROVED)
    acting(world, "dinkes", "kepala")
    before = read_document(paper.file)
    enacted(world, paper, day)
    after = read_document(paper.file)
    assert (before.signer_office, before.signer_name) == ("BUPATI SERANG", "PEJABAT KEPALA")
    assert (after.signer_office, after.signer_name) == (office, name)
    document = members_of(paper.file)["word/document.xml"].decode()
    assert document.count(name) >= 1 + len(after.annexes) == 3
    assert (before.dictums, before.annexes, before.office) == (after.dictums, after.annexes, after.office)
    kept = world.rows("SELECT signer_title, signer_name FROM signature")
    prefix = "Plh. " if office.startswith("Plh.") else ""
    assert [(title, given.upper()) for title, given in kept] == [(f"{prefix}Bupati Serang", name)]


def test_a_draft_submitted_by_an_acting_holders_day_already_names_him(world: World, make: Maker) -> None:
    acting(world, "dinkes", "kepala", from_on=TODAY, to_on=LAST)
    text = read_document(make.document(State.IN_REVIEW).file)
    assert (text.signer_office, text.signer_name) == ("Plh. BUPATI SERANG", "PEJABAT DINKES")


def test_a_typed_name_stands_while_it_is_the_holders_and_gives_way_to_another(world: World, make: Maker) -> None:
    his = make.document(State.APPROVED, signer_name="Dr. Pejabat Kepala, M.Si.")
    others = make.document(State.APPROVED, signer_name="Nama Orang Lain")
    for paper in (his, others):
        enacted(world, paper, TODAY)
    assert read_document(his.file).signer_name == "DR. PEJABAT KEPALA, M.SI."
    assert read_document(others.file).signer_name == "PEJABAT KEPALA"


def test_nobody_in_the_post_leaves_what_the_file_says(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    world.change("UPDATE holding SET to_on = :day WHERE post_id = :post", day=TODAY, post=world.kepala.actor.post_id)
    enacted(world, paper, FIRST)
    assert read_document(paper.file).signer_name == "PEJABAT KEPALA"
    assert world.rows("SELECT signer_title, signer_name, holding_id FROM signature") == [("Bupati Serang", "", None)]


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_a_delegate_signs_in_the_name_of_who_delegated(world: World, make: Maker, day: date) -> None:
    paper = make.document(State.APPROVED)
    enacted(world, paper, day, delegation=delegated(world))
    text = read_document(paper.file)
    assert (text.signer_office, text.signer_name) == ("a.n. BUPATI SERANG\nSEKRETARIS DAERAH", "PEJABAT SEKDA")
    assert not text.remainder
    kept = world.rows("SELECT signer_title, signer_name FROM signature")
    assert kept == [("a.n. Bupati Serang, Sekretaris Daerah", "Pejabat sekda")]


def test_a_delegates_own_manner_stands_with_his_office(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    acting(world, "dinkes", "sekda")
    acting(world, "bappeda", "kepala")
    enacted(world, paper, FIRST, delegation=delegated(world))
    assert read_document(paper.file).signer_office == "a.n. BUPATI SERANG\nPlh. SEKRETARIS DAERAH"


def test_a_delegate_signs_electronically_in_the_name_of_who_delegated(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    monthly, paper = delegated(world, from_on=TODAY), make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL, delegation=monthly)
    assert paper.as_seen(world.sekda).asked == "sign"
    waiting = signing_desk.under_way(paper)
    word = world.value("SELECT word_sha256 FROM signing")
    document = members_of(world.library.files.read(word))["word/document.xml"].decode()
    assert document.count('<w:br/><w:t xml:space="preserve">a.n. BUPATI SERANG</w:t><w:br/>') == 3
    asked = Asked(paper.id, waiting.pdf_sha256 or "", SECRET)
    with pytest.raises(NotAllowed):
        signing.sign(asked, by=world.kepala.actor, now=NOW, outside=signing_desk.outside)
    signing.sign(asked, by=world.sekda.actor, now=NOW, outside=signing_desk.outside)
    kept = world.rows("SELECT signer_title, signer_name FROM signature")
    assert kept == [("a.n. Bupati Serang, Sekretaris Daerah", "Pejabat sekda")]


@pytest.mark.parametrize("way", [NATIONAL, ELSEWHERE])
def test_a_delegation_taken_back_stops_the_signing_that_was_prepared_on_it(
    world: World, make: Maker, signing_desk: Desk, way: SigningWay
) -> None:
    given, paper = delegated(world, from_on=TODAY, to_on=AT_LAST), make.document(State.APPROVED)
    signing_desk.prepare(paper, way, delegation=given)
    signed = signers.signed(signing_desk.prepared(paper), signers.official("Pejabat sekda"))
    delegating.withdraw(given, by=world.bkpsdm.actor, now=NOW)
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        sign_as_delegate(world, paper, signing_desk) if way is NATIONAL else signing_desk.take(paper, signed)
    assert refusal.value.key == "signing.delegation_gone"
    assert world.everything() == before
    preparing.cancel(paper.id, "Delegasi dicabut", by=world.hukum.actor, now=NOW)
    signing_desk.prepare(paper, way, delegation=delegated(world, from_on=TODAY, to_on=AT_LAST))
    signed = signers.signed(signing_desk.prepared(paper), signers.official("Pejabat sekda"))
    sign_as_delegate(world, paper, signing_desk) if way is NATIONAL else signing_desk.take(paper, signed)
    assert paper.state is State.ENACTED
    assert numbers(world) == [(1, "void"), (2, "enacted")]


def test_a_delegation_that_has_ended_signs_nothing_any_more(world: World, make: Maker, signing_desk: Desk) -> None:
    given, paper = delegated(world, from_on=TODAY), make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL, delegation=given)
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        sign_as_delegate(world, paper, signing_desk, at(LAST + A_DAY))
    assert refusal.value.key == "signing.delegation_gone"
    assert world.everything() == before
    delegated(world, from_on=TODAY, to_on=AT_LAST, kinds=("internal_assessor_team_decree",))
    with pytest.raises(Refusal):
        sign_as_delegate(world, paper, signing_desk, at(LAST + A_DAY))
    sign_as_delegate(world, paper, signing_desk, at(LAST))
    assert paper.state is State.ENACTED


def sign_as_delegate(world: World, paper: Paper, signing_desk: Desk, now: datetime = NOW) -> None:
    asked = Asked(paper.id, signing_desk.under_way(paper).pdf_sha256 or "", SECRET)
    signing.sign(asked, by=world.sekda.actor, now=now, outside=signing_desk.outside)


def test_outside_its_days_its_scope_or_withdrawn_it_signs_nothing(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    good, other = delegated(world), delegated(world, kinds=("internal_assessor_team_decree",))
    withdrawn = delegated(world, to_post=world.diskominfo.actor.post_id)
    delegating.withdraw(withdrawn, by=world.bkpsdm.actor, now=NOW)
    strange = delegating.enter(
        NewDelegation(
            world.kota.people["kepala"].actor.post_id or 0, world.kota.people["sekda"].actor.post_id or 0,
            (KIND,), FIRST, LAST, "1", TODAY,
        ),
        by=world.kota.people["bkpsdm"].actor, now=NOW, library=world.library,
    )  # fmt: skip
    before = world.everything()
    for delegation, day, key in (
        (good, FIRST - A_DAY, "delegation.out_of_days"),
        (good, LAST + A_DAY, "delegation.out_of_days"),
        (other, FIRST, "delegation.out_of_scope"),
        (withdrawn, FIRST, "delegation.withdrawn"),
        (strange, FIRST, "delegation.unknown"),
        (999_999, FIRST, "delegation.unknown"),
    ):
        with pytest.raises(Invalid) as refusal:
            enacted(world, paper, day, delegation=delegation)
        assert [problem.key for problem in refusal.value.problems] == [key]
    assert world.everything() == before


def test_an_administrator_enters_and_withdraws_once_and_never_for_himself(world: World) -> None:
    entered = delegated(world)
    own = world.bkpsdm.actor.post_id
    assert refused(world, to_post=own) == ["delegation.own"]
    assert refused(world, from_post=own, to_post=world.sekda.actor.post_id)[-1] == "delegation.own"
    assert refused(world) == ["delegation.overlap"]
    with pytest.raises(NotFound):
        delegating.withdraw(entered, by=world.kota.people["bkpsdm"].actor, now=NOW)
    delegating.withdraw(entered, by=world.diskominfo.actor, now=NOW)
    with pytest.raises(Refusal):
        delegating.withdraw(entered, by=world.diskominfo.actor, now=NOW)
    delegated(world)
    lines = [line for line in world.trail() if '"delegation.' in line]
    assert len(lines) == 3


def test_only_the_administrator_enters(world: World) -> None:
    new = NewDelegation(
        world.kepala.actor.post_id or 0, world.sekda.actor.post_id or 0, (KIND,), FIRST, LAST, "188/7/2026", TODAY
    )
    for one in (world.sekda, world.hukum, world.kepala, world.dinkes):
        with pytest.raises(NotAllowed):
            delegating.enter(new, by=one.actor, now=NOW, library=world.library)


def test_bad_input_is_named_and_changes_nothing(world: World) -> None:
    strange = world.kota.people["sekda"].actor.post_id
    for more, key in (
        ({"letter": " "}, "field.missing"),
        ({"letter": "a\x00"}, "draft.control_characters"),
        ({"letter": "x" * 201}, "draft.too_long"),
        ({"letter_date": FIRST}, "delegation.letter_future"),
        ({"kinds": ()}, "delegation.no_kinds"),
        ({"kinds": ("karangan",)}, "delegation.unknown_kind"),
        ({"kinds": ("spbe_roadmap",)}, "delegation.regulation"),
        ({"to_post": strange}, "delegation.post_missing"),
        ({"to_post": 2**62}, "delegation.post_missing"),
        ({"to_on": TODAY}, "draft.end_before_start"),
    ):
        assert key in refused(world, **more), more


def test_a_delegation_is_written_once(world: World) -> None:
    delegated(world)
    for statement in (
        "UPDATE delegation SET letter = 'lain'",
        "UPDATE delegation SET kinds = '[]'",
        "UPDATE delegation SET to_on = '2099-01-01'",
        "DELETE FROM delegation",
    ):
        with pytest.raises(DBAPIError, match="delegation"):
            sent(statement)
    assert world.value("SELECT letter FROM delegation") == "188/7/2026"


def sent(statement: str) -> None:
    """A statement as any program might send it, with every trigger in its place."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("manner", "warned"), [(Manner.PLT, True), (Manner.PLH, True), (Manner.PJ, False), (None, False)]
)
def test_a_strategic_decision_of_a_plt_or_plh_warns_in_the_trail(
    world: World,
    make: Maker,
    monkeypatch: pytest.MonkeyPatch,
    manner: Manner | None,
    warned: bool,
) -> None:
    monkeypatch.setitem(world.library.kinds, KIND, _strategic(world))  # type: ignore[arg-type]
    paper = make.document(State.IN_REVIEW)
    if manner is not None:
        world.change("UPDATE holding SET manner = :manner WHERE post_id IN (:one, :two)", manner=manner.value,
                     one=world.kepala.actor.post_id, two=world.sekda.actor.post_id)  # fmt: skip
    make.approve(paper)
    enacted(world, paper, TODAY)
    lines = [line for line in world.trail() if '"document.approved"' in line or '"document.enacted"' in line]
    assert len(lines) == 2
    assert [("organisasi" in line) for line in lines] == [warned, warned]


def _strategic(world: World) -> Any:
    kind = world.library.kinds[KIND]
    return type(kind)(**{**kind.__dict__, "strategic": "organisasi"})
