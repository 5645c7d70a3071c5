"""iCalendar files (RFC 5545, RFC 7986): dates written, one event for each, the same mark for ever; and events read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

REFRESH = timedelta(hours=6)
PRODUCT = "-//Mandat//Tenggat//ID"
UNKNOWN = datetime(2020, 1, 1, tzinfo=UTC)  # when a row last changed that was written before that was kept


class Firmness(StrEnum):
    """How firm an event is, in the format's own words."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"  # an estimate
    CANCELLED = "CANCELLED"  # dropped, waived, called off


@dataclass(frozen=True)
class Event:
    """One date. `uid` never changes; `sequence` and `changed_at` grow with each change of its row."""

    uid: str
    day: date
    title: str
    words: str
    url: str
    category: str
    firmness: Firmness
    sequence: int
    changed_at: datetime | None


def written(name: str, events: Iterable[Event]) -> bytes:
    """The calendar as a file; the same events give the same bytes, so that its hash says whether anything changed."""
    from icalendar import Calendar  # noqa: PLC0415 - heavy: loaded by the first feed that is asked for

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)  # what most programs read instead of NAME
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", f"PT{int(REFRESH.total_seconds()) // 3600}H")
    for event in events:
        made.add_component(_component(event))
    return bytes(made.to_ical())


def events_in(text: str) -> list[Any]:
    """The events of a calendar file as the library reads them; ValueError, KeyError or IndexError where it is none."""
    from icalendar import Calendar  # noqa: PLC0415 - heavy, as above

    return [event for one in Calendar.from_ical(text, multiple=True) for event in one.walk("VEVENT")]


def _component(event: Event) -> Any:
    from icalendar import Event as Component  # noqa: PLC0415 - heavy, as above

    made = Component()
    changed_at = (event.changed_at or UNKNOWN).astimezone(UTC).replace(microsecond=0)
    made.add("uid", event.uid)
    made.add("dtstamp", changed_at)  # What is published has no other moment than that of its last change.
    made.add("last-modified", changed_at)
    made.add("sequence", event.sequence)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", event.title)
    made.add("description", event.words)
    made.add("url", event.url)
    made.add("categories", [event.category])
    made.add("status", event.firmness.value)
    made.add("transp", "TRANSPARENT")  # A deadline makes nobody busy.
    return made
