"""Wrong input over the API: a clear refusal in Indonesian, nothing changed, never a fault of ours."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.documents.lifecycle import State
from tests.web.api.asking import ApiOf, assert_refused
from tests.world import KIND, Maker, World

HUGE = "9" * 30
STRANGE = {
    "a reversed reading order": "Tim \u202eKoordinasi",
    "half a character": "Tim \ud800",
    "a null": "Tim \x00",
    "a bell": "Tim \x07",
    "an isolate": "\u2067Tim",
}


def body(**changes: Any) -> dict[str, Any]:
    return {"kind": KIND, "year": 2026, "fields": {}} | changes


def refused(world: World, api: ApiOf, content: Any, statuses: tuple[int, ...] = (422,)) -> None:
    """POST /documents refuses it and changes nothing."""
    before = world.everything()
    sent = content if isinstance(content, bytes) else json.dumps(content).encode()
    answer = api(world.diskominfo)("POST", "/documents", data=sent, headers={"Content-Type": "application/json"})
    assert_refused(answer, statuses)
    assert world.everything() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"true",
        b'"teks"',
        b"[]",
        b"[{}]",
        b"12",
        b"NaN",
        b"\xff\xfe\x00",
        b'{"kind": "x"',
        b"{'kind': 'x'}",
        b"kind=x&year=2026",
        b'{"year": ' + b"9" * 5000 + b"}",
        b"[" * 1000 + b"]" * 1000,
        b"[" * 200_000,
        b'{"fields": ' + b'{"a": ' * 50_000 + b"1" + b"}" * 50_001,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_what_is_no_json_object_is_refused(world: World, api: ApiOf, content: bytes) -> None:
    refused(world, api, content, (400, 422))


@pytest.mark.parametrize("missing", ["kind", "year", "fields"])
def test_a_missing_part_is_named(world: World, api: ApiOf, missing: str) -> None:
    for content in ({k: v for k, v in body().items() if k != missing}, body(**{missing: None})):
        answer = api(world.diskominfo)("POST", "/documents", json=content)
        assert_refused(answer, [422])
        assert [problem["place"] for problem in (answer.json or {})["problems"]] == [missing]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "keputusan_karangan"},
        {"kind": ""},
        {"kind": "../coordination_team_decree"},
        {"kind": 5},
        {"kind": ["coordination_team_decree"]},
        {"kind": "\ud800"},
        {"year": "2026"},
        {"year": True},
        {"year": 2026.5},
        {"year": -1},
        {"year": 1999},
        {"year": 2101},
        {"year": 10**18},
        {"year": 10**400},
        {"year": [2026]},
        {"year": {}},
        {"fields": []},
        {"fields": "isian"},
        {"fields": 0},
        {"fields": True},
        {"title": 5},
        {"title": ["Judul"]},
        {"title": "x" * 1001},
        {"secrecy": "sangat rahasia"},
        {"secrecy": 1},
        {"secrecy": ["biasa"]},
        {"secrecy": {"a": 1}},
        {"state": "enacted"},
        {"institution_id": 1},
        {"\ud800": 1},
        {"": 1},
    ],
    ids=lambda changes: ascii(changes)[:60],
)
def test_a_part_of_the_wrong_kind_is_refused(world: World, api: ApiOf, changes: dict[str, Any]) -> None:
    refused(world, api, body(**changes))


@pytest.mark.parametrize(
    "fields",
    [
        {"tidak_ada": 1},
        {"title": 5},
        {"title": ["Judul"]},
        {"title": "x" * 10_001},
        {"dated": "2026-02-30"},
        {"dated": "besok"},
        {"dated": "0000-01-01"},
        {"dated": 20261120},
        {"dated": True},
        {"effective_from": "2026-12-01", "effective_to": "2026-11-01"},
        {"members": "semua"},
        {"members": [1, None]},
        {"members": [{"role": "raja"}]},
        {"members": [{"post": "tidak_ada"}]},
        {"members": [{"post": {"a": 1}}]},
        {"members": [{"role": ["ketua"]}]},
        {"members": [{}] * 5000},
        {"unit_tasks": [{"what": "x", "working_days": 0}]},
        {"unit_tasks": [{"what": "x", "working_days": "sepuluh"}]},
        {"unit_tasks": [{"what": "x", "working_days": 10**40}]},
        {"unit_tasks": [{"what": 5, "working_days": 3}]},
        {"considerations": ["bahwa a", 5]},
        {"considerations": [["bahwa a"]]},
        {"institution": "jombang"},
        {"institution": 5},
        {"year": 2025},
        {"year": "dua ribu"},
        {"\ud800": "x"},
    ],
    ids=lambda fields: ascii(fields)[:60],
)
def test_a_wrong_field_is_refused(world: World, api: ApiOf, fields: dict[str, Any]) -> None:
    refused(world, api, body(fields=fields))


@pytest.mark.parametrize("text", STRANGE.values(), ids=list(STRANGE))
def test_text_that_reads_otherwise_than_it_is_stored_is_refused(world: World, api: ApiOf, text: str) -> None:
    for content in (body(title=text), body(fields={"title": text}), body(fields={"considerations": [text]})):
        refused(world, api, content)


@pytest.mark.parametrize(
    "text", ["Tim 🚀 Koordinasi", "Tím Koordinásí", "协调小组", "فريق", "Tim\u200bKoordinasi", "e\u0301" * 50]
)
def test_unusual_letters_are_kept_as_they_are(world: World, api: ApiOf, text: str) -> None:
    answer = api(world.diskominfo)("POST", "/documents", json=body(title=text))
    assert answer.status_code == 201, answer.text


def test_ten_megabytes_of_text_are_refused(world: World, api: ApiOf) -> None:
    long = "a" * (10 * 1024 * 1024)
    for content in (
        body(title=long),
        body(fields={"title": long}),
        body(fields={"members": [{"office": long}]}),
        body(kind=long),
    ):
        refused(world, api, content)
    refused(world, api, body(fields={"budget": "e\u0301\u0323" * 3_000_000}), (413, 422))


def test_a_request_beyond_the_limit_is_refused_as_too_large(world: World, api: ApiOf) -> None:
    refused(world, api, b'{"title": "' + b"a" * (21 * 1024 * 1024) + b'"}', (413,))


@pytest.mark.parametrize("text", STRANGE.values(), ids=list(STRANGE))
@pytest.mark.parametrize("place", ["move", "seen", "reason", "number", "signed_on"])
def test_strange_letters_in_a_move_are_never_a_fault(
    world: World, make: Maker, api: ApiOf, place: str, text: str
) -> None:
    paper = make.document(State.APPROVED)
    content = {"move": "return", "seen": paper.seen, "reason": "Perbaiki"} | {place: text}
    before = world.everything()
    sent = json.dumps(content).encode()
    answer = api(world.hukum)("POST", f"/documents/{paper.id}/moves", data=sent)
    if answer.status_code != 200:
        assert_refused(answer, [409, 422])
        assert world.everything() == before
    else:
        assert place in ("reason", "number"), "words for people, and a number nobody asked for"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/documents/{HUGE}"),
        ("GET", f"/documents/{HUGE}/file"),
        ("POST", f"/documents/{HUGE}/moves"),
        ("POST", f"/notices/{HUGE}/read"),
        ("POST", f"/tasks/{HUGE}/acknowledge"),
        ("GET", "/documents/0"),
        ("GET", "/documents/-1"),
        ("GET", "/documents/satu"),
        ("GET", "/documents/1e3"),
        ("GET", "/documents/%00"),
        ("GET", "/documents/１"),
        ("GET", "/tidak-ada"),
    ],
)
def test_an_address_of_nothing_is_not_found(world: World, api: ApiOf, method: str, path: str) -> None:
    before = world.everything()
    content = {"move": "submit", "seen": "x"} if method == "POST" else None
    assert_refused(api(world.diskominfo)(method, path, json=content), [404])
    assert world.everything() == before


@pytest.mark.parametrize(
    "path",
    [
        "/documents?state=selesai",
        "/documents?state=ENACTED",
        "/documents?state=%00",
        "/documents?after=x",
        "/documents?after=-1",
        f"/documents?after={HUGE}",
        "/documents?after=%D9%A1",
        "/notices?after=1.5",
        f"/notices?after={HUGE}",
        "/obligations?year=abc",
        "/obligations?year=-2026",
        "/obligations?year=1999",
        f"/obligations?year={HUGE}",
        "/obligations?year=02026" + "0" * 30,
        "/obligations?year=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96",
    ],
)
def test_a_wrong_question_is_refused(world: World, api: ApiOf, path: str) -> None:
    assert_refused(api(world.diskominfo)("GET", path), [422])


@pytest.mark.parametrize("kind", ["tidak_ada", "%00", "%F0%9F%9A%80", "x" * 5000, "' OR 1=1 --", "%25"])
def test_a_list_of_a_kind_that_is_not_there_is_empty(world: World, make: Maker, api: ApiOf, kind: str) -> None:
    make.document()
    answer = api(world.diskominfo)("GET", f"/documents?kind={kind}")
    assert answer.status_code == 200
    assert answer.json == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/documents/1"), ("PUT", "/documents"), ("PATCH", "/notices"), ("TRACE", "/tasks")]
)
def test_a_method_that_is_not_there_is_refused(world: World, api: ApiOf, method: str, path: str) -> None:
    assert_refused(api(world.diskominfo)(method, path), [405])


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2026-11-20", KIND, "ketua"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("institution", "year", "term", "title", "dated", "considerations", "members", "meetings", "reports")
FIELDS += ("unit_tasks", "budget", "effective_from", "effective_to", "revokes", "place", "signer_name", "copies")
entries = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("role", "post", "office", "what", "working_days"), anything)
)
fields = st.dictionaries(st.sampled_from(FIELDS), anything | st.lists(entries, max_size=3), max_size=5)
bodies = st.fixed_dictionaries(
    {"kind": st.just(KIND) | anything, "year": st.just(2026) | anything, "fields": fields | anything},
    optional={"title": anything, "secrecy": anything, "lain": anything},
)


def test_whatever_is_posted_is_opened_or_refused_and_never_a_fault(world: World, api: ApiOf) -> None:
    ask = api(world.diskominfo)
    opened = "SELECT count(*) FROM document"

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(bodies)
    def post(content: dict[str, Any]) -> None:
        count = world.value(opened)
        answer = ask("POST", "/documents", data=json.dumps(content).encode())
        if answer.status_code != 201:
            assert_refused(answer, [422])
        assert world.value(opened) == count + (answer.status_code == 201)
        if answer.status_code == 201:
            key = (answer.json or {})["id"]
            for path in (f"/documents/{key}", f"/documents/{key}/file", "/documents"):
                assert ask("GET", path).status_code == 200, "what was accepted can be read again"

    post()


def test_whatever_move_is_posted_is_made_or_refused_and_never_a_fault(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.IN_REVIEW)
    seen, before = paper.seen, world.everything()
    wrong = st.fixed_dictionaries(
        {"move": anything | st.sampled_from(["approve", "enact", "submit"]), "seen": anything | st.just(seen)},
        optional={"reason": anything, "signed_on": anything, "number": anything},
    )

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(wrong)
    def post(content: dict[str, Any]) -> None:
        answer = api(world.hukum)("POST", f"/documents/{paper.id}/moves", data=json.dumps(content).encode())
        assert_refused(answer, [403, 409, 422])

    post()
    assert world.everything() == before
