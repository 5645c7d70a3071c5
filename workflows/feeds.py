"""Links to calendar feeds: made with a secret that is told once, and revoked."""

import secrets
from datetime import datetime

from governance.almanac.links import in_use
from governance.almanac.models import FeedLink
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem
from governance.kernel.texts import unprintable
from governance.people.actors import Actor
from governance.trail.record import record
from workflows.signing_in import digest

MOST_IN_USE = 10  # of a person, and of a unit: whoever has more does not know who reads them


def make_link(label: str, *, of_unit: bool, by: Actor, now: datetime) -> str:
    """Make a link to the person's own dates, or to his unit's, and return its secret; it can never be shown again."""
    with transaction():
        if by.post_id is None or by.unit_id is None:
            raise NotAllowed("refused.no_holding")
        unit_id = by.unit_id if of_unit else None
        _require_label(label)
        if in_use(by, unit_id) >= MOST_IN_USE:
            raise Invalid(Problem("label", "feed.too_many", {"limit": MOST_IN_USE}))
        secret = secrets.token_hex(16)
        row = FeedLink(institution_id=by.institution_id, person_id=by.person_id, unit_id=unit_id)
        row.digest, row.label, row.by_title, row.made_at = digest(secret), label.strip(), by.title, now
        row.revoked_by = ""
        db.session.add(row)
        db.session.flush()
        record("feed.made", by=by, about=("feed_link", row.id), at=now, of_unit=of_unit)
    return secret


def revoke_link(link_id: int, *, by: Actor, now: datetime) -> None:
    """End a link of one's own or of one's unit, whoever made it; a second time changes nothing."""
    with transaction():
        row = db.session.scalar(within(by.institution_id, FeedLink).where(FeedLink.id == link_id).with_for_update())
        if row is None or not _may_revoke(row, by):
            raise NotFound
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = now, by.title
            record("feed.revoked", by=by, about=("feed_link", row.id), at=now)


def _may_revoke(row: FeedLink, by: Actor) -> bool:
    if row.unit_id is None:
        return row.person_id == by.person_id
    return by.post_id is not None and row.unit_id == by.unit_id


def _require_label(label: str) -> None:
    problems = unprintable("label", label)
    if not label.strip():
        problems.append(Problem("label", "field.missing"))
    elif len(label.strip()) > 100:
        problems.append(Problem("label", "feed.label_long", {"limit": 100}))
    if problems:
        raise Invalid(*problems)
