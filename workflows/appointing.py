"""Appointing: an administrator enters who holds which post, as what, from when to when, by which letter."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from governance.documents.touched import in_person, touched
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.holdings import Held, problems
from governance.people.manners import Manner
from governance.people.models import Holding, Person, Post
from governance.people.officials import held_from, holdings
from governance.people.permissions import Act
from governance.people.queries import PREFIX, person_named, posts_named
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library
from workflows.signing_in import hashed

LIMITS = {"username": 60, "name": 200, "email": 200}
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewAccount:
    """Someone who has no account yet."""

    username: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class NewHolding:
    """Who is to hold which post: a person with an account (`person_id`), or one who gets one (`account`)."""

    post_id: int
    manner: Manner
    from_on: date
    to_on: date | None = None
    letter: str = ""
    letter_date: date | None = None
    person_id: int | None = None
    account: NewAccount | None = None


@dataclass(frozen=True)
class NewEnd:
    """Another last day for a holding, on the version that was seen."""

    holding_id: int
    to_on: date | None
    version: int


@dataclass(frozen=True)
class Deed:
    """Who does something when, with what at hand."""

    by: Actor
    now: datetime
    library: Library


@dataclass(frozen=True)
class Entered:
    """The new holding; the password of a new account, shown this once."""

    holding_id: int
    password: str | None = None


def enter(new: NewHolding, *, by: Actor, now: datetime, library: Library) -> Entered:
    """Enter a holding; Bagian Hukum, Diskominfo and the post itself are told, with what it touches.

    UU 23/2014 Pasal 214 for the acting Sekda. Nobody enters a post for himself.
    """
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_HOLDINGS)
        post = _post(new.post_id, by)
        person, password = _person(new, by)
        row = _row(new, person.id, by, now)
        _require_right(held_from(row, person.name), by, now)
        db.session.add(row)
        db.session.flush()
        _tell("holding.entered", row, person.name, Deed(by, now, library))
        _move_dates(row, post, by, now)
        told = {"post": post.id, "manner": row.manner.value, "letter": row.letter, **_days(row)}
        record("holding.entered", by=by, about=("holding", row.id), at=now, **told)
        after_commit(ring("jobs.run", "notices.deliver"))
        return Entered(row.id, password)


def correct_end(end: NewEnd, *, by: Actor, now: datetime, library: Library) -> None:
    """Give a holding another last day: never one before yesterday, for what was done then was done by its holder."""
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_HOLDINGS)
        row, person = _for_change(end.holding_id, end.version, by)
        if row.to_on == end.to_on:
            return
        today = day_in(by.timezone, now)
        if any(day is not None and day < today - A_DAY for day in (end.to_on, row.to_on)):
            raise Invalid(Problem("to_on", "holding.past", {"day": (today - A_DAY).isoformat()}))
        _require_right(replace(held_from(row, person.name), to_on=end.to_on), by, now)
        before, row.to_on, row.version = row.to_on, end.to_on, row.version + 1
        _tell("holding.end_corrected", row, person.name, Deed(by, now, library))
        _move_dates(row, _post(row.post_id, by), by, now)
        told = {"before": str(before) if before else None, **_days(row)}
        record("holding.end_corrected", by=by, about=("holding", row.id), at=now, **told)
        after_commit(ring("jobs.run", "notices.deliver"))


def withdraw(holding_id: int, version: int, *, by: Actor, now: datetime, library: Library) -> None:
    """Take back a holding that was entered by mistake and has not begun; one that has begun gets another last day."""
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_HOLDINGS)
        row, person = _for_change(holding_id, version, by)
        if row.from_on <= day_in(by.timezone, now):
            raise Refusal("holding.begun")
        row.withdrawn_at, row.version = now, row.version + 1
        _tell("holding.withdrawn", row, person.name, Deed(by, now, library))
        _move_dates(row, _post(row.post_id, by), by, now)
        record("holding.withdrawn", by=by, about=("holding", row.id), at=now, **_days(row))
        after_commit(ring("jobs.run", "notices.deliver"))


def _move_dates(row: Holding, post: Post, by: Actor, now: datetime) -> None:
    """How long someone may act as the Sekda is bounded by law, and so stands in the timetable (Perpres 3/2018)."""
    if post.role is Role.SECRETARY:
        because = {"key": "because.holding", "params": {}}
        timetable_changed(f"holding:{row.id}:{row.version}", by=by, at=now, because=because)


def _post(post_id: int, by: Actor) -> Post:
    found: Post | None = db.session.scalar(within(by.institution_id, Post).where(Post.id == post_id))
    if found is None:
        raise NotFound
    return found


def _person(new: NewHolding, by: Actor) -> tuple[Person, str | None]:
    """Who is meant, and the password where the account is new; never the one who enters it."""
    if new.account is not None:
        return _opened(new.account, by)
    rows = within(by.institution_id, Person).where(Person.id == new.person_id)
    person: Person | None = db.session.scalar(rows)
    if person is None:
        raise Invalid(Problem("person", "holding.person_missing"))
    if person.id == by.person_id:
        raise Invalid(Problem("person", "holding.own"))
    return person, None


def _opened(account: NewAccount, by: Actor) -> tuple[Person, str]:
    username = account.username.strip().lower()
    wrong = []
    for name, limit in LIMITS.items():
        text = getattr(account, name).strip()
        wrong += unprintable(name, text)
        if not text and name != "email":
            wrong.append(Problem(name, "field.missing"))
        if len(text) > limit:
            wrong.append(Problem(name, "draft.too_long", {"limit": limit}))
    if username and not (username.isascii() and username.replace(".", "").replace("-", "").isalnum()):
        wrong.append(Problem("username", "holding.username"))
    elif username and person_named(username) is not None:
        wrong.append(Problem("username", "holding.username_taken"))
    if wrong:
        raise Invalid(*wrong)
    password = secrets.token_urlsafe(12)
    person = Person(institution_id=by.institution_id, username=username, name=account.name.strip())
    person.email, person.password_hash = account.email.strip() or None, hashed(password)
    db.session.add(person)
    db.session.flush()
    return person, password


def _row(new: NewHolding, person_id: int, by: Actor, now: datetime) -> Holding:
    row = Holding(institution_id=by.institution_id, person_id=person_id, post_id=new.post_id, manner=new.manner)
    row.from_on, row.to_on, row.letter, row.letter_date = new.from_on, new.to_on, new.letter.strip(), new.letter_date
    row.by_title, row.entered_at, row.version = by.title, now, 1
    return row


def _require_right(held: Held, by: Actor, now: datetime) -> None:
    """Invalid names what stands against it; all holdings are locked, so that two entered at once see each other."""
    db.session.execute(select(Post.id).where(Post.institution_id == by.institution_id).with_for_update())
    if found := problems(held, holdings(by.institution_id), day_in(by.timezone, now)):
        raise Invalid(*found)


def _for_change(holding_id: int, version: int, by: Actor) -> tuple[Holding, Person]:
    rows = within(by.institution_id, Holding, Holding, Person).join(Person, Person.id == Holding.person_id)
    found = db.session.execute(rows.where(Holding.id == holding_id, Holding.withdrawn_at.is_(None))).one_or_none()
    if found is None:
        raise NotFound
    row, person = found
    if person.id == by.person_id:
        raise Invalid(Problem("person", "holding.own"))
    if row.version != version:
        raise Stale((f"holding:{row.version}",))
    return row, person


def _days(row: Holding) -> dict[str, str]:
    return {"from_on": row.from_on.isoformat()} | ({"to_on": row.to_on.isoformat()} if row.to_on else {})


def _tell(key: str, row: Holding, name: str, deed: Deed) -> None:
    """Bagian Hukum, Diskominfo and the post, with how many documents under way it touches."""
    by, post = deed.by, _post(row.post_id, deed.by)
    roles = within(by.institution_id, Post, Post.id).where(Post.role.in_([Role.LEGAL, Role.DIGITAL]))
    posts = {*db.session.scalars(roles), post.id} - {by.post_id or 0}
    title = PREFIX[row.manner] + posts_named(by.institution_id)[post.id].title
    params = {"name": name, "title": title, "by": by.title, "count": _touches(post, deed), **_days(row)}
    cause = f"{key}:{row.id}:{row.version}"
    leave(
        posts, key if row.to_on else f"{key}_open", by=by, at=deed.now, cause=cause, params=params | {"post": post.id}
    )


def _touches(post: Post, deed: Deed) -> int:
    """How many documents a change touches: what waits, what the post will sign, and what names its holders."""
    by, kinds = deed.by, deed.library.kinds.values()
    sets = [kind.key for kind in kinds if kind.establishes is post.role]
    names = [one.name for one in holdings(by.institution_id) if one.post_id == post.id]
    teams = [kind.key for kind in kinds if kind.roles]
    waiting, _more = touched(by, post.id, sets)
    named, _more = in_person(by, names, teams, day_in(by.timezone, deed.now))
    return len({one.id for one in waiting} | {one.id for one in named})
