"""The book of a series and a year, as those who watch read it: what became of every number, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, or_

from governance.documents.lifecycle import State
from governance.documents.models import Document
from governance.documents.number_models import Number, Series
from governance.documents.numbering import Gap, Pattern, Use, Way, following, gaps
from governance.documents.series import start_in
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.actors import Actor

PAGE = 100


@dataclass(frozen=True)
class SeriesSeen:
    """The settings of a series, and how far it has come in a year; `left` counts reservations to be made void."""

    id: int
    key: str
    way: Way
    pattern: str
    classification: str
    classifications: Mapping[str, str]
    start: int
    start_year: int | None
    kinds: tuple[str, ...]
    version: int
    first: int
    last: int | None
    known: int
    reserved: int
    void: int
    left: int

    @property
    def missing(self) -> int:
        """How many numbers between the first and the last of the year nothing is known of."""
        return 0 if self.last is None else max(self.last - self.first + 1 - self.known, 0)

    @property
    def next(self) -> int:
        """The number that comes next."""
        return following(self.last, self.first)

    def example(self, year: int, unit: str, kind: str = "") -> str:
        """The next number as it would be written."""
        code = self.classifications.get(kind) or self.classification
        return Pattern(self.pattern, code).written(self.next, year=year, unit=unit)


@dataclass(frozen=True)
class Line:
    """A number of the book: its act's document, the document it waits for, or why it is void."""

    number: int
    use: Use
    written: str
    dated_on: date | None
    document_id: int | None
    title: str
    reason: str
    by_title: str
    at: datetime | None
    left: bool  # reserved by a document that will not use it: to be made void


def series_seen(actor: Actor, year: int) -> list[SeriesSeen]:
    """Every series of the institution, as far as it has come in a year."""
    first = case((or_(Series.start_year.is_(None), Series.start_year == year), Series.start), else_=1)
    counted = (
        func.max(Number.number),
        func.count().filter(Number.id.is_not(None), Number.number >= first),
        func.count().filter(Number.use == Use.RESERVED),
        func.count().filter(Number.use == Use.VOID),
        func.count().filter(_left()),
    )
    rows = (
        within(actor.institution_id, Series, Series.id, *counted)
        .outerjoin(Number, and_(Number.series_id == Series.id, Number.year == year))
        .outerjoin(Document, Document.id == Number.document_id)
        .group_by(Series.id)
    )
    found = {row[0]: row[1:] for row in db.session.execute(rows)}
    series = db.session.scalars(within(actor.institution_id, Series).order_by(Series.id))
    return [_seen(one, year, *found[one.id]) for one in series]


def one_series(actor: Actor, series_id: int, year: int) -> SeriesSeen:
    """One of them, or NotFound."""
    found = next((one for one in series_seen(actor, year) if one.id == series_id), None)
    if found is None:
        raise NotFound
    return found


def lines_of(actor: Actor, series_id: int, year: int, after: int = 0) -> tuple[list[Line], int | None]:
    """A page of a year's numbers, in order, and the number from which the next goes on; None at the end."""
    rows = (
        within(actor.institution_id, Number, Number, Document.title, Document.state)
        .outerjoin(Document, Document.id == Number.document_id)
        .where(Number.series_id == series_id, Number.year == year, Number.number > after)
        .order_by(Number.number)
        .limit(PAGE + 1)
    )
    found = [_line(*row) for row in db.session.execute(rows)]
    return found[:PAGE], (found[PAGE - 1].number if len(found) > PAGE else None)


def years_of(actor: Actor, series_id: int) -> list[int]:
    """The years in which a series gave numbers, the newest first."""
    rows = within(actor.institution_id, Number, Number.year).where(Number.series_id == series_id).distinct()
    return sorted(db.session.scalars(rows), reverse=True)


def with_gaps(lines: Iterable[Line], series: SeriesSeen, after: int) -> list[Line | Gap]:
    """The lines with what is missing between them; a shared book has numbers that this program never sees."""
    lines = list(lines)
    missing = gaps([line.number for line in lines], start=max(series.first, after + 1))
    return sorted([*lines, *missing], key=lambda one: one.first if isinstance(one, Gap) else one.number)


def _left() -> Any:
    """A reservation whose document was withdrawn, or enacted with another number."""
    ended = Document.state.in_([State.WITHDRAWN, State.ENACTED])
    return and_(Number.use == Use.RESERVED, ended)


def _seen(series: Series, year: int, *counted: Any) -> SeriesSeen:
    last, known, reserved, void, left = counted
    return SeriesSeen(
        id=series.id,
        key=series.key,
        way=Way(series.way),
        pattern=series.pattern,
        classification=series.classification,
        classifications=dict(series.classifications),
        start=series.start,
        start_year=series.start_year,
        kinds=tuple(series.kinds),
        version=series.version,
        first=start_in(series, year),
        last=last,
        known=known,
        reserved=reserved,
        void=void,
        left=left,
    )


def _line(row: Number, title: str | None, state: State | None) -> Line:
    return Line(
        number=row.number,
        use=row.use,
        written=row.written,
        dated_on=row.dated_on,
        document_id=row.document_id,
        title=title or "",
        reason=row.reason,
        by_title=row.by_title,
        at=row.at,
        left=row.use is Use.RESERVED and state in (State.WITHDRAWN, State.ENACTED),
    )
