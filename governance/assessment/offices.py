"""Which office has what in a cycle: the matrix, the posts with a part, one office's indicators, and what to warn of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from governance.assessment.conflicts import Conflict, Rater, conflicts
from governance.assessment.course import CycleRole, Part
from governance.assessment.cycle_models import CycleSeat, Share
from governance.assessment.instruments import Instrument
from governance.assessment.teams import AUDITORS, team_in_force
from governance.kernel.db import db, within
from governance.people.models import Post, Unit
from governance.people.queries import short_title
from governance.people.roles import Role

REGION = (Role.HEAD_OF_REGION, Role.DEPUTY_HEAD)  # they are no office of their own in a matrix


@dataclass(frozen=True)
class Office:
    """A unit that can have a share: one with a post below the head of the region."""

    id: int
    key: str
    name: str
    short: str


@dataclass(frozen=True)
class Shared:
    """An office's part in an item; `how_sure` "" where it was set by hand."""

    unit_id: int
    part: Part
    how_sure: str


@dataclass(frozen=True)
class Seated:
    """A post's part in a cycle; `title` as people call the post, `items` those that it rates, none: all."""

    role: CycleRole
    post_id: int
    post_key: str
    title: str
    unit_id: int
    post_role: Role
    items: tuple[str, ...]
    how_sure: str


def offices_of(institution_id: int) -> list[Office]:
    """Every office of an institution, in the order of its file. One statement."""
    rows = (
        within(institution_id, Unit, Unit.id, Unit.key, Unit.name, Unit.short)
        .join(Post, Post.unit_id == Unit.id)
        .where(Post.role.not_in(REGION))
        .distinct()
        .order_by(Unit.id)
    )
    return [Office(*row) for row in db.session.execute(rows)]


def matrix(institution_id: int, cycle_id: int) -> dict[str, tuple[Shared, ...]]:
    """The offices of every item of a cycle, who is responsible first. One statement."""
    rows = within(institution_id, Share, Share.item, Share.unit_id, Share.part, Share.how_sure).where(
        Share.cycle_id == cycle_id
    )
    found: dict[str, list[Shared]] = {}
    for item, unit_id, part, how_sure in db.session.execute(rows.order_by(Share.unit_id)):
        found.setdefault(item, []).append(Shared(unit_id, part, how_sure))
    return {item: tuple(sorted(some, key=lambda one: one.part is not Part.RESPONSIBLE)) for item, some in found.items()}


def seated(institution_id: int, cycle_id: int) -> list[Seated]:
    """The posts with a part in a cycle, in the order in which they were given it. One statement."""
    rows = (
        within(institution_id, CycleSeat, CycleSeat, Post, Unit)
        .join(Post, Post.id == CycleSeat.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(CycleSeat.cycle_id == cycle_id)
        .order_by(CycleSeat.id)
    )
    return [
        Seated(
            role=seat.role,
            post_id=post.id,
            post_key=post.key,
            title=short_title(post, unit),
            unit_id=unit.id,
            post_role=post.role,
            items=tuple(seat.items),
            how_sure=seat.how_sure,
        )
        for seat, post, unit in db.session.execute(rows)
    ]


def warnings(
    instrument: Instrument,
    seats: Collection[Seated],
    shared: Mapping[str, Collection[Shared]],
    auditors: Collection[str],
) -> tuple[Conflict, ...]:
    """What is to be warned of; `auditors` are the keys of the posts in the audit team in force."""
    audits = {seat.unit_id for seat in seats if seat.post_key in auditors}
    raters = [
        Rater(seat.post_id, seat.unit_id, seat.post_role, seat.items, seat.unit_id in audits)
        for seat in seats
        if seat.role is CycleRole.ASSESSOR
    ]
    return conflicts(instrument, raters, {item: {one.unit_id for one in some} for item, some in shared.items()})


def auditors_of(institution_id: int, today: date) -> frozenset[str]:
    """The keys of the posts in the audit team decree in force. One statement."""
    return frozenset(one.post_key for one in team_in_force(institution_id, today, AUDITORS))
