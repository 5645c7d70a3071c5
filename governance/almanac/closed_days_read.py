"""Reading closed days from a calendar file (RFC 5545): every event is a day or several, or a fault with its line."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from governance.almanac.feed import events_in
from governance.calendar.entering import NewDay
from governance.calendar.models import DayKind
from governance.calendar.table_reading import MOST_ROWS, Fault, Row, kind_of, plain, row_of, text_of
from governance.kernel.errors import BadFile, TooLarge

LONGEST_EVENT = 14  # days of one event
REPEATED = ("RRULE", "RDATE", "EXRULE")


def read_ical(data: bytes) -> list[Row | Fault]:
    """The whole-day events of the file; one that repeats, has hours, or lasts too long is told and not taken."""
    text = text_of(data)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    if len(lines) > MOST_ROWS:
        raise TooLarge("calendar.many_rows", limit=MOST_ROWS)
    try:
        events = events_in(text)
    except (ValueError, KeyError, IndexError, RecursionError):
        raise BadFile("calendar.not_ical") from None
    read = [one for line, event in zip(lines, events, strict=False) for one in _days(line, event)]
    if not read:
        raise BadFile("calendar.no_rows")
    if len(read) > MOST_ROWS:
        raise TooLarge("calendar.many_rows", limit=MOST_ROWS)
    return read


def _days(line: int, event: Any) -> Iterator[Row | Fault]:
    """The days of one event, or the one thing that keeps it out."""
    start, end = _dt(event, "DTSTART"), _end(event)
    fault = _fault(event, start, end)
    if fault is not None:
        yield Fault(line, *fault)
        return
    kind = next((found for word in _categories(event) if (found := kind_of(word)) is not None), DayKind.LOCAL)
    name, source = plain(_said(event, "SUMMARY")), plain(_said(event, "DESCRIPTION"))
    for step in range(_length(start, end)):
        yield row_of(line, NewDay(start + timedelta(days=step), name, kind, source[:200]))


def _fault(event: Any, start: Any, end: Any) -> tuple[str, dict[str, Any]] | None:
    if any(name in event for name in REPEATED):
        return "calendar.event_repeats", {}
    if _said(event, "STATUS").upper() in ("CANCELLED", "TENTATIVE"):
        return "calendar.event_not_firm", {}
    if isinstance(start, datetime) or isinstance(end, datetime):
        return "calendar.event_hours", {}
    if not isinstance(start, date) or not (end is None or isinstance(end, date)):
        return "calendar.event_day", {}
    if not 1 <= _length(start, end) <= LONGEST_EVENT:
        return "calendar.event_long", {"limit": LONGEST_EVENT}
    return None


def _dt(event: Any, name: str) -> Any:
    """The day or moment of a property; None where it is missing, stands twice, or cannot be read."""
    try:
        return getattr(event.get(name), "dt", None)
    except ValueError:
        return None


def _end(event: Any) -> Any:
    """When the event ends, said by its end or by its length; "" where that cannot be read, None where none is said."""
    if "DTEND" in event:
        return _dt(event, "DTEND") or ""
    if "DURATION" not in event:
        return None
    start, length = _dt(event, "DTSTART"), _dt(event, "DURATION")
    if not isinstance(length, timedelta) or not isinstance(start, date) or length != timedelta(days=length.days):
        return ""
    try:
        return start + length
    except OverflowError:
        return ""


def _said(event: Any, name: str) -> str:
    """The words of a property; of one that stands twice, the first."""
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def _length(start: date, end: date | None) -> int:
    """How many days the event lasts; the day of its end is not one of them."""
    return 1 if end is None or end == start else (end - start).days


def _categories(event: Any) -> list[str]:
    said = event.get("CATEGORIES")
    return [str(one) for one in getattr(said, "cats", [])]
