"""Routes of one's own: an institution keeps a kind's route instead of the one shipped, or takes that up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.documents import kept_routes
from governance.documents.kinds import Kind
from governance.documents.route_check import Ground, problems, with_keys
from governance.documents.step_models import RouteSetting
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, Stale
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.library import Library

KEPT = ("who", "move", "initials", "days", "optional", "external", "title", "basis")


@dataclass(frozen=True)
class Route:
    """A route as it was put together on the page; `seen` is the key of the one that the page showed, 0 for shipped."""

    kind: str
    steps: Sequence[Mapping[str, Any]]
    seen: int = 0


def keep_route(route: Route, *, by: Actor, now: datetime, library: Library) -> None:
    """Let a kind take the institution's own route from its next submission on; what is under way keeps its own.

    Invalid names every fault: without the Sekda's approval as its last step, a post that is not there, an empty step.
    """
    with transaction():
        permissions.require(by, Act.KEEP_ROUTES)
        kind = library.kind(route.kind)
        steps = with_keys(route.steps)
        found = problems(steps, ground_of(by.institution_id, kind))
        for index, step in enumerate(steps):
            found += unprintable(f"steps.{index}.title", str(step.get("title") or ""))
        if found:
            raise Invalid(*found)
        kept = [{name: step[name] for name in KEPT if step.get(name)} for step in steps]
        before = kept_routes.for_change(by.institution_id, kind.key)
        if before is not None and before.steps == kept:
            return
        _require_seen(before, route.seen)
        if before is not None:
            before.withdrawn_at = now
        setting = RouteSetting(institution_id=by.institution_id, kind=kind.key, steps=kept, at=now)
        setting.by_title = by.title
        db.session.add(setting)
        db.session.flush()
        about = ("route_setting", setting.id)
        record("route.kept", by=by, about=about, at=now, kind=kind.key, steps=len(kept), route=kept)


def withdraw_route(kind_key: str, seen: int, *, by: Actor, now: datetime, library: Library) -> None:
    """Take up the shipped route again from the next submission on; a second time changes nothing."""
    with transaction():
        permissions.require(by, Act.KEEP_ROUTES)
        kind = library.kind(kind_key)
        before = kept_routes.for_change(by.institution_id, kind.key)
        if before is None:
            return
        _require_seen(before, seen)
        before.withdrawn_at = now
        record("route.withdrawn", by=by, about=("route_setting", before.id), at=now, kind=kind.key)


def ground_of(institution_id: int, kind: Kind) -> Ground:
    """What the institution's own route of a kind is judged by: its posts, and whose approval the kind needs.

    The Sekda's, wherever the shipped route asks for it; what an office approves by itself may also go to him.
    """
    rows = within(institution_id, Post, Post.key, Post.role)
    shipped = {Role(kind.route[-1].offices[0])}
    return Ground(dict(db.session.execute(rows).all()), frozenset({Role.SECRETARY} | shipped))


def _require_seen(before: RouteSetting | None, seen: int) -> None:
    now = before.id if before is not None else 0
    if now != seen:
        raise Stale((f"route:{before.by_title}",) if before is not None else ("route:–",))
