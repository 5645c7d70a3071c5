"""Scanning: each night, what is not up to date is laid out and what is due is reminded of, in sets of rows."""

from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select, update

from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.obligations.reminding import climb
from governance.people.actors import system
from governance.people.models import Institution
from governance.trail.record import record
from workflows import timetabling
from workflows.bells import ring
from workflows.library import Library


def scan(*, now: datetime, library: Library) -> int:
    """Lay out what is not up to date, then remind in every institution whose local day has not been scanned yet.

    Returns how many institutions were scanned. Asks what is passed and not yet done, so a missed night heals itself.
    """
    timetabling.catch_up(now=now, library=library)
    with transaction() as after_commit:
        days = db.session.execute(select(Institution.id, Institution.timezone, Institution.scanned_on)).all()
        waiting = [
            (day_in(zone, now), zone, institution_id)
            for institution_id, zone, scanned_on in days
            if scanned_on is None or scanned_on < day_in(zone, now)
        ]
        for (today, zone), group in groupby(sorted(waiting), key=lambda one: one[:2]):
            _scan_day([institution_id for *_, institution_id in group], today, zone, now)
        after_commit(ring("notices.deliver"))
        return len(waiting)


def _scan_day(ids: list[int], today: date, zone: str, now: datetime) -> None:
    for institution_id, reminders in climb(ids, today, now):
        by = system(institution_id, zone)
        record("obligation.reminded", by=by, about=("institution", institution_id), at=now, reminders=reminders)
    db.session.execute(update(Institution).where(Institution.id.in_(ids)).values(scanned_on=today))
