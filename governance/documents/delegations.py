"""Reading delegations: all of an institution, one for an enactment, and those by which a document may be signed."""

from collections.abc import Iterable, Sequence
from datetime import date

from governance.documents.delegating import Given
from governance.documents.delegation_models import Delegation
from governance.documents.signers import Signer, chosen, rows_on
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


def signing_on(
    institution_id: int, role: Role, office: str, kind: str, on: date
) -> tuple[Signer | None, list[Delegation]]:
    """In one statement: who signs that day as the first post with that role, and by what others may sign for it.

    The delegations of the kind on whatever day, for a signing may have been earlier; withdrawn ones not.
    """
    theirs = (Delegation.institution_id == Post.institution_id) & (Delegation.from_post_id == Post.id)
    rows = rows_on(institution_id, Post.role == role, on).add_columns(Delegation)
    found = db.session.execute(rows.outerjoin(Delegation, theirs & Delegation.withdrawn_at.is_(None))).all()
    given = {row.Delegation.id: row.Delegation for row in found if row.Delegation and row.id == found[0].id}
    of_kind = [one for one in given.values() if kind in one.kinds]
    return chosen(found, office), sorted(of_kind, key=lambda one: (one.to_on, one.id), reverse=True)


def stands(given: Iterable[Delegation], to_post: int, signed_on: date, on: date) -> bool:
    """Whether one of these delegations covers the date in the file and has not ended on the day of the signature."""
    mine = (one for one in given if one.to_post_id == to_post and one.withdrawn_at is None)
    return any(one.from_on <= signed_on and max(signed_on, on) <= one.to_on for one in mine)


def as_given(one: Delegation) -> Given:
    """A row as the rules see it."""
    days: tuple[date, date] = (one.from_on, one.to_on)
    return Given(one.from_post_id, one.to_post_id, frozenset(one.kinds), *days, one.withdrawn_at is not None)
