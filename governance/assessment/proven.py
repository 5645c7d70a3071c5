"""How far accepted evidence reaches: levels are cumulative, so one that is open below closes all above it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.kernel.db import db, within


@dataclass(frozen=True)
class Proven:
    """The level that accepted evidence shows of an item, and by office. None: nothing is shown yet, which is no level.

    An office's level is the highest it was accepted for, as far as the item's own level reaches.
    """

    level: int | None = None
    by_unit: Mapping[int, int] = field(default_factory=dict)


def cumulative(levels: Collection[int], lowest: int) -> int | None:
    """The highest level with evidence on it and on every level below, from the lowest that asks for any; else None."""
    reached = lowest - 1
    while reached + 1 in levels:
        reached += 1
    return reached if reached >= lowest else None


def lowest_asked(instrument: Instrument) -> int:
    """The lowest level that asks for evidence: a level 0 asks for none."""
    return max(instrument.min_value, 1)


def proven(institution_id: int, cycle_id: int, instrument: Instrument) -> dict[str, Proven]:
    """What accepted evidence shows of every item of the instrument. One statement."""
    rows = (
        within(institution_id, EvidenceUse, EvidenceUse.item, EvidenceUse.unit_id, EvidenceUse.level)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            EvidenceUse.cycle_id == cycle_id,
            EvidenceUse.state == EvidenceState.ACCEPTED,
            EvidenceUse.withdrawn_at.is_(None),
            Evidence.withdrawn_at.is_(None),
        )
        .distinct()
    )
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item, unit_id, level in db.session.execute(rows):
        found[item].append((unit_id, level))
    return {item: _proven(found.get(item, ()), lowest_asked(instrument)) for item in instrument.items}


def _proven(accepted: Collection[tuple[int, int]], lowest: int) -> Proven:
    level = cumulative({one for _unit, one in accepted}, lowest)
    by_unit: dict[int, int] = {}
    for unit_id, one in accepted:
        if level is not None and one <= level:
            by_unit[unit_id] = max(one, by_unit.get(unit_id, 0))
    return Proven(level, by_unit)
