"""Seating: which posts take which part in a cycle, set by who runs it; a part given after the opening is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete

from governance.assessment import cycles, shares
from governance.assessment.course import CycleRole, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, Problem, Stale
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library

Seats = dict[tuple[CycleRole, int], tuple[str, ...]]  # the items that a post rates; none: all
ONE_POST = (CycleRole.COORDINATOR, CycleRole.ANSWERABLE, CycleRole.DATA_ENTRY)


@dataclass(frozen=True)
class SeatsWish:
    """The seats of a cycle as somebody wishes them; `seen` is the mark of what he saw (`shares.seats_mark`).

    `assessors` are posts with the items that they rate; none named: all.
    """

    cycle_id: int
    seen: str
    single: Mapping[CycleRole, int | None] = field(default_factory=dict)
    assessors: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def set_seats(wish: SeatsWish, *, by: Actor, now: datetime, library: Library) -> None:
    """Set who takes which part; proposals among them count as set. Stale where somebody else changed them meanwhile."""
    with transaction() as after_commit:
        cycle = cycles.for_change(wish.cycle_id, by)
        permissions.require(by, Act.RUN_CYCLE, cycles.matter_of(cycle, by))
        _require_right(wish, cycle, by, library)
        rows = within(by.institution_id, CycleSeat).where(CycleSeat.cycle_id == cycle.id)
        standing = {(row.role, row.post_id): row for row in db.session.scalars(rows)}
        wished = _wished(wish)
        before = {key: tuple(row.items) for key, row in standing.items()}
        if wished == before and not any(row.how_sure for row in standing.values()):
            return
        if wish.seen != shares.seats_mark(before):
            raise Stale(("seats:",))
        _change(cycle, standing, wished)
        cycle.version += 1
        if cycle.stage is not Stage.PREPARATION:
            _tell(cycle, [key for key in wished if key not in before], by, now)
            after_commit(ring("notices.deliver"))
        record("share.seated", by=by, about=("cycle", cycle.id), at=now, posts=len(wished))


def _wished(wish: SeatsWish) -> Seats:
    seats: Seats = {(role, post): () for role, post in wish.single.items() if post is not None}
    return seats | {(CycleRole.ASSESSOR, post): items for post, items in wish.assessors.items()}


def _require_right(wish: SeatsWish, cycle: Cycle, by: Actor, library: Library) -> None:
    known = library.instruments.instrument(cycle.instrument).items
    posts = set(db.session.scalars(within(by.institution_id, Post, Post.id)))
    problems = []
    for role in ONE_POST:
        post = wish.single.get(role)
        if post is None or post not in posts:
            problems.append(Problem(role.value, "share.post_missing" if post is None else "share.post_unknown"))
    if not wish.assessors:
        problems.append(Problem("assessors", "share.no_assessor"))
    for post, items in wish.assessors.items():
        if post not in posts:
            problems.append(Problem("assessors", "share.post_unknown"))
        if unknown := [item[:20] for item in items if item not in known]:
            told = {"items": ", ".join(unknown[:10])}
            problems.append(Problem(f"items_{post}", "share.items_unknown", told))
    if problems:
        raise Invalid(*problems)


def _change(cycle: Cycle, standing: Mapping[tuple[CycleRole, int], CycleSeat], wished: Seats) -> None:
    """What stays is changed in place; what goes is gone before another takes its part."""
    gone = [row.id for key, row in standing.items() if key not in wished]
    mine = (CycleSeat.institution_id == cycle.institution_id) & (CycleSeat.cycle_id == cycle.id)
    db.session.execute(delete(CycleSeat).where(mine, CycleSeat.id.in_(gone)))
    for (role, post_id), items in wished.items():
        row = standing.get((role, post_id))
        if row is None:
            row = CycleSeat(institution_id=cycle.institution_id, cycle_id=cycle.id, role=role, post_id=post_id)
            db.session.add(row)
        row.items, row.how_sure = list(items), ""


def _tell(cycle: Cycle, fresh: list[tuple[CycleRole, int]], by: Actor, now: datetime) -> None:
    for role in CycleRole:
        posts = [post_id for one, post_id in fresh if one is role]
        if posts:
            tell_seated(cycle, role, posts, by, now)


def tell_seated(cycle: Cycle, role: CycleRole, posts: list[int], by: Actor, now: datetime) -> None:
    """Tell these posts that they have that part; each person once for each part of a cycle."""
    cause = f"share.seated:{cycle.id}:{role.value}"
    params = {"year": cycle.year, "cycle": cycle.id}
    leave(posts, f"share.seated_{role.value}", by=by, at=now, cause=cause, params=params)
