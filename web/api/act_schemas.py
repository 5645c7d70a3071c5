"""The shapes of what Bagian Hukum does with an act over the API: its number, its publication, its delivery."""

from apiflask import Schema
from apiflask.fields import Boolean, Date, Integer, List, Nested, Raw, String

from governance.documents.delivery_models import DeliveryWay
from governance.documents.numbering import Way
from workflows.receiving import BY_HAND

DAY = {"type": ["string", "null"], "format": "date"}


class NumberIn(Schema):
    """A number to keep for an approved document; `number` only where the series follows the office's shared book."""

    signed_on = Date(required=True)
    number = String()


class NumberOut(Schema):
    """The number that is kept for a document, as it is written."""

    document_id = Integer()
    number = String()


class VoidIn(Schema):
    """Numbers of a year to make void; `last` the same as `first` where it is left out."""

    year = Integer(required=True)
    first = Integer(required=True)
    last = Integer()
    reason = String(required=True)


class SeriesOut(Schema):
    """A series and how far it has come in a year; `missing` numbers are known to nobody here."""

    id = Integer()
    key = String()
    way = String(metadata={"enum": [way.value for way in Way]})
    pattern = String()
    kinds = List(String())
    year = Integer()
    next = Integer()
    last = Integer(allow_none=True)
    reserved = Integer()
    void = Integer()
    missing = Integer()


class SeriesVoided(SeriesOut):
    """A series after numbers of it were made void."""


class SeriesList(Schema):
    """Every series of the institution."""

    items = List(Nested(SeriesOut))
    next = String(allow_none=True)


class PublishIn(Schema):
    """The PDF that was looked at: `file` of the publication."""

    seen = String(required=True)


class UnpublishIn(Schema):
    """Why an act is no longer shown; everyone reads it."""

    reason = String(required=True)


class PublicationOut(Schema):
    """Whether an act is public: the PDF that can be (`file`) or why not, and the one that is or was (`published`)."""

    document_id = Integer()
    state = String(metadata={"enum": ["none", "published", "withdrawn"]})
    file = String(allow_none=True)
    why_not = String()
    published = String(allow_none=True)
    published_on = Raw(allow_none=True, metadata=DAY)
    withdrawn_on = Raw(allow_none=True, metadata=DAY)
    reason = String()
    address = String(allow_none=True)


class Published(PublicationOut):
    """An act after it was published."""


class Unpublished(PublicationOut):
    """An act after it was taken off the public pages."""


class DeliveryOut(Schema):
    """To whom a decree goes, until when, and how it was received; `mine`: the caller's unit may acknowledge it."""

    id = Integer()
    document_id = Integer()
    recipient = String()
    due_on = Raw(metadata={"type": "string", "format": "date"})
    received_on = Raw(allow_none=True, metadata=DAY)
    way = String(allow_none=True, metadata={"enum": [*(way.value for way in DeliveryWay), None]})
    received_by = String()
    mine = Boolean()


class DeliveryAcknowledged(DeliveryOut):
    """A delivery after its unit acknowledged it."""


class DeliveryList(Schema):
    """Every delivery of a document, in the decree's order."""

    items = List(Nested(DeliveryOut))
    next = String(allow_none=True)


class DeliveriesRecorded(DeliveryList):
    """The same after receipts were recorded."""


class ReceiptIn(Schema):
    """Deliveries of one document that were received together."""

    deliveries = List(Integer(), required=True)
    received_on = Date(required=True)
    received_by = String(required=True)
    way = String(required=True, metadata={"enum": [way.value for way in BY_HAND]})
