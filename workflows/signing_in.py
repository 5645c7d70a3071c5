"""Signing in and out, and the tokens with which programs ask in a person's name."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update

from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem
from governance.people.actors import Actor
from governance.people.models import ApiToken, Institution, Person, SignIn
from governance.people.queries import person_named
from governance.trail.record import record

_hasher = PasswordHasher()
SHORTEST, LONGEST = 12, 200


@dataclass(frozen=True)
class Entered:
    """A new session: its number goes into the browser's signed cookie."""

    session: str
    person_id: int


def hashed(password: str) -> str:
    """The argon2 hash to store."""
    return _hasher.hash(password)


def sign_in(username: str, password: str, *, now: datetime) -> Entered:
    """Open a session under a fresh number; one refusal for a wrong name and a wrong password alike."""
    if not _typeable(username + password):
        raise NotAllowed("refused.sign_in")
    person = person_named(username.strip()[:60])
    if not _verified(person.password_hash if person else _nobody(), password) or person is None:
        raise NotAllowed("refused.sign_in")
    person_id, institution_id = person.id, person.institution_id
    with transaction():
        session = secrets.token_urlsafe(32)
        db.session.add(SignIn(id=digest(session), person_id=person_id, since=now))
        by = _person(institution_id, person_id)
        record("person.signed_in", by=by, about=("person", person_id), at=now)
    return Entered(session, person_id)


def sign_out(session: str, *, by: Actor, now: datetime) -> None:
    """End a session for good; its cookie is worth nothing from now on."""
    with transaction():
        row = db.session.get(SignIn, digest(session))
        if row is None or row.ended_at is not None:
            return
        row.ended_at = now
        record("person.signed_out", by=by, about=("person", row.person_id), at=now)


def change_password(current: str, fresh: str, *, by: Actor, now: datetime) -> None:
    """Replace one's own password, knowing the old one; every session of the person ends."""
    with transaction():
        person = db.session.scalar(within(by.institution_id, Person).where(Person.id == by.person_id))
        if person is None or not _verified(person.password_hash, current):
            raise Invalid(Problem("current", "password.wrong"))
        if not SHORTEST <= len(fresh) <= LONGEST or not _typeable(fresh):
            raise Invalid(Problem("fresh", "password.length", {"least": SHORTEST, "most": LONGEST}))
        person.password_hash = hashed(fresh)
        db.session.execute(
            update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None)).values(ended_at=now)
        )
        record("person.password_changed", by=by, about=("person", person.id), at=now)


def make_token(username: str, label: str, *, now: datetime) -> str:
    """Make an API token for a person and return it; only its sha256 is kept, so it can never be shown again."""
    person = person_named(username) if _typeable(username + label) else None
    if person is None:
        raise NotFound("refused.no_person", username=username[:60])
    person_id, institution_id = person.id, person.institution_id
    with transaction():
        token = f"mandat_{secrets.token_urlsafe(32)}"
        row = ApiToken(institution_id=institution_id, person_id=person_id, digest=digest(token))
        row.label, row.created_at = label[:100], now
        db.session.add(row)
        db.session.flush()
        record("token.made", by=_person(institution_id, person_id), about=("token", row.id), at=now)
    return token


def revoke_token(token_id: int, *, by: Actor, now: datetime) -> None:
    """End one of the person's own tokens."""
    with transaction():
        rows = within(by.institution_id, ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == by.person_id)
        row = db.session.scalar(rows)
        if row is None:
            raise NotFound
        if row.revoked_at is None:
            row.revoked_at = now
            record("token.revoked", by=by, about=("token", row.id), at=now)


def revoke_tokens(username: str, *, now: datetime) -> int:
    """End all tokens of a person (the operator does this); returns how many were still good."""
    with transaction():
        person = person_named(username)
        if person is None:
            raise NotFound("refused.no_person", username=username[:60])
        good = within(person.institution_id, ApiToken).where(
            ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None)
        )
        rows = db.session.scalars(good).all()
        for row in rows:
            row.revoked_at = now
        by = _person(person.institution_id, person.id)
        record("token.all_revoked", by=by, about=("person", person.id), at=now, count=len(rows))
        return len(rows)


def digest(secret: str) -> str:
    """What is stored of a session's number or a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _nobody() -> str:
    """Verified when nobody has that user name, so that the answer takes as long as for a wrong password."""
    return _hasher.hash(secrets.token_hex())


def _typeable(text: str) -> bool:
    """Whether it can have been typed: halves of characters and NUL come from no keyboard and fit no database."""
    return "\x00" not in text and text.encode(errors="ignore").decode() == text


def _verified(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password[:1000])
    except (VerificationError, InvalidHashError):
        return False


def _person(institution_id: int, person_id: int) -> Actor:
    zone = db.session.get_one(Institution, institution_id).timezone
    return Actor(institution_id=institution_id, timezone=zone, person_id=person_id)
