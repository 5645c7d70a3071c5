"""Which documents a change of the law asks to look at again: pure, from what they are and when the change came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from governance.documents.citing import Citing
from governance.documents.lifecycle import State
from governance.mandates.entries import Fact, Relation
from governance.mandates.regulations import Regulation
from governance.mandates.validity import standing_of


@dataclass(frozen=True)
class Change:
    """What happened to a regulation; `since` is the day from which documents know of it, None where it is unknown."""

    revoked: bool
    since: date | None


def to_review(citing: Citing, change: Change | None, today: date) -> bool:
    """Whether a document that cites a regulation should be looked at again because of what happened to it.

    A revoked basis asks for it wherever it is cited, but in an act whose time was over before. An amended one asks it
    of what was signed, submitted or opened before the amendment was known. An unknown day asks, and lets none through.
    """
    if change is None or citing.state is State.WITHDRAWN:
        return False
    ends = citing.in_force_to
    if ends is not None and ends < max(today, change.since or today):
        return False
    return change.revoked or change.since is None or citing.day < change.since


def change_by(fact: Fact) -> Change:
    """What a finding says: an amendment that was noted late was not known to what was written meanwhile."""
    if fact.relation is Relation.REVOKED or fact.since is None or fact.entered_on is None:
        return Change(fact.relation is Relation.REVOKED, fact.since)
    return Change(False, max(fact.since, fact.entered_on))


def last_change(regulation: Regulation, facts: Iterable[Fact]) -> Change | None:
    """The revocation of a regulation, else its last amendment; None where neither is known."""
    if regulation.revoked_by is not None:
        return Change(True, standing_of(regulation, date.max).since)
    amended = [fact for fact in facts if fact.relation is Relation.AMENDED and fact.closed_on is None]
    days = [change_by(fact).since for fact in amended]
    noted = {(fact.since, fact.source) for fact in amended}
    national = [one for one in regulation.amended_by if (one.in_force_from, one.note) not in noted]
    days += [one.in_force_from or one.in_force_latest for one in national]
    if not days:
        return None
    known = [day for day in days if day is not None]
    return Change(False, max(known) if len(known) == len(days) else None)
