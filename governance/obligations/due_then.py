"""Reading the open obligations that fall on certain days, other than deliveries, whose days are counted themselves."""

from collections.abc import Collection
from datetime import date

from governance.kernel.db import db, within
from governance.obligations.delivery import STAGE
from governance.obligations.models import Fulfilment, Obligation


def due_on_days(institution_id: int, days: Collection[date]) -> list[Obligation]:
    """Those that are open and due on one of these days, in order."""
    if not days:
        return []
    open_ones = (Obligation.fulfilment == Fulfilment.OPEN) & (Obligation.stage != STAGE)
    rows = within(institution_id, Obligation).where(open_ones, Obligation.due_on.in_(days))
    return list(db.session.scalars(rows.order_by(Obligation.due_on, Obligation.key)))
