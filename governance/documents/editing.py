"""Who edits a draft in Word now, and what stands in its uploaded file that its fields do not say."""

from dataclasses import dataclass
from datetime import datetime

from governance.documents.models import CheckOut
from governance.kernel.db import db, within
from governance.people.actors import Actor


@dataclass(frozen=True)
class InHand:
    """Somebody has the draft in Word."""

    title: str
    mine: bool
    taken_at: datetime
    until: datetime


def in_hand(actor: Actor, document_id: int, now: datetime) -> InHand | None:
    """Who has a draft in hand, None when nobody has or his time is over."""
    found = checked_out(actor.institution_id, document_id, now)
    if found is None:
        return None
    return InHand(found.title, found.person_id == actor.person_id, found.taken_at, found.until)


def checked_out(institution_id: int, document_id: int, now: datetime) -> CheckOut | None:
    """The row of whoever has a draft in hand now."""
    rows = within(institution_id, CheckOut).where(
        CheckOut.document_id == document_id, CheckOut.ended_at.is_(None), CheckOut.until > now
    )
    found: CheckOut | None = db.session.scalar(rows.order_by(CheckOut.id.desc()).limit(1))
    return found
