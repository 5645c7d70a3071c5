"""The whole walk over the API, one token per post: from the fields of the law to every office's receipt."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import yaml

from governance.kernel import clock
from tests.web.api.asking import ApiOf
from tests.world import KIND, World
from web.letters import letter_told
from workflows import jobs, notices, scanning

STEPS = [
    ("diskominfo", "submit", "in_review", ["diskominfo"]),
    ("diskominfo", "initial", "in_review", ["hukum"]),
    ("hukum", "initial", "in_review", ["asisten"]),
    ("asisten", "initial", "in_review", ["sekda"]),
    ("sekda", "approve", "approved", ["hukum"]),
    ("hukum", "enact", "enacted", []),
]


def the_clock_ticks(world: World) -> None:
    """What the clock process does, in its order."""
    jobs.run_due(now=clock.now(), library=world.library)
    notices.deliver(now=_in_the_morning(clock.now()), mail=world.app.extensions["mail"], written=letter_told)


def _in_the_morning(now: datetime) -> datetime:
    """The next day at ten in Jakarta: whatever the hour is now, no letter has to wait for the end of the night."""
    return (now + timedelta(days=1)).replace(hour=3)


def test_from_the_law_to_every_offices_inbox(world: World, api: ApiOf, run: Any) -> None:
    fields = yaml.safe_load(run("fields", KIND, "--institution", "serang").stdout)
    opened = api(world.diskominfo)("POST", "/documents", json={"kind": KIND, "year": fields["year"], "fields": fields})
    assert opened.status_code == 201, opened.text
    document: dict[str, Any] = opened.json or {}
    assert opened.headers["Location"].endswith(f"/api/v1/documents/{document['id']}")
    assert (document["state"], document["waiting_for"]) == ("draft", ["diskominfo"])
    for office, move, state, waiting in STEPS:
        someone = world.serang.people[office]
        file = api(someone)("GET", f"/documents/{document['id']}/file")
        assert file.status_code == 200, "whoever decides can read the very file"
        docx.Document(BytesIO(file.data))
        answer = api(someone).move(document["id"], move)
        assert answer.status_code == 200, answer.text
        document = answer.json or {}
        assert (document["state"], document["waiting_for"]) == (state, waiting)
    assert document["number"] == f"656.1/Kep. 1-Huk.Diskominfo/{document['signed_on'][:4]}"
    assert document["scan"] == "scan menyusul"
    the_clock_ticks(world)
    members = {member.get("post") for member in fields["members"] if member["role"] == "anggota"}
    for office in members:
        the_office_receives_its_part(world, api, office, document["id"])
    for told in ("task.acknowledged", "document.enacted"):
        assert told in world.inbox(world.diskominfo)
    assert run("verify-trail").exit_code == 0
    assert len(list((world.folder / "mail").glob("*.eml"))) == world.value(
        "SELECT count(*) FROM message WHERE state IN ('sent', 'delivered')"
    )


def the_office_receives_its_part(world: World, api: ApiOf, office: str, document_id: int) -> None:
    """It reads its notice, sees what is asked until when, and acknowledges it."""
    ask = api(world.serang.people[office])
    inbox = ask("GET", "/notices").json or {}
    told = [one for one in inbox["items"] if one["key"] == "task.given"]
    assert told, f"{office} was told nothing"
    assert {one["document_id"] for one in told} == {document_id}
    assert inbox["unread"] == len(inbox["items"])
    assert ask("POST", f"/notices/{told[0]['id']}/read").status_code == 204
    assert (ask("GET", "/notices").json or {})["unread"] == inbox["unread"] - 1
    tasks = (ask("GET", "/tasks").json or {})["items"]
    assert [task["place"] for task in tasks] == ["KETIGA huruf a", "KETIGA huruf b"]
    for task in tasks:
        assert task["due_on"]
        assert task["what"]
        assert (ask("POST", f"/tasks/{task['id']}/acknowledge").json or {})["acknowledged_at"]
    assert ask("GET", f"/documents/{document_id}/file").status_code == 200


def test_the_years_evaluation_stands_in_the_timetable(world: World, api: ApiOf) -> None:
    scanning.scan(now=clock.now(), library=world.library)
    for someone in (world.diskominfo, world.dinkes, world.kota.sekda):
        answer = api(someone)("GET", "/obligations?year=2026").json or {}
        assert answer["next"] is None
        assert all(one["basis"] and one["computed"] for one in answer["items"])
        assert all(" " in step["text"] for one in answer["items"] for step in one["computed"])
        found = [one for one in answer["items"] if one["obligation"].startswith("monitoring_evaluation:")]
        assert found[0]["stage"] == "Penilaian mandiri"
        assert all(one["state"] == "estimate" for one in found)


def test_a_tenant_walks_the_same_way_with_its_own_names(world: World, api: ApiOf, make: Any) -> None:
    place = world.provinsi
    body = {"kind": KIND, "year": 2026, "fields": make.fields(place)}
    document = api(place.diskominfo)("POST", "/documents", json=body).json or {}
    for office, move, state, _ in STEPS:
        answer = api(place.people[office]).move(document["id"], move)
        assert (answer.json or {}).get("state") == state, answer.text
    assert (answer.json or {})["number"].startswith("188.4/101/DKIS/")
