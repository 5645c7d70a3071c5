"""The dated facts that an institution entered and that its season is told by."""

from governance.almanac.season import Entered
from governance.kernel.db import db, within
from governance.obligations.models import Milestone

MOST = 200


def facts_entered(institution_id: int) -> list[Entered]:
    """What was entered and not withdrawn; of two for the same year the later entry stands."""
    rows = within(institution_id, Milestone, Milestone.key, Milestone.day, Milestone.year)
    rows = rows.where(Milestone.withdrawn_at.is_(None)).order_by(Milestone.id).limit(MOST)
    return [Entered(key, day, year) for key, day, year in db.session.execute(rows)]
