"""How far accepted evidence reaches: an open level below closes all above it."""

import pytest

from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.judging import EvidenceState
from governance.assessment.proven import cumulative, proven
from governance.kernel.db import db, transaction
from tests.cycles import INSTRUMENT, cycle_of
from tests.world import NOW, Someone, World


@pytest.mark.parametrize(
    ("levels", "lowest", "reached"),
    [
        ((), 1, None),
        ((1,), 1, 1),
        ((1, 2, 3), 1, 3),
        ((2, 3), 1, None),
        ((1, 2, 4, 5), 1, 2),
        ((1, 2, 3, 4, 5), 1, 5),
    ],
)
def test_levels_count_only_on_top_of_those_below(levels: tuple[int, ...], lowest: int, reached: int | None) -> None:
    assert cumulative(levels, lowest) == reached


def _offered(world: World, cycle_id: int, someone: Someone, level: int, state: EvidenceState) -> None:
    with transaction():
        unit_id = someone.actor.unit_id or 0
        row = Evidence(institution_id=world.serang.id, name=f"Bukti {level}", unit_id=unit_id, at=NOW, by_title="x")
        row.sha256 = f"{someone.username}{level}".encode().hex().ljust(64, "0")[:64]
        db.session.add(row)
        db.session.flush()
        use = EvidenceUse(institution_id=world.serang.id, cycle_id=cycle_id, item="19", evidence_id=row.id, level=level)
        use.unit_id, use.state, use.by_title, use.at = unit_id, state, "x", NOW
        db.session.add(use)


def test_an_item_is_shown_as_far_as_its_offices_evidence_was_accepted_without_a_gap(world: World) -> None:
    cycle_id = cycle_of(world)
    for someone, level, state in (
        (world.diskominfo, 1, EvidenceState.ACCEPTED),
        (world.dinkes, 2, EvidenceState.ACCEPTED),
        (world.diskominfo, 3, EvidenceState.IN_PROCESS),
        (world.dinkes, 4, EvidenceState.ACCEPTED),
    ):
        _offered(world, cycle_id, someone, level, state)
    shown = proven(world.serang.id, cycle_id, world.library.instruments.instrument(INSTRUMENT))
    assert shown["19"].level == 2
    assert shown["19"].by_unit == {world.diskominfo.actor.unit_id: 1, world.dinkes.actor.unit_id: 2}
    assert shown["1"].level is None
