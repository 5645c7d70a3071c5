"""What the Sekda's page and the reading of old evidence ask, on both databases."""

from governance.assessment import cycles
from governance.assessment.eyes import eyes_of
from governance.assessment.old_evidence import accepted_on
from governance.assessment.one_page import one_page
from governance.documents.lifecycle import State
from tests.cycles import cycle_of
from tests.web.test_index_brief import asked, duty
from tests.web.test_translation_pages import accepted
from tests.workflows.test_recommending import added
from tests.workflows.test_recording_results import MIDDLE, NEW, recorded
from tests.world import TODAY, Maker, World


def test_the_page_tells_offices_duties_decisions_and_recommendations(world: World, make: Maker) -> None:
    cycle_id = cycle_of(world)
    asked(world, cycle_id, "1", world.dinkes, world.hukum, late=True)
    asked(world, cycle_id, "2", world.dinkes)
    duty(world, "late")
    duty(world, "estimated", estimated=True)
    make.initial(make.document(State.IN_REVIEW), "asisten")
    recorded(world, year=2025, instrument=MIDDLE, target="", values={"index": "2,4", "D1": "2"}, predicate="Cukup")
    added(world, year=2025)
    page = one_page(world.sekda.actor, cycles.seen(cycle_id, world.sekda.actor), TODAY)
    assert [(one.asked, one.open, one.late) for one in page.offices] == [(2, 2, 1), (1, 1, 1)]
    assert [one.mandate for one in page.duties] == ["monitoring_evaluation"]
    assert len(page.decisions) == 1
    assert [(one.number, one.year) for one in page.recommendations] == [(1, 2025)]
    assert page.published is not None
    assert (dict(page.published.texts), page.published.predicate) == ({"index": "2,4", "D1": "2"}, "Cukup")
    empty = one_page(world.kota.sekda.actor, cycles.seen(cycle_id, world.sekda.actor), TODAY)
    assert (empty.offices, empty.duties, empty.decisions, empty.recommendations) == ((), (), (), ())
    assert empty.published is None


def test_the_latest_cycle_on_an_instrument_brings_its_accepted_evidence(world: World) -> None:
    eyes = eyes_of(world.diskominfo.actor)
    assert accepted_on(eyes, MIDDLE).cycle is None
    older, latest = cycle_of(world, year=2024), cycle_of(world, year=2025)
    assert accepted_on(eyes, MIDDLE).pieces == ()
    accepted(world, older, "1", "Lama")
    accepted(world, latest, "10", "Keputusan Tim")
    found = accepted_on(eyes, MIDDLE)
    assert found.cycle is not None
    assert (found.cycle.year, [(one.item, one.level, one.name) for one in found.pieces]) == (
        2025,
        [("10", 2, "Keputusan Tim")],
    )
    assert accepted_on(eyes, NEW).cycle is None
