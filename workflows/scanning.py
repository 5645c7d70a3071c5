"""Scanning: each night, what is not up to date is laid out and what is due is reminded of, in sets of rows.

A set that fails is halved until the row that cannot be done stands alone: one bad row costs one row.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

import structlog
from sqlalchemy import select, update

from governance.kernel.clock import day_in
from governance.kernel.db import db, out_of_reach, transaction
from governance.mandates.climbing import Ladders, Night
from governance.obligations import reminding as obligations
from governance.people.actors import system
from governance.people.models import Institution
from governance.tasks import reminding as tasks
from governance.trail.record import record
from workflows import timetabling
from workflows.bells import ring
from workflows.library import Library

log = structlog.get_logger()


@dataclass(frozen=True)
class Scanned:
    """What a scan did: institutions that are done with their day, and rows that it had to leave for the next hour."""

    institutions: int = 0
    failed: int = 0

    def __add__(self, other: "Scanned") -> "Scanned":
        return Scanned(self.institutions + other.institutions, self.failed + other.failed)


def scan(*, now: datetime, library: Library) -> Scanned:
    """Lay out what is not up to date, then remind in every institution whose local day has not been scanned yet.

    Asks what is passed and not yet done, so a missed night heals itself. An institution with a row that failed is not
    done with its day: the next hour tries that row again, and finds nothing else to do.
    """
    timetabling.catch_up(now=now, library=library)
    days = db.session.execute(select(Institution.id, Institution.timezone, Institution.scanned_on)).all()
    db.session.rollback()
    waiting = [
        (zone, institution_id)
        for institution_id, zone, scanned_on in days
        if scanned_on is None or scanned_on < day_in(zone, now)
    ]
    done = Scanned()
    for zone, group in groupby(sorted(waiting), key=lambda one: one[0]):
        night = Night([institution_id for _zone, institution_id in group], day_in(zone, now), now)
        done += _scan_set(night, zone, library.law.ladders)
    return done


def _scan_set(night: Night, zone: str, ladders: Ladders) -> Scanned:
    """These institutions in one transaction; where that fails, each half of them by itself."""
    ids = list(night.institution_ids)
    try:
        with transaction() as after_commit:
            _remind(night, zone, ladders)
            _mark_done(night)
            after_commit(ring("notices.deliver"))
            return Scanned(len(ids))
    except Exception as error:
        if out_of_reach(error):  # No row is to blame; the next hour finds the same.
            raise
        if len(ids) == 1:
            return _scan_rows(night, zone, ladders)
    half = len(ids) // 2
    halves = (replace(night, institution_ids=part) for part in (ids[:half], ids[half:]))
    return sum((_scan_set(part, zone, ladders) for part in halves), Scanned())


def _remind(night: Night, zone: str, ladders: Ladders) -> None:
    """Obligations and tasks of a set, and one line in the trail of each institution that got any reminder."""
    reminders, of_tasks = obligations.climb(night, ladders), tasks.climb(night, ladders)
    sent = Counter(dict(reminders)) + Counter(dict(of_tasks))
    for institution_id, count in sorted(sent.items()):
        by, about = system(institution_id, zone), ("institution", institution_id)
        record("obligation.reminded", by=by, about=about, at=night.at, reminders=count)


def _mark_done(night: Night) -> None:
    ids = list(night.institution_ids)
    db.session.execute(update(Institution).where(Institution.id.in_(ids)).values(scanned_on=night.today))


def _scan_rows(night: Night, zone: str, ladders: Ladders) -> Scanned:
    """One institution, each of its rows in a transaction of its own; whatever cannot be done is logged and counted."""
    failed = 0
    for what, concept in (("obligation", obligations), ("task", tasks)):
        due = concept.due_ids(night, ladders)
        db.session.rollback()
        for key in due:
            failed += _failed(what, concept.climb, replace(night, only=[key]), zone, ladders)
    if failed:
        return Scanned(0, failed)
    with transaction() as after_commit:
        _mark_done(night)
        after_commit(ring("notices.deliver"))
    return Scanned(1)


def _failed(what: str, climb: Callable[..., Any], row: Night, zone: str, ladders: Ladders) -> int:
    """1 where this one row could not be done."""
    (institution_id,), (key,) = row.institution_ids, row.only or ()
    try:
        with transaction() as after_commit:
            for _institution, reminders in climb(row, ladders):
                by, about = system(institution_id, zone), ("institution", institution_id)
                record("obligation.reminded", by=by, about=about, at=row.at, reminders=reminders)
            after_commit(ring("notices.deliver"))
    except Exception as error:
        if out_of_reach(error):
            raise
        log.exception("reminder failed", institution=institution_id, **{what: key})
        return 1
    return 0
