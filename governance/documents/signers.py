"""Who signs a document on a day: the holder of the post that sets it, in his manner, or another in his name (a.n.)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from governance.documents.signer_names import Block
from governance.kernel.db import db, within
from governance.people.manners import Manner
from governance.people.models import Holding, Person, Post
from governance.people.queries import PREFIX, held_on
from governance.people.roles import Role

IN_THE_NAME = "a.n. "


@dataclass(frozen=True)
class Signer:
    """Who signs: `office` as a file prints it, `title` as people say it ("Plh. Sekretaris Daerah").

    Without a holder on that day there is neither a holding nor a name, and a file keeps what it says.
    """

    post_id: int
    office: str
    title: str
    holding_id: int | None = None
    name: str = ""
    manner: Manner = Manner.DEFINITIVE
    in_the_name: bool = False

    @property
    def block(self) -> Block | None:
        """What is sealed; None where nobody holds the post that day."""
        return Block(self.office, self.name.upper()) if self.holding_id is not None else None

    @property
    def acts_for_a_time(self) -> bool:
        """Whether he is a Plt. or Plh.: UU 30/2014 Pasal 14 forbids these strategic decisions."""
        return self.manner in (Manner.PLT, Manner.PLH)


def signer_on(institution_id: int, role: Role, office: str, on: date) -> Signer | None:
    """Who signs that day as the first post with that role, which files print as `office`; None without such a post."""
    return _first(institution_id, Post.role == role, office, on)


def signer_of_post(institution_id: int, post_id: int, on: date) -> Signer | None:
    """Who signs that day as that post, printed by its own title."""
    return _first(institution_id, Post.id == post_id, "", on)


def in_the_name_of(giver: Signer, delegate: Signer) -> Signer:
    """The delegate signs in the giver's name: both offices stand in the block, the delegate's own manner with his.

    The giver's manner is left out: the delegation is of the office, whoever holds it that day.
    """
    manner = PREFIX[giver.manner]
    return Signer(
        post_id=delegate.post_id,
        office=f"{IN_THE_NAME}{giver.office.removeprefix(manner)}\n{delegate.office}",
        title=f"{IN_THE_NAME}{giver.title.removeprefix(manner)}, {delegate.title}",
        holding_id=delegate.holding_id,
        name=delegate.name,
        manner=delegate.manner,
        in_the_name=True,
    )


def rows_on(institution_id: int, which: Any, on: date) -> Select[Any]:
    """The posts that are meant, each with its holders that day."""
    held = (Holding.post_id == Post.id) & (Holding.institution_id == Post.institution_id) & held_on(on)
    return (
        within(institution_id, Post, Post.id, Post.title, Holding.id.label("holding"), Holding.manner, Person.name)
        .outerjoin(Holding, held)
        .outerjoin(Person, Person.id == Holding.person_id)
        .where(which)
        .order_by(Post.id, Holding.from_on.desc(), Holding.id)
    )


def chosen(found: Sequence[Any], office: str) -> Signer | None:
    """Of these rows the first post, held by the acting one before the definitive one; None where there is no post."""
    held = [row for row in found if row.id == found[0].id]
    if not held:
        return None
    row = min(held, key=lambda one: one.manner is Manner.DEFINITIVE)
    printed = office or row.title
    if row.holding is None:
        return Signer(row.id, printed.upper(), row.title)
    prefix = PREFIX[row.manner]
    return Signer(row.id, prefix + printed.upper(), prefix + row.title, row.holding, row.name, row.manner)


def _first(institution_id: int, which: Any, office: str, on: date) -> Signer | None:
    return chosen(db.session.execute(rows_on(institution_id, which, on)).all(), office)
