"""A cycle as it is seen and changed: one statement tells what the reader's post does in it; a closed one is refused."""

from fractions import Fraction

import pytest

from governance.assessment import course, cycles, judging
from governance.assessment.course import CycleMove, CycleRole, ScoreStage, Stage
from governance.assessment.judging import EvidenceMove, EvidenceState
from governance.assessment.rated import latest_stage, present
from governance.kernel.db import transaction
from governance.kernel.errors import NotFound, OutOfOrder
from governance.people.permissions import Act, may
from tests.cycles import cycle_of, seat, share
from tests.world import World


def test_a_cycle_tells_what_the_readers_post_and_office_do_in_it(world: World) -> None:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.inspektorat)
    share(world, cycle_id, {"1": world.diskominfo, "2": world.dinkes})
    told = cycles.seen(cycle_id, world.inspektorat.actor)
    assert (told.seats, told.shared) == ({CycleRole.ASSESSOR}, frozenset())
    assert cycles.seen(cycle_id, world.dinkes.actor).shared == {"2"}
    assert told.target == Fraction(13, 5)


def test_what_a_post_may_do_follows_from_its_seat_and_its_offices_share(world: World) -> None:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.inspektorat)
    share(world, cycle_id, {"2": world.dinkes})
    for someone, item, act, granted in (
        (world.inspektorat, "2", Act.JUDGE_EVIDENCE, True),
        (world.dinkes, "2", Act.JUDGE_EVIDENCE, False),
        (world.dinkes, "2", Act.OFFER_EVIDENCE, True),
        (world.dinkes, "3", Act.OFFER_EVIDENCE, False),
    ):
        told = cycles.seen(cycle_id, someone.actor)
        assert may(someone.actor, act, told.matter(someone.actor, item)) is granted


def test_another_institutions_cycle_is_not_there(world: World) -> None:
    cycle_id = cycle_of(world)
    with pytest.raises(NotFound):
        cycles.seen(cycle_id, world.kota.diskominfo.actor)
    with pytest.raises(NotFound), transaction():
        cycles.for_change(cycle_id, world.kota.diskominfo.actor)


def test_the_latest_cycle_that_is_not_closed_is_at_hand(world: World) -> None:
    assert cycles.at_hand(world.sekda.actor) is None
    for year in (2024, 2025):
        cycle_of(world, year=year)
    told = cycles.at_hand(world.sekda.actor)
    assert told is not None
    assert told.year == 2025


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", CycleMove)
def test_every_move_of_a_cycle_leads_where_the_table_says(stage: Stage, move: CycleMove) -> None:
    if (stage, move) in course.MOVES:
        assert course.after(stage, move) is course.MOVES[stage, move]
    else:
        with pytest.raises(OutOfOrder):
            course.after(stage, move)


@pytest.mark.parametrize("state", EvidenceState)
@pytest.mark.parametrize("move", EvidenceMove)
def test_every_move_of_evidence_leads_where_the_table_says(state: EvidenceState, move: EvidenceMove) -> None:
    if (state, move) in judging.MOVES:
        assert judging.after(state, move) is judging.MOVES[state, move]
    else:
        with pytest.raises(OutOfOrder):
            judging.after(state, move)


def test_the_latest_rating_counts_and_a_proposal_rates_nothing() -> None:
    half = Fraction(5, 2)
    scores = {
        ScoreStage.PROPOSAL: {"1": Fraction(5), "2": Fraction(5)},
        ScoreStage.SELF: {"1": Fraction(3)},
        ScoreStage.INTERVIEW: {"1": half},
    }
    assert present(scores) == {"1": half}
    assert latest_stage(scores) is ScoreStage.INTERVIEW
