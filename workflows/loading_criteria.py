"""Loading the official wording of an instrument's levels for an institution, by an operator's command."""

from dataclasses import dataclass
from datetime import datetime

from governance.assessment.criteria_file import Criteria
from governance.assessment.cycle_models import Criterion
from governance.kernel.db import db, transaction, within
from governance.people.actors import Actor
from governance.trail.record import record

Place = tuple[str, int]


@dataclass(frozen=True)
class Loaded:
    """What loading changed, by item and level; `kept` are loaded ones that the file does not name."""

    added: tuple[Place, ...]
    changed: tuple[Place, ...]
    same: tuple[Place, ...]
    kept: tuple[Place, ...]
    removed: tuple[Place, ...] = ()

    @property
    def nothing_new(self) -> bool:
        """Whether everything was as the file says already."""
        return not (self.added or self.changed or self.removed)


def load(criteria: Criteria, *, by: Actor, now: datetime, whole: bool = False, dry: bool = False) -> Loaded:
    """Put the wordings of the file in the place of those loaded before, and say what changed; dry: only say it.

    `whole`: the file is all there is, so what it does not name is taken out, and our own summary stands there again.
    """
    with transaction():
        rows = within(by.institution_id, Criterion).where(Criterion.instrument == criteria.instrument)
        there = {(row.item, row.level): row for row in db.session.scalars(rows.with_for_update())}
        told = _compared(criteria, there, whole=whole)
        if dry or told.nothing_new:
            return told
        for place in told.removed:
            db.session.delete(there[place])
        for place in (*told.added, *told.changed):
            row = there.get(place) or _new(criteria.instrument, place, by)
            row.wording, row.source, row.loaded_at = criteria.wordings[place], criteria.source, now
            db.session.add(row)
        counted = {"added": len(told.added), "changed": len(told.changed), "removed": len(told.removed)}
        said = {"instrument": criteria.instrument, "source": criteria.source} | counted
        record("criteria.loaded", by=by, about=("institution", by.institution_id), at=now, **said)
        return told


def _compared(criteria: Criteria, there: dict[Place, Criterion], *, whole: bool) -> Loaded:
    same = tuple(
        place
        for place, words in criteria.wordings.items()
        if place in there and (there[place].wording, there[place].source) == (words, criteria.source)
    )
    left = tuple(sorted(set(there) - set(criteria.wordings)))
    return Loaded(
        added=tuple(place for place in criteria.wordings if place not in there),
        changed=tuple(place for place in criteria.wordings if place in there and place not in same),
        same=same,
        kept=() if whole else left,
        removed=left if whole else (),
    )


def _new(instrument: str, place: Place, by: Actor) -> Criterion:
    return Criterion(institution_id=by.institution_id, instrument=instrument, item=place[0], level=place[1])
