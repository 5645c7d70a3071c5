"""New Year in three time zones, enacted by several processes: each series begins anew in its institution's night."""

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
from governance.kernel.errors import Invalid
from governance.people.actors import Actor
from governance.trail.queries import first_break_of
from tests.world import Maker, Place, World
from web.app import create_app
from workflows import enactment
from workflows.enactment import Signed

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
    assert enacted == world.value("SELECT count(*) FROM job") == len(orders)
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
    db.session.remove()
    db.engine.dispose()
    apart = multiprocessing.get_context("forkserver")
    apart.set_forkserver_preload([__name__])
    beginning = (world.house.folder, world.house.database.url, apart.Barrier(HANDS))
    with ProcessPoolExecutor(HANDS, apart, _begin, beginning) as hands:
        return Counter(number for refused in hands.map(_enact, heaps) for number in refused)


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
