"""Tasks over the API: every move by its side, a table by rows and by sheet, and refusals that change nothing."""

import base64
from typing import Any

import pytest

from governance.tasks import sheets
from governance.tasks.models import Source
from tests.web.api.asking import ApiOf, assert_refused
from tests.web.test_task_pages import APPS
from tests.world import NOW, TODAY, Api, World
from workflows import asking
from workflows.asking import NewAssignment

ROW = {"name": "SIMPUS", "state": "beroperasi"}


@pytest.fixture
def path(world: World) -> str:
    """The task of Dinas Kesehatan."""
    units = (world.dinkes.actor.unit_id or 0,)
    new = NewAssignment(Source.CIRCULAR, "mengisi daftar", units, why="Pasal 33", due_on=TODAY, wants=(APPS,))
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    task_id = world.value("SELECT max(id) FROM task")
    return f"/tasks/{task_id}"


def moved(ask: Api, path: str, move: str, **more: Any) -> dict[str, Any]:
    version = (ask("GET", path).json or {})["version"]
    answer = ask("POST", f"{path}/moves", json={"move": move, "version": version, **more})
    assert answer.status_code == 200, answer.text
    return answer.json or {}


def test_a_task_goes_its_whole_way_by_the_api(world: World, path: str, api: ApiOf) -> None:
    office, asker = api(world.dinkes), api(world.diskominfo)
    assert [one["state"] for one in (office("GET", "/tasks").json or {})["items"]] == ["received"]
    assert moved(office, path, "accept")["state"] == "accepted"
    asked = moved(office, path, "ask_extension", until="2099-01-05", words="Data belum lengkap")
    assert asked["wished_until"] == "2099-01-05"
    assert moved(asker, path, "grant_extension")["due_on"] == "2099-01-05"
    moved(asker, path, "comment", words="Terima kasih")
    wrong = sheets.template(APPS, [{"name": "", "state": "aktif"}])
    version = (office("GET", path).json or {})["version"]
    refused = office("POST", f"{path}/hand-ins", json={"version": version, "sheets": {"apps": encoded(wrong)}})
    assert_refused(refused, {422})
    assert [one["place"] for one in (refused.json or {})["problems"]] == ["apps.A2", "apps.B2"]
    given = {"version": version, "note": "Lengkap", "tables": {"apps": [ROW]}}
    files = [{"name": "surat.pdf", "data": encoded(b"%PDF-1.7 surat")}]
    answer = office("POST", f"{path}/hand-ins", json=given | {"files": files})
    assert answer.status_code == 201, answer.text
    assert moved(asker, path, "return", words="Tambah aplikasi lain")["state"] == "returned"
    sheet = sheets.read(APPS, office("GET", f"{path}/sheet").data)
    assert sheet.rows == [ROW], "the form comes with what was handed in last"
    version = (office("GET", path).json or {})["version"]
    again = sheets.template(APPS, [ROW, ROW])
    answer = office("POST", f"{path}/hand-ins", json={"version": version, "sheets": {"apps": encoded(again)}})
    assert answer.status_code == 201, answer.text
    done = moved(asker, path, "verify")
    assert done["state"] == "verified"
    assert [step["move"] for step in done["story"]] == [
        *("accept", "ask_extension", "grant_extension", "comment", "hand_in", "return", "hand_in", "verify")
    ]
    file = next(file for step in done["story"] for file in step["files"])
    assert asker("GET", f"/tasks/files/{file['id']}").data == b"%PDF-1.7 surat"


def test_a_declined_task_is_passed_on_by_the_key_of_the_unit(world: World, path: str, api: ApiOf) -> None:
    office, asker = api(world.dinkes), api(world.diskominfo)
    assert moved(office, path, "decline", words="Bukan urusan kami")["state"] == "declined"
    key = world.value("SELECT key FROM unit WHERE id = :id", id=world.disdik.actor.unit_id)
    assert moved(asker, path, "reassign", unit=key)["unit"] == "Dinas Pendidikan dan Kebudayaan"
    assert_refused(office("GET", path), {404})


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("door", "body"),
    [
        ("moves", {}),
        ("moves", {"move": "fly", "version": 1}),
        ("moves", {"move": "accept", "version": "1"}),
        ("moves", {"move": "accept", "version": 99}),
        ("moves", {"move": "verify", "version": 1}),
        ("moves", {"move": "hand_in", "version": 1}),
        ("moves", {"move": "ask_extension", "version": 1, "words": "a", "until": "2026-02-30"}),
        ("moves", {"move": "reassign", "version": 1, "unit": "tidak_ada"}),
        ("moves", {"move": "comment", "version": 1, "words": "a\x00"}),
        ("hand-ins", {"version": 1}),
        ("hand-ins", {"version": 1, "tables": []}),
        ("hand-ins", {"version": 1, "tables": {"apps": [{"name": 5}]}}),
        ("hand-ins", {"version": 1, "tables": {"lain": []}}),
        ("hand-ins", {"version": 1, "sheets": {"apps": "bukan base64"}}),
        ("hand-ins", {"version": 1, "sheets": {"apps": ""}}),
        ("hand-ins", {"version": 1, "sheets": "x"}),
        ("hand-ins", {"version": 1, "files": [1]}),
        ("hand-ins", {"version": 1, "files": [{"name": None, "data": ""}]}),
        ("hand-ins", {"version": 1, "files": [{"name": "a.exe", "data": "TVo="}], "tables": {"apps": [ROW]}}),
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(
    world: World, path: str, api: ApiOf, door: str, body: dict[str, Any]
) -> None:
    before = world.everything()
    assert_refused(api(world.dinkes)("POST", f"{path}/{door}", json=body), {403, 409, 422})
    assert_refused(api(world.kota.diskominfo)("POST", f"{path}/{door}", json=body), {404})
    assert world.everything() == before
