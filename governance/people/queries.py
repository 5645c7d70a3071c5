"""Asking who is who: actors of a person, holders of posts, an institution's facts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, or_, select, update
from sqlalchemy.orm import aliased

from governance.kernel.clock import day_in
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts, PostFact, UnitFact
from governance.people.manners import Manner
from governance.people.models import ApiToken, Holding, Institution, Person, Post, SignIn, Unit, new_mark
from governance.people.roles import Role

LONGEST_SESSION = timedelta(hours=12)  # One working day; after it the reader signs in again.
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Pontianak")
PREFIX = {Manner.DEFINITIVE: "", Manner.PJ: "Pj. ", Manner.PLT: "Plt. ", Manner.PLH: "Plh. "}


@dataclass(frozen=True)
class Known:
    """A person who is asking, with every post he holds today; the first is the one he acts in unless he chose."""

    person_id: int
    username: str
    language: str
    institution_id: int
    institution_name: str
    demonstration: bool
    held: tuple["Held", ...]


@dataclass(frozen=True)
class Held:
    """A post held today, and the actor it makes."""

    actor: Actor
    post_title: str
    unit_name: str
    manner: Manner
    from_on: date
    to_on: date | None
    letter: str
    stood_in: bool = False


def held_on(day: Any) -> ColumnElement[bool]:
    """The condition that a holding covers `day`, from its first to its last day."""
    ended: ColumnElement[bool] = or_(Holding.to_on.is_(None), Holding.to_on >= day)
    begun: ColumnElement[bool] = Holding.from_on <= day
    return begun & ended & Holding.withdrawn_at.is_(None)


def acts_on(day: Any) -> ColumnElement[bool]:
    """The condition that a holding is the one that acts on `day`: of two, who stands in for the other (Plh.)."""
    return held_on(day) & ~_stood_in_for(day)


def _stood_in_for(day: Any) -> ColumnElement[bool]:
    """Whether someone else acts in the place of a definitive holder on that day."""
    other = aliased(Holding)
    acting = (other.post_id == Holding.post_id) & (other.manner != Manner.DEFINITIVE) & other.withdrawn_at.is_(None)
    covers = (other.from_on <= day) & or_(other.to_on.is_(None), other.to_on >= day)
    same = other.institution_id == Holding.institution_id
    return (Holding.manner == Manner.DEFINITIVE) & exists().where(same, acting, covers)


def known_by_session(session: str, now: datetime) -> Known | None:
    """Who a browser's session belongs to, or None when it has ended."""
    good = (SignIn.id == session) & SignIn.ended_at.is_(None) & (SignIn.since > now - LONGEST_SESSION)
    return _known(_who(now).join(SignIn, SignIn.person_id == Person.id).where(good), now)


def known_by_token(digest: str, now: datetime) -> Known | None:
    """Who an API token belongs to, or None when it is unknown or revoked."""
    token = ApiToken.digest == digest
    return _known(
        _who(now).join(ApiToken, ApiToken.person_id == Person.id).where(token, ApiToken.revoked_at.is_(None)), now
    )


def known_by_name(username: str, now: datetime) -> Known | None:
    """Who has that user name, for what the program itself does in a demonstration; None where nobody has."""
    return _known(_who(now).where(Person.username == username), now)


def person_named(username: str) -> Person | None:
    """The person with that user name; names are unique in the installation."""
    return db.session.scalar(select(Person).where(Person.username == username).execution_options(across=True))


def institution_named(key: str) -> Institution | None:
    """The institution with that key."""
    return db.session.scalar(select(Institution).where(Institution.key == key))


def institutions() -> Sequence[Institution]:
    """Every institution of this installation, by key."""
    return db.session.scalars(select(Institution).order_by(Institution.key)).all()


def post_holder(institution_id: int, post_id: int, on: date) -> tuple[int, str] | None:
    """(holding id, name) of who holds a post on a day; the acting one goes before the definitive one."""
    rows = db.session.execute(
        within(institution_id, Holding, Holding.id, Person.name, Holding.manner)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.post_id == post_id, held_on(on))
        .order_by(Holding.from_on.desc())
    ).all()
    rows = sorted(rows, key=lambda row: row.manner is Manner.DEFINITIVE)
    return (rows[0].id, rows[0].name) if rows else None


def unit_of(actor: Actor) -> tuple[str, str]:
    """(key, name) of the actor's unit."""
    row = db.session.execute(
        within(actor.institution_id, Unit, Unit.key, Unit.name).where(Unit.id == actor.unit_id)
    ).one()
    return row.key, row.name


def signature_of(actor: Actor) -> tuple[str, str]:
    """(office, name) as they stand under what the actor signs: "Plh. KEPALA BAGIAN HUKUM" and the person's name."""
    row = db.session.execute(
        within(actor.institution_id, Holding, Holding.manner, Post.title, Person.name)
        .join(Post, Post.id == Holding.post_id)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.id == actor.holding_id)
    ).one()
    return PREFIX[row.manner] + row.title.upper(), row.name


def tokens_of(actor: Actor) -> Sequence[ApiToken]:
    """The actor's own tokens that are still good, newest first."""
    rows = within(actor.institution_id, ApiToken).where(ApiToken.person_id == actor.person_id)
    return db.session.scalars(rows.where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.id.desc())).all()


def facts_of(institution_id: int) -> InstitutionFacts:
    """An institution as drafting needs it, from its rows."""
    found: Sequence[Any] = db.session.execute(
        select(Institution, Unit, Post)
        .outerjoin(Unit, Unit.institution_id == Institution.id)
        .outerjoin(Post, Post.unit_id == Unit.id)
        .where(Institution.id == institution_id)
        .order_by(Unit.id, Post.id)
    ).all()
    institution = found[0][0]
    offices = [(unit, post) for _, unit, post in found if unit]
    units = {unit.id: unit for unit, _ in offices}
    return InstitutionFacts(
        key=institution.key,
        name=institution.name,
        region=institution.region,
        region_kind=institution.region_kind,
        province=institution.province,
        head_office=institution.head_office,
        timezone=institution.timezone,
        term=institution.term,
        seat=institution.seat,
        units=tuple(_unit_fact(unit, units) for unit in units.values()),
        posts=tuple(PostFact(post.key, post.title, unit.key, post.role) for unit, post in offices if post),
        route=dict(institution.route),
        bases=tuple(institution.bases),
    )


def facts_changed(institution_id: int) -> None:
    """Say inside a verb that what the institution's facts or register say has changed."""
    changed = update(Institution).where(Institution.id == institution_id).values(facts_mark=new_mark())
    db.session.execute(changed)


def unit_names(institution_id: int) -> list[tuple[int, str]]:
    """(id, name) of every unit of an institution, by name."""
    rows = within(institution_id, Unit, Unit.id, Unit.name).order_by(Unit.name)
    return [(row.id, row.name) for row in db.session.execute(rows)]


def unit_named(institution_id: int, key: str) -> int | None:
    """The id of the unit with that key; None where the institution has none."""
    found: int | None = db.session.scalar(within(institution_id, Unit, Unit.id).where(Unit.key == key))
    return found


@dataclass(frozen=True)
class PostNamed:
    """What people call a post, and its role."""

    title: str
    role: Role


def posts_named(institution_id: int) -> dict[int, PostNamed]:
    """Each post of an institution, by its id."""
    rows = within(institution_id, Post, Post, Unit).join(Unit, Unit.id == Post.unit_id)
    return {post.id: PostNamed(short_title(post, unit), post.role) for post, unit in db.session.execute(rows)}


def short_title(post: Post, unit: Unit) -> str:
    """The post as people say it: "Kepala Diskominfosatik" for the head of the office of that short name."""
    return post.title.replace(unit.name, unit.short)


def _unit_fact(unit: Unit, units: dict[int, Unit]) -> UnitFact:
    above = units[unit.part_of_id].key if unit.part_of_id else None
    return UnitFact(key=unit.key, name=unit.name, short=unit.short, part_of=above, number_short=unit.number_short)


def _who(now: datetime) -> Select[Person, Holding, Post, Unit, Institution, bool]:
    days = {zone: day_in(zone, now) for zone in ZONES}
    today = case(days, value=Institution.timezone, else_=day_in(ZONES[0], now))
    return (
        select(Person, Holding, Post, Unit, Institution, _stood_in_for(today).label("stood_in"))
        .join(Institution, Institution.id == Person.institution_id)
        .outerjoin(Holding, Holding.person_id == Person.id)
        .outerjoin(Post, Post.id == Holding.post_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .order_by(Holding.from_on.desc(), Holding.id)
        .execution_options(across=True)
    )


def _known(rows: Select[Person, Holding, Post, Unit, Institution, bool], now: datetime) -> Known | None:
    found = db.session.execute(rows).all()
    if not found:
        return None
    person, institution = found[0][0], found[0][4]
    today = day_in(institution.timezone, now)
    return Known(
        person_id=person.id,
        username=person.username,
        language=person.language,
        institution_id=institution.id,
        institution_name=institution.name,
        demonstration=person.demonstration,
        held=tuple(
            _held(holding, (post, unit, institution), stood_in=bool(stood_in))
            for _, holding, post, unit, _, stood_in in found
            if _covers(holding, today)
        ),
    )


def _covers(holding: Holding | None, day: date) -> bool:
    """A person without any post has no holding in his row."""
    if holding is None or holding.withdrawn_at is not None:
        return False
    return holding.from_on <= day and (holding.to_on is None or holding.to_on >= day)


def _held(holding: Holding, place: tuple[Post, Unit, Institution], *, stood_in: bool) -> Held:
    """While another stands in for him, the holder reads what everyone may read and decides nothing."""
    post, unit, institution = place
    actor = Actor(
        institution_id=institution.id,
        timezone=institution.timezone,
        facts_mark=institution.facts_mark,
        person_id=holding.person_id,
        holding_id=holding.id,
        post_id=None if stood_in else post.id,
        unit_id=unit.id,
        role=None if stood_in else post.role,
        title=PREFIX[holding.manner] + short_title(post, unit),
    )
    return Held(
        actor,
        short_title(post, unit),
        unit.name,
        holding.manner,
        holding.from_on,
        holding.to_on,
        holding.letter,
        stood_in,
    )


@dataclass(frozen=True)
class Holder:
    """Who holds a post on a day, and how: "Plh. " before what the post is called."""

    post_id: int
    name: str
    prefix: str


def holders_on(institution_id: int, post_ids: Collection[int], on: date) -> dict[int, list[Holder]]:
    """Who holds each of these posts on a day, the acting one before the definitive one."""
    rows = db.session.execute(
        within(institution_id, Holding, Holding.post_id, Person.name, Holding.manner)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.post_id.in_(post_ids), held_on(on))
        .order_by(Holding.from_on.desc(), Holding.id)
    ).all()
    found: dict[int, list[Holder]] = {}
    for row in sorted(rows, key=lambda one: one.manner is Manner.DEFINITIVE):
        found.setdefault(row.post_id, []).append(Holder(row.post_id, row.name, PREFIX[row.manner]))
    return found


def post_named(institution_id: int, key: str) -> int | None:
    """The id of the institution's post with that key."""
    found: int | None = db.session.scalar(within(institution_id, Post, Post.id).where(Post.key == key))
    return found
