"""What time it is. Only doors ask (web, doorbells); below them time is a parameter."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_in(zone: str, moment: datetime) -> date:
    """The calendar day that `moment` falls on in an IANA time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
