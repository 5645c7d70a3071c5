"""Comments by section over the API."""

from collections.abc import Callable

import pytest

from governance.documents.lifecycle import State
from tests.world import Api, Maker, Paper, Someone, World

Call = Callable[[Someone | None], Api]


@pytest.fixture
def reviewed(make: Maker) -> Paper:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    return paper


def said(paper: Paper, by: Someone, **more: object) -> dict[str, object]:
    return {"seen": paper.as_seen(by).seen, "place": "considerations", "text": "Kurang dasar."} | more


def test_a_comment_is_written_read_and_answered(world: World, api: Call, reviewed: Paper) -> None:
    place = f"/documents/{reviewed.id}/comments"

    made = api(world.hukum)("POST", place, json=said(reviewed, world.hukum))
    answer = api(world.diskominfo)("POST", f"{place}/{made.json['id']}/answer", json={"text": "Sudah."})
    [listed] = api(world.sekda)("GET", place).json["items"]

    assert made.status_code == 201
    assert (made.json["label"], made.json["revision"], made.json["answer"]) == ("Menimbang", 1, None)
    assert answer.status_code == 200
    assert listed == answer.json
    assert listed["answered_by"] == "Kepala Diskominfosatik"


def test_an_unanswered_comment_keeps_a_draft_from_its_second_submission(
    world: World, api: Call, reviewed: Paper
) -> None:
    api(world.hukum)("POST", f"/documents/{reviewed.id}/comments", json=said(reviewed, world.hukum))
    api(world.hukum).move(reviewed, "return", reason="Lihat komentar")

    refused = api(world.diskominfo).move(reviewed, "submit")

    assert refused.status_code == 422
    assert [problem["message"] for problem in refused.json["problems"]] == [
        "Komentar Kepala Bagian Hukum pada Menimbang belum dijawab."
    ]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"place": "dictums.KESERATUS"}, 422),
        ({"place": 7}, 422),
        ({"text": ""}, 422),
        ({"text": "x" * 4001}, 422),
        ({"text": "a\u202eb"}, 422),
        ({"seen": "lama"}, 409),
        ({"lain": 1}, 422),
    ],
)
def test_what_cannot_be_a_comment_is_refused(
    world: World, api: Call, reviewed: Paper, sent: dict[str, object], status: int
) -> None:
    before = world.everything()

    answer = api(world.hukum)("POST", f"/documents/{reviewed.id}/comments", json=said(reviewed, world.hukum) | sent)

    assert answer.status_code == status
    assert world.everything() == before


def test_strangers_neither_read_nor_write_nor_answer(world: World, api: Call, reviewed: Paper) -> None:
    place = f"/documents/{reviewed.id}/comments"
    made = api(world.hukum)("POST", place, json=said(reviewed, world.hukum)).json["id"]

    for stranger in (world.dinkes, world.kota.hukum):
        assert api(stranger)("GET", place).status_code == 404
        assert api(stranger)("POST", place, json=said(reviewed, world.hukum)).status_code == 404
        assert api(stranger)("POST", f"{place}/{made}/answer", json={"text": "x"}).status_code == 404
    assert api(world.hukum)("POST", f"{place}/{made}/answer", json={"text": "x"}).status_code == 403
    assert api(None)("GET", place).status_code == 401


def test_an_answer_is_given_once(world: World, api: Call, reviewed: Paper) -> None:
    place = f"/documents/{reviewed.id}/comments"
    made = api(world.hukum)("POST", place, json=said(reviewed, world.hukum)).json["id"]
    api(world.diskominfo)("POST", f"{place}/{made}/answer", json={"text": "Sudah."})

    again = api(world.diskominfo)("POST", f"{place}/{made}/answer", json={"text": "Lain."})

    assert again.status_code == 409
    assert "tidak dapat diubah" in again.json["detail"]
