"""Deliveries over the API: to whom a decree goes, receipts that were brought back, and the unit's own word."""

from typing import Any

from governance.documents import deliveries, queries
from governance.documents.deliveries import Delivered
from governance.documents.delivery_models import DeliveryWay
from governance.kernel import clock
from governance.people.actors import Actor
from web.api.act_schemas import DeliveriesRecorded, DeliveryAcknowledged, DeliveryList, ReceiptIn
from web.api.blueprint import api
from web.api.bodies import Body
from web.at_hand import library
from web.guard import current_actor
from workflows import receiving
from workflows.receiving import LONGEST_NAME, Receipt


@api.get("/documents/<int:document_id>/deliveries")
@api.output(DeliveryList)
@api.doc(summary="Penyampaian keputusan kepada yang disebut", responses=[401, 404])
def list_deliveries(document_id: int) -> dict[str, Any]:
    actor = current_actor()
    _readable(actor, document_id)
    return _all(actor, document_id)


@api.post("/documents/<int:document_id>/deliveries")
@api.input(ReceiptIn, validation=False)
@api.output(DeliveriesRecorded)
@api.doc(
    summary="Catat tanda terima; yang sudah diterima tidak berubah. Pindaiannya diunggah di halamannya.",
    responses=[401, 403, 404, 422],
)
def record_receipts(document_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    _readable(actor, document_id)
    body = Body(("deliveries", "received_on", "received_by", "way"))
    chosen, received_on = body.wholes("deliveries"), body.needed_day("received_on")
    received_by = body.text("received_by", required=True, limit=LONGEST_NAME)
    way = body.word("way", DeliveryWay, "field.unknown_word")
    body.done()
    assert way is not None  # `done` has refused a body without one
    receipt = Receipt(document_id, chosen, received_on, way, received_by)
    receiving.record_receipts(receipt, by=actor, now=clock.now(), library=library())
    return _all(actor, document_id)


@api.post("/deliveries/<int:delivery_id>/acknowledge")
@api.output(DeliveryAcknowledged)
@api.doc(summary="Nyatakan keputusan diterima unit sendiri", responses=[401, 403, 404])
def acknowledge_delivery(delivery_id: int) -> dict[str, Any]:
    actor = current_actor()
    receiving.acknowledge(delivery_id, by=actor, now=clock.now())
    return _shown(deliveries.delivery(actor, delivery_id))


def _all(actor: Actor, document_id: int) -> dict[str, Any]:
    return {"items": [_shown(one) for one in deliveries.deliveries_of(actor, document_id)], "next": None}


def _shown(one: Delivered) -> dict[str, Any]:
    return {
        "id": one.id,
        "document_id": one.document_id,
        "recipient": one.recipient,
        "due_on": one.due_on.isoformat(),
        "received_on": one.received_on.isoformat() if one.received_on else None,
        "way": one.way.value if one.way else None,
        "received_by": one.received_by,
        "mine": one.mine and one.received_on is None,
    }


def _readable(actor: Actor, document_id: int) -> None:
    """NotFound where the caller may not see the document; what he may not do is said after that."""
    queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))
