"""Writing a line of the trail: always inside a verb's transaction, always last."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from governance.kernel.db import after_commit, db
from governance.people.actors import Actor
from governance.trail.anchors import anchors
from governance.trail.chain import canonical, chained
from governance.trail.models import TrailHead, TrailLine


def record(what: str, *, by: Actor, about: tuple[str, int], at: datetime, **params: Any) -> None:
    """Write what happened, by which holding, about what; ids only, never names or NIK.

    `params` must be plain JSON values. The head row is locked here, so call it after all other writes of the verb.
    """
    db.session.flush()
    head = _locked_head(by.institution_id)
    number = head.number + 1
    text = canonical(
        {
            "number": number,
            "institution": by.institution_id,
            "at": at.isoformat(),
            "what": what,
            "by": {"person": by.person_id, "holding": by.holding_id, "post": by.post_id, "as": by.title},
            "about": list(about),
            "params": params,
        }
    )
    line = TrailLine(institution_id=by.institution_id, number=number, text=text)
    line.about = f"{about[0]}:{about[1]}"
    line.hash = chained(head.hash, text)
    head.number, head.hash = number, line.hash
    db.session.add(line)
    db.session.flush()
    after_commit(partial(anchors.drop, by.institution_id, number, line.hash))


def _locked_head(institution_id: int) -> TrailHead:
    head = db.session.scalar(select(TrailHead).where(TrailHead.institution_id == institution_id).with_for_update())
    if head is None:
        head = TrailHead(institution_id=institution_id, number=0, hash="")
        db.session.add(head)
    return head
