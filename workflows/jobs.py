"""Jobs: what one verb left for another, claimed with a lease, run in its own transaction, then marked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update

from governance.kernel.db import db, transaction
from governance.kernel.errors import Refusal
from governance.notices.models import Doing, Job
from governance.people.actors import Actor, system
from governance.people.models import Institution
from workflows import (
    comparing,
    delivering,
    noting,
    offering,
    recommending,
    recounting,
    share_tasks,
    sharing,
    tasking,
    timetabling,
)
from workflows.library import Library
from workflows.recommending import Asker
from workflows.recounting import Change
from workflows.share_tasks import Changed
from workflows.timetabling import Cause

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
AT_A_BELL = 100  # jobs that one bell carries
ACROSS = {"across": True}  # Jobs of all institutions are run by one hand; each verb then keeps to its own.

log = structlog.get_logger()


def _hand_out(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    tasking.hand_out(payload["document_id"], by=by, now=now, library=library)


def _lay_out_deliveries(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    delivering.lay_out(payload["document_id"], by=by, now=now, library=library)


def _follow_deliveries(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    delivering.follow(payload["document_id"], by=by, now=now, library=library)


def _store_comparison(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    comparing.store(payload["document_id"], payload["number"], by=by, now=now, library=library)


def _review(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    noting.tell_to_review(payload["fact_id"], by=by, now=now, library=library)


def _tell_offered(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    offering.tell_offered(payload["document_id"], by=by, now=now, library=library)


def _recommend(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    recommending.hand_out(payload["id"], Asker(**payload["asker"]), by=by, now=now)


def _recount(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    change = Change(payload["cause"], payload["told"]["key"], payload["told"]["params"])
    recounting.after_closed_day(change, by=by, now=now, library=library)


def _recompute_timetable(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    cause = Cause(payload["cause"], payload["because"])
    timetabling.recompute(cause, by=by, now=now, library=library)


def _lay_out_shares(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    sharing.lay_out(payload["cycle_id"], by=by, now=now, library=library)


def _hand_out_shares(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    share_tasks.hand_out(payload["cycle_id"], by=by, now=now, library=library)


def _follow_shares(payload: dict[str, Any], by: Actor, now: datetime, library: Library) -> None:
    pairs = [(item, unit_id) for item, unit_id in payload["changed"]]
    share_tasks.follow(Changed(payload["cycle_id"], pairs, payload["mark"]), by=by, now=now, library=library)


VERBS: dict[str, Callable[[dict[str, Any], Actor, datetime, Library], None]] = {
    "comparing.store": _store_comparison,
    "delivering.lay_out": _lay_out_deliveries,
    "delivering.follow": _follow_deliveries,
    "offering.tell": _tell_offered,
    "recommending.hand_out": _recommend,
    "recounting.after_closed_day": _recount,
    "sharing.follow": _follow_shares,
    "sharing.hand_out": _hand_out_shares,
    "sharing.lay_out": _lay_out_shares,
    "tasking.hand_out": _hand_out,
    "regulations.review": _review,
    "timetabling.recompute": _recompute_timetable,
}


def run_due(*, now: datetime, library: Library, most: int = AT_A_BELL) -> int:
    """Run the jobs that are due, one transaction each; returns how many were done."""
    done = 0
    for job_id in _claimed(now, most):
        done += _run(job_id, now, library)
    return done


def _claimed(now: datetime, most: int) -> list[int]:
    """Take due jobs for this process: a lease that has run out (its process died) makes a job due again."""
    free = or_(Job.state == Doing.WAITING, (Job.state == Doing.RUNNING) & (Job.lease_until < now))
    due = select(Job.id).where(free, Job.due_at <= now).order_by(Job.due_at, Job.id).limit(most)
    if not db.session.scalars(due.execution_options(across=True)).first():
        return []
    with transaction():
        ids = db.session.scalars(due.with_for_update(skip_locked=True).execution_options(across=True)).all()
        db.session.execute(
            update(Job)
            .where(Job.id.in_(ids))
            .values(state=Doing.RUNNING, lease_until=now + LEASE, attempts=Job.attempts + 1)
        )
    return list(ids)


def _run(job_id: int, now: datetime, library: Library) -> bool:
    job = db.session.get_one(Job, job_id, execution_options=ACROSS)
    institution = db.session.get_one(Institution, job.institution_id)
    verb, payload, attempts = job.verb, dict(job.payload), job.attempts
    by = system(institution.id, institution.timezone)
    try:
        VERBS[verb](payload, by, now, library)
    except Refusal as refusal:
        _mark(job_id, Doing.FAILED, refusal.key)
        log.warning("job refused", job=job_id, verb=verb, key=refusal.key)
        return False
    except Exception as error:  # A fault of one job must not hold up the others; it is logged and tried again.
        log.exception("job failed", job=job_id, verb=verb)
        state = Doing.FAILED if attempts >= MOST_ATTEMPTS else Doing.WAITING
        _mark(job_id, state, type(error).__name__, now + timedelta(seconds=10 * 2**attempts))
        return False
    _mark(job_id, Doing.DONE, "")
    return True


def _mark(job_id: int, state: Doing, answer: str, due_at: datetime | None = None) -> None:
    with transaction():
        job = db.session.get_one(Job, job_id, execution_options=ACROSS)
        job.state, job.answer, job.lease_until = state, answer[:400], None
        job.due_at = due_at or job.due_at
