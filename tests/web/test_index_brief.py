"""The Sekda's one page: everything he needs before a meeting, on one printed page, readable on a phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from governance.assessment.course import CycleRole, ScoreStage, Stage
from governance.assessment.cycle_models import CycleTask
from governance.assessment.score_models import Score
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.db import db, transaction
from governance.obligations.models import Fulfilment, Obligation
from governance.tasks.models import Assignment, Source, Task
from tests.cycles import cycle_of, seat, share
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.web.through import looking
from tests.workflows.test_recommending import added
from tests.workflows.test_recording_results import MIDDLE, recorded
from tests.world import NOW, TODAY, Maker, Someone, World

PAGE = re.compile(rb"/Type\s*/Page[^s]")
OFFICES = ("dinkes", "inspektorat", "hukum", "bappeda", "organisasi", "diskominfo", "dishub", "disdik")


def rated(world: World, cycle_id: int, value: str = "2", *, but: tuple[str, ...] = ()) -> None:
    """Every item rated by the internal assessors, but some."""
    with transaction():
        for key in world.library.instruments.instrument(MIDDLE).items:
            if key not in but:
                row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item=key, stage=ScoreStage.SELF)
                row.value, row.by_title, row.at, row.counts = value, "Asesor", NOW, True
                db.session.add(row)


def asked(world: World, cycle_id: int, item: str, *offices: Someone, late: bool = False) -> None:
    """A task for an item of the cycle, for each of these offices."""
    due_on = TODAY - timedelta(days=2) if late else TODAY + timedelta(days=30)
    with transaction():
        row = Assignment(institution_id=world.serang.id, source=Source.INDICATOR, place=f"indikator {item}")
        row.what, row.why, row.due_on, row.created_at = f"Bukti {item}", "Penilaian", due_on, NOW
        row.unit_id = world.diskominfo.actor.unit_id or 0
        db.session.add(row)
        db.session.flush()
        db.session.add(CycleTask(institution_id=world.serang.id, cycle_id=cycle_id, item=item, assignment_id=row.id))
        for office in offices:
            task = Task(institution_id=world.serang.id, assignment_id=row.id, unit_id=office.actor.unit_id or 0)
            task.due_on, task.created_at, task.moved_at = due_on, NOW, NOW
            db.session.add(task)


def duty(world: World, key: str, *, estimated: bool = False) -> None:
    """A duty whose day is past."""
    with transaction():
        row = Obligation(institution_id=world.serang.id, key=key, mandate="monitoring_evaluation", year=2026)
        row.due_on, row.estimated, row.fulfilment = TODAY - timedelta(days=9), estimated, Fulfilment.OPEN
        row.unit_id = world.diskominfo.actor.unit_id
        db.session.add(row)


@pytest.fixture
def cycle(world: World) -> int:
    cycle_id = cycle_of(world, year=2025)
    share(world, cycle_id, dict.fromkeys(world.library.instruments.instrument(MIDDLE).items, world.diskominfo))
    return cycle_id


@pytest.fixture
def sekda(world: World) -> Reader:
    return Reader(world.app, world.sekda)


def filled(world: World, make: Maker, cycle_id: int) -> None:
    """Much of everything: more than one page may show of each."""
    rated(world, cycle_id)
    seat(world, cycle_id, CycleRole.COORDINATOR, world.sekda)
    people = [world.serang.people[one] for one in OFFICES if one in world.serang.people]
    for number in range(1, 13):
        asked(world, cycle_id, str(number), *people, late=number % 2 == 0)
        duty(world, f"duty-{number}")
    for _paper in range(6):
        make.initial(make.document(State.IN_REVIEW), "asisten")
    recorded(world, year=2024, instrument=MIDDLE, target="")
    long = (
        "Menyusun dan menetapkan arsitektur SPBE beserta peta rencana yang selaras dengan rencana pembangunan daerah "
        * 3
    )
    for number in range(1, 10):
        added(world, year=2024, number=number, what=long)


def test_it_tells_the_index_the_steps_and_what_waits(world: World, make: Maker, cycle: int, sekda: Reader) -> None:
    filled(world, make, cycle)
    page = sekda.get(f"/cycles/{cycle}/brief").text
    assert "Kurang 0,60 menuju target" in page
    assert 'data-figure="provisional"' in page
    assert 'data-figure="official"' not in page
    assert 'class="m-stamp"' in page, "steps are a simulation"
    steps = re.findall(rf'href="/cycles/{cycle}/path"><span lang="id">', page)
    assert len(steps) == 3
    assert "Menunggu keputusan Anda" in page
    assert page.count('href="/documents/') == 4
    assert "dan 2 lagi" in page
    assert re.search(r"(\d+) dari 12 belum, <b>6 terlambat</b>", page)
    assert "9/2024" not in page
    assert 'href="/recommendations">dan 5 lagi' in page


def test_the_steps_are_those_of_the_paths_own_page(world: World, make: Maker, cycle: int, sekda: Reader) -> None:
    rated(world, cycle)
    brief, path = sekda.get(f"/cycles/{cycle}/brief").text, sekda.get(f"/cycles/{cycle}/path").text
    after = re.search(r"sampai <b>([\d,]+)</b>", brief)
    assert after is not None
    assert f"<b>{after[1]}</b> (eksak" in path
    shown = re.findall(r'<span lang="id">([\d-]+)\. [^<]*</span>: (\d) menjadi (\d)', brief)
    assert len({item for item, _start, _end in shown}) == 3, "steps of one item are told together"
    told = re.findall(r"<h3>Indikator ([\d-]+), <span[^>]*>[^<]*</span>: (\d) menjadi (\d)</h3>", path)
    assert set(shown) <= set(told)


def test_the_ministrys_figure_is_the_index_once_it_is_there(world: World, cycle: int, sekda: Reader) -> None:
    rated(world, cycle)
    recorded(world, year=2025, instrument=MIDDLE, target="", values={"index": "2,65"}, predicate="Baik")
    page = sekda.get(f"/cycles/{cycle}/brief").text
    assert 'data-figure="official"' in page
    assert 'data-figure="provisional"' not in page
    assert "Target tercapai" in page


def test_with_gaps_it_shows_a_range_and_no_path(world: World, cycle: int, sekda: Reader) -> None:
    rated(world, cycle, but=("1", "2"))
    page = sekda.get(f"/cycles/{cycle}/brief").text
    assert 'data-figure="range"' in page
    assert "2 butir belum dinilai, jadi jalurnya belum dapat dihitung." in page
    assert "m-stamp" not in page


def test_without_a_target_or_anything_at_all_it_says_so(world: World, sekda: Reader) -> None:
    cycle_id = cycle_of(world, year=2024, target=None)
    page = sekda.get(f"/cycles/{cycle_id}/brief").text
    assert "Target IKD tahun ini belum ditetapkan" in page
    assert page.count("Tidak ada.") == 3


def test_a_self_assessment_that_lies_with_him_is_named(world: World, sekda: Reader) -> None:
    cycle_id = cycle_of(world, stage=Stage.REPORTING)
    seat(world, cycle_id, CycleRole.COORDINATOR, world.sekda)
    assert "Penilaian mandiri 2025: tutup, atau kembalikan." in sekda.get(f"/cycles/{cycle_id}/brief").text
    other = Reader(world.app, world.diskominfo).get(f"/cycles/{cycle_id}/brief").text
    assert "Penilaian mandiri 2025" not in other
    assert "Menunggu keputusan Sekda" in other


def test_an_estimate_is_not_late_and_a_secret_is_not_told(world: World, make: Maker, cycle: int) -> None:
    duty(world, "estimated", estimated=True)
    make.initial(make.document(State.IN_REVIEW, secrecy=Secrecy.RAHASIA), "asisten")
    office = Reader(world.app, world.dinkes).get(f"/cycles/{cycle}/brief").text
    assert 'href="/deadlines/' not in office.replace('href="/deadlines"', "")
    assert 'href="/documents/' not in office
    assert 'href="/documents/' in Reader(world.app, world.sekda).get(f"/cycles/{cycle}/brief").text


def test_another_regions_page_is_not_there(world: World, cycle: int) -> None:
    assert Reader(world.app, world.kota.sekda).get(f"/cycles/{cycle}/brief").status_code == 404


@pytest.mark.parametrize("who", ["sekda", "diskominfo", "dinkes"])
def test_it_asks_no_more_than_seven_statements(world: World, make: Maker, cycle: int, who: str) -> None:
    filled(world, make, cycle)
    reader = Reader(world.app, world.serang.people[who])
    reader.get(f"/cycles/{cycle}/brief")
    with heard() as said:
        assert reader.get(f"/cycles/{cycle}/brief").status_code == 200
    assert len(selects(said)) <= 7


@pytest.mark.chromium
def test_it_prints_on_one_page_and_fits_a_phone(
    world: World, make: Maker, cycle: int, sekda: Reader, browser: Browser
) -> None:
    filled(world, make, cycle)
    path = f"/cycles/{cycle}/brief"
    with looking(browser, sekda, path) as page:
        for size in ({"prefer_css_page_size": True}, {"format": "A4"}):
            assert len(PAGE.findall(page.pdf(**size))) == 1, size  # type: ignore[arg-type]
    with looking(browser, sekda, path, width=390, height=844) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
