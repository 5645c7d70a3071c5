"""Strategic decisions of a Plt. or Plh.: warned of, never blocked.

UU 30/2014 Pasal 14 ayat (7): who holds a power by mandate takes no strategic decision that changes the legal status of
organisation, staffing or the allocation of budget. The article is from memory: no copy of it was read, and every
sentence that cites it says so. Which kinds are strategic is data (`strategic` in the kind's .toml).
"""

from typing import Any

from governance.documents.models import Revision
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.manners import Manner
from governance.people.models import Holding

FOR_A_TIME = (Manner.PLT, Manner.PLH)


def decides_for_a_time(actor: Actor) -> bool:
    """Whether the actor holds his post as Plt. or Plh."""
    rows = within(actor.institution_id, Holding, Holding.manner).where(Holding.id == actor.holding_id)
    return db.session.scalar(rows) in FOR_A_TIME


def strategic_warning(revision: Revision | None, by: Actor) -> dict[str, Any]:
    """What the trail's line of his decision says where it warns; nothing otherwise."""
    aspect = revision.fields.get("strategic") if revision else None
    return {"strategic": aspect} if aspect and decides_for_a_time(by) else {}
