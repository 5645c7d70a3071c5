"""Founding: an institution taken in from its file, persons given their posts, and the demonstration set up."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from governance.documents.number_models import Series
from governance.documents.numbering import Way
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import NotFound, Refusal
from governance.people.actors import system
from governance.people.facts import InstitutionFacts
from governance.people.manners import Manner
from governance.people.models import Holding, Institution, Person, Post, Unit
from governance.people.queries import institution_named, person_named
from governance.trail.record import record
from workflows.signing_in import hashed


@dataclass(frozen=True)
class NewPerson:
    """A person to be given a post. `email` None: told in the inbox alone."""

    username: str
    name: str
    post: str
    from_on: date
    email: str | None = None
    password: str | None = None
    demonstration: bool = False


def take_in(facts: InstitutionFacts, *, now: datetime) -> int:
    """Take in an institution with its units, posts and series; one that is there already is refused, never changed."""
    with transaction():
        if institution_named(facts.key) is not None:
            raise Refusal("refused.institution_there", key=facts.key)
        institution = _institution(facts)
        units = _units(facts, institution.id)
        for post in facts.posts:
            unit_id = units[post.unit].id
            db.session.add(
                Post(institution_id=institution.id, key=post.key, title=post.title, unit_id=unit_id, role=post.role)
            )
        for series in facts.series:
            row = Series(institution_id=institution.id, key=series.key, way=Way(series.way), pattern=series.pattern)
            row.classification, row.start, row.kinds = series.classification, series.start, list(series.kinds)
            db.session.add(row)
        by = system(institution.id, institution.timezone)
        record("institution.taken_in", by=by, about=("institution", institution.id), at=now, key=facts.key)
        return institution.id


def appoint(institution: str, new: NewPerson, *, now: datetime) -> str:
    """Give a person his sign-in and his post; returns the password (made up where none was given)."""
    password = new.password or secrets.token_urlsafe(12)
    with transaction():
        found = institution_named(institution)
        if found is None:
            raise NotFound("refused.no_institution", key=institution[:60])
        if person_named(new.username) is not None:
            raise Refusal("refused.person_there", username=new.username[:60])
        post_id = db.session.scalar(within(found.id, Post, Post.id).where(Post.key == new.post))
        if post_id is None:
            raise NotFound("refused.no_post_key", key=new.post[:60])
        person = Person(
            institution_id=found.id,
            username=new.username,
            name=new.name,
            email=new.email,
            password_hash=hashed(password),
            demonstration=new.demonstration,
        )
        db.session.add(person)
        db.session.flush()
        holding = Holding(institution_id=found.id, person_id=person.id, post_id=post_id, from_on=new.from_on)
        holding.manner = Manner.DEFINITIVE
        db.session.add(holding)
        db.session.flush()
        by = system(found.id, found.timezone)
        record("person.appointed", by=by, about=("person", person.id), at=now, post=post_id, holding=holding.id)
    return password


def is_empty() -> bool:
    """Whether no institution has been taken in yet."""
    return db.session.scalar(select(Institution.id).limit(1)) is None


@dataclass(frozen=True)
class DemoAccount:
    """One line of instance/demo-accounts.json."""

    username: str
    password: str
    post: str
    institution: str


def keep_accounts(accounts: Iterable[DemoAccount], place: Path) -> None:
    """Write the demonstration accounts where only the operator can read them (mode 0600)."""
    unfinished = place.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump([asdict(account) for account in accounts], file, ensure_ascii=False, indent=2)
    unfinished.replace(place)


def _institution(facts: InstitutionFacts) -> Institution:
    institution = Institution(
        key=facts.key,
        name=facts.name,
        region=facts.region,
        region_kind=facts.region_kind,
        province=facts.province,
        head_office=facts.head_office,
        seat=facts.seat,
        timezone=facts.timezone,
        term=facts.term,
        quiet_from=facts.quiet[0],
        quiet_to=facts.quiet[1],
        route=dict(facts.route),
        bases=[dict(basis) for basis in facts.bases],
    )
    db.session.add(institution)
    db.session.flush()
    return institution


def _units(facts: InstitutionFacts, institution_id: int) -> dict[str, Unit]:
    """The units, upper ones first, whatever their order in the file."""
    units: dict[str, Unit] = {}
    left = list(facts.units)
    while left:
        ready = [unit for unit in left if unit.part_of is None or unit.part_of in units]
        for fact in ready:
            above = units[fact.part_of].id if fact.part_of else None
            unit = Unit(institution_id=institution_id, key=fact.key, name=fact.name, short=fact.short, part_of_id=above)
            unit.number_short = fact.number_short
            db.session.add(unit)
            db.session.flush()
            units[fact.key] = unit
        left = [unit for unit in left if unit not in ready]
    return units
