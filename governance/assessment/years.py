"""Asking for what is known of the years: results as published, cycles with their ratings, averages of peers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from governance.assessment import results
from governance.assessment.course import ScoreStage
from governance.assessment.cycle_models import Cycle
from governance.assessment.history import Peer, Year
from governance.assessment.instruments import Instrument
from governance.assessment.rated import present
from governance.assessment.result_models import PeerAverage, PublishedResult
from governance.assessment.score_models import Score
from governance.assessment.values import number_in
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound

Known = Mapping[str, Instrument]


@dataclass(frozen=True)
class CycleOfYear:
    """The cycle of a year, as far as results ask for it."""

    id: int
    year: int
    instrument: str
    target: Fraction | None


@dataclass(frozen=True)
class Past:
    """The years in order, with peers on the same instrument; every result, withdrawn ones too; every peers' average."""

    years: tuple[Year, ...]
    results: tuple[PublishedResult, ...]
    peers: tuple[PeerAverage, ...]


def result_of(institution_id: int, result_id: int) -> PublishedResult:
    """The result with that id, withdrawn or not; or NotFound. One statement."""
    row: PublishedResult | None = db.session.scalar(
        within(institution_id, PublishedResult).where(PublishedResult.id == result_id)
    )
    if row is None:
        raise NotFound
    return row


def results_of(institution_id: int) -> Sequence[PublishedResult]:
    """Every result that was recorded, withdrawn ones too, from the latest year. One statement."""
    order = (PublishedResult.year.desc(), PublishedResult.id.desc())
    return db.session.scalars(within(institution_id, PublishedResult).order_by(*order)).all()


def peers_of(institution_id: int) -> Sequence[PeerAverage]:
    """Every average of peers, from the latest year. One statement."""
    order = (PeerAverage.year.desc(), PeerAverage.peers)
    return db.session.scalars(within(institution_id, PeerAverage).order_by(*order)).all()


def cycles_of(institution_id: int) -> list[CycleOfYear]:
    """Every cycle. One statement."""
    rows = within(institution_id, Cycle, Cycle.id, Cycle.year, Cycle.instrument, Cycle.target).order_by(Cycle.year)
    return [
        CycleOfYear(key, year, instrument, Fraction(target) if target else None)
        for key, year, instrument, target in db.session.execute(rows)
    ]


def cycle_of(institution_id: int, year: int) -> CycleOfYear | None:
    """The cycle of that year. One statement."""
    rows = within(institution_id, Cycle, Cycle.id, Cycle.instrument, Cycle.target).where(Cycle.year == year)
    row = db.session.execute(rows).one_or_none()
    return CycleOfYear(row.id, year, row.instrument, Fraction(row.target) if row.target else None) if row else None


def ratings_of_all(institution_id: int) -> dict[int, dict[str, Fraction]]:
    """The present value of every rated item by cycle. One statement."""
    rows = within(institution_id, Score, Score.cycle_id, Score.stage, Score.item, Score.value)
    stages: dict[int, dict[ScoreStage, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for cycle_id, stage, item, value in db.session.execute(rows.where(Score.counts, Score.value.is_not(None))):
        stages[cycle_id][stage][item] = Fraction(value)
    return {cycle_id: present(found) for cycle_id, found in stages.items()}


def past(institution_id: int, known: Known) -> Past:
    """Everything that is known of the years. Four statements."""
    cycles = {one.year: one for one in cycles_of(institution_id)}
    found, peers, ratings = results_of(institution_id), peers_of(institution_id), ratings_of_all(institution_id)
    valid = {one.year: one for one in found if one.withdrawn_at is None}
    years = []
    for year in sorted({*cycles, *valid}):
        cycle = cycles.get(year)
        if (one := _year(year, cycle, valid.get(year), known)) is not None:
            rated = ratings.get(cycle.id, {}) if cycle and cycle.instrument == one.instrument.key else {}
            values = {**rated, **one.values}  # A rating never stands in the place of what was published.
            years.append(replace(one, values=values, peers=tuple(_peers(one, peers))))
    return Past(tuple(years), tuple(found), tuple(peers))


def _year(year: int, cycle: CycleOfYear | None, result: PublishedResult | None, known: Known) -> Year | None:
    """None where the instrument is not among those of this release, which is no reason for a page to break."""
    key = result.instrument if result else cycle.instrument if cycle else ""
    if key not in known:
        return None
    found = Year(year, known[key], cycle_id=cycle.id if cycle else None, target=cycle.target if cycle else None)
    if result is None:
        return found
    published = results.read(known[key], result.values)
    target = found.target if cycle else number_in(result.target) if result.target else None
    return replace(
        found,
        official=published.index,
        predicate=result.predicate,
        target=target,
        values=published.values,
        published=frozenset(published.values),
        result_id=result.id,
    )


def _peers(year: Year, peers: Iterable[PeerAverage]) -> Iterable[Peer]:
    """Those of the year on the very same instrument: others are another measure."""
    for one in peers:
        if one.year == year.year and one.instrument == year.instrument.key:
            values = {code: number_in(text) for code, text in one.values.items()}
            yield Peer(one.peers, {code: value for code, value in values.items() if value is not None}, one.source)
