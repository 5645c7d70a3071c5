"""An act becomes evidence at the level that its state allows, once, by who has a share; and who should know is told."""

from datetime import timedelta
from typing import Any

import pytest

from governance.assessment import cycles
from governance.assessment.acts_offered import offered_in, offers_for
from governance.assessment.course import Stage
from governance.assessment.evidence_models import Declared
from governance.assessment.offers import Offering, Under
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from governance.tasks.handing_in import FilePart
from tests.cycles import INSTRUMENT, cycle_of, share
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import declaring, jobs, offering
from workflows.declaring import NewDeclaration
from workflows.offering import Taking

SIGNED = TODAY - timedelta(days=60)


@pytest.fixture
def act(make: Maker) -> Paper:
    """The coordination team's decree: of 2020's indicators it proves 10 and 19, and supports 20."""
    return make.document(State.ENACTED, signed_on=SIGNED)


def _take(world: World, cycle_id: int, act: Paper, item: str, level: int, **more: Any) -> int:
    by: Someone = more.pop("by", world.diskominfo)
    taking = Taking(cycle_id, act.id, item, level, **{"pointer": "diktum KEDUA", **more})
    return offering.take_offer(taking, by=by.actor, now=NOW, library=world.library)


def _under(world: World) -> Under:
    return Under(world.library.instruments.instrument(INSTRUMENT), world.library.law)


def _offers(world: World, cycle_id: int, item: str, by: Someone | None = None) -> list[Offering]:
    actor = (by or world.diskominfo).actor
    return offers_for(actor, cycles.seen(cycle_id, actor), item, _under(world), TODAY)


def test_an_act_that_is_taken_is_evidence_of_its_level_as_a_draft(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    share(world, cycle_id, {"10": world.dinkes})
    use = _take(world, cycle_id, act, "10", 2, by=world.dinkes, explanation="Tim bersama")
    [row] = world.rows("SELECT id, item, level, code, state, pointer, unit_id, version FROM evidence_use")
    assert tuple(row) == (use, "10", 2, row.code, "draft", "diktum KEDUA", world.dinkes.actor.unit_id, 1)
    assert row.code in ("", "I10-L2-01")
    [kept] = world.rows("SELECT sha256, signed, name FROM evidence WHERE act_id IS NOT NULL")
    assert (kept.sha256, bool(kept.signed)) == (None, True)
    assert world.rows("SELECT move FROM evidence_step") == [("offer",)]
    assert '"act.offered"' in world.trail()[-1]
    [found] = _offers(world, cycle_id, "10")
    assert [(one.level, one.taken) for one in found.offers if one.holds] == [(1, False), (2, True), (3, False)]


def test_twice_is_once_and_one_act_is_one_evidence_for_many_levels(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    first = _take(world, cycle_id, act, "10", 2)
    before = world.everything()
    assert _take(world, cycle_id, act, "10", 2) == first
    assert world.everything() == before
    _take(world, cycle_id, act, "10", 3)
    assert world.value("SELECT count(*) FROM evidence") == 1


def test_what_was_withdrawn_can_be_offered_again(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    use = _take(world, cycle_id, act, "10", 2)
    world.change("UPDATE evidence_use SET withdrawn_at = :at", at=NOW.isoformat(sep=" "))
    assert _take(world, cycle_id, act, "10", 2, pointer="diktum KETIGA") == use
    [row] = world.rows("SELECT withdrawn_at, pointer, version FROM evidence_use")
    assert tuple(row) == (None, "diktum KETIGA", 2)


def test_a_level_that_its_state_does_not_allow_is_refused_until_it_is_declared(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    before = world.everything()
    for item, level in (("19", 2), ("10", 4), ("20", 1), ("1", 1)):
        with pytest.raises(Invalid) as refusal:
            _take(world, cycle_id, act, item, level)
        assert [one.key for one in refusal.value.problems] == ["proof.not_at_level"]
    assert world.everything() == before
    shown = NewDeclaration(
        act.id, Declared.IMPLEMENTED_PART, TODAY, "halaman 2", file=FilePart("notula.pdf", b"%PDF-1.7")
    )
    declaring.declare(shown, by=world.diskominfo.actor, now=NOW, library=world.library)
    _take(world, cycle_id, act, "19", 2)


def test_words_that_cannot_be_kept_are_refused_together(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    with pytest.raises(Invalid) as refusal:
        _take(world, cycle_id, act, "10", 2, pointer="", explanation="x" * 4001)
    assert [(one.place, one.key) for one in refusal.value.problems] == [
        ("pointer", "field.missing"),
        ("explanation", "draft.too_long"),
    ]
    with pytest.raises(Invalid) as unknown:
        _take(world, cycle_id, act, "10", 2, code="I11-L2-01")
    assert [one.key for one in unknown.value.problems] == ["proof.unknown_code"]


def test_before_the_cycle_is_opened_nothing_is_offered(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year, stage=Stage.PREPARATION)
    with pytest.raises(Refusal, match=r"evidence\.not_open"):
        _take(world, cycle_id, act, "10", 2)


def test_who_has_no_share_and_who_is_of_another_region_takes_nothing(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    share(world, cycle_id, {"19": world.dinkes})
    before = world.everything()
    with pytest.raises(NotAllowed):
        _take(world, cycle_id, act, "10", 2, by=world.dinkes)
    with pytest.raises(NotFound):
        _take(world, cycle_id, act, "10", 2, by=world.kota.diskominfo)
    assert world.everything() == before


def test_an_act_that_one_may_not_see_does_not_offer_itself_to_him(world: World, make: Maker) -> None:
    secret = make.document(State.ENACTED, signed_on=SIGNED, secrecy=Secrecy.TERBATAS)
    cycle_id = cycle_of(world, year=TODAY.year)
    share(world, cycle_id, {"10": world.dinkes})
    assert _offers(world, cycle_id, "10", world.dinkes) == []
    assert len(_offers(world, cycle_id, "10")) == 1
    with pytest.raises(NotFound):
        _take(world, cycle_id, secret, "10", 2, by=world.dinkes)


def test_a_revoked_act_does_not_offer_itself_and_cannot_be_taken(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    world.change("UPDATE act SET in_force_to = :day", day=TODAY - timedelta(days=1))
    [found] = _offers(world, cycle_id, "10")
    assert found.bar == "expired"
    with pytest.raises(Refusal, match=r"proof\.bar\.expired"):
        _take(world, cycle_id, act, "10", 2)


def test_the_list_of_a_cycle_has_every_act_with_something_left_to_offer(world: World, act: Paper) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    actor = world.diskominfo.actor

    def listed() -> list[set[tuple[str, int | None]]]:
        found, more = offered_in(actor, cycles.seen(cycle_id, actor), _under(world), TODAY)
        assert more is None
        return [{(one.item, one.level) for one in act.open} for act in found]

    assert listed() == [{("10", 1), ("10", 2), ("10", 3), ("19", 1)}]
    for item, level in (("10", 1), ("10", 2), ("10", 3)):
        _take(world, cycle_id, act, item, level)
    assert listed() == [{("19", 1)}]
    _take(world, cycle_id, act, "19", 1)
    assert listed() == []


def test_diskominfo_and_the_responsible_office_are_told_once_that_an_act_offers_itself(
    world: World, make: Maker
) -> None:
    cycle_id = cycle_of(world, year=TODAY.year)
    share(world, cycle_id, {"10": world.dinkes, "1": world.inspektorat})
    act = make.document(State.ENACTED, signed_on=SIGNED)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    for someone, times in ((world.diskominfo, 1), (world.dinkes, 1), (world.inspektorat, 0)):
        assert world.inbox(someone).count("proof.offers") == times, someone.username
    before = world.rows("SELECT count(*) FROM notice")
    assert offering.tell_offered(act.id, by=world.diskominfo.actor, now=NOW, library=world.library) == 1
    assert world.rows("SELECT count(*) FROM notice") == before


def test_without_a_cycle_under_way_and_of_a_secret_act_nobody_else_is_told(world: World, make: Maker) -> None:
    make.document(State.ENACTED, signed_on=SIGNED)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    assert world.value("SELECT count(*) FROM notice WHERE key = 'proof.offers'") == 0
    cycle_id = cycle_of(world, year=TODAY.year)
    share(world, cycle_id, {"10": world.dinkes})
    make.document(State.ENACTED, signed_on=SIGNED, secrecy=Secrecy.TERBATAS, title="Tim lain")
    while jobs.run_due(now=NOW, library=world.library):
        pass
    assert "proof.offers" in world.inbox(world.diskominfo)
    assert "proof.offers" not in world.inbox(world.dinkes)
