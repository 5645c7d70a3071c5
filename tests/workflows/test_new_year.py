"""New Years in three time zones by several processes: enacted, reserved and made void, each series begins anew."""

import multiprocessing
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import current_app

from config.settings import Testing
from governance.documents.lifecycle import State
from governance.kernel.clock import day_in
from governance.kernel.db import db
from governance.kernel.errors import Invalid, Refusal
from governance.people.actors import Actor
from governance.trail.queries import first_break_of
from tests.world import Maker, Place, World
from web.app import create_app
from workflows import enactment, numbers
from workflows.enactment import Signed
from workflows.numbers import Voided, Wanted

OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)
HANDS, EACH, PATIENCE_SECONDS = 4, 2, 120
# Ten seconds before and after midnight in Jayapura (WIT), Makassar (WITA) and Jakarta (WIB).
MOMENTS = tuple(datetime(2026, 12, 31, 14 + hour, 59, 50, tzinfo=UTC) for hour in range(3)) + tuple(
    datetime(2026, 12, 31, 15 + hour, 0, 10, tzinfo=UTC) for hour in range(3)
)
LASTING = {"effective_to": "2027-12-31"}
NEXT_DAY = datetime(2027, 1, 2, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """One enactment that some process is handed: what was signed when, and what its clock shows then."""

    signed: Signed
    by: Actor
    now: datetime


def test_each_series_begins_anew_in_its_own_zones_night(world: World, make: Maker) -> None:
    """Every order is sent by two processes; before its midnight, each institution also tries to sign tomorrow."""
    places = (world.serang, world.provinsi, world.kota)
    world.change("UPDATE series SET way = 'own' WHERE institution_id = :id", id=world.kota.id)
    assert [place.facts.timezone for place in places] == ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
    orders, too_early = _orders(places, make)
    refused = _carried_out(world, orders + too_early)

    assert refused == Counter({order.signed.document_id: 1 for order in too_early}), "tomorrow is refused, nothing else"
    for place, old in zip(places, (5, 3, 1), strict=True):
        start, counts = place.facts.series[0].start, {OLD.year: (old + 1) * EACH, NEW.year: (6 - old) * EACH}
        wanted = [(year, number, "enacted") for year in counts for number in range(start, start + counts[year])]
        taken = world.rows("SELECT year, number, use FROM number WHERE institution_id = :id ORDER BY 1, 2", id=place.id)
        assert taken == wanted, f"{place.facts.key}: no gap, no double, in neither year"
        assert _signed_in(world, place) == counts
        assert first_break_of(place.id) is None
    enacted = world.value("SELECT count(*) FROM document WHERE state = 'enacted'")
    assert enacted == world.value("SELECT count(*) FROM job WHERE verb = 'tasking.hand_out'") == len(orders)
    assert world.value("SELECT count(*) FROM (SELECT DISTINCT institution_id, number FROM act) AS one") == len(orders)


def _orders(places: tuple[Place, ...], make: Maker) -> tuple[list[Order], list[Order]]:
    """What is signed on its own day, or recorded the day after; and what would be signed on a day that is not yet."""
    orders, too_early = [], []
    for place in places:
        hand = place.hukum.actor
        for now in (*MOMENTS, NEXT_DAY):
            today = OLD if now is NEXT_DAY else day_in(place.facts.timezone, now)
            papers = [make.document(State.APPROVED, place=place, **LASTING) for _ in range(EACH)]
            orders += [Order(Signed(paper.id, paper.seen, today), hand, now) for paper in papers]
            if today == OLD and now is not NEXT_DAY:
                paper = make.document(State.APPROVED, place=place, **LASTING)
                too_early.append(Order(Signed(paper.id, paper.seen, NEW), hand, now))
    return orders, too_early


def _signed_in(world: World, place: Place) -> dict[int, int]:
    days = world.rows("SELECT signed_on FROM act WHERE institution_id = :id", id=place.id)
    return dict(Counter(int(str(day)[:4]) for (day,) in days))


def _carried_out(world: World, orders: list[Order]) -> "Counter[int]":
    """By processes of their own that begin together, each in an order of its own; how often a document was refused."""
    heaps: list[list[Order]] = [[] for _ in range(HANDS)]
    for at, order in enumerate(orders):
        heaps[at % HANDS].append(order)
        if order.signed.signed_on <= day_in(order.by.timezone, order.now):
            heaps[(at + 1) % HANDS].append(order)
    for seed, heap in enumerate(heaps):
        random.Random(seed).shuffle(heap)
    with _hands(world) as hands:
        return Counter(number for refused in hands.map(_enact, heaps) for number in refused)


def _hands(world: World) -> ProcessPoolExecutor:
    """Processes with applications of their own on the same database."""
    db.session.remove()
    db.engine.dispose()
    apart = multiprocessing.get_context("forkserver")
    apart.set_forkserver_preload([__name__])
    beginning = (world.house.folder, world.house.database.url, apart.Barrier(HANDS))
    return ProcessPoolExecutor(HANDS, apart, _begin, beginning)


MIXED = 1  # of each sort and year, in each institution
TWO_YEARS = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
AFTER = datetime(2027, 1, 1, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Errand:
    """What some process is handed besides plain enactments: a number reserved, then used, or made void."""

    signed: Signed
    by: Actor
    reserves: bool = False
    uses: bool = False
    series_id: int = 0


@dataclass(frozen=True)
class Emptied:
    """A reservation to be made void, once its number is known."""

    series_id: int
    year: int
    number: int
    by: Actor


def test_numbers_over_two_new_years_with_reservations_and_voids_have_no_gap(world: World, make: Maker) -> None:
    """Four processes enact, reserve, enact on a reservation and void, over two New Years; each errand is sent twice."""
    places = (world.serang, world.provinsi)
    errands = [errand for place in places for errand in _errands(world, place, make)]
    told = [one for heap in _by_processes(world, errands) for one in heap]
    emptied = _to_void(world, errands)
    told += [one for heap in _by_processes(world, emptied) for one in heap]

    assert set(told) <= {"done", "number.void_already"}
    for place in places:
        series = _series_id(world, place)
        for year in sorted({day.year for day in TWO_YEARS}):
            days = sum(day.year == year for day in TWO_YEARS)
            asked = {"id": series, "year": year}
            rows = world.rows(
                "SELECT number, use FROM number WHERE series_id = :id AND year = :year ORDER BY 1", **asked
            )
            start = place.facts.series[0].start
            assert [number for number, _use in rows] == list(range(start, start + 3 * MIXED * days)), (
                "no gap, no double"
            )
            uses = Counter(use for _number, use in rows)
            assert uses == {"enacted": 2 * MIXED * days, "void": MIXED * days}
        assert first_break_of(place.id) is None
    several = "SELECT document_id FROM number GROUP BY series_id, year, document_id HAVING count(*) > 1"
    assert world.rows(several) == [], "no document has two numbers of a year"
    on_reserved = "SELECT count(*) FROM number n JOIN document d ON d.id = n.document_id JOIN act a ON a.id = d.act_id"
    assert world.value(f"{on_reserved} WHERE n.use = 'enacted' AND n.written <> a.number") == 0
    assert world.value("SELECT count(*) FROM number WHERE use = 'void' AND length(reason) = 0") == 0


def _errands(world: World, place: Place, make: Maker) -> list[Errand]:
    """For each of the days: some enacted at once, some enacted on a reservation, some only reserved."""
    found, hand, series = [], place.hukum.actor, _series_id(world, place)
    for day in TWO_YEARS:
        for reserves, uses in ((False, True), (True, True), (True, False)):
            for _ in range(MIXED):
                paper = make.document(State.APPROVED, place=place, effective_to="2028-12-31")
                found.append(Errand(Signed(paper.id, paper.seen, day), hand, reserves, uses, series))
    return found


def _series_id(world: World, place: Place) -> int:
    key = place.facts.series[0].key
    found: int = world.value("SELECT id FROM series WHERE institution_id = :id AND key = :key", id=place.id, key=key)
    return found


def _to_void(world: World, errands: list[Errand]) -> list[Emptied]:
    """Every reservation that nobody used: both series and both years."""
    hands = {errand.series_id: errand.by for errand in errands}
    rows = world.rows("SELECT series_id, year, number FROM number WHERE use = 'reserved'")
    return [Emptied(series_id, year, number, hands[series_id]) for series_id, year, number in rows]


def _by_processes(world: World, jobs: "list[Errand] | list[Emptied]") -> list[list[str]]:
    """Each job is handed to two of the processes, which begin together, each in an order of its own."""
    heaps: list[list[Any]] = [[] for _ in range(HANDS)]
    for at, job in enumerate(jobs):
        heaps[at % HANDS].append(job)
        heaps[(at + 1) % HANDS].append(job)
    for seed, heap in enumerate(heaps):
        random.Random(seed).shuffle(heap)
    with _hands(world) as hands:
        return list(hands.map(_carry_out, heaps))


def _carry_out(heap: "list[Errand | Emptied]") -> list[str]:
    return [_carried(job) for job in heap]


def _carried(job: "Errand | Emptied") -> str:
    """What came of it: "done", or the one refusal that may meet a second sender; any other fails the test."""
    library = current_app.extensions["mandat"]
    if isinstance(job, Emptied):
        asked = Voided(job.series_id, job.year, job.number, job.number, "Tidak jadi dipakai")
        try:
            numbers.void(asked, by=job.by, now=AFTER)
        except Invalid as refusal:
            return refusal.problems[0].key
        return "done"
    if job.reserves:
        wanted = Wanted(job.signed.document_id, job.signed.signed_on)
        try:
            numbers.reserve(wanted, by=job.by, now=AFTER.replace(year=job.signed.signed_on.year + 1), library=library)
        except Refusal as refusal:
            if refusal.key != "refused.not_approved" or not job.uses:  # The other process has enacted it meanwhile.
                raise
    if job.uses:
        enactment.enact(job.signed, by=job.by, now=AFTER, library=library)
    return "done"


def _begin(folder: Path, url: str, gate: Any) -> None:
    """A process of its own with an application of its own, waiting for the others."""
    create_app(Testing.within(folder, DATABASE_URL=url)).app_context().push()
    gate.wait(PATIENCE_SECONDS)


def _enact(heap: list[Order]) -> list[int]:
    """The documents whose signing was refused because its day has not come; any other refusal fails the test."""
    refused = []
    for order in heap:
        library = current_app.extensions["mandat"]
        try:
            enactment.enact(order.signed, by=order.by, now=order.now, library=library)
        except Invalid as refusal:
            if {problem.key for problem in refusal.problems} != {"enact.future"}:
                raise
            refused.append(order.signed.document_id)
    return refused
