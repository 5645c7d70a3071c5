"""The index over the API is what `flask index` prints of the same values, and never called official."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from governance.assessment.course import ScoreStage
from governance.assessment.result_models import PublishedResult
from governance.kernel.db import db, transaction
from tests.cycles import INSTRUMENT, cycle_of
from tests.full_cycle import rate
from tests.web.api.asking import ApiOf, assert_refused
from tests.world import NOW, World

SAME = {"index", "index_exact", "predicate", "tiers", "missing", "range"}


def _asked(world: World, api: ApiOf, cycle_id: int) -> dict[str, Any]:
    answer = api(world.sekda)("GET", f"/cycles/{cycle_id}/index")
    assert answer.status_code == 200
    return answer.json or {}


def test_it_is_what_the_terminal_prints_of_the_same_values(world: World, api: ApiOf, tmp_path: Path) -> None:
    cycle_id = cycle_of(world)
    values = {key: 1 + number % 5 for number, key in enumerate(world.library.instruments.instrument(INSTRUMENT).items)}
    with transaction():
        for key, value in values.items():
            rate(world, cycle_id, [key], f"{value}/1")
    file = tmp_path / "values.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    printed = world.app.test_cli_runner().invoke(args=["index", INSTRUMENT, str(file)])
    told = _asked(world, api, cycle_id)
    assert {name: told[name] for name in SAME} == {name: json.loads(printed.stdout)[name] for name in SAME}
    assert (told["status"], told["stage"], told["official"]) == ("provisional", "self", None)
    assert told["target"] == "13/5"


def test_with_gaps_there_is_no_index_but_a_range(world: World, api: ApiOf) -> None:
    cycle_id = cycle_of(world)
    items = list(world.library.instruments.instrument(INSTRUMENT).items)
    with transaction():
        rate(world, cycle_id, items[1:], "2/1", ScoreStage.FINAL)
    told = _asked(world, api, cycle_id)
    assert told["index"] is None
    assert told["missing"] == items[:1]
    assert told["range"][0] < told["range"][1]
    assert told["stage"] == "final"


def test_the_ministrys_figure_stands_apart_with_its_act(world: World, api: ApiOf) -> None:
    cycle_id = cycle_of(world)
    row = PublishedResult(institution_id=world.serang.id, year=2025, instrument=INSTRUMENT, values={"index": "2.71"})
    row.number, row.dated_on, row.by_title, row.entered_at = "Kepmen 1/2025", date(2025, 12, 20), "Kepala", NOW
    with transaction():
        db.session.add(row)
    told = _asked(world, api, cycle_id)
    assert told["index"] is None
    assert told["official"] == {
        "index": "2.71",
        "predicate": "Baik",
        "number": "Kepmen 1/2025",
        "dated_on": "2025-12-20",
    }


def test_another_regions_cycle_is_not_there(world: World, api: ApiOf) -> None:
    cycle_id = cycle_of(world)
    assert_refused(api(world.kota.diskominfo)("GET", f"/cycles/{cycle_id}/index"), [404])
