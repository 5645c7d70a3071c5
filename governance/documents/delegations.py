"""Reading delegations: all of an institution, one for an enactment, and those by which a document may be signed."""

from collections.abc import Sequence
from datetime import date

from governance.documents.delegating import Given
from governance.documents.delegation_models import Delegation
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, Problem
from governance.people.models import Post
from governance.people.roles import Role


def delegations_of(institution_id: int) -> Sequence[Delegation]:
    """Every delegation, withdrawn ones too, those that end last first."""
    rows = within(institution_id, Delegation).order_by(Delegation.to_on.desc(), Delegation.id.desc())
    return db.session.scalars(rows).all()


def delegation_for(institution_id: int, delegation_id: int) -> Delegation:
    """The one that an enactment names; Invalid where there is none."""
    found = delegation(institution_id, delegation_id)
    if found is None:
        raise Invalid(Problem("delegation", "delegation.unknown"))
    return found


def delegation(institution_id: int, delegation_id: int) -> Delegation | None:
    """One delegation of this institution, None where there is none."""
    rows = within(institution_id, Delegation).where(Delegation.id == delegation_id)
    found: Delegation | None = db.session.scalar(rows)
    return found


def delegations_to_sign(institution_id: int, role: Role, kind: str) -> list[Delegation]:
    """Those of the first post with that role by which the kind may be signed, on whatever day; withdrawn ones not."""
    first = within(institution_id, Post, Post.id).where(Post.role == role).order_by(Post.id).limit(1)
    post_id = db.session.scalar(first)
    return [
        one
        for one in delegations_of(institution_id)
        if one.from_post_id == post_id and kind in one.kinds and one.withdrawn_at is None
    ]


def as_given(one: Delegation) -> Given:
    """A row as the rules see it."""
    days: tuple[date, date] = (one.from_on, one.to_on)
    return Given(one.from_post_id, one.to_post_id, frozenset(one.kinds), *days, one.withdrawn_at is not None)
