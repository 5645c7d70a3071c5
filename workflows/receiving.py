"""Receiving: a unit acknowledges the decree that names it, or Bagian Hukum records how it was brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from governance.documents import scans, under_way
from governance.documents.delivery_models import Delivery, DeliveryWay
from governance.documents.models import Act, Document, Secrecy
from governance.documents.values import cleaned_text
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave_job
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Matter
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library

LONGEST_NAME = 200
MOST_AT_ONCE = 1000
BY_HAND = (DeliveryWay.DIRECT, DeliveryWay.POST, DeliveryWay.ELECTRONIC)


@dataclass(frozen=True)
class Receipt:
    """What Bagian Hukum records of deliveries of one document that were received together."""

    document_id: int
    delivery_ids: Sequence[int]
    received_on: date
    way: DeliveryWay
    received_by: str
    scan: bytes | None = None


def acknowledge(delivery_id: int, *, by: Actor, now: datetime) -> None:
    """The unit says it has received the decree that names it; a second time changes nothing."""
    with transaction() as after_commit:
        rows = within(by.institution_id, Delivery, Delivery, Document.secrecy)
        rows = rows.join(Document, Document.id == Delivery.document_id).where(Delivery.id == delivery_id)
        found = db.session.execute(rows.with_for_update(of=Delivery)).one_or_none()
        # What is not biasa does not pass through the program: Bagian Hukum brings it and records the receipt.
        if found is None or found.secrecy is not Secrecy.BIASA:
            raise NotFound
        delivery: Delivery = found.Delivery
        permissions.require(by, permissions.Act.ACKNOWLEDGE, Matter(addressed_unit_id=delivery.unit_id or 0))
        if delivery.received_on is not None:
            return
        _receive(delivery, (day_in(by.timezone, now), DeliveryWay.PROGRAM, by.title[:LONGEST_NAME]), by, now)
        _left(delivery, by, now)
        record("delivery.acknowledged", by=by, about=("document", delivery.document_id), at=now, delivery=delivery.id)
        after_commit(ring("jobs.run"))


def record_receipts(receipt: Receipt, *, by: Actor, now: datetime, library: Library) -> int:
    """Record that recipients got the decree; returns how many were new. A receipt that is there stays as it is."""
    with transaction() as after_commit:
        permissions.require(by, permissions.Act.DELIVER)
        document, act = under_way.enacted_for_change(receipt.document_id, by)
        received_by = _received_by(receipt, act, day_in(by.timezone, now))
        chosen = _chosen(receipt, by)
        fresh = [one for one in chosen if one.received_on is None]
        if not fresh:
            return 0
        scan = scans.kept(receipt.scan, library.files)
        for delivery in fresh:
            _receive(delivery, (receipt.received_on, receipt.way, received_by), by, now)
            delivery.scan_sha256 = scan
        _left(fresh[0], by, now)
        record(
            "delivery.recorded",
            by=by,
            about=("document", document.id),
            at=now,
            deliveries=[one.id for one in fresh],
            count=len(fresh),
            way=receipt.way.value,
            received_on=receipt.received_on.isoformat(),
            scan=scan,
        )
        after_commit(ring("jobs.run"))
        return len(fresh)


def _receive(delivery: Delivery, how: tuple[date, DeliveryWay, str], by: Actor, now: datetime) -> None:
    delivery.received_on, delivery.way, delivery.received_by = how
    delivery.recorded_at, delivery.recorded_by_id, delivery.by_title = now, by.holding_id, by.title


def _left(first: Delivery, by: Actor, now: datetime) -> None:
    """The act's obligation is to hear of it: each time, for the last receipt cannot know that it is the last."""
    payload = {"document_id": first.document_id}
    leave_job("delivering.follow", key=f"delivery:{first.id}", by=by, at=now, **payload)


def _received_by(receipt: Receipt, act: Act, today: date) -> str:
    received_by = cleaned_text(receipt.received_by)
    problems = unprintable("received_by", received_by)
    if not received_by:
        problems.append(Problem("received_by", "field.missing"))
    if len(received_by) > LONGEST_NAME:
        problems.append(Problem("received_by", "draft.too_long", {"limit": LONGEST_NAME}))
    if receipt.received_on > today:
        problems.append(Problem("received_on", "enact.future", {"today": today.isoformat()}))
    elif receipt.received_on < act.signed_on:
        problems.append(Problem("received_on", "delivery.before_signing", {"signed_on": act.signed_on.isoformat()}))
    if receipt.way not in BY_HAND:
        problems.append(Problem("way", "delivery.way_missing"))
    if not receipt.delivery_ids:
        problems.append(Problem("delivery", "delivery.none_chosen"))
    if problems:
        raise Invalid(*problems)
    return received_by


def _chosen(receipt: Receipt, by: Actor) -> Sequence[Delivery]:
    """The deliveries that are meant, locked; NotFound where one is no delivery of this document."""
    keys = set(receipt.delivery_ids)
    mine = (Delivery.document_id == receipt.document_id) & Delivery.id.in_(keys)
    rows = within(by.institution_id, Delivery).where(mine).order_by(Delivery.id).with_for_update()
    found = db.session.scalars(rows).all() if len(keys) <= MOST_AT_ONCE else ()
    if len(found) != len(keys):
        raise NotFound
    return found
