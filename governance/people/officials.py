"""Reading who holds which post: every post of an institution with its holders, past, present and to come."""

from dataclasses import dataclass

from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.holdings import Held
from governance.people.models import Holding, Person, Post, Unit
from governance.people.queries import short_title
from governance.people.roles import Role


@dataclass(frozen=True)
class Official:
    """A post with everyone who holds, held or will hold it, the earliest first."""

    post_id: int
    title: str
    unit_name: str
    role: Role
    holders: tuple[Held, ...]


@dataclass(frozen=True)
class Known:
    """Someone who can be given a post."""

    id: int
    name: str
    username: str


def officials(institution_id: int) -> list[Official]:
    """Every post, in the order in which the institution lists them."""
    posts = within(institution_id, Post, Post, Unit).join(Unit, Unit.id == Post.unit_id).order_by(Post.id)
    held: dict[int, list[Held]] = {}
    for one in holdings(institution_id):
        held.setdefault(one.post_id, []).append(one)
    return [
        Official(post.id, short_title(post, unit), unit.name, post.role, tuple(held.get(post.id, ())))
        for post, unit in db.session.execute(posts)
    ]


def official(institution_id: int, post_id: int) -> Official:
    """One post with its holders, in one statement, or NotFound."""
    here = (Holding.post_id == Post.id) & (Holding.institution_id == Post.institution_id)
    rows = (
        within(institution_id, Post, Post, Unit, Holding, Person.name)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(Holding, here & Holding.withdrawn_at.is_(None))
        .outerjoin(Person, Person.id == Holding.person_id)
        .where(Post.id == post_id)
        .order_by(Holding.from_on, Holding.id)
    )
    found = db.session.execute(rows).all()
    if not found:
        raise NotFound
    post, unit = found[0][0], found[0][1]
    held = tuple(held_from(holding, name) for _, _, holding, name in found if holding is not None)
    return Official(post.id, short_title(post, unit), unit.name, post.role, held)


def holdings(institution_id: int) -> list[Held]:
    """Every holding that was not withdrawn, the earliest first."""
    rows = (
        within(institution_id, Holding, Holding, Person.name)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.withdrawn_at.is_(None))
        .order_by(Holding.from_on, Holding.id)
    )
    return [held_from(row, name) for row, name in db.session.execute(rows)]


def held_from(row: Holding, name: str) -> Held:
    """A row as the rules see it."""
    days = (row.from_on, row.to_on)
    return Held(row.post_id, row.person_id, row.manner, *days, row.letter, row.letter_date, row.id, name, row.version)


def persons(institution_id: int) -> list[Known]:
    """Everyone who has an account, by name."""
    rows = within(institution_id, Person, Person.id, Person.name, Person.username).order_by(Person.name, Person.id)
    return [Known(*row) for row in db.session.execute(rows)]
