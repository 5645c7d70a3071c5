"""Who signs, in what order: a kind's route, laid out on an institution's posts when a document is submitted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from governance.kernel.errors import Refusal


class Asked(StrEnum):
    """What a step asks of its posts."""

    INITIAL = "initial"  # paraf
    APPROVE = "approve"  # the Sekda approves the konsep


@dataclass(frozen=True)
class Step:
    """One step: what is asked, of which posts (all of them, in any order)."""

    asked: Asked
    post_ids: tuple[int, ...]

    def as_data(self) -> dict[str, Any]:
        """The step as JSON, kept with the document so that it ends on the route it began with."""
        return {"asked": self.asked.value, "posts": list(self.post_ids)}


@dataclass(frozen=True)
class Decided:
    """A decision that counts for the revision under review."""

    post_id: int
    asked: Asked


class NoPost(Refusal):
    """A step's office does not exist in this institution: the route cannot be laid."""


def laid(steps: Iterable[dict[str, str]], post_of: Callable[[str], int | None]) -> tuple[Step, ...]:
    """Lay a kind's steps (`who`, `move`) on posts; who initialled as head of his unit is not asked twice."""
    route: list[Step] = []
    asked_before: set[int] = set()
    for step in steps:
        post_id = post_of(step["who"])
        if post_id is None:
            raise NoPost("refused.no_post", who=step["who"])
        asked = Asked(step["move"])
        if asked is Asked.INITIAL and post_id in asked_before:
            continue
        asked_before.add(post_id)
        route.append(Step(asked, (post_id,)))
    return tuple(route)


def read(data: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    """A route from the JSON kept with the document."""
    return tuple(Step(Asked(step["asked"]), tuple(step["posts"])) for step in data)


def open_step(route: Sequence[Step], decided: Iterable[Decided]) -> int | None:
    """The index of the first step that still misses a decision; None when all are made."""
    made = {(decision.asked, decision.post_id) for decision in decided}
    for index, step in enumerate(route):
        if any((step.asked, post_id) not in made for post_id in step.post_ids):
            return index
    return None


def waiting_posts(route: Sequence[Step], decided: Sequence[Decided]) -> tuple[int, ...]:
    """The posts whose turn it is, in the route's order; none when all are made."""
    index = open_step(route, decided)
    if index is None:
        return ()
    made = {(decision.asked, decision.post_id) for decision in decided}
    step = route[index]
    return tuple(post_id for post_id in step.post_ids if (step.asked, post_id) not in made)
