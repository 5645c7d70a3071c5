"""The demonstration's assessment: 2.40 with a target of 2.60, evidence in every state, given back for every reason."""

from fractions import Fraction
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from governance.assessment import cycles, scoring
from governance.assessment.rated import present, scores_of
from tests.world import NOW, World
from workflows import seeding_cycle


@pytest.fixture(params=["sqlite"])
def database() -> str:
    """What the demonstration runs on."""
    return "sqlite"


def test_the_demonstrations_year_is_under_way_and_short_of_its_target(world: World) -> None:
    cast = {name: one.actor for name, one in world.serang.people.items()}
    cycle_id = seeding_cycle.begin(cast, now=NOW, library=world.library)
    seen = cycles.seen(cycle_id, world.diskominfo.actor)
    instrument = world.library.instruments.instrument(seen.instrument)
    index = scoring.score(instrument, present(scores_of(world.serang.id, cycle_id)))
    assert (index.exact, seen.target, seen.stage) == (Fraction(12, 5), Fraction(13, 5), "execution")
    states = dict(world.rows("SELECT state, count(*) FROM evidence_use GROUP BY state"))
    assert states == {"accepted": 5, "in_process": 2, "revise": 3, "draft": 2}
    reasons = {reason for (reason,) in world.rows("SELECT reason FROM evidence_use WHERE state = 'revise'")}
    assert reasons == {"wrong_object", "not_uploaded", "lower_level_open"}
    assert world.value("SELECT count(DISTINCT unit_id) FROM evidence_use") >= 3


@pytest.mark.parametrize("key", ["permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026"])
def test_items_are_found_that_weigh_exactly_as_much_as_is_wanted(world: World, key: str) -> None:
    instrument = world.library.instruments.instrument(key)
    items = seeding_cycle.lifted(instrument, Fraction(40))
    assert sum(instrument.items[item].weight for item in items) == 40


def test_a_made_up_file_is_a_page_that_a_reader_opens() -> None:
    pages = PdfFileReader(BytesIO(seeding_cycle.one_page("I1-L1-01: contoh"))).root["/Pages"]
    assert pages["/Count"] == 1
    assert b"(I1-L1-01: contoh)" in pages["/Kids"][0]["/Contents"].data
