"""How one mandated document stands on a day: missing, under way, in force, expiring; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from governance.documents.effect import Effect, Period, effect
from governance.documents.lifecycle import State

EXPIRING_WITHIN = timedelta(days=60)


class Standing(StrEnum):
    """What the page of the five groups says of a mandated document."""

    MISSING = "missing"
    OPTIONAL = "optional"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ENACTED = "enacted"  # a Peraturan that is set and not yet promulgated
    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Known:
    """A document of the kind, or the act it became."""

    id: int
    state: State
    in_force_from: date | None = None
    in_force_to: date | None = None
    recorded: bool = False
    revoked_on: date | None = None
    amends: bool = False  # it amends another act, and holds beside it

    @property
    def period(self) -> Period:
        """When the act binds."""
        return Period(self.in_force_from, self.in_force_to, self.revoked_on)

    @property
    def last_day(self) -> date | None:
        """The last day on which the act holds: before the day on which a later one ended it; None without an end."""
        revoked = self.revoked_on and self.revoked_on - timedelta(days=1)
        return min((day for day in (self.in_force_to, revoked) if day is not None), default=None)


@dataclass(frozen=True)
class Stands:
    """The answer: the document that decides it, and one under way beside it."""

    standing: Standing
    document_id: int | None = None
    until: date | None = None
    recorded: bool = False
    under_way: Known | None = None


def standing(known: Iterable[Known], on: date, *, asked: bool) -> Stands:
    """How a kind stands on a day; `asked` is whether anything asks for it then (the master plan is a choice)."""
    documents = sorted(known, key=lambda one: one.id, reverse=True)
    open_ones = [one for one in documents if one.in_force_from is None and one.state is not State.WITHDRAWN]
    acts = [one for one in documents if one.in_force_from is not None]
    furthest = max(open_ones, key=lambda one: list(State).index(one.state), default=None)
    in_force = in_force_among(acts, on)
    if in_force:
        act = max(in_force, key=lambda one: one.last_day or date.max)
        expiring = act.last_day is not None and act.last_day - on <= EXPIRING_WITHIN
        word = Standing.EXPIRING if expiring else Standing.IN_FORCE
        return Stands(word, act.id, act.last_day, act.recorded, furthest)
    if furthest is not None:
        return Stands(Standing(furthest.state.value), furthest.id)
    past = [act for act in acts if act.last_day is not None and act.last_day < on]
    if past:
        last = max(past, key=lambda one: one.last_day or date.min)
        ended = last.revoked_on is not None and last.revoked_on <= on
        return Stands(Standing.REVOKED if ended else Standing.EXPIRED, last.id, last.last_day, last.recorded)
    return Stands(Standing.MISSING if asked else Standing.OPTIONAL)


def in_force_among(known: Iterable[Known], on: date) -> list[Known]:
    """The acts that hold on a day: a revoked one no longer does on the very day of its revocation."""
    return [act for act in known if act.in_force_from is not None and effect(act.period, on) is Effect.IN_FORCE]
