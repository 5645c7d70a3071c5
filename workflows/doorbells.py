"""Celery tasks: each rings a verb and knows nothing itself; twice does nothing new."""

from typing import Any

from celery import Task, shared_task

from governance.kernel import clock
from workflows import jobs, notices, printing, scanning, step_deadlines


@shared_task(name="clock.sweep", bind=True, acks_late=True, soft_time_limit=240)
def sweep(task: Task[Any, Any]) -> None:
    """Everything left to be done now: jobs, then messages, then a pulse for /healthz."""
    jobs.run_due(now=clock.now(), library=task.app.house.library)
    notices.deliver(now=clock.now(), mail=task.app.house.mail, written=task.app.house.written)
    notices.pulse("sweep", now=clock.now())


@shared_task(name="jobs.run", bind=True, acks_late=True, soft_time_limit=240)
def run_jobs(task: Task[Any, Any]) -> int:
    """The jobs that are due."""
    return jobs.run_due(now=clock.now(), library=task.app.house.library)


@shared_task(name="notices.deliver", bind=True, acks_late=True, soft_time_limit=240)
def deliver_notices(task: Task[Any, Any]) -> int:
    """The messages that are due."""
    return notices.deliver(now=clock.now(), mail=task.app.house.mail, written=task.app.house.written)


@shared_task(name="renditions.print", bind=True, acks_late=True, soft_time_limit=240)
def print_renditions(task: Task[Any, Any]) -> int:
    """The files that wait to become PDFs."""
    house = task.app.house
    return printing.print_due(now=clock.now(), library=house.library, printer=house.printer)


@shared_task(name="obligations.scan", bind=True, acks_late=True, soft_time_limit=240)
def scan_obligations(task: Task[Any, Any]) -> int:
    """The institutions whose local day has not been scanned yet, and a pulse."""
    scanned = scanning.scan(now=clock.now(), library=task.app.house.library)
    notices.pulse("scan", now=clock.now(), failed=scanned.failed)
    return scanned.institutions


@shared_task(name="steps.scan", acks_late=True, soft_time_limit=240)
def scan_steps() -> int:
    """The steps of routes whose term is near or over."""
    return step_deadlines.scan(now=clock.now())
