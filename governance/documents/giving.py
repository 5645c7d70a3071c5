"""The number a document gets inside a verb: the one reserved for it, else the next of its series or of the shared book.

The year is that of the day the number bears: what was signed on 31 December and is recorded on 2 January counts in
the old year.
"""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents.models import Act, Document
from governance.documents.number_models import Number, Series
from governance.documents.numbering import Use, Way
from governance.documents.series import GAZETTE, next_in, pattern_of, require_free, reservation_of, series_of
from governance.kernel.db import db, one_within, within
from governance.kernel.errors import Invalid, Problem, Refusal
from governance.people.actors import Actor
from governance.people.models import Unit


@dataclass(frozen=True)
class Order:
    """What asks for a number: a document and the day the number bears; `typed` is what the shared book says.

    `kind` is what the series names: the document's, or the gazette for a promulgation, whose numbers name no unit.
    """

    document: Document
    kind: str
    family: str | None
    dated_on: date
    typed: str | None = None

    @property
    def year(self) -> int:
        """The year in which the number counts."""
        return self.dated_on.year


def order_of(document: Document, family: str | None, dated_on: date, typed: str | None = None) -> Order:
    """A document's order for the number of its act."""
    return Order(document, document.kind, family, dated_on, typed)


def give(order: Order) -> str:
    """Take the number for an act that is made now: the reserved one, else a new one; the whole number as written."""
    series = _series(order)
    row = reservation_of(series, order.year, order.document)
    if row is None:
        return _new(series, order, Use.ENACTED).written
    _require_same(row, order.typed)
    _require_unused(order, row.written)
    row.use, row.dated_on = Use.ENACTED, order.dated_on
    return row.written


def reserve(order: Order, *, by: Actor, at: datetime) -> tuple[Number, bool]:
    """Keep a number for a document that is not signed yet, and whether it is new: it may have one in that year."""
    series = _series(order)
    row = reservation_of(series, order.year, order.document)
    if row is not None:
        _require_same(row, order.typed)
        return row, False
    row = _new(series, order, Use.RESERVED)
    row.by_title, row.at = by.title, at
    return row, True


def use_reserved(document: Document) -> None:
    """The number kept for the document is its act's from now on."""
    _reserved(document).use = Use.ENACTED


def void_reserved(document: Document, reason: str, *, by: Actor, at: datetime) -> None:
    """The number kept for the document is never given: it stays in the book, with the reason."""
    row = _reserved(document)
    row.use, row.reason, row.by_title, row.at = Use.VOID, reason[:400], by.title, at


def keep(act: Act, document: Document, family: str | None) -> None:
    """A recorded act's number stands in the same book: the counter goes on after it and never gives it again."""
    series = series_of(document.institution_id, document.kind, family)
    if series is None:
        return
    number = pattern_of(series, document.kind).number_seen(act.number, year=act.signed_on.year)
    if number is not None:
        order = order_of(document, family, act.signed_on)
        db.session.add(_row(series, order, number, act.number))


def unused(institution_id: int, kind: str, number: str) -> str:
    """The number, or Invalid when an act of that kind bears it."""
    rows = within(institution_id, Act, Act.id).where(Act.kind == kind, Act.number == number)
    if db.session.scalar(rows) is not None:
        raise Invalid(Problem("number", "number.used", {"number": number}))
    return number


def _reserved(document: Document) -> Number:
    rows = within(document.institution_id, Number).where(Number.document_id == document.id, Number.use == Use.RESERVED)
    row: Number = db.session.scalars(rows.order_by(Number.id.desc()).limit(1).with_for_update()).one()
    return row


def _series(order: Order) -> Series:
    series = series_of(order.document.institution_id, order.kind, order.family)
    if series is None:
        raise Refusal("refused.no_series", kind=order.kind)
    return series


def _new(series: Series, order: Order, use: Use) -> Number:
    """A number that nobody has, as it is written now."""
    pattern, unit = pattern_of(series, order.kind), _unit_of(order)
    if series.way is Way.REGISTER:
        if not order.typed:
            raise Invalid(Problem("number", "number.from_register"))
        number = pattern.number_in(order.typed, year=order.year, unit=unit)
    else:
        number = next_in(series, order.year)
    row = _row(series, order, number, pattern.written(number, year=order.year, unit=unit))
    _require_unused(order, row.written)
    row.use = use
    db.session.add(row)
    return row


def _row(series: Series, order: Order, number: int, written: str) -> Number:
    """The number as its act bears it, or Invalid when it is another's or void."""
    require_free(series, order.year, number)
    row = Number(institution_id=series.institution_id, series_id=series.id, year=order.year, number=number)
    row.use, row.document_id = Use.ENACTED, order.document.id
    row.written, row.dated_on = written, order.dated_on
    return row


def _unit_of(order: Order) -> str:
    if order.kind == GAZETTE:
        return ""
    unit = one_within(order.document.institution_id, Unit, order.document.initiating_unit_id)
    return unit.number_short or unit.short


def _require_same(row: Number, typed: str | None) -> None:
    """What is typed from the book is the number that was reserved, or nothing is typed."""
    if typed and typed.strip() != row.written:
        raise Invalid(Problem("number", "number.reserved_other", {"number": row.written}))


def _require_unused(order: Order, written: str) -> None:
    if order.kind != GAZETTE:
        unused(order.document.institution_id, order.kind, written)
