"""Who would judge what is his own: assessors whose office has a share in what they rate, or audits it; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from governance.assessment.instruments import Instrument
from governance.people.roles import Role

AUDIT = "audit"  # as it stands in the names of the indicators, in every instrument


class Why(StrEnum):
    """What is wrong with a post's rating. A warning always: small governments have no one else."""

    OWN_WORK = "own_work"  # its own office is responsible or contributes
    AUDIT_INDICATORS = "audit_indicators"  # the Inspectorate rates the audits that it carries out
    AUDITS = "audits"  # its office audits the year's ICT by a team decree in force


@dataclass(frozen=True)
class Rater:
    """A post that rates; `items` are those it rates, none named: all. `audits`: its office is in an audit team."""

    post_id: int
    unit_id: int
    role: Role
    items: Collection[str] = ()
    audits: bool = False


@dataclass(frozen=True)
class Conflict:
    """One warning: which post, why, and for which items, in the order of the instrument."""

    post_id: int
    why: Why
    items: tuple[str, ...]


def conflicts(
    instrument: Instrument, raters: Sequence[Rater], shared: Mapping[str, Collection[int]]
) -> tuple[Conflict, ...]:
    """Every conflict of the raters, given the offices that share in each item."""
    found: list[Conflict] = []
    for one in raters:
        rated = [item for item in instrument.items.values() if not one.items or item.key in one.items]
        own = tuple(item.key for item in rated if one.unit_id in shared.get(item.key, ()))
        audits = tuple(item.key for item in rated if AUDIT in item.name.casefold())
        found += [Conflict(one.post_id, Why.OWN_WORK, own)] if own else []
        if one.role is Role.INSPECTORATE and audits:
            found.append(Conflict(one.post_id, Why.AUDIT_INDICATORS, audits))
        if one.audits and rated:
            found.append(Conflict(one.post_id, Why.AUDITS, tuple(item.key for item in rated)))
    return tuple(found)
