"""The series that numbers a kind, the number that would come next, and taking one inside a verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func

from governance.documents import numbering
from governance.documents.act_models import Signing
from governance.documents.models import Document
from governance.documents.number_models import Number, Series
from governance.documents.numbering import Pattern, Use, Way
from governance.documents.seen import Seen
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, Problem
from governance.people.actors import Actor
from governance.people.models import Unit

GAZETTE = "berita_daerah"  # the series of promulgations


@dataclass(frozen=True)
class Preview:
    """How an act signed this year would be numbered, as things stand; `written` is the pattern's example.

    `reserved` says that the number is this document's already, `signing` that it stands in a file being signed.
    """

    way: Way
    written: str
    reserved: bool = False
    signing: bool = False


def preview(actor: Actor, document: Seen, family: str | None, year: int) -> Preview | None:
    """The document's reserved number, else the next of its series; None where the kind has no series yet."""
    kind = GAZETTE if family == GAZETTE else document.kind
    last = (
        within(actor.institution_id, Number, func.max(Number.number))
        .where(Number.series_id == Series.id, Number.year == year)
        .scalar_subquery()
    )
    mine = (
        within(actor.institution_id, Number, Number.written)
        .where(Number.series_id == Series.id, Number.year == year, Number.document_id == document.id)
        .where(Number.use == Use.RESERVED)
        .scalar_subquery()
    )
    signed = within(actor.institution_id, Signing, Signing.id).where(
        Signing.document_id == document.id, Signing.ended_at.is_(None)
    )
    columns = (Series, Unit.number_short, Unit.short, last, mine, signed.exists())
    rows = within(actor.institution_id, Series, *columns).join(
        Unit, (Unit.institution_id == Series.institution_id) & (Unit.id == document.unit_id)
    )
    found = db.session.execute(rows.order_by(Series.id)).all()
    chosen = _chosen([row[0] for row in found], kind, family)
    for series, number_short, short, highest, reserved, signing in found:
        if chosen is not None and series is chosen:
            number = numbering.following(highest, start_in(series, year))
            unit = "" if kind == GAZETTE else number_short or short
            written = reserved or pattern_of(series, kind).written(number, year=year, unit=unit)
            return Preview(series.way, written, reserved=reserved is not None, signing=bool(signing))
    return None


def series_of(institution_id: int, kind: str, family: str | None) -> Series | None:
    """The series that a kind takes its numbers from, locked: the one that names it, else that of the kind's family."""
    return _chosen(all_series(institution_id), kind, family)


def all_series(institution_id: int) -> Sequence[Series]:
    """Every series of an institution, locked in one order: who gives a number waits here for who changes a series."""
    rows = within(institution_id, Series).order_by(Series.id).with_for_update()
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def pattern_of(series: Series, kind: str) -> Pattern:
    """How the series writes the numbers of a kind: with the kind's own classification code where it has one."""
    return Pattern(series.pattern, series.classifications.get(kind) or series.classification)


def start_in(series: Series, year: int) -> int:
    """Where the series begins in a year."""
    return series.start if series.start_year in (None, year) else 1


def next_in(series: Series, year: int) -> int:
    """The number that comes next in a year."""
    return numbering.following(last_number(series, year), start_in(series, year))


def require_free(series: Series, year: int, number: int) -> None:
    """Invalid when a number is enacted, reserved for another document, or void."""
    row = known_number(series, year, number)
    if row is not None:
        raise Invalid(_taken(row))


def known_number(series: Series, year: int, number: int) -> Number | None:
    """What became of a number, None where nothing is known of it."""
    row: Number | None = db.session.scalar(
        within(series.institution_id, Number).where(
            Number.series_id == series.id, Number.year == year, Number.number == number
        )
    )
    return row


def reservation_of(series: Series, year: int, document: Document) -> Number | None:
    """The number that this document has reserved in a year."""
    row: Number | None = db.session.scalar(
        within(series.institution_id, Number).where(
            Number.series_id == series.id,
            Number.year == year,
            Number.document_id == document.id,
            Number.use == Use.RESERVED,
        )
    )
    return row


def last_number(series: Series, year: int) -> int | None:
    """The highest number given in a year, None before the first."""
    rows = within(series.institution_id, Number, func.max(Number.number))
    last: int | None = db.session.scalar(rows.where(Number.series_id == series.id, Number.year == year))
    return last


def _taken(row: Number) -> Problem:
    told = {"number": row.number, "year": row.year}
    if row.use is Use.VOID:
        return Problem("number", "number.void", {**told, "reason": row.reason})
    return Problem("number", "number.reserved" if row.use is Use.RESERVED else "number.taken", told)


def _chosen(series: Sequence[Series], kind: str, family: str | None) -> Series | None:
    named = next((one for one in series if kind in one.kinds), None)
    return named or next((one for one in series if one.key == family), None)
