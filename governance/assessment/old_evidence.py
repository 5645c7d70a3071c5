"""Asking for the accepted evidence of a cycle, to be read under another instrument."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select

from governance.assessment.cycle_models import Cycle
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.eyes import Eyes
from governance.assessment.judging import EvidenceState
from governance.assessment.translating import Piece
from governance.assessment.years import CycleOfYear
from governance.kernel.db import db, within


@dataclass(frozen=True)
class OldEvidence:
    """The latest cycle on an instrument, and its accepted evidence; without a name where the reader may not see it."""

    cycle: CycleOfYear | None
    pieces: tuple[Piece, ...]


def accepted_on(eyes: Eyes, instrument: str) -> OldEvidence:
    """What was accepted in the latest cycle on that instrument. One statement, whether there is a cycle or none."""
    institution_id = eyes.actor.institution_id
    latest = within(institution_id, Cycle, Cycle.id, Cycle.year, Cycle.target).where(Cycle.instrument == instrument)
    cycle = latest.order_by(Cycle.year.desc()).limit(1).subquery()
    accepted = (EvidenceUse.state == EvidenceState.ACCEPTED) & EvidenceUse.withdrawn_at.is_(None)
    mine = EvidenceUse.institution_id == institution_id
    rows = db.session.execute(
        select(cycle, EvidenceUse, Evidence)
        .select_from(cycle)
        .outerjoin(EvidenceUse, (EvidenceUse.cycle_id == cycle.c.id) & accepted & mine)
        .outerjoin(Evidence, (Evidence.id == EvidenceUse.evidence_id) & (Evidence.institution_id == institution_id))
        .order_by(EvidenceUse.item, EvidenceUse.level, EvidenceUse.id)
    ).all()
    if not rows:
        return OldEvidence(None, ())
    key, year, target = rows[0][:3]
    found = CycleOfYear(key, year, instrument, Fraction(target) if target else None)
    kept = [
        (use, evidence) for *_cycle, use, evidence in rows if evidence is not None and evidence.withdrawn_at is None
    ]
    return OldEvidence(found, tuple(_piece(eyes, use, evidence) for use, evidence in kept))


def _piece(eyes: Eyes, use: EvidenceUse, evidence: Evidence) -> Piece:
    may = eyes.may_read(evidence.secrecy, {evidence.unit_id, use.unit_id}, {(use.cycle_id, use.item)})
    return Piece(use.item, use.level, evidence.name if may else "", use.id)
