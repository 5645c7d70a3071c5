"""Who signs, in what order: a kind's route, laid out on an institution's posts when a document is submitted."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from governance.kernel.errors import Refusal

HIERARCHY = "hierarchy"  # as a step's `who`: the initiating unit's own line


class Asked(StrEnum):
    """What a step asks of its posts."""

    INITIAL = "initial"  # paraf
    APPROVE = "approve"  # the Sekda approves the konsep
    RECORD = "record"  # a step that others take, recorded by its letter


class Initials(StrEnum):
    """Which initials a step gathers, as the offices call them."""

    PLAIN = ""
    HIERARCHY = "hierarchy"  # paraf hierarki: up the initiating unit's own line, one after the other
    COORDINATION = "coordination"  # paraf koordinasi: offices beside one another, in any order


@dataclass(frozen=True)
class Step:
    """One step: what is asked, of which posts (all of them, in any order); for an external one, which it is.

    `declined` of its posts have a conflict of interest: their place is open for another post. `earlier` are those
    whose place another post has taken.
    """

    asked: Asked
    post_ids: tuple[int, ...]
    external: str = ""
    title: str = ""
    optional: bool = False  # may be left out with a reason
    days: int = 0  # working days in which it is to be decided; 0: none are set
    initials: Initials = Initials.PLAIN
    declined: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()
    left_out: bool = False

    def as_data(self) -> dict[str, Any]:
        """The step as JSON, kept with the document so that it ends on the route it began with."""
        told = {"external": self.external, "title": self.title} if self.external else {}
        said = {
            "optional": self.optional,
            "days": self.days,
            "initials": self.initials.value,
            "declined": list(self.declined),
            "earlier": list(self.earlier),
            "left_out": self.left_out,
        }
        kept = {name: value for name, value in said.items() if value}
        return {"asked": self.asked.value, "posts": list(self.post_ids), **told, **kept}

    def open_posts(self, made: Collection["Decided"]) -> tuple[int, ...]:
        """The posts whose decision is still missing; an external step is made by anyone's record of it."""
        if self.left_out:
            return ()
        if self.external:
            done = any(one.asked is self.asked and one.external == self.external for one in made)
            return () if done else self.post_ids
        return tuple(post_id for post_id in self.post_ids if Decided(post_id, self.asked) not in made)


@dataclass(frozen=True)
class Decided:
    """A decision that counts for the revision under review."""

    post_id: int
    asked: Asked
    external: str = ""


class NoPost(Refusal):
    """A step's office does not exist in this institution: the route cannot be laid."""


def laid(
    steps: Iterable[dict[str, Any]], post_of: Callable[[str], int | None], line: Sequence[int] = ()
) -> tuple[Step, ...]:
    """Lay a kind's steps (`who`: one or several, `move`, `days`, ...) on posts; `line` leads up from the initiator.

    Who initialled before is not asked twice: as head of his unit, or in its line.
    """
    route: list[Step] = []
    asked_before: set[int] = set()
    for step in steps:
        asked = Asked(step["move"])
        for posts in _places(step, post_of, line):
            fresh = tuple(post for post in dict.fromkeys(posts) if post not in asked_before)
            if asked is Asked.INITIAL:
                asked_before.update(fresh)
                if fresh:
                    route.append(_step(step, asked, fresh))
            else:
                route.append(_step(step, asked, posts))
    return tuple(route)


def _places(
    step: dict[str, Any], post_of: Callable[[str], int | None], line: Sequence[int]
) -> Iterable[tuple[int, ...]]:
    """The posts of a step; a line of one's own makes a step of each of its posts."""
    who = (step["who"],) if isinstance(step["who"], str) else tuple(step["who"])
    if who == (HIERARCHY,):
        if not line:
            raise NoPost("refused.no_post", who=HIERARCHY)
        return [(post,) for post in line]
    found = {one: post_of(one) for one in who}
    for one, post_id in found.items():
        if post_id is None:
            raise NoPost("refused.no_post", who=one)
    return [tuple(post_id for post_id in found.values() if post_id is not None)]


def _step(step: dict[str, Any], asked: Asked, posts: tuple[int, ...]) -> Step:
    beside = Initials.COORDINATION if asked is Asked.INITIAL and len(posts) > 1 else Initials.PLAIN
    hierarchy = step["who"] in (HIERARCHY, (HIERARCHY,), [HIERARCHY])
    return Step(
        asked,
        posts,
        step.get("external", ""),
        step.get("title", ""),
        bool(step.get("optional")),
        step.get("days", 0),
        Initials.HIERARCHY if hierarchy else Initials(step.get("initials") or beside),
    )


def read(data: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    """A route from the JSON kept with the document."""
    return tuple(
        Step(
            Asked(step["asked"]),
            tuple(step["posts"]),
            step.get("external", ""),
            step.get("title", ""),
            step.get("optional", False),
            step.get("days", 0),
            Initials(step.get("initials", "")),
            tuple(step.get("declined", ())),
            tuple(step.get("earlier", ())),
            step.get("left_out", False),
        )
        for step in data
    )


def open_step(route: Sequence[Step], decided: Iterable[Decided]) -> int | None:
    """The index of the first step that still misses a decision; None when all are made."""
    made = frozenset(decided)
    return next((index for index, step in enumerate(route) if step.open_posts(made)), None)


def has_twin_beside(route: Sequence[Step], index: int) -> bool:
    """Whether the external step at `index` stands directly before or after another that the same post records."""
    beside = [route[at] for at in (index - 1, index + 1) if 0 <= at < len(route)]
    return any(one.external and set(one.post_ids) & set(route[index].post_ids) for one in beside)


def waiting_posts(route: Sequence[Step], decided: Sequence[Decided]) -> tuple[int, ...]:
    """The posts whose turn it is, in the route's order; none when all are made, or when all of them declined."""
    index = open_step(route, decided)
    if index is None:
        return ()
    step = route[index]
    return tuple(post for post in step.open_posts(frozenset(decided)) if post not in step.declined)


def places_to_fill(route: Sequence[Step], decided: Sequence[Decided]) -> tuple[int, ...]:
    """The posts of the open step that declined: another post must take their place before the route goes on."""
    index = open_step(route, decided)
    return () if index is None else route[index].declined
