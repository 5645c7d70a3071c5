"""Strategic decisions of a Plt. or Plh.: warned of, never blocked.

UU 30/2014 Pasal 14 ayat (7): who holds a power by mandate takes no strategic decision that changes the legal status of
organisation, staffing or the allocation of budget. The article is from memory: no copy of it was read, and every
sentence that cites it says so. Which kinds are strategic is data (`strategic` in the kind's .toml).
"""

from typing import Any

from governance.documents.models import Revision
from governance.kernel.db import db, within
from governance.people.manners import Manner
from governance.people.models import Holding

FOR_A_TIME = (Manner.PLT, Manner.PLH)


def is_for_a_time(institution_id: int, holding_id: int | None) -> bool:
    """Whether a holding is one of a Plt. or Plh."""
    rows = within(institution_id, Holding, Holding.manner).where(Holding.id == holding_id)
    return db.session.scalar(rows) in FOR_A_TIME


def strategic_warning(revision: Revision | None, holding_id: int | None) -> dict[str, Any]:
    """What the trail's line of a decision of that holding says where it warns; nothing otherwise."""
    aspect = revision.fields.get("strategic") if revision else None
    if not revision or not aspect or not is_for_a_time(revision.institution_id, holding_id):
        return {}
    return {"strategic": aspect}
