"""Discarding: a file that should not be kept as evidence is taken out, once nothing rests on it any more."""

from datetime import datetime

from governance.assessment.evidence_models import Declaration, Evidence, EvidenceUse
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem, Refusal
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.offered import words_problems

REASON_LIMIT = 1000


def discard(evidence_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Withdraw a piece that its office, or the digital one, does not want kept: it is offered and shown nowhere again.

    Refused while an offer of it is in force, also in a closed cycle, or a declaration names it as its proof. The row
    and its reason stay.
    """
    problems = words_problems("reason", reason, needed="evidence.withdraw_reason")
    if len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "decision.reason_long", {"limit": REASON_LIMIT}))
    if problems:
        raise Invalid(*problems)
    with transaction():
        row = db.session.scalar(within(by.institution_id, Evidence).where(Evidence.id == evidence_id).with_for_update())
        if row is None or row.withdrawn_at is not None:
            raise NotFound
        if by.post_id is None or (row.unit_id != by.unit_id and by.role is not Role.DIGITAL):
            raise NotAllowed("refused.not_allowed", act=Act.OFFER_EVIDENCE.value)
        if _rests_on(row, by):
            raise Refusal("evidence.in_use")
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = now, by.title, reason.strip()
        record("evidence.discarded", by=by, about=("evidence", row.id), at=now)


def _rests_on(row: Evidence, by: Actor) -> bool:
    """Whether an offer or a declaration that is in force names it."""
    offers = within(by.institution_id, EvidenceUse, EvidenceUse.id).where(
        EvidenceUse.evidence_id == row.id, EvidenceUse.withdrawn_at.is_(None)
    )
    said = within(by.institution_id, Declaration, Declaration.id).where(
        Declaration.evidence_id == row.id, Declaration.withdrawn_at.is_(None)
    )
    return any(db.session.scalar(rows.limit(1)) is not None for rows in (offers, said))
