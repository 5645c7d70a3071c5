"""The shapes of assessment cycles in the API's description."""

from apiflask import Schema
from apiflask.fields import Dict, Integer, List, Nested, Raw, String


class OfficialOut(Schema):
    """The ministry's figure and the act that set it."""

    index = String()
    predicate = String()
    number = String()
    dated_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})


class IndexOut(Schema):
    """What `flask index` prints of the present values, and what is official beside it.

    `index` is null while items are missing; `range` is then what it could be. `predicate_rounded` and `note` are there
    only where rounding lifts the index over a border.
    """

    index = String(allow_none=True)
    index_exact = String(allow_none=True)
    predicate = String(allow_none=True)
    predicate_rounded = String()
    note = String()
    tiers = Dict(keys=String(), values=Dict(keys=String(), values=String(allow_none=True)))
    missing = List(String())
    range = List(String())
    status = String(metadata={"enum": ["provisional"]})
    stage = String(allow_none=True)
    year = Integer()
    instrument = String()
    target = String(allow_none=True)
    official = Nested(OfficialOut, allow_none=True)
