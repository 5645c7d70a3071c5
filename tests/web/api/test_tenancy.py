"""Every route of the API with every post's token of a foreign institution: it is as if the thing were not there."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from governance.documents.lifecycle import State
from governance.tasks.handing_in import FilePart
from governance.tasks.queries import tasks_of_unit
from tests.cycles import cycle_of
from tests.web.api.asking import ApiOf, assert_refused
from tests.world import NOW, Maker, Someone, World
from web.guard import OPEN
from workflows import answering, commenting, jobs, scanning
from workflows.answering import Handed
from workflows.commenting import Said

BODIES: dict[str, Any] = {
    "api.open_document": {"kind": "coordination_team_decree", "year": 2026, "fields": {}},
    "api.make_move": {"move": "initial", "seen": "x"},
    "api.answer_obligation": {"move": "waive", "version": 1, "reason": "Tidak perlu"},
}


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/") and rule.endpoint not in OPEN]


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def settled(world: World, make: Maker) -> dict[str, list[int]]:
    """Serang with documents in every state, tasks, notices and obligations; the ids of each place in an address."""
    for state in State:
        made = make.document(state)
        if state is State.IN_REVIEW:
            said = Said(made.id, made.seen, "considerations", "Kurang")
            commenting.comment(said, by=made.author.actor, now=NOW, library=world.library)
    jobs.run_due(now=NOW, library=world.library)
    scanning.scan(now=NOW, library=world.library)
    handed = tasks_of_unit(world.dinkes.actor)[0]
    files = (FilePart("bukti.pdf", b"%PDF-1.7"),)
    given = Handed(handed.id, handed.version, "terlampir", files=files)
    answering.hand_in(given, by=world.dinkes.actor, now=NOW, library=world.library)
    cycle_of(world)
    tables = {"document_id": "document", "notice_id": "notice", "task_id": "task", "comment_id": "section_comment"}
    tables |= {
        "file_id": "hand_in_file",
        "obligation_id": "obligation",
        "series_id": "series",
        "delivery_id": "delivery",
        "cycle_id": "cycle",
    }
    owned = "SELECT id FROM {} WHERE institution_id = :id ORDER BY id"
    return {
        place: [key for (key,) in world.rows(owned.format(table), id=world.serang.id)][:5]
        for place, table in tables.items()
    }


def addresses(rule: Rule, ids: dict[str, list[int]]) -> list[str]:
    """The rule's addresses with Serang's ids in each place."""
    path = rule.rule.removeprefix("/api/v1")
    if not rule.arguments:
        return [path]
    if rule.arguments == {"key"}:
        return [path.replace("<key>", "serang:perda_spbe")]
    paths = [path]
    for place in sorted(rule.arguments):
        paths = [one.replace(f"<int:{place}>", str(key)) for one in paths for key in ids[place]]
    return paths


def strangers(world: World) -> list[Someone]:
    return [*world.kota.people.values(), *world.provinsi.people.values()]


def test_no_route_gives_a_foreign_token_anything_of_serang(world: World, make: Maker, api: ApiOf) -> None:
    ids = settled(world, make)
    before = world.everything()
    secrets = ("Serang", *(f'"document_id":{key}' for key in ids["document_id"]))
    for rule in rules(world.app):
        if rule.endpoint == "api.open_document":
            continue
        for method, path in ((method, path) for method in methods(rule) for path in addresses(rule, ids)):
            for stranger in strangers(world) if rule.arguments else strangers(world)[:4]:
                answer = api(stranger)(method, path, json=BODIES.get(rule.endpoint) if method == "POST" else None)
                if rule.arguments:
                    assert_refused(answer, [404])
                else:
                    assert answer.status_code in (200, 403)  # What only some posts may ask for.
                said = answer.text if rule.endpoint != "api.list_regulations" else _beyond_the_national(answer)
                assert not [word for word in secrets if word in said], f"{method} {path} leaks to {stranger.username}"
    assert world.everything() == before


def _beyond_the_national(answer: Any) -> str:
    """What a list of regulations says of others than the national ones, some of which are about Serang for everyone."""
    return json.dumps([one for one in answer.json["items"] if one["origin"] != "national"], ensure_ascii=False)


def test_a_foreign_document_and_one_that_never_was_answer_alike(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.ENACTED)

    def told(key: int) -> dict[str, Any]:
        answer = api(world.kota.hukum)("GET", f"/documents/{key}").json or {}
        return {name: value for name, value in answer.items() if name != "request_id"}

    assert told(paper.id) == told(paper.id + 10_000)


def test_the_lists_of_each_institution_hold_its_own_alone(world: World, make: Maker, api: ApiOf) -> None:
    made = {
        place.id: make.document(State.ENACTED, place=place).id for place in (world.serang, world.kota, world.provinsi)
    }
    for place in (world.serang, world.kota, world.provinsi):
        for someone in place.people.values():
            listed = (api(someone)("GET", "/documents").json or {})["items"]
            assert [one["id"] for one in listed] == [made[place.id]]


def test_a_draft_is_hidden_from_offices_it_does_not_concern(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.IN_REVIEW)
    reader = {
        one.username
        for one in world.serang.people.values()
        if api(one)("GET", f"/documents/{paper.id}").status_code == 200
    }
    assert reader == {"kepala", "wabup", "sekda", "diskominfo", "hukum"}
    for someone in world.serang.people.values():
        if someone.username not in reader:
            assert_refused(api(someone)("GET", f"/documents/{paper.id}/file"), [404])


def test_a_person_reads_his_own_notices_only(world: World, make: Maker, api: ApiOf) -> None:
    make.document(State.IN_REVIEW)
    notice = world.value("SELECT min(id) FROM notice")
    for someone in (world.hukum, world.sekda, world.kota.diskominfo):
        assert_refused(api(someone)("POST", f"/notices/{notice}/read"), [404])
    assert api(world.diskominfo)("POST", f"/notices/{notice}/read").status_code == 204


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer tidak-dikenal",
        "Basic c2VrZGE6eA==",
        "Bearer " + "x" * 5000,
        "bearer\tx",
        "🔑",
    ],
)
def test_nobody_enters_without_a_good_token(world: World, api: ApiOf, header: str | None) -> None:
    for rule in rules(world.app):
        for method in methods(rule):
            path = rule.rule.removeprefix("/api/v1").replace("<int:", "1<").split("<")[0]
            headers = {} if header is None else {"Authorization": header.encode().decode("latin-1")}
            answer = api(None)(method, path if not rule.arguments else rule_with_one(rule), headers=headers)
            assert_refused(answer, [401])


def rule_with_one(rule: Rule) -> str:
    path = rule.rule.removeprefix("/api/v1")
    for place in rule.arguments:
        path = path.replace(f"<int:{place}>", "1").replace(f"<{place}>", "x")
    return path


def test_the_description_is_open_to_everyone_and_names_every_route(world: World, api: ApiOf) -> None:
    described = api(None)("GET", "/openapi.json")
    assert described.status_code == 200
    assert (described.json or {})["openapi"].startswith("3.1")
    paths = set((described.json or {})["paths"])
    for rule in rules(world.app):
        written = rule.rule
        for place in rule.arguments:
            written = written.replace(f"<int:{place}>", f"{{{place}}}").replace(f"<{place}>", f"{{{place}}}")
        assert written in paths
    assert "Serang" not in json.dumps(described.json)


def test_a_person_whose_post_has_ended_is_refused(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.IN_REVIEW)
    world.change("UPDATE holding SET to_on = '2026-01-01' WHERE person_id = :id", id=world.diskominfo.actor.person_id)
    for method, path in (
        ("GET", "/documents"),
        ("GET", f"/documents/{paper.id}"),
        ("GET", "/tasks"),
        ("GET", "/notices"),
    ):
        assert_refused(api(world.diskominfo)(method, path), [403])
