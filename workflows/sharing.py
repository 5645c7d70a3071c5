"""Sharing: which office has which indicator and who takes which part, laid out as proposals and set by people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from governance.assessment import cycles, shares
from governance.assessment.course import Part, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, Share
from governance.assessment.teams import ASSESSORS, team_in_force
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, Problem, Stale
from governance.notices.leaving import leave_job
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.permissions import Act
from governance.people.queries import facts_of
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library

MOST_UNITS = 100  # that one item is shared among


@dataclass(frozen=True)
class ItemShares:
    """An item's offices as somebody wishes them; `seen` is the mark of what he saw (`shares.mark`)."""

    item: str
    responsible: int | None
    contributors: frozenset[int]
    seen: str


@dataclass(frozen=True)
class Wish:
    """The shares of some items of a cycle. `checked`: proposals among them count as looked at, changed or not."""

    cycle_id: int
    items: Sequence[ItemShares]
    checked: bool = False


def lay_out(cycle_id: int, *, by: Actor, now: datetime, library: Library) -> int:
    """Lay the usual offices and posts of a cycle as marked proposals; returns how many rows were laid.

    Only for items that no office has and parts that no post takes: what people set is never overwritten.
    """
    with transaction():
        cycle = cycles.for_change(cycle_id, by)
        facts, instrument = facts_of(by.institution_id), library.instruments.instrument(cycle.instrument)
        laid = _lay_shares(cycle, shares.usual_shares(library.law, instrument, facts))
        team = team_in_force(by.institution_id, day_in(by.timezone, now), ASSESSORS)
        laid += _lay_seats(cycle, shares.usual_seats(library.law, instrument, facts, team))
        if laid:
            record("share.laid_out", by=by, about=("cycle", cycle.id), at=now, rows=laid)
        return laid


def set_shares(wish: Wish, *, by: Actor, now: datetime, library: Library) -> int:
    """Set the offices of these items; returns how many items changed. All or nothing.

    Stale where somebody else changed meanwhile what is to be changed; another's change of other items is kept. After
    the opening the offices' tasks follow.
    """
    with transaction() as after_commit:
        cycle = cycles.for_change(wish.cycle_id, by)
        permissions.require(by, Act.RUN_CYCLE, cycles.matter_of(cycle, by))
        _require_right(wish, cycle, by, library)
        standing = shares_of(cycle)
        changed = [one for one in wish.items if _wished(one) != _stands(standing.get(one.item, ()))]
        stale = [one.item for one in changed if one.seen != _mark(standing.get(one.item, ()))]
        if stale:
            raise Stale([f"share:{item}" for item in stale])
        checked = {one.item for one in wish.items if wish.checked and _is_proposed(standing.get(one.item, ()))}
        for item in checked:
            for row in standing[item]:
                row.how_sure = ""
        moved = _change(cycle, changed, standing)
        if not changed and not checked:
            return 0
        cycle.version += 1
        if moved and cycle.stage is not Stage.PREPARATION:
            key = f"cycle:{cycle.id}:{cycle.version}"
            leave_job("sharing.follow", key=key, by=by, at=now, cycle_id=cycle.id, changed=moved, mark=cycle.version)
            after_commit(ring("jobs.run"))
        told = {"items": [one.item for one in changed], "checked": len(checked)}
        record("share.set", by=by, about=("cycle", cycle.id), at=now, **told)
        return len(changed) + len(checked - {one.item for one in changed})


def shares_of(cycle: Cycle) -> dict[str, list[Share]]:
    """The shares of a locked cycle, by item."""
    found: dict[str, list[Share]] = {}
    for row in db.session.scalars(within(cycle.institution_id, Share).where(Share.cycle_id == cycle.id)):
        found.setdefault(row.item, []).append(row)
    return found


def _lay_shares(cycle: Cycle, usual: Sequence[shares.UsualShare]) -> int:
    taken, units = shares_of(cycle), _keyed(cycle.institution_id, Unit)
    rows = [
        Share(
            institution_id=cycle.institution_id,
            cycle_id=cycle.id,
            item=one.item,
            unit_id=units[one.unit_key],
            part=one.part,
            how_sure=one.how_sure,
        )
        for one in usual
        if one.item not in taken
    ]
    db.session.add_all(rows)
    return len(rows)


def _lay_seats(cycle: Cycle, usual: Sequence[shares.UsualSeat]) -> int:
    asked = within(cycle.institution_id, CycleSeat, CycleSeat.role).where(CycleSeat.cycle_id == cycle.id)
    taken, posts = set(db.session.scalars(asked)), _keyed(cycle.institution_id, Post)
    rows = [
        CycleSeat(
            institution_id=cycle.institution_id,
            cycle_id=cycle.id,
            role=one.role,
            post_id=posts[one.post_key],
            items=[],
            how_sure=one.how_sure,
        )
        for one in usual
        if one.role not in taken and one.post_key in posts
    ]
    db.session.add_all(rows)
    return len(rows)


def _keyed(institution_id: int, model: type[Unit] | type[Post]) -> dict[str, int]:
    return dict(db.session.execute(within(institution_id, model, model.key, model.id)).all())


def _require_right(wish: Wish, cycle: Cycle, by: Actor, library: Library) -> None:
    known = library.instruments.instrument(cycle.instrument).items
    units = set(db.session.scalars(within(by.institution_id, Unit, Unit.id)))
    problems = []
    for one in wish.items:
        if one.item not in known:
            problems.append(Problem("items", "share.item_unknown", {"item": one.item[:20]}))
        named = one.contributors | ({one.responsible} if one.responsible is not None else set())
        if one.responsible is None:
            problems.append(Problem(f"item.{one.item}", "share.responsible_missing", {"item": one.item[:20]}))
        if not named <= units or len(named) > MOST_UNITS:
            problems.append(Problem(f"item.{one.item}", "share.unit_unknown", {"item": one.item[:20]}))
    if problems:
        raise Invalid(*problems)


def _wished(one: ItemShares) -> tuple[int | None, frozenset[int]]:
    """An office that is responsible contributes as a matter of course."""
    return one.responsible, one.contributors - {one.responsible}


def _stands(rows: Collection[Share]) -> tuple[int | None, frozenset[int]]:
    responsible = next((row.unit_id for row in rows if row.part is Part.RESPONSIBLE), None)
    return responsible, frozenset(row.unit_id for row in rows if row.part is Part.CONTRIBUTOR)


def _mark(rows: Collection[Share]) -> str:
    return shares.mark(*_stands(rows))


def _is_proposed(rows: Collection[Share]) -> bool:
    return any(row.how_sure for row in rows)


def _change(cycle: Cycle, changed: Sequence[ItemShares], standing: Mapping[str, list[Share]]) -> list[list[Any]]:
    """Put the wished rows in the place of those that stand; returns each [item, office] that came or went."""
    items, moved = [one.item for one in changed], []
    here = (Share.institution_id == cycle.institution_id) & (Share.cycle_id == cycle.id)
    before = {item: {row.unit_id for row in standing.get(item, ())} for item in items}
    db.session.execute(delete(Share).where(here, Share.item.in_(items)))
    for one in changed:
        responsible, contributors = _wished(one)
        parts = dict.fromkeys(contributors, Part.CONTRIBUTOR)
        if responsible is not None:
            parts[responsible] = Part.RESPONSIBLE
        for unit_id, part in parts.items():
            row = Share(institution_id=cycle.institution_id, cycle_id=cycle.id, item=one.item, unit_id=unit_id)
            row.part, row.how_sure = part, ""
            db.session.add(row)
        moved += [[one.item, unit_id] for unit_id in sorted(before[one.item] ^ set(parts))]
    return moved
