"""What a program of Bagian Hukum does with an act: keep a number, make one void, publish, withdraw, record receipts."""

from pathlib import Path
from typing import Any

import pytest

from governance.documents.lifecycle import State
from tests.soffices import StandIn
from tests.web.api.asking import ApiOf, assert_refused, one_per_role
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import jobs, printing

DAY = TODAY.isoformat()


def series_id(world: World) -> int:
    found: int = world.value(
        "SELECT id FROM series WHERE key = 'keputusan' AND institution_id = :id", id=world.serang.id
    )
    return found


def laid_out(world: World, make: Maker) -> Paper:
    paper = make.document(State.ENACTED)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    return paper


def test_a_number_is_kept_once_and_made_void_with_a_reason(world: World, make: Maker, api: ApiOf) -> None:
    paper, ask = make.document(State.APPROVED), api(world.hukum)
    first, again = (ask("POST", f"/documents/{paper.id}/number", json={"signed_on": DAY}).json or {} for _ in range(2))
    assert first == again
    assert first["document_id"] == paper.id
    (series,) = [one for one in (ask("GET", "/series").json or {})["items"] if one["id"] == series_id(world)]
    assert (series["reserved"], series["last"], series["next"]) == (1, 1, 2)
    body = {"year": TODAY.year, "first": 1, "reason": "Tidak jadi"}
    answer = ask("POST", f"/series/{series_id(world)}/void", json=body)
    assert answer.status_code == 200, answer.text
    assert ((answer.json or {})["reserved"], (answer.json or {})["void"]) == (0, 1)
    assert_refused(ask("POST", f"/series/{series_id(world)}/void", json=body), [422])


def test_an_act_is_published_as_it_was_seen_and_withdrawn(
    world: World, make: Maker, api: ApiOf, tmp_path: Path
) -> None:
    paper, ask = make.document(State.ENACTED), api(world.hukum)
    place = f"/documents/{paper.id}/publication"
    before = ask("GET", place).json or {}
    assert (before["state"], before["file"]) == ("none", None)
    assert "salinan" in before["why_not"]
    assert_refused(ask("POST", place, json={"seen": "x"}), [409])
    printing.make_copy(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
    printer = StandIn.within(tmp_path / "stand-in").printer
    printing.print_due(now=NOW.replace(year=2999), library=world.library, printer=printer)
    file = (ask("GET", place).json or {})["file"]
    assert_refused(ask("POST", place, json={"seen": "0" * 64}), [409])
    public = ask("POST", place, json={"seen": file})
    assert public.status_code == 200, public.text
    assert ((public.json or {})["state"], (public.json or {})["published"]) == ("published", file)
    assert api(None).client.get((public.json or {})["address"]).status_code == 200
    withdrawn = ask("POST", f"{place}/withdraw", json={"reason": "Salah unggah"}).json or {}
    assert (withdrawn["state"], withdrawn["reason"]) == ("withdrawn", "Salah unggah")


def test_receipts_are_recorded_and_a_unit_acknowledges_its_own(world: World, make: Maker, api: ApiOf) -> None:
    paper = laid_out(world, make)
    place, ask = f"/documents/{paper.id}/deliveries", api(world.hukum)
    rows = (ask("GET", place).json or {})["items"]
    mine = [one["id"] for one in (api(world.dinkes)("GET", place).json or {})["items"] if one["mine"]]
    assert len(mine) == 1
    done = api(world.dinkes)("POST", f"/deliveries/{mine[0]}/acknowledge")
    assert ((done.json or {})["way"], (done.json or {})["mine"]) == ("program", False)
    others = [one["id"] for one in rows if one["id"] != mine[0]]
    body = {"deliveries": others, "received_on": DAY, "received_by": "Sekretariat", "way": "post"}
    answer = ask("POST", place, json=body)
    assert answer.status_code == 200, answer.text
    assert {one["way"] for one in (answer.json or {})["items"]} == {"program", "post"}
    assert ask("POST", place, json=body).status_code == 200, "a receipt that is there stays as it is"


def test_nobody_else_does_what_is_bagian_hukums(world: World, make: Maker, api: ApiOf) -> None:
    approved, paper = make.document(State.APPROVED), laid_out(world, make)
    receipt = {"deliveries": [1], "received_on": DAY, "received_by": "A", "way": "post"}
    sent: list[tuple[str, dict[str, Any]]] = [
        (f"/documents/{approved.id}/number", {"signed_on": DAY}),
        (f"/series/{series_id(world)}/void", {"year": TODAY.year, "first": 1, "reason": "x"}),
        (f"/documents/{paper.id}/publication", {"seen": "x"}),
        (f"/documents/{paper.id}/publication/withdraw", {"reason": "x"}),
        (f"/documents/{paper.id}/deliveries", receipt),
    ]
    before = world.everything()
    for someone in one_per_role(world):
        for path, body in sent if someone is not world.hukum else ():
            assert_refused(api(someone)("POST", path, json=body), [403, 404])
    assert world.everything() == before


HOSTILE: list[Any] = [
    None, [], "x", {}, {"lain": 1},
    {"signed_on": "2026-13-45"}, {"signed_on": 5}, {"signed_on": "2031-01-01"}, {"signed_on": DAY, "number": ["1"]},
    {"year": "x", "first": 1, "reason": "x"}, {"year": 2026, "first": 10**30, "reason": "x"},
    {"year": 2026, "first": 1, "reason": ""}, {"year": 2026, "first": 1, "last": 0, "reason": "x"},
    {"year": 2026, "first": 1, "reason": "a\x00b"}, {"year": True, "first": 1, "reason": "x"},
    {"seen": 5}, {"seen": "x" * 5000}, {"reason": "x" * 100_000}, {"reason": ["x"]},
    {"deliveries": [], "received_on": DAY, "received_by": "A", "way": "post"},
    {"deliveries": [10**40], "received_on": DAY, "received_by": "A", "way": "post"},
    {"deliveries": ["1"], "received_on": DAY, "received_by": "A", "way": "post"},
    {"deliveries": [999_999_999], "received_on": DAY, "received_by": "A", "way": "post"},
    {"deliveries": [1], "received_on": "2999-01-01", "received_by": "A", "way": "post"},
    {"deliveries": [1], "received_on": DAY, "received_by": "a\u202eb", "way": "post"},
    {"deliveries": [1], "received_on": DAY, "received_by": "A", "way": "program"},
    {"deliveries": [1], "received_on": DAY, "received_by": "A", "way": "merpati"},
]  # fmt: skip


def test_wrong_bodies_are_refused_clearly_and_change_nothing(world: World, make: Maker, api: ApiOf) -> None:
    approved, paper = make.document(State.APPROVED), laid_out(world, make)
    places = [
        f"/documents/{approved.id}/number",
        f"/series/{series_id(world)}/void",
        f"/documents/{paper.id}/publication",
        f"/documents/{paper.id}/publication/withdraw",
        f"/documents/{paper.id}/deliveries",
    ]
    ask, before = api(world.hukum), world.everything()
    for place in places:
        for body in HOSTILE:
            assert_refused(ask("POST", place, json=body), [404, 409, 422])
    assert world.everything() == before


@pytest.mark.parametrize(
    "path", ["/series/999999/void", "/series/999999999999999999999/void", "/deliveries/0/acknowledge"]
)
def test_what_is_not_there_is_not_there(world: World, api: ApiOf, path: str) -> None:
    body = {"year": TODAY.year, "first": 1, "reason": "x"}
    assert_refused(api(world.hukum)("POST", path, json=body), [404])
