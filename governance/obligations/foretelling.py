"""What will be reminded of in the days to come, by the same rule as the scan and without writing anything."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from governance.kernel.db import db, within
from governance.mandates.climbing import Ladders
from governance.mandates.ladder import STANDARD, TASK, Ladder, Rung, Term, due_rung
from governance.mandates.reminder_shapes import UNIT
from governance.obligations.delivery import STAGE
from governance.obligations.models import Fulfilment, Obligation, Reminder
from governance.people.models import Post, Unit
from governance.people.queries import short_title
from governance.people.roles import Role

MOST_DAYS = 366


@dataclass(frozen=True)
class Foreseen:
    """One reminder that is to come: on which day, of what, which rung, and the posts that are told."""

    day: date
    obligation_id: int
    mandate: str
    stage: str
    year: int
    due_on: date
    estimated: bool
    rung: Rung
    posts: tuple[str, ...]


def reminders_until(institution_id: int, first: date, until: date, ladders: Ladders) -> list[Foreseen]:
    """What each night from `first` to `until` will send if nothing is answered, moved or added meanwhile.

    In three statements however long: the open obligations, what was sent for them, and the posts.
    """
    last = min(until, first + timedelta(days=MOST_DAYS))
    reach = max(ladder.reach for ladder in ladders.values())
    rows = within(institution_id, Obligation).where(
        Obligation.fulfilment == Fulfilment.OPEN, Obligation.due_on <= last + timedelta(days=reach)
    )
    obligations = list(db.session.scalars(rows.order_by(Obligation.due_on, Obligation.id)))
    sent, posts = _sent(institution_id), _posts(institution_id)
    found = [one for row in obligations for one in _of(row, sent[row.id, row.due_on], (first, last), ladders, posts)]
    return sorted(found, key=lambda one: (one.day, one.due_on, one.obligation_id))


def _of(
    row: Obligation, sent: Iterable[str], days: tuple[date, date], ladders: Ladders, posts: list[tuple[Post, str]]
) -> Iterable[Foreseen]:
    assert row.due_on is not None  # the select asks for it
    ladder = ladders[STANDARD] if row.ladder == TASK else ladders.get(row.ladder, ladders[STANDARD])
    term = Term(row.due_on, row.estimated, row.acknowledged_due == row.due_on)
    climbed = set(sent)
    for day in _nights(ladder, term, *days):
        step = due_rung(ladder, term, day, climbed)
        if step is not None:
            climbed.add(step.rung)
            told = tuple(title for post, title in posts if _is_told(post, step.tells, row, posts))
            about = (row.id, row.mandate, row.stage, row.year, row.due_on, row.estimated)
            yield Foreseen(day, *about, step.rung, told)


def _nights(ladder: Ladder, term: Term, first: date, last: date) -> list[date]:
    """The nights on which something can change: the first, and those on which a rung begins."""
    begins = {step.begins_on(term.due_on) for step in ladder.steps}
    return sorted({first, *(day for day in begins if first <= day <= last)}) if first <= last else []


def _sent(institution_id: int) -> defaultdict[tuple[int, date], set[str]]:
    rows = within(institution_id, Reminder, Reminder.obligation_id, Reminder.due_on, Reminder.rung)
    rows = rows.join(
        Obligation, (Obligation.institution_id == Reminder.institution_id) & (Obligation.id == Reminder.obligation_id)
    )
    found: defaultdict[tuple[int, date], set[str]] = defaultdict(set)
    current = rows.where(Obligation.fulfilment == Fulfilment.OPEN, Obligation.due_on == Reminder.due_on)
    for obligation_id, due_on, rung in db.session.execute(current):
        found[obligation_id, due_on].add(rung)
    return found


def _posts(institution_id: int) -> list[tuple[Post, str]]:
    """Every post with what it is called, in the order in which units were made: a unit's first is its head."""
    unit = (Unit.institution_id == Post.institution_id) & (Unit.id == Post.unit_id)
    rows = within(institution_id, Post, Post, Unit).join(Unit, unit).order_by(Post.id)
    return [(post, short_title(post, unit)) for post, unit in db.session.execute(rows)]


def _is_told(post: Any, tells: tuple[str, ...], row: Obligation, posts: list[tuple[Post, str]]) -> bool:
    """As the scan tells: by role; the head of the unit that answers; of a delivery, Bagian Hukum too."""
    if post.role in tells or (post.role is Role.LEGAL and row.stage == STAGE):
        return True
    heads = [other.id for other, _title in posts if other.unit_id == row.unit_id]
    return UNIT in tells and bool(heads) and post.id == heads[0]
