"""The rules of delegations: what stands against a new one, and whether one covers a document on a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from governance.kernel.errors import Problem

LONGEST_LETTER = 200


@dataclass(frozen=True)
class Given:
    """A delegation as the rules see it: kinds by their keys, both days inclusive."""

    from_post: int
    to_post: int
    kinds: frozenset[str]
    from_on: date
    to_on: date
    withdrawn: bool = False

    def covers(self, kind: str, on: date) -> bool:
        """Whether that kind may be signed by it on that day, from its first to its last day."""
        return kind in self.kinds and self.from_on <= on <= self.to_on and not self.withdrawn

    def meets(self, other: "Given") -> bool:
        """Whether both hold on a common day."""
        live = not self.withdrawn and not other.withdrawn
        return live and self.from_on <= other.to_on and other.from_on <= self.to_on


def problems(new: Given, others: Collection[Given], *, own: Collection[str], never: Collection[str]) -> list[Problem]:
    """What stands against a new delegation; `own` kinds the giver sets himself, `never` those nobody signs for another.

    What was received is not given on: only kinds of one's own can be delegated.
    """
    return [*_of_itself(new, never), *_of_scope(new, others, own, never), *_of_others(new, others)]


def _of_itself(new: Given, never: Collection[str]) -> Iterator[Problem]:
    if new.from_post == new.to_post:
        yield Problem("to_post", "delegation.same_post")
    if new.to_on < new.from_on:
        yield Problem("to_on", "draft.end_before_start", {"start": new.from_on.isoformat()})
    if not new.kinds:
        yield Problem("kinds", "delegation.no_kinds")
    if new.kinds & set(never):
        yield Problem("kinds", "delegation.regulation")


def _of_scope(new: Given, others: Collection[Given], own: Collection[str], never: Collection[str]) -> Iterator[Problem]:
    strange = new.kinds - set(own) - set(never)
    received = {kind for one in others if one.to_post == new.from_post and one.meets(new) for kind in one.kinds}
    if strange & received:
        yield Problem("kinds", "delegation.further")
    elif strange:
        yield Problem("kinds", "delegation.not_own")


def _of_others(new: Given, others: Collection[Given]) -> Iterator[Problem]:
    for one in others:
        same = (one.from_post, one.to_post) == (new.from_post, new.to_post)
        if same and one.meets(new) and one.kinds & new.kinds:
            told = {"from_on": one.from_on.isoformat(), "to_on": one.to_on.isoformat()}
            yield Problem("from_on", "delegation.overlap", told)
            break
    if _leads_back(new, [one for one in others if one.meets(new)]):
        yield Problem("to_post", "delegation.circle")


def _leads_back(new: Given, others: Sequence[Given]) -> bool:
    """Whether the receiver has, also over others, given something to the giver for these days."""
    reached, waiting = set[int](), [new.to_post]
    while waiting:
        post = waiting.pop()
        if post == new.from_post and reached:
            return True
        if post not in reached:
            reached.add(post)
            waiting += [one.to_post for one in others if one.from_post == post]
    return False
