"""The shapes of the register of acts over the API."""

from apiflask import Schema
from apiflask.fields import Boolean, Date, Integer, List, Nested, Raw, String

from governance.documents.agenda import STATUSES

DAY = {"type": ["string", "null"], "format": "date"}


class RegisterQuery(Schema):
    """How the register is filtered, and from where it goes on."""

    q = String()
    kind = String()
    year = Integer()
    status = String(metadata={"enum": list(STATUSES)})
    since = Date()
    until = Date()
    after = String()


class RegisterEntry(Schema):
    """An act with what it is today, or a number that is reserved or void (then `reason` says why)."""

    number = String()
    kind = String(allow_none=True)
    title = String()
    dated_on = Raw(metadata={"type": "string", "format": "date"})
    status = String(metadata={"enum": list(STATUSES)})
    document_id = Integer(allow_none=True)
    in_force_from = Raw(allow_none=True, metadata=DAY)
    in_force_to = Raw(allow_none=True, metadata=DAY)
    revoked_on = Raw(allow_none=True, metadata=DAY)
    gazette = String(allow_none=True)
    recorded = Boolean()
    secrecy = String(allow_none=True)
    reason = String()


class RegisterList(Schema):
    """A page of the register."""

    items = List(Nested(RegisterEntry))
    next = String(allow_none=True)
