"""Numbers over the API: the series, one kept for a document before it is signed, and those made void."""

from typing import Any

from governance.documents import book, queries
from governance.documents.book import SeriesSeen
from governance.kernel import clock
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.api.act_schemas import NumberIn, NumberOut, SeriesList, SeriesVoided, VoidIn
from web.api.blueprint import api
from web.api.bodies import Body
from web.at_hand import library
from web.guard import current_actor
from workflows import numbers
from workflows.numbers import REASON_LIMIT, Voided, Wanted


@api.get("/series")
@api.output(SeriesList)
@api.doc(summary="Seri nomor, dan sampai mana tahun ini", responses=[401, 403])
def list_series() -> dict[str, Any]:
    actor = current_actor()
    permissions.require(actor, Act.WATCH)
    year = _today(actor).year
    return {"items": [_shown(one, year) for one in book.series_seen(actor, year)], "next": None}


@api.post("/series/<int:series_id>/void")
@api.input(VoidIn, validation=False)
@api.output(SeriesVoided)
@api.doc(summary="Nyatakan nomor batal dengan alasan", responses=[401, 403, 404, 409, 422])
def void_numbers(series_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    book.one_series(actor, series_id, _today(actor).year)
    body = Body(("year", "first", "last", "reason"))
    year, first, last = body.number("year"), body.number("first"), body.whole("last")
    reason = body.text("reason", required=True, limit=REASON_LIMIT)
    body.done()
    asked = Voided(series_id, year, first, first if last is None else last, reason)
    numbers.void(asked, by=actor, now=clock.now())
    return _shown(book.one_series(actor, series_id, year), year)


@api.post("/documents/<int:document_id>/number")
@api.input(NumberIn, validation=False)
@api.output(NumberOut)
@api.doc(
    summary="Cadangkan nomor untuk dokumen yang disetujui; yang sudah dicadangkan dijawab lagi",
    responses=[401, 403, 404, 409, 422],
)
def reserve_number(document_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    queries.document(actor, document_id, _today(actor))
    body = Body(("signed_on", "number"))
    signed_on, number = body.needed_day("signed_on"), body.text("number", limit=200)
    body.done()
    wanted = Wanted(document_id, signed_on, number or None)
    written = numbers.reserve(wanted, by=actor, now=clock.now(), library=library())
    return {"document_id": document_id, "number": written}


def _shown(one: SeriesSeen, year: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.key,
        "way": one.way.value,
        "pattern": one.pattern,
        "kinds": list(one.kinds),
        "year": year,
        "next": one.next,
        "last": one.last,
        "reserved": one.reserved,
        "void": one.void,
        "missing": one.missing,
    }


def _today(actor: Actor) -> Any:
    return clock.day_in(actor.timezone, clock.now())
