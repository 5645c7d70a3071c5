"""What a new cycle takes from the one before, written as rows of the verb that sets it up; nothing is accepted yet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from governance.assessment import carried, carrying
from governance.assessment.carrying import Proposed
from governance.assessment.cycle_models import Cycle, CycleSeat, Share
from governance.assessment.evidence_models import EvidenceStep, EvidenceUse
from governance.assessment.judging import EvidenceMove, EvidenceState
from governance.kernel.clock import day_in
from governance.kernel.db import db
from governance.kernel.errors import Invalid, Problem
from governance.notices.wording import sentence_of
from governance.people.actors import Actor
from workflows.library import Library

EXPLANATION = 4000


@dataclass(frozen=True)
class Brought:
    """What came along: how many seats, shares and pieces of evidence; `gone` counts by why the rest did not."""

    seats: int = 0
    shares: int = 0
    evidence: int = 0
    gone: Mapping[str, int] | None = None


def bring(before: Cycle, to: Cycle, *, by: Actor, now: datetime, library: Library) -> Brought:
    """Bring seats, shares and evidence of `before` into `to`; every piece of evidence starts again as a draft."""
    instrument = library.instruments.instrument(to.instrument)
    became = None
    if before.instrument != to.instrument:
        became = carrying.became(library.instruments.mapped, before.instrument, to.instrument)
        if became is None:
            raise Invalid(Problem("carry", "cycle.no_mapping", {"year": before.year}))
    seats = carrying.seats(carried.seats_of(by.institution_id, before.id), instrument, became)
    for seat in seats:
        db.session.add(_seat(to, seat))
    shares = carrying.shares(carried.shares_of(by.institution_id, before.id), instrument, became)
    for share in shares:
        db.session.add(_share(to, share))
    found = carried.offered_in(by.institution_id, before.id, day_in(by.timezone, now))
    uses = {use.id: use for _offered, use in found}
    offered = [one for one, _use in found]
    proposed = list(carrying.proposals(offered, instrument, became))
    made = [_use(to, one, uses[one.before.id], before.year) for one in proposed]
    for row in made:
        row.by_title, row.at = by.title, now
    db.session.add_all(made)
    db.session.flush()
    db.session.add_all([_step(one, before.year, by, now) for one in made])
    came = {one.before.id for one in proposed}
    gone = Counter(one.gone or "dropped" for one in offered if one.id not in came)
    return Brought(len(seats), len(shares), len(made), dict(gone))


def _seat(to: Cycle, seat: carrying.Kept) -> CycleSeat:
    row = CycleSeat(institution_id=to.institution_id, cycle_id=to.id, role=seat.part, post_id=seat.holder)
    row.items, row.how_sure = list(seat.items), seat.how_sure
    return row


def _share(to: Cycle, share: carrying.Kept) -> Share:
    row = Share(institution_id=to.institution_id, cycle_id=to.id, item=share.items[0], part=share.part)
    row.unit_id, row.how_sure = share.holder, share.how_sure
    return row


def _use(to: Cycle, one: Proposed, before: EvidenceUse, year: int) -> EvidenceUse:
    row = EvidenceUse(institution_id=to.institution_id, cycle_id=to.id, evidence_id=before.evidence_id)
    row.item, row.level, row.code, row.unit_id = one.item, one.level, one.code, before.unit_id
    row.pointer, row.explanation = before.pointer, before.explanation
    if one.translated:
        told = {"item": before.item, "level": before.level, "year": year}
        said = sentence_of("cycle.carried_explanation") % told
        row.explanation = f"{said} {before.explanation}".strip()[:EXPLANATION]
    row.state, row.carried_from_id = EvidenceState.DRAFT, before.id
    return row


def _step(row: EvidenceUse, year: int, by: Actor, now: datetime) -> EvidenceStep:
    step = EvidenceStep(institution_id=row.institution_id, use_id=row.id, move=EvidenceMove.OFFER)
    step.words = sentence_of("cycle.carried_step") % {"year": year}
    step.by_title, step.at = by.title, now
    return step
