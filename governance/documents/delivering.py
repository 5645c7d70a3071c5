"""To whom a Keputusan is delivered, and by when: pure rules over what the decree says.

UU 30/2014 Pasal 61 ayat (1): to the parties named in it, at the latest five working days after it is set; Pasal 62 ayat
(2)-(3): ten where they are many or a mass. The law says no number for "many": `Deadline.mass_from` is a setting.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import Holiday
from governance.documents.text import DocumentText, Form
from governance.mandates.rules import Deadline

LONGEST_RECIPIENT = 500
DEADLINE = "decree_delivery"  # its key in the law


@dataclass(frozen=True)
class Named:
    """Someone a decree names: a post of the institution by its key, or only the words where no post is meant."""

    recipient: str
    post: str | None = None


@dataclass(frozen=True)
class Term:
    """Until when a decree is delivered, with the steps that lead there as (key, params) for the reader."""

    due_on: date
    working_days: int
    steps: tuple[dict[str, Any], ...]


def named_in(text: DocumentText, leave_out: Collection[str] = ()) -> tuple[Named, ...]:
    """Whom a Keputusan names, each once, in its own order; `leave_out` are posts to which it need not be brought.

    A Peraturan is promulgated and a paper is sent: neither names anybody to whom it is delivered.
    """
    if text.form is not Form.DECREE:
        return ()
    found: dict[str, Named] = {}
    for member in text.member_posts:
        if member.post is not None and member.post not in leave_out:
            found.setdefault(member.post, Named(member.office[:LONGEST_RECIPIENT], member.post))
        elif member.post is None:
            recipient = " ".join(member.office.split())[:LONGEST_RECIPIENT]
            found.setdefault(f" {recipient.casefold()}", Named(recipient))
    return tuple(found.values())


def term(signed_on: date, recipients: int, deadline: Deadline, calendar: Calendar) -> Term:
    """The last day for that many recipients, counted in the institution's working days without the day of signing."""
    if deadline.working_days is None:
        raise ValueError(f"{deadline.key} sets no working days")
    many = deadline.mass_from is not None and recipients >= deadline.mass_from
    count = (deadline.working_days_mass or deadline.working_days) if many else deadline.working_days
    due_on = calendar.working_days_after(signed_on, count)
    fell = calendar.fell_out(signed_on, due_on)
    return Term(due_on, count, tuple(_steps(signed_on, due_on, (count, recipients, many), deadline, fell)))


def _steps(
    signed_on: date, due_on: date, counted: tuple[int, int, bool], deadline: Deadline, fell: tuple[Holiday, ...]
) -> Iterable[dict[str, Any]]:
    count, recipients, many = counted
    said = {"article": deadline.article, "working_days": count, "recipients": recipients, "from": deadline.mass_from}
    yield _step("why.delivery.signed", signed_on=signed_on.isoformat())
    yield _step("why.delivery.many" if many else "why.delivery.term", **said)
    for day, names in _by_day(fell).items():
        estimated = any(one.estimated for one in fell if one.day == day)
        key = "why.delivery.maybe_closed" if estimated else "why.delivery.closed"
        yield _step(key, day=day.isoformat(), name=", ".join(names))
    yield _step("why.delivery.end", day=due_on.isoformat(), working_days=count)


def _by_day(holidays: Iterable[Holiday]) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for holiday in holidays:
        found.setdefault(holiday.day, []).append(holiday.name)
    return found


def _step(key: str, **params: Any) -> dict[str, Any]:
    return {"key": key, "params": params}
