"""When a letter may go out: quiet hours, a digest's hour, the day of a letter of several. Pure; hours are local."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Sort(StrEnum):
    """A letter that holds several notices."""

    REMINDERS = "reminders"  # a person's reminders of one day
    DIGEST = "digest"  # what he chose to be told once a day


@dataclass(frozen=True)
class Quiet:
    """The hours in which no e-mail goes out: from the first to the second, over midnight too; equal means none."""

    from_hour: int
    to_hour: int

    def covers(self, hour: int) -> bool:
        """Whether a letter waits in that hour of the day."""
        if self.from_hour <= self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour


@dataclass(frozen=True)
class Wishes:
    """What holds for one person's letters: the hour of the digest (None: at once), and the quiet hours."""

    digest_at: int | None
    quiet: Quiet


def earliest(now: datetime, zone: str, wishes: Wishes, sort: Sort | None = None, day: date | None = None) -> datetime:
    """The first moment, not before `now`, at which a letter may go out.

    One of several goes on its day, a digest at its hour; one that is late goes now. Nothing goes in quiet hours.
    """
    local = now.astimezone(ZoneInfo(zone))
    if sort is not None and day is not None:
        hour = wishes.digest_at or 0 if sort is Sort.DIGEST else 0
        if sort is not Sort.DIGEST or wishes.digest_at is not None:  # Who no longer has a digest waits for none.
            local = max(local, _at(day, hour, zone))
    if wishes.quiet.covers(local.hour):
        end = _at(local.date(), wishes.quiet.to_hour, zone)
        local = end if end > local else _at(local.date() + timedelta(days=1), wishes.quiet.to_hour, zone)
    return local.astimezone(now.tzinfo)


def digest_day(now: datetime, zone: str, digest_at: int) -> date:
    """The local day whose digest a notice of `now` belongs to: today's if its hour is still to come."""
    local = now.astimezone(ZoneInfo(zone))
    return local.date() if local.hour < digest_at else local.date() + timedelta(days=1)


def _at(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone))
