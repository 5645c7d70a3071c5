"""Who signs, in what order: a kind's route, laid out on an institution's posts when a document is submitted."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from governance.kernel.errors import Refusal


class Asked(StrEnum):
    """What a step asks of its posts."""

    INITIAL = "initial"  # paraf
    APPROVE = "approve"  # the Sekda approves the konsep
    RECORD = "record"  # a step that others take, recorded by its letter


@dataclass(frozen=True)
class Step:
    """One step: what is asked, of which posts (all of them, in any order); for an external one, which it is."""

    asked: Asked
    post_ids: tuple[int, ...]
    external: str = ""
    title: str = ""
    optional: bool = False  # may be left out with a reason

    def as_data(self) -> dict[str, Any]:
        """The step as JSON, kept with the document so that it ends on the route it began with."""
        told = {"external": self.external, "title": self.title, "optional": self.optional} if self.external else {}
        return {"asked": self.asked.value, "posts": list(self.post_ids), **told}

    def open_posts(self, made: Collection["Decided"]) -> tuple[int, ...]:
        """The posts whose decision is still missing; an external step is made by anyone's record of it."""
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


def laid(steps: Iterable[dict[str, Any]], post_of: Callable[[str], int | None]) -> tuple[Step, ...]:
    """Lay a kind's steps (`who`, `move`, for an external one `external`, `title`, `optional`) on posts.

    Who initialled as head of his unit is not asked twice.
    """
    route: list[Step] = []
    asked_before: set[int] = set()
    for step in steps:
        post_id = post_of(step["who"])
        if post_id is None:
            raise NoPost("refused.no_post", who=step["who"])
        asked = Asked(step["move"])
        if asked is Asked.INITIAL and post_id in asked_before:
            continue
        if asked is Asked.INITIAL:
            asked_before.add(post_id)
        told = (step.get("external", ""), step.get("title", ""), bool(step.get("optional")))
        route.append(Step(asked, (post_id,), *told))
    return tuple(route)


def read(data: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    """A route from the JSON kept with the document."""
    return tuple(
        Step(
            Asked(step["asked"]),
            tuple(step["posts"]),
            step.get("external", ""),
            step.get("title", ""),
            step.get("optional", False),
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
    """The posts whose turn it is, in the route's order; none when all are made."""
    index = open_step(route, decided)
    if index is None:
        return ()
    return route[index].open_posts(frozenset(decided))
