"""Cycles for tests, as rows: what the verbs of other parts make is not asked for where it is not the subject."""

from collections.abc import Mapping
from datetime import date

from governance.assessment.course import CycleRole, Part, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, Share
from governance.kernel.db import db, transaction
from governance.mandates.evaluation import Round
from tests.world import NOW, Someone, World

INSTRUMENT = "permenpanrb-59-2020"
YEAR = 2025


def cycle_of(
    world: World,
    *,
    year: int = YEAR,
    instrument: str = INSTRUMENT,
    round: Round = Round.EVALUATION,  # noqa: A002 - as the column is called
    stage: Stage = Stage.EXECUTION,
    target: str | None = "13/5",
    ready_by: date | None = None,
) -> int:
    """A cycle of the first institution that is not closed, without seats or shares; returns its id."""
    with transaction():
        row = Cycle(institution_id=world.serang.id, year=year, instrument=instrument, round=round, stage=stage)
        row.target, row.ready_by, row.made_at = target, ready_by, NOW
        db.session.add(row)
        db.session.flush()
        return row.id


def seat(world: World, cycle_id: int, role: CycleRole, someone: Someone, items: tuple[str, ...] = ()) -> None:
    """Give someone's post a part in the cycle."""
    with transaction():
        row = CycleSeat(institution_id=world.serang.id, cycle_id=cycle_id, role=role, post_id=someone.actor.post_id)
        row.items = list(items)
        db.session.add(row)


def share(world: World, cycle_id: int, items: Mapping[str, Someone], part: Part = Part.RESPONSIBLE) -> None:
    """Give someone's office each of these items."""
    with transaction():
        for item, someone in items.items():
            row = Share(institution_id=world.serang.id, cycle_id=cycle_id, item=item, part=part)
            row.unit_id = someone.actor.unit_id or 0
            db.session.add(row)
