"""A number kept for a document that is being signed electronically: reserved, then enacted, or void with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents import numbering
from governance.documents.models import Document, Number
from governance.documents.numbering import Pattern, Use, Way
from governance.documents.series import last_number, series_of
from governance.kernel.db import db, one_within, within
from governance.kernel.errors import Invalid, Problem, Refusal
from governance.people.actors import Actor
from governance.people.models import Unit


@dataclass(frozen=True)
class Order:
    """What asks for a number: a document and the day the number bears; `typed` is what the shared book says."""

    document: Document
    family: str | None
    dated_on: date
    typed: str | None = None


def reserve(order: Order, *, by: Actor, at: datetime) -> str:
    """Keep the next number of the document's series, or the one typed from the shared book; as it is written.

    `by` and `at` are for the book, once it keeps who reserved a number and when.
    """
    document, dated_on, typed = order.document, order.dated_on, order.typed
    series = series_of(document.institution_id, document.kind, order.family)
    if series is None:
        raise Refusal("refused.no_series", kind=document.kind)
    unit = one_within(document.institution_id, Unit, document.initiating_unit_id)
    pattern, short = Pattern(series.pattern, series.classification), unit.number_short or unit.short
    if series.way is Way.OWN:
        number = numbering.following(last_number(series, dated_on.year), series.start)
    elif typed:
        number = pattern.number_in(typed, year=dated_on.year, unit=short)
    else:
        raise Invalid(Problem("number", "number.from_register"))
    taken = within(series.institution_id, Number, Number.id).where(
        Number.series_id == series.id, Number.year == dated_on.year, Number.number == number
    )
    if db.session.scalar(taken) is not None:
        raise Invalid(Problem("number", "number.taken", {"number": number, "year": dated_on.year}))
    row = Number(institution_id=series.institution_id, series_id=series.id, year=dated_on.year, number=number)
    row.use, row.document_id = Use.RESERVED, document.id
    db.session.add(row)
    return pattern.written(number, year=dated_on.year, unit=short)


def use_reserved(document: Document) -> None:
    """The number kept for the document is its act's from now on."""
    _reserved(document).use = Use.ENACTED


def void_reserved(document: Document, reason: str, *, by: Actor, at: datetime) -> None:
    """The number kept for the document is never given: it stays in the book, with the reason."""
    row = _reserved(document)
    row.use, row.reason = Use.VOID, reason[:400]


def _reserved(document: Document) -> Number:
    rows = within(document.institution_id, Number).where(Number.document_id == document.id, Number.use == Use.RESERVED)
    row: Number = db.session.scalars(rows.with_for_update()).one()
    return row
