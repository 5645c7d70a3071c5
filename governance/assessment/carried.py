"""What of an earlier cycle can come along, as it stands: its seats, its shares, and its evidence with why not."""

from datetime import date
from typing import Any

from sqlalchemy import func

from governance.assessment.carrying import Kept, Offered, why_gone
from governance.assessment.cycle_models import CycleSeat, Share
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.documents.models import Act
from governance.kernel.db import db, within


def seats_of(institution_id: int, cycle_id: int) -> list[Kept]:
    """Who took which part. One statement."""
    rows = within(institution_id, CycleSeat).where(CycleSeat.cycle_id == cycle_id).order_by(CycleSeat.id)
    return [Kept(row.post_id, row.role, tuple(row.items), row.how_sure) for row in db.session.scalars(rows)]


def shares_of(institution_id: int, cycle_id: int) -> list[Kept]:
    """Which office had which item. One statement."""
    rows = within(institution_id, Share).where(Share.cycle_id == cycle_id).order_by(Share.id)
    return [Kept(row.unit_id, row.part, (row.item,), row.how_sure) for row in db.session.scalars(rows)]


def offered_in(institution_id: int, cycle_id: int, today: date) -> list[tuple[Offered, EvidenceUse]]:
    """What was offered and not taken back, in order; each says whether it still can be. One statement.

    An act is over on its own last day, or on the day on which a later one ended it.
    """
    rows = (
        within(institution_id, EvidenceUse, EvidenceUse, Evidence, Act)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .outerjoin(Act, Act.id == Evidence.act_id)
        .where(EvidenceUse.cycle_id == cycle_id, EvidenceUse.withdrawn_at.is_(None))
        .order_by(EvidenceUse.id)
    )
    return [(_offered(use, file, act, today), use) for use, file, act in db.session.execute(rows)]


def count_in(institution_id: int, cycle_ids: list[int]) -> dict[int, int]:
    """How much evidence each of these cycles holds. One statement."""
    rows = within(institution_id, EvidenceUse, EvidenceUse.cycle_id, func.count())
    rows = rows.where(EvidenceUse.cycle_id.in_(cycle_ids), EvidenceUse.withdrawn_at.is_(None))
    return dict(db.session.execute(rows.group_by(EvidenceUse.cycle_id)).all())


def _offered(use: EvidenceUse, file: Evidence, act: Any, today: date) -> Offered:
    ends = [day for day in (file.expires_on, act.in_force_to if act else None) if day is not None]
    revoked = act is not None and act.revoked_on is not None and act.revoked_on <= today
    gone = "revoked" if revoked else why_gone(file.withdrawn_at is not None, min(ends, default=None), today)
    return Offered(use.id, use.item, use.level, use.code, use.evidence_id, use.unit_id, file.name, gone)
