"""Reading links to feeds: whom an address leads to, and which links a person and his unit have."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from governance.almanac.audience import Audience, audience_of_unit, roles_of_unit
from governance.almanac.models import FeedLink
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.models import Holding, Institution, Person, Post, Unit
from governance.people.queries import acts_on


@dataclass(frozen=True)
class Feed:
    """What an address leads to; `facts_mark` is the institution's, for what a process keeps of it."""

    institution_id: int
    institution_name: str
    institution_key: str
    timezone: str
    facts_mark: str
    language: str
    person_id: int
    unit_id: int | None
    unit_name: str
    label: str


@dataclass(frozen=True)
class KeptLink:
    """A link as its page shows it; its address is shown once and never again."""

    id: int
    of_unit: bool
    unit_name: str
    label: str
    by_title: str
    made_at: datetime
    revoked_at: datetime | None
    revoked_by: str
    mine: bool


def feed_by(digest: str) -> Feed | None:
    """The feed that a secret address leads to; None where it is unknown or revoked. Asks across institutions."""
    rows = (
        select(FeedLink, Institution, Person.language, Unit.name)
        .join(Institution, Institution.id == FeedLink.institution_id)
        .join(Person, Person.id == FeedLink.person_id)
        .outerjoin(Unit, Unit.id == FeedLink.unit_id)
        .where(FeedLink.digest == digest, FeedLink.revoked_at.is_(None))
        .execution_options(across=True)
    )
    found = db.session.execute(rows).first()
    if found is None:
        return None
    row, place, language, unit = found
    return Feed(
        institution_id=row.institution_id,
        institution_name=place.name,
        institution_key=place.key,
        timezone=place.timezone,
        facts_mark=place.facts_mark,
        language=language,
        person_id=row.person_id,
        unit_id=row.unit_id,
        unit_name=unit or "",
        label=row.label,
    )


def audience_of_feed(feed: Feed, today: date) -> Audience:
    """The unit's dates, or those of the posts in which the person acts today: a post that ended shows nothing."""
    if feed.unit_id is not None:
        return audience_of_unit(feed.institution_id, feed.unit_id, roles_of_unit(feed.institution_id, feed.unit_id))
    rows = within(feed.institution_id, Holding, Post.id, Post.unit_id, Post.role)
    rows = rows.join_from(Holding, Post, Post.id == Holding.post_id)
    held = db.session.execute(rows.where(Holding.person_id == feed.person_id, acts_on(today))).all()
    return Audience(
        feed.institution_id,
        unit_ids=frozenset(unit_id for _post, unit_id, _role in held),
        post_ids=frozenset(post_id for post_id, _unit, _role in held),
        roles=frozenset(role for _post, _unit, role in held),
    )


def links_of(actor: Actor) -> list[KeptLink]:
    """The person's own links and those of his unit: what is in use first, the newest first."""
    own = FeedLink.unit_id.is_(None) & (FeedLink.person_id == actor.person_id)
    rows = (
        within(actor.institution_id, FeedLink, FeedLink, Unit.name)
        .outerjoin(Unit, Unit.id == FeedLink.unit_id)
        .where(or_(own, FeedLink.unit_id == actor.unit_id))
        .order_by(FeedLink.revoked_at.is_not(None), FeedLink.id.desc())
        .limit(100)
    )
    return [
        KeptLink(
            id=row.id,
            of_unit=row.unit_id is not None,
            unit_name=unit or "",
            label=row.label,
            by_title=row.by_title,
            made_at=row.made_at,
            revoked_at=row.revoked_at,
            revoked_by=row.revoked_by,
            mine=row.person_id == actor.person_id,
        )
        for row, unit in db.session.execute(rows)
    ]


def in_use(actor: Actor, unit_id: int | None) -> int:
    """How many links the person, or the unit, has in use."""
    own = FeedLink.unit_id.is_(None) & (FeedLink.person_id == actor.person_id)
    rows = within(actor.institution_id, FeedLink, func.count(FeedLink.id)).where(FeedLink.revoked_at.is_(None))
    return db.session.scalar(rows.where(own if unit_id is None else FeedLink.unit_id == unit_id)) or 0
