"""Whose dates are shown: the units that answer or are asked, the posts that papers wait for, or everybody's."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select, true

from governance.documents.models import Waiting
from governance.kernel.db import db, within
from governance.obligations.delivery import STAGE
from governance.obligations.models import Obligation
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.tasks.models import Assignment, Task


class Whose(StrEnum):
    """Whose dates a page is asked for, as its address says it."""

    MINE = "mine"  # what is still open for the reader's post and office
    UNIT = "unit"  # everything of his office, with what is done
    ALL = "all"  # the whole institution, as far as he may see it


@dataclass(frozen=True)
class Audience:
    """Whose dates. `whole`: every obligation of the institution; `watches`: every task and every paper too.

    `roles` are those of the posts: an obligation whose rule names no unit is Diskominfo's, a delivery Bagian Hukum's.
    """

    institution_id: int
    unit_ids: frozenset[int] = frozenset()
    post_ids: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    all_posts: bool = False  # of these units, not only those in `post_ids`
    whole: bool = False
    watches: bool = False
    asked_too: bool = False  # also what these units asked of others
    mandates: frozenset[str] = frozenset()  # obligations of these too, whoever answers for them

    @property
    def obligations(self) -> ColumnElement[bool]:
        """Which obligations it answers for."""
        if self.whole:
            return true()
        nobody, delivery = Obligation.unit_id.is_(None), Obligation.stage == STAGE
        own: list[ColumnElement[bool]] = [Obligation.unit_id.in_(self.unit_ids)]
        if Role.DIGITAL in self.roles:
            own.append(nobody & ~delivery)
        if Role.LEGAL in self.roles:
            own.append(nobody & delivery)
        if self.mandates:
            own.append(Obligation.mandate.in_(self.mandates))
        return or_(*own)

    @property
    def tasks(self) -> ColumnElement[bool]:
        """Which tasks are its own."""
        if self.watches:
            return true()
        own = Task.unit_id.in_(self.unit_ids)
        return own | Assignment.unit_id.in_(self.unit_ids) if self.asked_too else own

    @property
    def steps(self) -> ColumnElement[bool]:
        """Which papers wait for it."""
        if self.watches:
            return true()
        if self.all_posts and self.unit_ids:
            posts = select(Post.id).where(Post.institution_id == self.institution_id, Post.unit_id.in_(self.unit_ids))
            return Waiting.post_id.in_(posts)
        return Waiting.post_id.in_(self.post_ids)


def audience_of(actor: Actor, whose: Whose) -> Audience:
    """The audience of a page that the actor asks for."""
    institution_id, watches = actor.institution_id, permissions.may(actor, Act.WATCH)
    units = frozenset() if actor.unit_id is None else frozenset({actor.unit_id})
    posts = frozenset() if actor.post_id is None else frozenset({actor.post_id})
    roles = frozenset() if actor.role is None else frozenset({actor.role})
    if whose is Whose.ALL:
        return Audience(institution_id, units, posts, roles, whole=True, watches=watches, asked_too=True)
    return Audience(institution_id, units, posts, roles, all_posts=whose is Whose.UNIT)


def audience_of_unit(institution_id: int, unit_id: int, roles: frozenset[Role]) -> Audience:
    """A unit's own dates, whoever holds its posts."""
    return Audience(institution_id, frozenset({unit_id}), roles=roles, all_posts=True)


def roles_of_unit(institution_id: int, unit_id: int) -> frozenset[Role]:
    """What the posts of a unit are for."""
    return frozenset(db.session.scalars(within(institution_id, Post, Post.role).where(Post.unit_id == unit_id)))
