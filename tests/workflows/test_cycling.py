"""A cycle from its setting up to its closing: who may, what is refused, what is told, what comes along."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from governance.assessment.course import CycleRole, Stage
from governance.assessment.judging import EvidenceState
from governance.kernel.db import transaction
from governance.kernel.errors import Invalid, NotAllowed, NotFound, OutOfOrder, Refusal, Stale
from governance.mandates.evaluation import Round
from tests.cycles import INSTRUMENT, cycle_of, seat, share
from tests.full_cycle import full_cycle, offered
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import cycling
from workflows.cycling import Edited, Moved, NewCycle, Plan

PLAN = Plan(Round.EVALUATION, "2,60", date(2027, 6, 30), " IKD menurut RPJMD ")


def new(world: World, by: Someone | None = None, **changes: Any) -> int:
    wish = NewCycle(**{"year": 2026, "instrument": INSTRUMENT, "plan": PLAN} | changes)
    found, _brought = cycling.set_up(wish, by=(by or world.diskominfo).actor, now=NOW, library=world.library)
    return found


def row(world: World, cycle_id: int) -> Any:
    return world.rows("SELECT * FROM cycle WHERE id = :id", id=cycle_id)[0]


def moved(world: World, cycle_id: int, words: str = "") -> Moved:
    return Moved(cycle_id, row(world, cycle_id).version, words)


def opened(world: World) -> int:
    """A cycle of which every part is named, open."""
    cycle_id = new(world)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.inspektorat)
    seat(world, cycle_id, CycleRole.ANSWERABLE, world.asisten)
    seat(world, cycle_id, CycleRole.COORDINATOR, world.sekda)
    share(world, cycle_id, {"1": world.dinkes})
    cycling.open_cycle(moved(world, cycle_id), by=world.diskominfo.actor, now=NOW, library=world.library)
    return cycle_id


def handed_on(world: World) -> int:
    cycle_id = opened(world)
    said = moved(world, cycle_id, "Siap diperiksa")
    cycling.hand_on(said, by=world.diskominfo.actor, now=NOW, library=world.library)
    return cycle_id


def test_a_cycle_is_set_up_with_its_exact_target_and_leaves_its_shares_to_a_job(world: World) -> None:
    cycle_id = new(world)
    made = row(world, cycle_id)
    assert (made.year, made.target, str(made.ready_by), made.stage) == (2026, "13/5", "2027-06-30", "preparation")
    assert made.note == "IKD menurut RPJMD"
    jobs = world.rows("SELECT verb, key FROM job WHERE key = :key", key=f"cycle:{cycle_id}")
    assert [tuple(one) for one in jobs] == [("sharing.lay_out", f"cycle:{cycle_id}")]
    assert '"cycle.set_up"' in world.trail()[-1]


@pytest.mark.parametrize(
    ("changes", "place", "key"),
    [
        ({"year": 1999}, "year", "cycle.year"),
        ({"instrument": "tidak-ada"}, "instrument", "cycle.no_instrument"),
        ({"plan": Plan(Round.NONE, "dua koma enam")}, "target", "cycle.target_not_number"),
        ({"plan": Plan(Round.NONE, "5,01")}, "target", "cycle.target_beyond"),
        ({"plan": Plan(Round.NONE, "0,99")}, "target", "cycle.target_beyond"),
        ({"plan": Plan(Round.NONE, note="x" * 2001)}, "note", "draft.too_long"),
        ({"plan": Plan(Round.NONE, note="a\u202eb")}, "note", "draft.control_characters"),
    ],
)
def test_what_cannot_be_set_up_is_refused_and_changes_nothing(
    world: World, changes: dict[str, Any], place: str, key: str
) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        new(world, **changes)
    assert [(problem.place, problem.key) for problem in refusal.value.problems] == [(place, key)]
    assert world.everything() == before


def test_a_year_has_one_cycle(world: World) -> None:
    new(world)
    with pytest.raises(Invalid) as refusal:
        new(world)
    assert refusal.value.problems[0].key == "cycle.year_there"
    kota = world.kota.diskominfo
    assert new(world, kota) > 0  # Another government's year is its own.


def test_nobody_but_diskominfo_sets_a_cycle_up_opens_it_or_hands_it_on(world: World) -> None:
    cycle_id = new(world)
    for someone in world.serang.people.values():
        if someone.actor.role is not world.diskominfo.actor.role:
            with pytest.raises(NotAllowed):
                new(world, someone, year=2027)
            for verb in (cycling.open_cycle, cycling.hand_on):
                with pytest.raises(NotAllowed):
                    verb(moved(world, cycle_id), by=someone.actor, now=NOW, library=world.library)


def test_another_institutions_cycle_is_not_there(world: World) -> None:
    cycle_id = new(world)
    with pytest.raises(NotFound):
        cycling.open_cycle(moved(world, cycle_id), by=world.kota.diskominfo.actor, now=NOW, library=world.library)
    with pytest.raises(NotFound):
        new(world, world.kota.diskominfo, year=2027, carry_from=cycle_id)


def test_a_change_is_kept_on_the_version_that_was_seen(world: World) -> None:
    cycle_id = new(world)
    by, library = world.diskominfo.actor, world.library
    cycling.change(Edited(cycle_id, 1, Plan(Round.MONITORING, "7/3")), by=by, now=NOW, library=library)
    changed = row(world, cycle_id)
    assert (changed.round, changed.target, changed.ready_by, changed.version) == ("pemantauan", "7/3", None, 2)
    with pytest.raises(Stale):
        cycling.change(Edited(cycle_id, 1, PLAN), by=by, now=NOW, library=library)
    count = len(world.trail())
    cycling.change(Edited(cycle_id, 2, Plan(Round.MONITORING, "7/3")), by=by, now=NOW, library=library)
    assert len(world.trail()) == count  # Nothing changed: nothing is told.


def test_a_cycle_without_shares_does_not_open(world: World) -> None:
    cycle_id = new(world)
    with pytest.raises(Invalid) as refusal:
        cycling.open_cycle(moved(world, cycle_id), by=world.diskominfo.actor, now=NOW, library=world.library)
    assert [one.key for one in refusal.value.problems] == ["cycle.lack.no_shares"]


def test_an_opened_cycle_leaves_the_tasks_to_a_job_and_tells_who_takes_a_part(world: World) -> None:
    cycle_id = opened(world)
    assert row(world, cycle_id).stage == "execution"
    jobs = world.rows("SELECT verb FROM job WHERE key = :key ORDER BY id", key=f"cycle:{cycle_id}")
    assert [verb for (verb,) in jobs] == ["sharing.lay_out", "sharing.hand_out"]
    for someone in (world.inspektorat, world.asisten, world.sekda):
        assert world.inbox(someone) == ["cycle.opened"]
    assert world.inbox(world.dinkes) == []  # Its tasks come with the job.


def test_who_answers_for_it_sends_it_back_with_a_reason_and_those_who_work_on_it_are_told(world: World) -> None:
    cycle_id = handed_on(world)
    assert world.inbox(world.asisten)[-1] == "cycle.handed_on"
    with pytest.raises(Invalid) as refusal:
        cycling.send_back(moved(world, cycle_id, "  "), by=world.asisten.actor, now=NOW)
    assert refusal.value.problems[0].key == "cycle.reason_missing"
    cycling.send_back(moved(world, cycle_id, "Indikator 1 kurang bukti"), by=world.asisten.actor, now=NOW)
    assert row(world, cycle_id).stage == "execution"
    assert world.inbox(world.inspektorat)[-1] == world.inbox(world.diskominfo)[-1] == "cycle.sent_back"
    cycling.hand_on(moved(world, cycle_id), by=world.diskominfo.actor, now=NOW, library=world.library)
    cycling.send_back(moved(world, cycle_id, "Sekali lagi"), by=world.sekda.actor, now=NOW)
    steps = world.rows("SELECT move FROM cycle_step WHERE cycle_id = :id ORDER BY id", id=cycle_id)
    assert [move for (move,) in steps] == ["open", "report", "send_back", "report", "send_back"]


def test_who_has_no_seat_neither_sends_back_nor_closes(world: World) -> None:
    cycle_id = handed_on(world)
    for someone in (world.dinkes, world.hukum, world.inspektorat):
        with pytest.raises(NotAllowed):
            cycling.send_back(moved(world, cycle_id, "Tidak setuju"), by=someone.actor, now=NOW)
        with pytest.raises(NotAllowed):
            cycling.close(moved(world, cycle_id), by=someone.actor, now=NOW, library=world.library)


def test_a_move_that_the_stage_does_not_know_is_refused(world: World) -> None:
    cycle_id = opened(world)
    by, library = world.diskominfo.actor, world.library
    with pytest.raises(OutOfOrder):
        cycling.open_cycle(moved(world, cycle_id), by=by, now=NOW, library=library)
    with pytest.raises(OutOfOrder):
        cycling.close(moved(world, cycle_id), by=by, now=NOW, library=library)
    with pytest.raises(Stale):
        cycling.hand_on(Moved(cycle_id, 1), by=by, now=NOW, library=library)


def test_closing_names_everything_that_holds_it_up(world: World) -> None:
    cycle_id = handed_on(world)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        cycling.close(moved(world, cycle_id), by=world.asisten.actor, now=NOW, library=world.library)
    told = [(one.place, one.key) for one in refusal.value.problems]
    assert told == [
        ("papers", "cycle.lack.no_paper"),
        ("papers", "cycle.lack.no_paper"),
        ("scores", "cycle.lack.unrated"),
    ]
    assert world.everything() == before


def test_seats_shares_and_evidence_come_along_and_start_again(world: World, make: Maker) -> None:
    before = full_cycle(world, make)
    with transaction():
        offered(world, before, "1", 3, withdrawn_at=NOW, withdrawn_reason="salah unggah", state=EvidenceState.ACCEPTED)
        offered(world, before, "2", 1, expires_on=date(TODAY.year, 1, 1), state=EvidenceState.ACCEPTED)
        offered(world, before, "2", 2, state=EvidenceState.ACCEPTED, code="I2-L2-01", pointer="Pasal 4")
    wish = NewCycle(2026, INSTRUMENT, PLAN, before)
    cycle_id, brought = cycling.set_up(wish, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert (brought.seats, brought.shares, brought.evidence) == (4, 3, 2)
    assert brought.gone == {"withdrawn": 1, "expired": 1}
    uses = world.rows("SELECT * FROM evidence_use WHERE cycle_id = :id ORDER BY id", id=cycle_id)
    assert [(use.item, use.level, use.state, use.code, use.pointer) for use in uses] == [
        ("1", 2, "draft", "", ""),
        ("2", 2, "draft", "I2-L2-01", "Pasal 4"),
    ]
    old = world.rows("SELECT id, evidence_id FROM evidence_use WHERE cycle_id = :id ORDER BY id", id=before)
    assert [(use.carried_from_id, use.evidence_id) for use in uses] == [tuple(old[0]), tuple(old[3])]
    parts = world.rows("SELECT item, part FROM share WHERE cycle_id = :id ORDER BY id", id=cycle_id)
    assert {tuple(one) for one in parts} == {("1", "responsible"), ("2", "responsible"), ("1", "contributor")}


def test_across_instruments_evidence_is_a_proposal_that_asks_to_be_looked_at(world: World, make: Maker) -> None:
    before = full_cycle(world, make)
    wish = NewCycle(2026, "permenpanrb-8-2026", PLAN, before)
    cycle_id, _brought = cycling.set_up(wish, by=world.diskominfo.actor, now=NOW, library=world.library)
    (use,) = world.rows("SELECT * FROM evidence_use WHERE cycle_id = :id", id=cycle_id)
    assert (use.item, use.level, use.state) == ("1", 2, "draft")
    assert use.explanation.startswith("Dibawa dari butir 1 tingkat 2 tahun 2025")
    parts = world.rows("SELECT item, part, how_sure FROM share WHERE cycle_id = :id ORDER BY id", id=cycle_id)
    assert [tuple(one) for one in parts] == [("1", "responsible", "inferred"), ("1", "contributor", "inferred")]


def test_only_an_earlier_year_is_carried(world: World) -> None:
    later = cycle_of(world, year=2027)
    with pytest.raises(Invalid) as refusal:
        new(world, carry_from=later)
    assert [one.key for one in refusal.value.problems] == ["cycle.carry_later"]


def test_no_verb_changes_a_closed_cycle(world: World, make: Maker) -> None:
    cycle_id = full_cycle(world, make)
    cycling.close(moved(world, cycle_id), by=world.asisten.actor, now=NOW, library=world.library)
    version, by, library = row(world, cycle_id).version, world.diskominfo.actor, world.library
    said = Moved(cycle_id, version, "Sekali lagi")
    before = world.everything()
    verbs: tuple[Callable[[], object], ...] = (
        lambda: cycling.change(Edited(cycle_id, version, PLAN), by=by, now=NOW, library=library),
        lambda: cycling.open_cycle(said, by=by, now=NOW, library=library),
        lambda: cycling.hand_on(said, by=by, now=NOW, library=library),
        lambda: cycling.send_back(said, by=world.asisten.actor, now=NOW),
        lambda: cycling.close(said, by=by, now=NOW, library=library),
    )
    for verb in verbs:
        with pytest.raises(Refusal) as refusal:
            verb()
        assert refusal.value.key == "cycle.closed"
    assert world.everything() == before
    assert row(world, cycle_id).stage == Stage.CLOSED
