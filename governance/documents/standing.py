"""How one mandated document stands on a day: missing, under way, in force, expiring; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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


@dataclass(frozen=True)
class Known:
    """A document of the kind, or the act it became."""

    id: int
    state: State
    in_force_from: date | None = None
    in_force_to: date | None = None
    recorded: bool = False


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
    in_force = [act for act in acts if _covers(act, on)]
    if in_force:
        act = max(in_force, key=lambda one: one.in_force_to or date.max)
        expiring = act.in_force_to is not None and act.in_force_to - on <= EXPIRING_WITHIN
        word = Standing.EXPIRING if expiring else Standing.IN_FORCE
        return Stands(word, act.id, act.in_force_to, act.recorded, furthest)
    if furthest is not None:
        return Stands(Standing(furthest.state.value), furthest.id)
    past = [act for act in acts if act.in_force_to is not None and act.in_force_to < on]
    if past:
        last = max(past, key=lambda one: one.in_force_to or date.min)
        return Stands(Standing.EXPIRED, last.id, last.in_force_to, last.recorded)
    return Stands(Standing.MISSING if asked else Standing.OPTIONAL)


def _covers(act: Known, on: date) -> bool:
    begun = act.in_force_from is not None and act.in_force_from <= on
    return begun and (act.in_force_to is None or act.in_force_to >= on)
