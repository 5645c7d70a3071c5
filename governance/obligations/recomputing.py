"""When a timetable is computed anew: after a change that its dates rest on, and when the law or the year is another."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from governance.kernel.db import db
from governance.notices.leaving import leave_job
from governance.people.actors import Actor
from governance.people.models import Institution

VERB = "timetabling.recompute"
EDITION = 1  # of the rules themselves: raised when they answer otherwise on the same law and the same facts


def mark_of(release: str, today: date) -> str:
    """What `Institution.timetable_mark` says of a timetable that is up to date: this law, these rules, this year."""
    return f"{release[:40]}:{EDITION}:{today.year}"


def timetable_changed(cause: str, *, by: Actor, at: datetime, because: Mapping[str, Any]) -> None:
    """Say inside a verb that something the dates rest on has changed; a job computes them anew.

    `cause` is new for every change ("closed_day:12:2"); `because` is the sentence's key with its parameters, told to
    those whose dates move. Until the job is done the institution counts as not up to date: the nightly scan does what
    a job could not.
    """
    db.session.flush()
    db.session.execute(update(Institution).where(Institution.id == by.institution_id).values(timetable_mark=""))
    leave_job(VERB, key=cause, by=by, at=at, cause=cause, because=dict(because))


def is_up_to_date(institution_id: int, mark: str) -> bool:
    """Whether an institution's timetable was computed after the last change of what it rests on."""
    rows = select(Institution.timetable_mark).where(Institution.id == institution_id)
    return db.session.scalar(rows) == mark
