"""Whether an act holds on a day: awaiting promulgation, not yet, in force, expired, revoked; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    """What is said of an act on a day, to its readers and to strangers who check it."""

    AWAITS_PROMULGATION = "awaits_promulgation"  # a Peraturan that is set and not in Berita Daerah yet
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Period:
    """When an act binds: `since` None while its promulgation is awaited, `until` None without an end."""

    since: date | None
    until: date | None = None
    revoked_on: date | None = None


def effect(period: Period, on: date) -> Effect:
    """What an act is on a day. It is revoked from the very day on which the later act took its place."""
    if period.revoked_on is not None and period.revoked_on <= on:
        return Effect.REVOKED
    if period.since is None:
        return Effect.AWAITS_PROMULGATION
    if on < period.since:
        return Effect.NOT_YET
    if period.until is not None and period.until < on:
        return Effect.EXPIRED
    return Effect.IN_FORCE
