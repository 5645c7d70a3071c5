"""/metrics for Prometheus: how requests are answered, what waits to be done, and when the bells last ran."""

import hmac
import ipaddress
import os
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from governance.documents import renditions
from governance.kernel import clock
from governance.kernel.db import db
from governance.kernel.errors import NotFound
from governance.notices.queries import left_by_scan, pulses, standing

SHARED = "PROMETHEUS_MULTIPROC_DIR"
OURS = CollectorRegistry()
REQUESTS = Counter("mandat_requests", "Requests answered.", ["endpoint", "status"], registry=OURS)
SECONDS = Histogram(
    "mandat_request_seconds",
    "How long an answer took.",
    ["endpoint"],
    registry=OURS,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

metrics = Blueprint("metrics", __name__)


def answered(endpoint: str | None, status: int, seconds: float) -> None:
    """Count one answer; addresses that lead nowhere are counted together, or a stranger could make up names."""
    REQUESTS.labels(endpoint or "none", str(status)).inc()
    SECONDS.labels(endpoint or "none").observe(seconds)


def share_counts(folder: Path) -> None:
    """Let the processes forked from now on keep their counts in `folder`, so that any of them can tell the sum."""
    os.environ[SHARED] = str(folder)
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]


@metrics.get("/metrics")
def show() -> Response:
    """Everything measured, in Prometheus' text form; for the machine itself, or for whoever has METRICS_TOKEN."""
    if not (_has_token() or _from_this_machine()):
        raise NotFound
    registry, folder = CollectorRegistry(), os.environ.get(SHARED)
    if folder:
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Counted())
    registry.register(_Waiting())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Counted(Collector):
    """What this one process counted."""

    def collect(self) -> Iterator[Metric]:
        yield from OURS.collect()


class _Waiting(Collector):
    """What the database knows, asked anew at each reading; it is the same whichever host is asked."""

    def collect(self) -> Iterator[Metric]:
        reached = GaugeMetricFamily("mandat_database_up", "Whether the database answers.")
        try:
            yield from _told_by_database()
            reached.add_metric([], 1)
        except SQLAlchemyError:
            db.session.rollback()
            reached.add_metric([], 0)
        yield reached


def _told_by_database() -> list[GaugeMetricFamily]:
    now, told = clock.now(), []
    for what, counts in {**standing(), "rendition": renditions.standing()}.items():
        family = GaugeMetricFamily(f"mandat_{what}s", f"How many {what}s stand in each state.", labels=["state"])
        for state, count in counts.items():
            family.add_metric([state], count)
        told.append(family)
    ages = GaugeMetricFamily("mandat_bell_age_seconds", "How long ago each bell last ran.", labels=["bell"])
    for bell, at in pulses().items():
        ages.add_metric([bell], round((now - at).total_seconds(), 3))
    left = GaugeMetricFamily("mandat_scan_failed_rows", "How many rows the last scan had to leave.")
    left.add_metric([], left_by_scan())
    return [*told, ages, left]


def _has_token() -> bool:
    token = current_app.config["METRICS_TOKEN"]
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _from_this_machine() -> bool:
    """Asked directly from this machine. What a proxy hands on is not, even where the proxy runs here."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
