"""Many hands at once: every number is enacted once, without a gap, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.people.actors import system
from governance.trail.queries import first_break_of
from tests.world import NOW, Maker, World
from workflows import enactment, tasking
from workflows.enactment import Signed

CROWD, HANDS = 200, 8
DAYS = (date(2025, 12, 31), date(2026, 1, 2))


def test_two_hundred_enactments_at_once_leave_no_gap_and_no_double(world: World, make: Maker) -> None:
    """Half are signed in the old year, half in the new one; each is sent twice, as a double tap does."""
    papers = [make.document(State.APPROVED) for _ in range(CROWD)]
    sent = [(paper.id, paper.seen, DAYS[at % 2]) for at, paper in enumerate(papers) for _tap in range(2)]
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(lambda one: _enact(world, *one), sent))
    rows = world.rows("SELECT year, number FROM number ORDER BY year, number")
    assert rows == [(day.year, number) for day in DAYS for number in range(1, CROWD // 2 + 1)]
    written = {number for (number,) in world.rows("SELECT number FROM act")}
    assert len(written) == CROWD
    assert {paper.state for paper in papers} == {State.ENACTED}
    assert world.value("SELECT count(*) FROM job WHERE verb = 'tasking.hand_out'") == CROWD
    assert first_break_of(world.serang.id) is None


def _enact(world: World, document_id: int, seen: str, signed_on: date) -> None:
    with world.app.app_context():
        try:
            enactment.enact(Signed(document_id, seen, signed_on), by=world.hukum.actor, now=NOW, library=world.library)
        finally:
            db.session.remove()


def test_what_two_hands_hand_out_at_once_stands_once(world: World, make: Maker) -> None:
    """A worker that was cut off comes back while another has taken over its job: neither stumbles over the other."""
    papers = [make.document(State.ENACTED) for _ in range(HANDS)]
    sent = [paper.id for paper in papers for _hand in range(2)]
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(lambda one: _hand_out(world, one), sent))
    asked = "SELECT document_id, count(*), count(DISTINCT place) FROM assignment GROUP BY document_id"
    counts = {row[0]: row[1:] for row in world.rows(asked)}
    assert counts == {paper.id: (2, 2) for paper in papers}
    told = world.rows("SELECT count(*), count(DISTINCT (person_id || cause)) FROM notice WHERE key = 'task.given'")
    assert told[0][0] == told[0][1] == world.value("SELECT count(*) FROM task")


def _hand_out(world: World, document_id: int) -> None:
    by = system(world.serang.id, "Asia/Jakarta")
    with world.app.app_context():
        try:
            tasking.hand_out(document_id, by=by, now=NOW, library=world.library)
        finally:
            db.session.remove()
