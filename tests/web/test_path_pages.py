"""The pages of a cycle's path: the plan with its doors, what if, gaps, and the efforts that planners enter."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from governance.assessment.course import Part, ScoreStage
from governance.assessment.score_models import Score
from governance.kernel.db import db, transaction
from tests.cycles import cycle_of, share
from tests.web.reader import Reader
from tests.world import NOW, Someone, World

OLD, NEW = "permenpanrb-59-2020", "permenpanrb-8-2026"
SHARES = ("diskominfo", "bappeda", "inspektorat", "dinkes")


@pytest.fixture
def sit(world: World) -> Callable[[Someone], Reader]:
    return lambda someone: Reader(world.app, someone)


def rate(world: World, cycle_id: int, values: dict[str, str]) -> None:
    """Scores of the internal assessors, as rows."""
    with transaction():
        for item, value in values.items():
            row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item=item, stage=ScoreStage.SELF)
            row.value, row.by_title, row.at = str(Fraction(value)), "Inspektur", NOW
            db.session.add(row)


def rated_cycle(world: World, key: str = OLD, value: str = "", **changes: Any) -> int:
    """A cycle at 2,40 on the instrument of 2020, its items shared out among four offices."""
    cycle_id = cycle_of(world, instrument=key, **changes)
    instrument = world.library.instruments.instrument(key)
    items = list(instrument.items)
    rate(world, cycle_id, {item: value or ("3" if int(item) % 5 < 2 else "2") for item in items})
    for place, item in enumerate(items):
        share(world, cycle_id, {item: getattr(world, SHARES[place % 4])})
    share(world, cycle_id, {"44" if key == OLD else "19": world.hukum}, Part.CONTRIBUTOR)
    return cycle_id


def test_two_point_four_to_two_point_six_is_answered_with_steps_offices_and_documents(
    world: World, sit: Callable[[Someone], Reader]
) -> None:
    cycle_id = rated_cycle(world)
    page = sit(world.diskominfo).get(f"/cycles/{cycle_id}/path?target=2,6").text
    assert "Kurang 0,20" in page
    assert "Simulasi" in page
    assert "terbukti paling kecil" in page
    assert "Bukan indeks resmi" in page
    assert "lazim, tidak diukur" in page
    assert "jalur lain" in page
    assert re.search(r"Minta ke \d OPD", page)
    assert "Tanpa langkah ini indeks hanya" in page
