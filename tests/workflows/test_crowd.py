"""Many hands at once: every number is enacted once, without a gap, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.trail.queries import first_break_of
from tests.world import NOW, Maker, World
from workflows import enactment
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
    assert world.value("SELECT count(*) FROM job") == CROWD
    assert first_break_of(world.serang.id) is None


def _enact(world: World, document_id: int, seen: str, signed_on: date) -> None:
    with world.app.app_context():
        try:
            enactment.enact(Signed(document_id, seen, signed_on), by=world.hukum.actor, now=NOW, library=world.library)
        finally:
            db.session.remove()
