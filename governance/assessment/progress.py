"""How far the evidence of a cycle is: every level of every item in the furthest state of what is offered for it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, func

from governance.assessment.course import CycleRole
from governance.assessment.evidence import Use, read, rows_of_uses
from governance.assessment.evidence_models import Evidence, EvidenceStep, EvidenceUse
from governance.assessment.eyes import Eyes, Seat
from governance.assessment.instruments import Instrument, Item
from governance.assessment.judging import EvidenceMove, EvidenceState
from governance.assessment.proven import cumulative, lowest_asked
from governance.kernel.db import db, within
from governance.people.actors import Actor

FURTHEST = (EvidenceState.DRAFT, EvidenceState.REVISE, EvidenceState.IN_PROCESS, EvidenceState.ACCEPTED)
TO_ASSESSORS = (EvidenceMove.SUBMIT, EvidenceMove.REOPEN)
PAGE = 25


@dataclass(frozen=True)
class Progress:
    """The levels of an item that ask for evidence, each in the furthest state (None: not yet), and the level proven."""

    levels: Mapping[int, EvidenceState | None]
    reached: int | None
    own_drafts: int = 0  # of the office that asked

    def count(self, state: EvidenceState | None) -> int:
        """How many levels stand there."""
        return sum(one is state for one in self.levels.values())


@dataclass(frozen=True)
class Waiting:
    """An offer that lies with the assessors; `since` is the step that brought it, and the key of the next page."""

    use: Use
    since: int


def progress_of(actor: Actor, cycle_id: int, instrument: Instrument) -> dict[str, Progress]:
    """The progress of every item of the instrument, by its key. One statement."""
    own = func.sum(case((EvidenceUse.unit_id == actor.unit_id, 1), else_=0))
    rows = (
        within(actor.institution_id, EvidenceUse, EvidenceUse.item, EvidenceUse.level, EvidenceUse.state, own)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(EvidenceUse.cycle_id == cycle_id, EvidenceUse.withdrawn_at.is_(None), Evidence.withdrawn_at.is_(None))
        .group_by(EvidenceUse.item, EvidenceUse.level, EvidenceUse.state)
    )
    found: dict[tuple[str, int], list[EvidenceState]] = {}
    drafts: Counter[str] = Counter()
    for item, level, state, mine in db.session.execute(rows):
        found.setdefault((item, level), []).append(state)
        drafts[item] += mine if state is EvidenceState.DRAFT else 0
    lowest = lowest_asked(instrument)
    return {key: _progress(item, found, lowest, drafts[key]) for key, item in instrument.items.items()}


def totals(items: Mapping[str, Progress]) -> Counter[EvidenceState | None]:
    """How many levels of all items stand in each state; None: not yet."""
    return Counter(state for one in items.values() for state in one.levels.values())


def waiting_for(eyes: Eyes, cycle_id: int, after: int | None = None) -> tuple[list[Waiting], int | None]:
    """What waits for this assessor's judgement, the longest waiting first, and the key of the next page. One statement.

    Nothing, and no statement, for who rates nothing in the cycle.
    """
    seats = [seat for seat in eyes.seats if seat.cycle_id == cycle_id and seat.role is CycleRole.ASSESSOR]
    if not seats:
        return [], None
    brought = (
        within(eyes.actor.institution_id, EvidenceStep, func.max(EvidenceStep.id))
        .where(EvidenceStep.use_id == EvidenceUse.id, EvidenceStep.move.in_(TO_ASSESSORS))
        .correlate(EvidenceUse)
        .scalar_subquery()
    )
    rows = rows_of_uses(eyes, brought).where(
        EvidenceUse.cycle_id == cycle_id, EvidenceUse.state == EvidenceState.IN_PROCESS
    )
    rows = rows.where(EvidenceUse.item.in_(_items(seats))) if _items(seats) else rows
    rows = rows.where(brought > after) if after is not None else rows
    found = db.session.execute(rows.order_by(brought).limit(PAGE + 1)).all()
    waiting = [Waiting(read(row), row[-1]) for row in found[:PAGE]]
    return waiting, waiting[-1].since if len(found) > PAGE else None


def _items(seats: list[Seat]) -> frozenset[str]:
    """The items that these seats rate; none: all of them."""
    if any(not seat.items for seat in seats):
        return frozenset()
    return frozenset().union(*(seat.items for seat in seats))


def _progress(
    item: Item, found: Mapping[tuple[str, int], list[EvidenceState]], lowest: int, own_drafts: int
) -> Progress:
    levels: dict[int, EvidenceState | None] = {}
    for level in sorted(level for level in item.levels if level >= lowest):
        states = found.get((item.key, level))
        levels[level] = max(states, key=FURTHEST.index) if states else None
    accepted = {level for level, state in levels.items() if state is EvidenceState.ACCEPTED}
    return Progress(levels, cumulative(accepted, lowest), own_drafts)
