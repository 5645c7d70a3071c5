"""Whether a route that an institution keeps can be walked: every fault with its place, and what to do. Pure.

The Sekda approves the konsep once, last before the establishing post signs, and never as an option.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.documents.kinds import INITIATOR_HEAD
from governance.documents.route import HIERARCHY, Asked, Initials
from governance.kernel.errors import Problem
from governance.people.roles import Role

POST = "post:"  # in a step's `who`: a post by its key
MOST_STEPS = 20
MOST_POSTS = 20
MOST_DAYS = 60
TITLE_LIMIT = 120
NEVER_INITIAL = frozenset({Role.SECRETARY, Role.HEAD_OF_REGION, Role.DEPUTY_HEAD})


@dataclass(frozen=True)
class Ground:
    """What a route is judged by: the institution's posts with their roles, and whose approval the kind needs."""

    posts: Mapping[str, Role]  # by key
    approvers: Collection[Role] = field(default_factory=lambda: frozenset({Role.SECRETARY}))


def problems(steps: Sequence[Mapping[str, Any]], ground: Ground) -> list[Problem]:
    """Everything that is wrong with the steps; none: they can be kept."""
    found = list(_of_whole(steps, ground))
    for index, step in enumerate(steps):
        found += _of_step(f"steps.{index}", step, ground)
    return [*found, *_asked_twice(steps)]


def _of_whole(steps: Sequence[Mapping[str, Any]], ground: Ground) -> Iterator[Problem]:
    if len(steps) > MOST_STEPS:
        yield Problem("steps", "route.too_many_steps", {"limit": MOST_STEPS})
    approving = [index for index, step in enumerate(steps) if step.get("move") == Asked.APPROVE]
    if not approving:
        yield Problem("steps", "route.no_approval")
    elif len(approving) > 1:
        yield Problem(f"steps.{approving[1]}.move", "route.two_approvals")
    elif approving[0] != len(steps) - 1:
        yield Problem(f"steps.{approving[0]}.move", "route.approval_not_last")


def _of_step(place: str, step: Mapping[str, Any], ground: Ground) -> Iterator[Problem]:
    who, move, days = list(step.get("who") or ()), step.get("move"), step.get("days", 0)
    if move not in list(Asked):
        yield Problem(f"{place}.move", "route.unknown_move")
    yield from _of_posts(place, who, ground)
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
        yield Problem(f"{place}.days", "route.days", {"limit": MOST_DAYS})
    if step.get("initials", "") not in list(Initials):
        yield Problem(f"{place}.initials", "route.unknown_initials")
    if move == Asked.APPROVE:
        yield from _of_approval(place, who, step, ground)
    elif move == Asked.INITIAL:
        yield from _of_initial(place, who, ground)
    elif move == Asked.RECORD:
        yield from _of_record(place, who, step)


def _of_posts(place: str, who: Sequence[str], ground: Ground) -> Iterator[Problem]:
    if not who:
        yield Problem(f"{place}.who", "route.empty_step")
    if len(who) != len(set(who)):
        yield Problem(f"{place}.who", "route.post_twice")
    if len(who) > MOST_POSTS:
        yield Problem(f"{place}.who", "route.too_many_posts", {"limit": MOST_POSTS})
    for one in who:
        if not _known(one, ground):
            yield Problem(f"{place}.who", "route.unknown_post", {"post": one[:60]})


def _of_approval(place: str, who: Sequence[str], step: Mapping[str, Any], ground: Ground) -> Iterator[Problem]:
    roles = [_role(one, ground) for one in who]
    if len(who) > 1 or any(role not in ground.approvers for role in roles):
        yield Problem(f"{place}.who", "route.approver")
    if step.get("optional"):
        yield Problem(f"{place}.optional", "route.approval_optional")


def _of_initial(place: str, who: Sequence[str], ground: Ground) -> Iterator[Problem]:
    if HIERARCHY in who and len(who) > 1:
        yield Problem(f"{place}.who", "route.line_alone")
    if any(_role(one, ground) in NEVER_INITIAL for one in who):
        yield Problem(f"{place}.who", "route.never_initial")


def _of_record(place: str, who: Sequence[str], step: Mapping[str, Any]) -> Iterator[Problem]:
    title = str(step.get("title") or "").strip()
    if not title:
        yield Problem(f"{place}.title", "route.no_title")
    if len(title) > TITLE_LIMIT:
        yield Problem(f"{place}.title", "draft.too_long", {"limit": TITLE_LIMIT})
    if len(who) > 1 or HIERARCHY in who:
        yield Problem(f"{place}.who", "route.one_records")


def _asked_twice(steps: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """A post initials once on a route: a second time it would not be asked."""
    seen: set[str] = set()
    for index, step in enumerate(steps):
        if step.get("move") != Asked.INITIAL:
            continue
        who = set(step.get("who") or ())
        if who & seen:
            yield Problem(f"steps.{index}.who", "route.asked_before")
        seen |= who


def _known(who: str, ground: Ground) -> bool:
    if who.startswith(POST):
        return who.removeprefix(POST) in ground.posts
    return who in (INITIATOR_HEAD, HIERARCHY) or _role(who, ground) is not None


def _role(who: str, ground: Ground) -> Role | None:
    """The role of whom a step names; None for the initiating unit's own, and for whom nobody is."""
    if who.startswith(POST):
        return ground.posts.get(who.removeprefix(POST))
    return Role(who) if who in list(Role) and who in ground.posts.values() else None


def with_keys(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps, each step of others with a key of its own, so that its record can be told from another's."""
    kept = [dict(step) for step in steps]
    used = {step.get("external") for step in kept if step.get("move") == Asked.RECORD}
    free = (name for number in range(1, MOST_STEPS * 2) if (name := f"other_{number}") not in used)
    for step in kept:
        step["external"] = (step.get("external") or next(free)) if step.get("move") == Asked.RECORD else ""
    return kept
