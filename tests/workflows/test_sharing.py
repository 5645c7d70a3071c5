"""Shares: laid out as proposals, set without overwriting one another, and the offices' tasks that follow from them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from governance.assessment import offices as offices_of_cycle
from governance.assessment import shares
from governance.assessment.conflicts import Why
from governance.assessment.course import CycleRole, Part, Stage
from governance.assessment.offices import seated
from governance.assessment.teams import ASSESSORS, AUDITORS
from governance.assessment.warned import conflicts_of
from governance.documents.fields import defaults
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.people.actors import system
from governance.tasks import queries
from governance.tasks.lifecycle import State
from tests.cycles import INSTRUMENT, cycle_of, share
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import approval, drafting, jobs, seating, share_tasks, sharing
from workflows.drafting import NewDocument
from workflows.seating import SeatsWish
from workflows.sharing import ItemShares, Wish

READY_BY = date(2026, 12, 18)


def lay_out(world: World, cycle_id: int) -> int:
    by = system(world.serang.id, "Asia/Jakarta")
    return sharing.lay_out(cycle_id, by=by, now=NOW, library=world.library)


def hand_out(world: World, cycle_id: int) -> int:
    by = system(world.serang.id, "Asia/Jakarta")
    return share_tasks.hand_out(cycle_id, by=by, now=NOW, library=world.library)


def offices(world: World, cycle_id: int, item: str) -> dict[str, tuple[str, str]]:
    """Each office with a share in the item: its part, and how sure that is."""
    asked = (
        "SELECT unit.key, share.part, share.how_sure FROM share JOIN unit ON unit.id = share.unit_id"
        " WHERE cycle_id = :cycle AND item = :item"
    )
    return {key: (part, sure) for key, part, sure in world.rows(asked, cycle=cycle_id, item=item)}


def wish(item: str, responsible: Someone, *contributors: Someone, seen: str) -> ItemShares:
    unit = responsible.actor.unit_id
    return ItemShares(item, unit, frozenset(one.actor.unit_id or 0 for one in contributors), seen)


def marked(responsible: Someone, *contributors: Someone) -> str:
    return shares.mark(responsible.actor.unit_id, [one.actor.unit_id or 0 for one in contributors])


def set_to(world: World, cycle_id: int, *items: ItemShares, checked: bool = False, by: Someone | None = None) -> int:
    asked = Wish(cycle_id, items, checked)
    actor = (by or world.diskominfo).actor
    return sharing.set_shares(asked, by=actor, now=NOW, library=world.library)


def states(world: World, someone: Someone) -> dict[str, State]:
    """How each item's task of an office stands."""
    return {task.place: task.state for task in queries.tasks_of_unit(someone.actor)}


def test_every_item_gets_its_usual_offices_as_a_marked_proposal(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    assert lay_out(world, cycle_id) > 47
    assert offices(world, cycle_id, "35") == {"pbj": ("responsible", "seen")}
    assert offices(world, cycle_id, "1")["diskominfo"] == ("responsible", "seen")
    assert offices(world, cycle_id, "45") == {"diskominfo": ("responsible", shares.UNRESOLVED)}
    each = "SELECT count(DISTINCT item) FROM share WHERE cycle_id = :cycle AND part = 'responsible'"
    assert world.value(each, cycle=cycle_id) == len(world.library.instruments.instrument(INSTRUMENT).items)


def test_laying_out_again_adds_nothing_and_never_overwrites_what_people_set(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    share(world, cycle_id, {"1": world.dinkes})
    lay_out(world, cycle_id)
    before = world.everything()
    assert lay_out(world, cycle_id) == 0
    assert world.everything() == before
    assert offices(world, cycle_id, "1") == {"dinkes": ("responsible", "")}


def test_an_instrument_nobody_knows_the_owners_of_falls_to_the_digital_office_marked(world: World) -> None:
    cycle_id = cycle_of(world, instrument="permenpanrb-5-2018", stage=Stage.PREPARATION)
    lay_out(world, cycle_id)
    rows = world.rows("SELECT DISTINCT how_sure FROM share WHERE cycle_id = :cycle", cycle=cycle_id)
    assert rows == [(shares.UNRESOLVED,)]


def test_the_usual_seats_are_the_sekda_the_digital_office_and_the_owners_heads(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    lay_out(world, cycle_id)
    asked = (
        "SELECT cycle_seat.role, post.key, cycle_seat.how_sure FROM cycle_seat JOIN post ON post.id = post_id"
        " WHERE cycle_id = :cycle"
    )
    rows = world.rows(asked, cycle=cycle_id)
    single = {role: (key, sure) for role, key, sure in rows if role != CycleRole.ASSESSOR}
    assert single == {
        "coordinator": ("setda", "post"),
        "answerable": ("diskominfo", "post"),
        "data_entry": ("diskominfo", "post"),
    }
    assessors = {key: sure for role, key, sure in rows if role == CycleRole.ASSESSOR}
    assert {"bappeda", "inspektorat", "organisasi"} <= set(assessors)
    assert set(assessors.values()) == {shares.BY_OWNERS}
    assert "setda" not in assessors, "who coordinates does not rate"


def test_a_changed_item_is_set_by_hand_and_the_others_stay_proposals(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    lay_out(world, cycle_id)
    seen = marked(world.pbj)
    assert set_to(world, cycle_id, wish("35", world.bpkad, world.pbj, seen=seen)) == 1
    assert offices(world, cycle_id, "35") == {"bpkad": ("responsible", ""), "pbj": ("contributor", "")}
    assert offices(world, cycle_id, "34")["bpkad"][1] != ""


def test_proposals_that_were_looked_at_are_proposals_no_more(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    lay_out(world, cycle_id)
    assert set_to(world, cycle_id, wish("35", world.pbj, seen=marked(world.pbj)), checked=True) == 1
    assert offices(world, cycle_id, "35") == {"pbj": ("responsible", "")}


def test_two_people_never_overwrite_each_other_unseen(world: World) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes, "2": world.dinkes})
    set_to(world, cycle_id, wish("1", world.bappeda, seen=marked(world.dinkes)))
    with pytest.raises(Stale) as refused:
        set_to(world, cycle_id, wish("1", world.dishub, seen=marked(world.dinkes)))
    assert refused.value.changed == ("share:1",)
    set_to(world, cycle_id, wish("2", world.dishub, seen=marked(world.dinkes)))  # Another's item is in nobody's way.
    set_to(world, cycle_id, wish("1", world.bappeda, seen=marked(world.dinkes)))  # Both wished the same.
    assert offices(world, cycle_id, "1") == {"bappeda": ("responsible", "")}
    assert offices(world, cycle_id, "2") == {"dishub": ("responsible", "")}


def test_what_is_wrong_with_shares_is_named_and_nothing_is_changed(world: World) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes})
    before, seen = world.everything(), marked(world.dinkes)
    foreign = world.kota.diskominfo.actor.unit_id or 0
    for item, key in (
        (ItemShares("99", 1, frozenset(), "-:"), "share.item_unknown"),
        (ItemShares("1", None, frozenset(), seen), "share.responsible_missing"),
        (ItemShares("1", foreign, frozenset(), seen), "share.unit_unknown"),
        (ItemShares("1", world.dinkes.actor.unit_id, frozenset({999_999}), seen), "share.unit_unknown"),
    ):
        with pytest.raises(Invalid) as refused:
            set_to(world, cycle_id, item)
        assert key in [problem.key for problem in refused.value.problems]
    assert world.everything() == before


def test_only_who_runs_the_cycle_sets_shares_and_nobody_from_elsewhere(world: World) -> None:
    cycle_id = cycle_of(world)
    wished = wish("1", world.dinkes, seen="-:")
    for someone, refusal in ((world.dinkes, NotAllowed), (world.sekda, NotAllowed), (world.kota.diskominfo, NotFound)):
        with pytest.raises(refusal):
            set_to(world, cycle_id, wished, by=someone)


def test_a_closed_cycle_takes_no_shares(world: World) -> None:
    cycle_id = cycle_of(world)
    world.change(
        "UPDATE cycle SET stage = 'closed', closed_at = made_at, frozen_sha256 = :sha WHERE id = :id",
        id=cycle_id,
        sha="0" * 64,
    )
    with pytest.raises(Refusal, match=r"cycle\.closed"):
        set_to(world, cycle_id, wish("1", world.dinkes, seen="-:"))
    with pytest.raises(Refusal, match=r"cycle\.closed"):
        hand_out(world, cycle_id)


def test_at_the_opening_each_office_gets_a_task_for_each_indicator_and_is_told_once(world: World) -> None:
    cycle_id = cycle_of(world, ready_by=READY_BY)
    share(world, cycle_id, {"1": world.dinkes, "2": world.dinkes, "3": world.bappeda})
    share(world, cycle_id, {"1": world.bappeda}, Part.CONTRIBUTOR)
    assert hand_out(world, cycle_id) == 4
    tasks = queries.tasks_of_unit(world.dinkes.actor)
    assert [(task.place, task.due_on) for task in tasks] == [("1", READY_BY), ("2", READY_BY)]
    assert [want.key for want in tasks[0].wants][:2] == ["i1_l1_01", "i1_l2_01"]
    assert tasks[0].asker_unit_id == world.diskominfo.actor.unit_id
    assert world.inbox(world.dinkes) == ["share.handed_out"]
    assert world.inbox(world.bappeda) == ["share.handed_out"]
    assert world.inbox(world.dishub) == []


def test_handing_out_twice_gives_and_tells_nothing_more(world: World) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes})
    hand_out(world, cycle_id)
    before = world.everything()
    assert hand_out(world, cycle_id) == 0
    assert world.everything() == before


def test_nothing_is_asked_before_the_opening(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    share(world, cycle_id, {"1": world.dinkes})
    assert hand_out(world, cycle_id) == 0
    set_to(world, cycle_id, wish("1", world.bappeda, seen=marked(world.dinkes)))
    assert jobs.run_due(now=NOW, library=world.library) == 0
    assert states(world, world.dinkes) == states(world, world.bappeda) == {}


def test_the_tasks_follow_a_share_that_comes_goes_and_comes_back(world: World) -> None:
    cycle_id = cycle_of(world, ready_by=READY_BY)
    share(world, cycle_id, {"1": world.dinkes})
    hand_out(world, cycle_id)
    set_to(world, cycle_id, wish("1", world.bappeda, seen=marked(world.dinkes)))
    assert jobs.run_due(now=NOW, library=world.library) == 1
    assert states(world, world.dinkes) == {"1": State.CANCELLED}
    assert states(world, world.bappeda) == {"1": State.RECEIVED}
    assert world.inbox(world.dinkes)[-1:] == ["share.removed"]
    assert world.inbox(world.bappeda) == ["share.added"]
    set_to(world, cycle_id, wish("1", world.dinkes, world.bappeda, seen=marked(world.bappeda)))
    jobs.run_due(now=NOW + timedelta(minutes=1), library=world.library)
    assert states(world, world.dinkes) == {"1": State.RECEIVED}
    assert states(world, world.bappeda) == {"1": State.RECEIVED}
    assert world.inbox(world.dinkes)[-1:] == ["share.added"]


def test_an_item_without_a_share_at_the_opening_is_asked_once_it_has_one(world: World) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes})
    hand_out(world, cycle_id)
    set_to(world, cycle_id, wish("7", world.dinkes, seen="-:"))
    jobs.run_due(now=NOW, library=world.library)
    assert set(states(world, world.dinkes)) == {"1", "7"}
    assert world.inbox(world.dinkes) == ["share.handed_out_undated", "share.added_undated"]


def test_the_members_of_the_team_decree_in_force_rate(world: World, make: Maker) -> None:
    kind, facts, law = world.library.kind(ASSESSORS), world.serang.facts, world.library.law
    fields = defaults(kind, institution=facts, law=law, year=TODAY.year, on=TODAY) | {"place": "Contoh"}
    members = [one for one in fields["members"] if one.get("post")]
    new = NewDocument(ASSESSORS, TODAY.year, fields)
    by = world.diskominfo
    paper = Paper(drafting.open_document(new, by=by.actor, now=NOW, library=world.library), by, world)
    cycle_id, before = cycle_of(world, stage=Stage.PREPARATION), cycle_of(world, year=2024, stage=Stage.PREPARATION)
    lay_out(world, before)
    assert {sure for _post, sure in assessors(world, before)} == {shares.BY_OWNERS}, "a draft decides nothing"
    make.submit(paper)
    make.approve(paper)
    make.enact(paper)
    lay_out(world, cycle_id)
    named = {one["post"] for one in members if one["role"] not in shares.SINGLE} - {"setda"}
    assert assessors(world, cycle_id) == {(post, shares.BY_DECREE) for post in named}


def assessors(world: World, cycle_id: int) -> set[tuple[str, str]]:
    asked = (
        "SELECT post.key, cycle_seat.how_sure FROM cycle_seat JOIN post ON post.id = post_id"
        " WHERE cycle_id = :cycle AND cycle_seat.role = 'assessor'"
    )
    return {(key, sure) for key, sure in world.rows(asked, cycle=cycle_id)}


def test_the_conflicts_of_a_cycle_are_the_same_read_at_once_or_part_by_part(world: World, make: Maker) -> None:
    kind, facts, law = world.library.kind(AUDITORS), world.serang.facts, world.library.law
    fields = defaults(kind, institution=facts, law=law, year=TODAY.year, on=TODAY) | {"place": "Contoh"}
    paper = Paper(
        drafting.open_document(
            NewDocument(AUDITORS, TODAY.year, fields), by=world.inspektorat.actor, now=NOW, library=world.library
        ),
        world.inspektorat,
        world,
    )
    make.submit(paper)
    for someone in (world.inspektorat, world.hukum, world.asisten):
        if someone.username in paper.as_seen().waiting_for:
            approval.initial(paper.asked(), by=someone.actor, now=NOW)
    approval.approve(paper.asked(), by=world.sekda.actor, now=NOW)
    make.enact(paper, number="1 TAHUN 2026")
    cycle_id = cycle_of(world)
    lay_out(world, cycle_id)
    instrument, institution = world.library.instruments.instrument(INSTRUMENT), world.serang.id
    auditors = offices_of_cycle.auditors_of(institution, TODAY)
    assert auditors, "the decree names the Inspectorate's post"
    seats, shared = seated(institution, cycle_id), offices_of_cycle.matrix(institution, cycle_id)
    parts = offices_of_cycle.warnings(instrument, seats, shared, auditors)
    assert {one.why for one in parts} == set(Why)
    assert set(conflicts_of(institution, cycle_id, instrument, TODAY)) == set(parts)


def seats_wish(world: World, cycle_id: int, seen: str, *assessors: Someone) -> SeatsWish:
    single = {
        CycleRole.COORDINATOR: world.sekda.actor.post_id,
        CycleRole.ANSWERABLE: world.diskominfo.actor.post_id,
        CycleRole.DATA_ENTRY: world.diskominfo.actor.post_id,
    }
    return SeatsWish(cycle_id, seen, single, {one.actor.post_id or 0: () for one in assessors})


def test_a_post_is_told_once_of_the_part_it_gets_after_the_opening(world: World) -> None:
    cycle_id = cycle_of(world)
    by, now, library = world.diskominfo.actor, NOW, world.library
    seating.set_seats(seats_wish(world, cycle_id, "", world.bappeda), by=by, now=now, library=library)
    assert world.inbox(world.bappeda) == ["share.seated_assessor"]
    seen = shares.seats_mark({(seat.role, seat.post_id): seat.items for seat in seated(world.serang.id, cycle_id)})
    seating.set_seats(seats_wish(world, cycle_id, seen, world.bappeda, world.dinkes), by=by, now=now, library=library)
    assert world.inbox(world.bappeda) == ["share.seated_assessor"]
    assert world.inbox(world.dinkes) == ["share.seated_assessor"]
    with pytest.raises(Stale):
        seating.set_seats(seats_wish(world, cycle_id, seen, world.dishub), by=by, now=now, library=library)
    with pytest.raises(NotAllowed):
        seating.set_seats(seats_wish(world, cycle_id, "", world.dishub), by=world.sekda.actor, now=now, library=library)


def test_two_hands_that_hand_out_at_once_give_each_office_one_task(world: World) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes, "2": world.dinkes})
    waiting = Barrier(2)

    def hand(_number: int) -> int:
        with world.app.app_context():
            waiting.wait()
            return hand_out(world, cycle_id)

    with ThreadPoolExecutor(2) as hands:
        given = sorted(hands.map(hand, range(2)))
    assert given == [0, 2]
    assert len(queries.tasks_of_unit(world.dinkes.actor)) == 2
    assert world.inbox(world.dinkes) == ["share.handed_out_undated"]
