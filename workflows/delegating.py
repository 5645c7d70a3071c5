"""Delegating: an administrator enters which post signs which kinds in another's name (a.n.), and withdraws it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from governance.documents.delegating import LONGEST_LETTER, Given, problems
from governance.documents.delegation_models import Delegation
from governance.documents.delegations import as_given, delegation, delegations_of
from governance.documents.text import Form
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Holding, Institution, Post
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.library import Library


@dataclass(frozen=True)
class NewDelegation:
    """Which post is to sign which kinds in whose name, from when to when, by which letter."""

    from_post: int
    to_post: int
    kinds: tuple[str, ...]
    from_on: date
    to_on: date
    letter: str
    letter_date: date


def enter(new: NewDelegation, *, by: Actor, now: datetime, library: Library) -> int:
    """Enter a delegation; returns its id. Permendagri 80/2015 Pasal 115 ayat (3) for Keputusan of the regional head.

    Nobody enters one to or from himself; what was received is not given on.
    """
    with transaction():
        permissions.require(by, Act.KEEP_DELEGATIONS)
        db.session.execute(select(Institution.id).where(Institution.id == by.institution_id).with_for_update())
        _require_right(new, by, day_in(by.timezone, now), library)
        row = Delegation(institution_id=by.institution_id, by_title=by.title, at=now)
        row.from_post_id, row.to_post_id, row.kinds = new.from_post, new.to_post, sorted(set(new.kinds))
        row.from_on, row.to_on = new.from_on, new.to_on
        row.letter, row.letter_date = new.letter.strip(), new.letter_date
        db.session.add(row)
        db.session.flush()
        days = {"from_on": row.from_on.isoformat(), "to_on": row.to_on.isoformat()}
        posts = {"from_post": row.from_post_id, "to_post": row.to_post_id}
        told = {**posts, **days, "kinds": row.kinds, "letter": row.letter}
        record("delegation.entered", by=by, about=("delegation", row.id), at=now, **told)
        return row.id


def withdraw(delegation_id: int, *, by: Actor, now: datetime) -> None:
    """Take a delegation back from now on; what was signed by it stands."""
    with transaction():
        permissions.require(by, Act.KEEP_DELEGATIONS)
        row = delegation(by.institution_id, delegation_id)
        if row is None:
            raise NotFound
        if row.withdrawn_at is not None:
            raise Refusal("delegation.withdrawn_already")
        if by.post_id in (row.from_post_id, row.to_post_id):
            raise Refusal("delegation.own")
        row.withdrawn_at, row.withdrawn_by = now, by.title
        record("delegation.withdrawn", by=by, about=("delegation", row.id), at=now)


def _require_right(new: NewDelegation, by: Actor, today: date, library: Library) -> None:
    rows = within(by.institution_id, Post, Post.id, Post.role).where(Post.id.in_([new.from_post, new.to_post]))
    posts = {row.id: row.role for row in db.session.execute(rows)}
    found = _of_letter(new, today)
    found += [
        Problem(name, "delegation.post_missing")
        for name, post in (("from_post", new.from_post), ("to_post", new.to_post))
        if post not in posts
    ]
    found += [
        Problem("kinds", "delegation.unknown_kind", {"kind": key[:60]}) for key in new.kinds if key not in library.kinds
    ]
    if found:
        raise Invalid(*found)
    role = posts[new.from_post]
    own = {key for key, kind in library.kinds.items() if kind.establishes is role}
    never = {key for key, kind in library.kinds.items() if kind.form is Form.REGULATION}
    wished = Given(new.from_post, new.to_post, frozenset(new.kinds), new.from_on, new.to_on)
    others = [as_given(one) for one in delegations_of(by.institution_id)]
    found = problems(wished, others, own=own, never=never)
    if _is_his_own(wished, by):
        found.append(Problem("to_post", "delegation.own"))
    if found:
        raise Invalid(*found)


def _of_letter(new: NewDelegation, today: date) -> list[Problem]:
    found = unprintable("letter", new.letter)
    if not new.letter.strip():
        found.append(Problem("letter", "field.missing"))
    if len(new.letter) > LONGEST_LETTER:
        found.append(Problem("letter", "draft.too_long", {"limit": LONGEST_LETTER}))
    if new.letter_date > today:
        found.append(Problem("letter_date", "delegation.letter_future"))
    return found


def _is_his_own(wished: Given, by: Actor) -> bool:
    """Whether he acts as one of the two posts, or holds one of them on a day of the delegation."""
    posts = (wished.from_post, wished.to_post)
    meets = (Holding.from_on <= wished.to_on) & or_(Holding.to_on.is_(None), Holding.to_on >= wished.from_on)
    mine = (Holding.person_id == by.person_id) & Holding.post_id.in_(posts) & Holding.withdrawn_at.is_(None)
    held = within(by.institution_id, Holding, Holding.id).where(mine, meets).limit(1)
    return by.post_id in posts or db.session.scalar(held) is not None
