"""The series that numbers a kind, the number that would come next, and taking one inside a verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func

from governance.documents import numbering
from governance.documents.models import Document, Number, Series
from governance.documents.numbering import Pattern, Use, Way
from governance.documents.seen import Seen
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, Problem
from governance.people.actors import Actor
from governance.people.models import Unit


@dataclass(frozen=True)
class Preview:
    """How an act signed this year would be numbered, as things stand; `written` is the pattern's example."""

    way: Way
    written: str


def preview(actor: Actor, document: Seen, family: str | None, year: int) -> Preview | None:
    """The next number of the document's series, None where the kind has no series yet."""
    last = (
        within(actor.institution_id, Number, func.max(Number.number))
        .where(Number.series_id == Series.id, Number.year == year)
        .scalar_subquery()
    )
    rows = within(actor.institution_id, Series, Series, Unit.number_short, Unit.short, last).join(
        Unit, (Unit.institution_id == Series.institution_id) & (Unit.id == document.unit_id)
    )
    found = db.session.execute(rows.order_by(Series.id)).all()
    chosen = _chosen([row[0] for row in found], document.kind, family)
    for series, number_short, short, highest in found:
        if chosen is not None and series is chosen:
            number = numbering.following(highest, series.start)
            pattern = Pattern(series.pattern, series.classification)
            return Preview(series.way, pattern.written(number, year=year, unit=number_short or short))
    return None


def series_of(institution_id: int, kind: str, family: str | None) -> Series | None:
    """The series that a kind takes its numbers from, locked: the one that names it, else that of the kind's family."""
    rows = within(institution_id, Series).order_by(Series.id).with_for_update()
    return _chosen(db.session.scalars(rows).all(), kind, family)


def take(series: Series, year: int, number: int, document: Document) -> None:
    """Write a number down as enacted by this document, or Invalid when another has it."""
    taken = within(series.institution_id, Number, Number.id).where(
        Number.series_id == series.id, Number.year == year, Number.number == number
    )
    if db.session.scalar(taken) is not None:
        raise Invalid(Problem("number", "number.taken", {"number": number, "year": year}))
    row = Number(institution_id=series.institution_id, series_id=series.id, year=year, number=number)
    row.use, row.document_id = Use.ENACTED, document.id
    db.session.add(row)


def _chosen(series: Sequence[Series], kind: str, family: str | None) -> Series | None:
    named = next((one for one in series if kind in one.kinds), None)
    return named or next((one for one in series if one.key == family), None)


def last_number(series: Series, year: int) -> int | None:
    """The highest number given in a year, None before the first."""
    rows = within(series.institution_id, Number, func.max(Number.number))
    last: int | None = db.session.scalar(rows.where(Number.series_id == series.id, Number.year == year))
    return last
