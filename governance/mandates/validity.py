"""Whether a regulation stands on a day, since when it does not, and by what it was replaced: pure, for every check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from governance.kernel.errors import Problem
from governance.mandates.regulations import Regulation


class Force(StrEnum):
    """How a regulation stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    PREPARED = "prepared"  # in preparation: it has no number and binds nobody
    REVOKED = "revoked"  # by another regulation
    ENDED = "ended"  # its time is over, or its entry was closed
    UNKNOWN = "unknown"  # the register cannot say: people are asked


@dataclass(frozen=True)
class Standing:
    """How it stands; `since` is the first day of that, None where it is not known; `successor` is a key."""

    force: Force
    since: date | None = None
    successor: str | None = None


def standing_of(regulation: Regulation, on: date) -> Standing:
    """How a regulation stands on a day; where the register does not know, the answer is UNKNOWN and never a guess."""
    if regulation.ended_by(on) is True:
        last = regulation.in_force_to
        force = Force.REVOKED if regulation.revoked_by else Force.ENDED
        return Standing(force, last and last + timedelta(days=1), regulation.revoked_by)
    if regulation.in_preparation:
        return Standing(Force.PREPARED)
    if regulation.in_force_on(on) is False:
        return Standing(Force.NOT_YET, regulation.in_force_from)
    if regulation.in_force_on(on) is None:
        return Standing(Force.UNKNOWN, successor=regulation.revoked_by)
    return Standing(Force.IN_FORCE, regulation.in_force_from)


def successor_on(regulations: Mapping[str, Regulation], key: str, on: date) -> Regulation | None:
    """What stands in the place of a revoked regulation on that day: the last of the chain of revocations."""
    seen, successor = {key}, regulations.get(regulations[key].revoked_by or "")
    while successor is not None and successor.revoked_by and successor.ended_by(on) is True:
        if successor.key in seen:
            return successor
        seen.add(successor.key)
        successor = regulations.get(successor.revoked_by, successor)
    return successor


def problem_with(regulations: Mapping[str, Regulation], key: str, on: date, place: str = "") -> Problem | None:
    """Why a document of that day may not cite it, naming the successor of what was revoked; None where it may.

    What the register cannot say (an unknown first or last day) is no problem here: `Law.questions` asks about it.
    UU 12/2011 Lampiran II angka 42: what is not yet in force or no longer in force is left out of Mengingat.
    """
    regulation = regulations.get(key)
    if regulation is None:
        return Problem(place, "law.unknown_regulation", {"regulation": key[:80]})
    standing = standing_of(regulation, on)
    said = {"regulation": regulation.name}
    if standing.since is not None:
        said["since_on"] = standing.since.isoformat()
    if standing.force is Force.REVOKED and (successor := successor_on(regulations, key, on)) is not None:
        undated = "" if standing.since else ".undated"
        return Problem(place, f"regulation.revoked{undated}", {**said, "successor": successor.name})
    if standing.force in (Force.REVOKED, Force.ENDED):
        return Problem(place, "regulation.ended", said)
    if standing.force is Force.NOT_YET:
        return Problem(place, f"regulation.not_yet{'' if standing.since else '.undated'}", said)
    if standing.force is Force.PREPARED:
        return Problem(place, "regulation.prepared", said)
    return None


def question_about(regulation: Regulation, on: date) -> str:
    """What people are asked where the register cannot say whether it binds on that day; "" where it can."""
    if standing_of(regulation, on).force is not Force.UNKNOWN or regulation.citable_on(on):
        return ""
    return regulation.question_on(on).note or "Tanggalnya tidak ditemukan: tanyakan."
