"""Refusals: what a rule or a verb raises when it will not do what was asked.

A refusal carries a key and parameters, never a sentence: `notices/wording.py` renders both in the reader's language,
and `web/errors.py` alone turns the class into a status code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was handed in: `place` is the field (dotted path), `key` the wording's key."""

    place: str
    key: str
    params: dict[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Something was refused and nothing was changed."""

    def __init__(self, key: str, /, **params: Any) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params


class NotFound(Refusal):
    """It is not there, or not for the one who asks: the two are never told apart."""

    def __init__(self, key: str = "refused.not_found", /, **params: Any) -> None:
        super().__init__(key, **params)


class NotAllowed(Refusal):
    """The actor's post may not do this, or it is not his turn."""

    def __init__(self, key: str = "refused.not_allowed", /, **params: Any) -> None:
        super().__init__(key, **params)


class OutOfOrder(Refusal):
    """The move does not exist from the present state."""

    def __init__(self, state: str, move: str) -> None:
        super().__init__("refused.out_of_order", state=str(state), move=str(move))


class Stale(Refusal):
    """What the actor last saw has changed meanwhile; `changed` names what, for the merge offer."""

    def __init__(self, changed: Iterable[str] = (), /, **params: Any) -> None:
        super().__init__("refused.stale", **params)
        self.changed = tuple(changed)


class Invalid(Refusal):
    """What was handed in breaks a rule; each `Problem` says where and what to do."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("refused.invalid", count=len(problems))
        self.problems = problems


class BadFile(Refusal):
    """A file that is broken, hostile or of the wrong kind."""


class TooLarge(Refusal):
    """A file or a text beyond the size allowed."""


class TooMany(Refusal):
    """Too many tries in a short time."""
