"""The pages of delivery: a unit's one click, Bagian Hukum's receipts, the chase list."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from governance.documents.lifecycle import State
from governance.kernel import clock
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import jobs

Sit = Callable[[Someone | None], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


def words(answer: TestResponse) -> str:
    return " ".join(answer.text.split())


def laid_out(world: World, make: Maker) -> Paper:
    paper = make.document(State.ENACTED)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    return paper


def test_a_unit_acknowledges_with_one_click(world: World, make: Maker, sit: Sit) -> None:
    paper, office = laid_out(world, make), sit(world.dinkes)
    page = office.get("/deliveries").text
    assert page.count("Nyatakan diterima") == 1
    way = re.search(r'action="(/deliveries/\d+/acknowledge)"', page)
    assert way
    for place in (f"/documents/{paper.id}", f"/documents/{paper.id}/deliveries"):
        assert way[1] in office.get(place).text
    task = world.value(
        "SELECT task.id FROM task JOIN unit ON unit.id = unit_id WHERE unit.key = 'dinkes' ORDER BY task.id"
    )
    assert way[1] in office.get(f"/tasks/{task}").text
    assert office.post(way[1]).status_code == 303
    assert "Nyatakan diterima" not in office.get("/deliveries").text
    assert sit(world.disdik).post(way[1]).status_code == 403
    assert sit(world.kota.hukum).post(way[1]).status_code == 404


def test_the_legal_section_records_receipts_and_home_says_what_is_open(world: World, make: Maker, sit: Sit) -> None:
    paper, legal = laid_out(world, make), sit(world.hukum)
    ids = [str(key) for (key,) in world.rows("SELECT id FROM delivery ORDER BY place")]
    home = words(legal.get("/"))
    assert f"{len(ids)} penerima belum menerima" in home
    assert "Belum diumumkan di JDIH" in home
    place = f"/documents/{paper.id}/deliveries"
    page = words(legal.get(place))
    assert "Mengapa tanggal ini" in page
    assert "UU 30/2014 Pasal 61" in page
    typed = {"received_on": "2026-13-45", "way": "direct", "received_by": "Resepsionis", "delivery": ids[:2]}
    refused = legal.post(place, typed)
    assert refused.status_code == 422
    assert 'value="Resepsionis"' in refused.text
    assert refused.text.count(" checked") == 2
    none = legal.post(place, {"received_on": TODAY.isoformat(), "way": "direct", "received_by": "Resepsionis"})
    assert (none.status_code, "Pilih paling sedikit satu penerima" in none.text) == (422, True)
    scan = (BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), "tanda.pdf")
    day = min(clock.now().date(), TODAY).isoformat()
    good = {"received_on": day, "way": "post", "received_by": "Resepsionis", "delivery": ids[:2], "scan": scan}
    assert legal.post(place, good).status_code == 303
    page = words(legal.get(place))
    assert f"Diterima 2 dari {len(ids)}" in page
    assert legal.get(f"/deliveries/{ids[0]}/scan").mimetype == "application/pdf"
    assert sit(world.dinkes).get(f"/deliveries/{ids[0]}/scan").status_code == 403
    assert legal.get(f"/deliveries/{ids[-1]}/scan").status_code == 404
    for wrong in ("x", "-1", "9" * 30, "²"):
        assert legal.post(place, good | {"delivery": [wrong], "scan": (BytesIO(b""), "")}).status_code == 404


def test_the_chase_list_takes_any_address(world: World, make: Maker, sit: Sit) -> None:
    laid_out(world, make)
    for after in ("", "x", "2026-13-01.1", "2026-01-01.²", "2026-01-01", "2999-01-01.1"):
        assert sit(world.hukum).get(f"/deliveries?after={after}").status_code == 200
    assert "Dinas" in sit(world.hukum).get("/deliveries").text or "Kepala" in sit(world.hukum).get("/deliveries").text
