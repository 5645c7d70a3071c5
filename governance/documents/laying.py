"""Laying a kind's route on an institution's posts for the unit that initiates: at submission, and to be looked at."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from governance.documents.kept_routes import kept_route
from governance.documents.kinds import INITIATOR_HEAD, Kind
from governance.documents.route import Step, laid
from governance.documents.route_check import POST
from governance.documents.step_models import RouteSetting
from governance.kernel.db import db
from governance.people.models import Institution, Post, Unit
from governance.people.roles import Role

ABOVE_THE_LINE = frozenset({Role.SECRETARY, Role.HEAD_OF_REGION, Role.DEPUTY_HEAD})  # they approve and establish


@dataclass(frozen=True)
class Offices:
    """An institution's units and posts, as laying a route asks for them; posts and units in order of their keys."""

    posts: Sequence[Post]
    above: dict[int, int | None]  # unit -> the unit above it
    places: dict[str, str]  # a role of the route -> the key of the post that has it here

    def head_of(self, unit_id: int | None) -> Post | None:
        """The post that heads a unit: its first."""
        return next((post for post in self.posts if post.unit_id == unit_id), None)

    def line_of(self, unit_id: int) -> tuple[int, ...]:
        """The heads from a unit upwards, below those who approve and establish."""
        line: list[int] = []
        unit: int | None = unit_id
        while unit is not None:
            head = self.head_of(unit)
            if head is not None and head.role not in ABOVE_THE_LINE:
                line.append(head.id)
            unit = self.above.get(unit)
        return tuple(line)

    def superior_of(self, post: Post) -> Post | None:
        """Who stands above a post: the head of the next unit above that is not headed by it; else the Sekda."""
        unit: int | None = post.unit_id
        while unit is not None:
            head = self.head_of(unit)
            if head is not None and head.id != post.id:
                return head
            unit = self.above.get(unit)
        return self.with_role(Role.SECRETARY)

    def with_role(self, role: Role) -> Post | None:
        """The first post with a role."""
        return next((post for post in self.posts if post.role is role), None)

    def post_of(self, who: str, unit_id: int) -> int | None:
        """The post that a step names: the initiating unit's head, a post by its key, or the one with a role."""
        if who == INITIATOR_HEAD:
            found = self.head_of(unit_id)
        elif who.startswith(POST) or who in self.places:
            key = who.removeprefix(POST) if who.startswith(POST) else self.places[who]
            found = next((post for post in self.posts if post.key == key), None)
        else:
            found = self.with_role(Role(who))
        return found.id if found else None


def offices_of(institution_id: int) -> Offices:
    """The institution's offices, in one statement."""
    rows = (
        select(Institution.route, Unit.id, Unit.part_of_id, Post)
        .outerjoin(Unit, Unit.institution_id == Institution.id)
        .outerjoin(Post, Post.unit_id == Unit.id)
        .where(Institution.id == institution_id)
        .order_by(Post.id)
    )
    found: Sequence[Any] = db.session.execute(rows).all()
    above = {row.id: row.part_of_id for row in found if row.id is not None}
    return Offices([row.Post for row in found if row.Post is not None], above, dict(found[0].route))


def steps_on(institution_id: int, kind: Kind, on: date) -> list[dict[str, Any]]:
    """The steps that a document of that day takes."""
    return steps_of(kind, kept_route(institution_id, kind.key), on)


def steps_of(kind: Kind, own: RouteSetting | None, on: date) -> list[dict[str, Any]]:
    """The institution's own steps where it keeps some, else those shipped that stand on that day."""
    if own is not None:
        return list(own.steps)
    return [asdict(step) for step in kind.route if step.stands(on)]


def route_for(steps: Sequence[dict[str, Any]], unit_id: int, offices: Offices) -> tuple[Step, ...]:
    """The steps laid on the institution's posts for a document of that unit, or NoPost."""
    return laid(steps, lambda who: offices.post_of(who, unit_id), offices.line_of(unit_id))
