"""An offer under change: its cycle's lock, its version, its steps, and who is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.assessment import cycles, judging
from governance.assessment.course import CycleRole, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat
from governance.assessment.evidence_models import Evidence, EvidenceStep, EvidenceUse
from governance.assessment.judging import EvidenceMove, EvidenceState, Reason
from governance.kernel.db import db, one_within, within
from governance.kernel.errors import NotFound, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.people.actors import Actor
from governance.people.models import Unit
from workflows.asking import heads_of

WORDS_LIMIT = 4000


@dataclass(frozen=True)
class Held:
    """A locked offer with its locked cycle and its evidence."""

    cycle: Cycle
    use: EvidenceUse
    evidence: Evidence


@dataclass(frozen=True)
class Said:
    """What somebody said of an offer: words, and the reason where it is given back."""

    words: str
    reason: Reason | None = None


def for_change(use_id: int, version: int, by: Actor) -> Held:
    """The offer, locked after its cycle; NotFound, Stale where it changed since, refused where the cycle is closed."""
    rows = within(by.institution_id, EvidenceUse, EvidenceUse.cycle_id)
    cycle_id = db.session.scalar(rows.where(EvidenceUse.id == use_id))
    if cycle_id is None:
        raise NotFound
    cycle = cycles.for_change(cycle_id, by)
    require_open(cycle)
    use = db.session.scalars(within(by.institution_id, EvidenceUse).where(EvidenceUse.id == use_id)).one()
    if use.version != version or use.withdrawn_at is not None:
        raise Stale((f"evidence:{'withdrawn' if use.withdrawn_at else use.state}",))
    return Held(cycle, use, one_within(by.institution_id, Evidence, use.evidence_id))


def require_open(cycle: Cycle) -> None:
    """Refused while the cycle is being prepared: no office was asked for anything yet."""
    if cycle.stage is Stage.PREPARATION:
        raise Refusal("evidence.not_open", year=cycle.year)


def words_problems(place: str, words: str, *, needed: str = "") -> list[Problem]:
    """What is wrong with what somebody wrote; `needed` is the key of what is said where nothing is written."""
    problems = unprintable(place, words)
    if len(words) > WORDS_LIMIT:
        problems.append(Problem(place, "decision.reason_long", {"limit": WORDS_LIMIT}))
    if needed and not words.strip():
        problems.append(Problem(place, needed))
    return problems


def move(use: EvidenceUse, made: EvidenceMove) -> None:
    """Set the state that the move leads to, or OutOfOrder; the next version."""
    use.state = judging.after(EvidenceState(use.state), made)
    use.version += 1


def step(use: EvidenceUse, made: EvidenceMove, *, by: Actor, now: datetime, said: Said | None = None) -> EvidenceStep:
    """Write down what was done, and what was said of it."""
    row = EvidenceStep(institution_id=use.institution_id, use_id=use.id, move=made, by_title=by.title, at=now)
    row.words, row.reason = (said.words.strip(), said.reason) if said else ("", None)
    db.session.add(row)
    db.session.flush()
    return row


def tell_office(held: Held, made: EvidenceStep, key: str, *, by: Actor) -> None:
    """The office that offered it is told what an assessor said, with the way to the item."""
    use = held.use
    leave(
        heads_of(by, [use.unit_id]),
        key,
        by=by,
        at=made.at,
        cause=f"evidence.step:{made.id}",
        params=_about(held.cycle, use.item)
        | {"name": held.evidence.name[:200], "level": use.level, "by": by.title, "words": made.words[:300]},
    )


def tell_assessors(cycle: Cycle, brought: Iterable[EvidenceUse], first: EvidenceStep, *, by: Actor) -> None:
    """Each assessor of what was brought is told once, not again while something of that office still waits for him."""
    brought = list(brought)
    unit_id, ids = brought[0].unit_id, {use.id for use in brought}
    rows = within(by.institution_id, EvidenceUse, EvidenceUse.item).where(
        EvidenceUse.cycle_id == cycle.id,
        EvidenceUse.unit_id == unit_id,
        EvidenceUse.state == EvidenceState.IN_PROCESS,
        EvidenceUse.withdrawn_at.is_(None),
        EvidenceUse.id.not_in(ids),
    )
    lay_there = set(db.session.scalars(rows))
    posts = [
        seat.post_id
        for seat in _assessors(cycle, by)
        if _holds(seat, {use.item for use in brought}) and not _holds(seat, lay_there)
    ]
    unit = one_within(by.institution_id, Unit, unit_id)
    params = {"cycle": cycle.id, "year": cycle.year, "unit": unit.short}
    leave(posts, "evidence.submitted", by=by, at=first.at, cause=f"evidence.step:{first.id}", params=params)


def _assessors(cycle: Cycle, by: Actor) -> list[CycleSeat]:
    rows = within(by.institution_id, CycleSeat).where(
        CycleSeat.cycle_id == cycle.id, CycleSeat.role == CycleRole.ASSESSOR
    )
    return list(db.session.scalars(rows))


def _holds(seat: CycleSeat, items: set[str]) -> bool:
    return bool(items & set(seat.items)) if seat.items else bool(items)


def _about(cycle: Cycle, item: str) -> dict[str, Any]:
    return {"cycle": cycle.id, "year": cycle.year, "item": item}
