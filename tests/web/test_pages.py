"""The pages from outside: everyone sees his own, nobody sees another region's, and a wrong form changes nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from governance.calendar.entering import NewDay
from governance.calendar.models import DayKind
from governance.documents.lifecycle import State
from governance.mandates.entries import Entry, Fact, Relation
from governance.people import permissions
from governance.people.permissions import Act
from tests.web.reader import Reader
from tests.world import KIND, NOW, TODAY, Maker, Paper, Someone, World
from web.guard import OPEN, PUBLIC
from workflows import closing_days, jobs, noting, registering

Sit = Callable[[Someone | None], Reader]
# What the law says of a kind, and the reader's own template of it, name no row: test_kinds.py, test_templates.py.
OF_A_KIND = "kind"
NEEDS = {
    "pages.new_document": Act.DRAFT,
    "pages.record_act": Act.RECORD_ACT,
    "pages.letter": Act.ENTER_LETTER,
    "pages.new_regulation": Act.KEEP_REGISTER,
    "pages.templates": Act.KEEP_TEMPLATES,
    "pages.all_numbers": Act.WATCH,
    "pages.new_series": Act.KEEP_NUMBERS,
    "pages.new_task": Act.ASK,
    "pages.board": Act.WATCH,
    "pages.new_cycle": Act.RUN_CYCLE,
    "pages.new_result": Act.RECORD_RESULT,
}
TABLES = {
    "document_id": "document",
    "task_id": "task",
    "post_id": "post",
    "holding_id": "holding",
    "delegation_id": "delegation",
    "delivery_id": "delivery",
    "assignment_id": "assignment",
    "file_id": "hand_in_file",
    "obligation_id": "obligation",
    "notice_id": "notice",
    "token_id": "api_token",
    "fact_id": "regulation_fact",
    "series_id": "series",
    "relation_id": "act_relation",
    "milestone_id": "milestone",
    "link_id": "feed_link",
    "day_id": "closed_day",
    "door_id": "hand_in_link",
    "cycle_id": "cycle",
    "recommendation_id": "recommendation",
    "result_id": "published_result",
    "table_id": "table_import",
    "declaration_id": "declaration",
    "rebuttal_id": "rebuttal",
    "unit_id": "unit",
    "evidence_id": "evidence",
    "use_id": "evidence_use",
}
ALWAYS = {"year": str(TODAY.year), "item": "1"}  # places that name no row


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def author(world: World, sit: Sit) -> Reader:
    return sit(world.diskominfo)


def rules(app: Flask, *, with_places: bool) -> Iterator[Rule]:
    """The pages' routes, with or without places in their addresses."""
    for rule in app.url_map.iter_rules():
        if (
            rule.endpoint.startswith("pages.")
            and bool(rule.arguments) == with_places
            and OF_A_KIND not in rule.arguments
            and not (with_places and rule.endpoint in OPEN)  # What is for strangers has tests of its own.
            and rule.endpoint not in PUBLIC  # For everyone: test_publication_pages.py.
        ):
            yield rule


def settled(make: Maker) -> dict[State, Paper]:
    """A document of Serang in every state."""
    return {state: make.document(state) for state in State}


def registered(world: World) -> None:
    """A Perda of Serang's own, what Serang found of a national regulation, and a day that it closed."""
    by, now, library = world.hukum.actor, NOW, world.library
    perda = Entry(key="", type="Perda", title="Penyelenggaraan SPBE", issuer="", number=3, year=2024)
    registering.enter(perda, by=by, now=now, library=library)
    fact = Fact("permendagri_80_2015", Relation.REVOKED, "Pasal penutup", by="permendagri_77_2020")
    noting.enter(fact, by=by, now=now, library=library)
    day = NewDay(date(TODAY.year, 10, 8), "Hari jadi Kabupaten Serang", DayKind.LOCAL, "SE Bupati Serang 1/2026")
    closing_days.enter([day], by=world.diskominfo.actor, now=now, library=library)


def paths(world: World, rule: Rule) -> list[str]:
    """The addresses of a route for some rows of Serang; of a route with two places for some pairs of them."""
    found = [rule.rule]
    for place in sorted(rule.arguments):
        found = [filled for path in found for filled in _filled(world, path, place)]
    return found


def _filled(world: World, path: str, place: str) -> list[str]:
    if place == "key":
        keys = world.rows("SELECT key FROM regulation_entry WHERE institution_id = :id", id=world.serang.id)
        return [path.replace("<key>", key) for (key,) in keys]
    if place in ALWAYS:
        return [re.sub(rf"<(int:)?{place}>", ALWAYS[place], path)]
    table = TABLES[place]
    mine = (
        "person_id IN (SELECT id FROM person WHERE institution_id = :id)"
        if table == "token"
        else "institution_id = :id"
    )
    rows = world.rows(f"SELECT id FROM {table} WHERE {mine} ORDER BY id LIMIT 6", id=world.serang.id)  # noqa: S608
    return [path.replace(f"<int:{place}>", str(row[0])) for row in rows]


def test_every_page_answers_every_post(world: World, make: Maker, sit: Sit) -> None:
    settled(make)
    wrong = {}
    for someone in world.serang.people.values():
        reader = sit(someone)
        for rule in rules(world.app, with_places=False):
            if "GET" not in (rule.methods or ()):
                continue
            needed = NEEDS.get(rule.endpoint)
            allowed = needed is None or permissions.may(someone.actor, needed)
            expected = 302 if rule.endpoint == "pages.sign_in" else 200 if allowed else 403
            status = reader.get(rule.rule).status_code
            if status != expected:
                wrong[someone.username, rule.rule] = status
    assert wrong == {}


def test_everyone_reads_what_was_enacted(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.ENACTED)
    for someone in world.serang.people.values():
        reader = sit(someone)
        for place in ("", "/trail", "/file"):
            assert reader.get(f"/documents/{paper.id}{place}").status_code == 200, (someone.username, place)


def test_no_route_shows_anything_of_another_region(world: World, make: Maker, sit: Sit) -> None:
    settled(make)
    registered(world)
    while jobs.run_due(now=NOW, library=world.library):  # Its tasks and deliveries have addresses too.
        pass
    strangers = [sit(someone) for place in (world.kota, world.provinsi) for someone in place.people.values()]
    before = world.everything()
    for rule in rules(world.app, with_places=True):
        for path in paths(world, rule):
            for reader in strangers:
                for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                    answer = reader(method, path)
                    assert answer.status_code in (403, 404, 409, 422), (method, path, answer.status_code)
                    assert "Serang" not in answer.text, (method, path)
    assert world.everything() == before


def test_a_stranger_is_led_to_the_sign_in_and_back(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.ENACTED)
    answer = sit(None).get(f"/documents/{paper.id}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")
    assert f"%2Fdocuments%2F{paper.id}" in answer.location.replace("/documents/", "%2Fdocuments%2F")
    assert sit(None).post(f"/documents/{paper.id}/move").status_code == 401


LONG = "x" * 300_000
PDF = b"%PDF-1.4"


Wrong = tuple[str, str, dict[str, Any], set[int]]  # who, where, what is sent, the answers that are right


def wrong_openings() -> list[Wrong]:
    """A new document, and an old act recorded."""
    new, record = "/documents/new", "/documents/record"
    act = {"kind": KIND, "title": "Judul", "number": "1", "signed_on": "2020-03-02"}
    return [
        ("diskominfo", new, {}, {422}),
        ("diskominfo", new, {"kind": "tidak_ada", "year": "2026"}, {422}),
        ("diskominfo", new, {"kind": KIND, "year": "duaribu"}, {422}),
        ("diskominfo", new, {"kind": KIND, "year": "1800"}, {422}),
        ("diskominfo", new, {"kind": KIND, "year": "²⁰²⁶"}, {422}),
        ("sekda", new, {"kind": KIND, "year": "2026"}, {403}),
        ("diskominfo", record, {}, {422}),
        ("diskominfo", record, act | {"signed_on": "2026-02-30"}, {422}),
        ("diskominfo", record, act | {"signed_on": "2999-01-01"}, {422}),
        ("diskominfo", record, act | {"signed_on": "0001-01-01"}, {422}),
        ("diskominfo", record, act | {"in_force_to": "2019-01-01"}, {422}),
        ("diskominfo", record, act | {"kind": "tidak_ada"}, {404, 422}),
        ("diskominfo", record, act | {"title": LONG}, {422}),
        ("diskominfo", record, act | {"scan": (BytesIO(b"MZ bukan pindaian"), "a.pdf")}, {422}),
        ("dinkes", record, act, {403}),
    ]


def wrong_letters() -> list[Wrong]:
    """The ministry's letter, and the small forms."""
    letter = "/deadlines/letter"
    mail = {"year": "2026", "version": "0", "type": "evaluasi", "number": "1", "date": "2026-01-05"}
    return [
        ("diskominfo", letter, {}, {422}),
        ("diskominfo", letter, mail, {422}),
        ("diskominfo", letter, mail | {"stage.hasil.end": "kemarin"}, {422}),
        ("diskominfo", letter, mail | {"date": "2999-01-01"}, {422}),
        ("sekda", letter, mail, {403}),
        ("diskominfo", "/account/tokens", {"name": ""}, {422}),
        ("sekda", "/tasks/1/move", {"move": "accept", "version": "1"}, {403, 404}),
        ("diskominfo", "/sign-in", {"username": "sekda", "password": "salah"}, {403}),
    ]


def wrong_moves(draft: Paper, asked: Paper) -> list[Wrong]:
    """A draft saved, a document decided and enacted."""
    seen, version = asked.seen, str(draft.as_seen().version)
    move, deciding, saving = f"/documents/{asked.id}/move", f"/documents/{asked.id}", f"/documents/{draft.id}/draft"
    return [
        ("diskominfo", move, {"move": "initial", "seen": "kedaluwarsa"}, {409}),
        ("diskominfo", move, {"move": "initial"}, {409, 422}),
        ("diskominfo", move, {"move": "terbang", "seen": seen}, {422}),
        ("diskominfo", move, {"move": "enact", "seen": seen}, {422}),
        ("diskominfo", move, {"move": "return", "seen": seen}, {422}),
        ("diskominfo", move, {"move": "return", "seen": seen, "reason": LONG}, {422}),
        ("diskominfo", move, {"move": "submit", "seen": seen}, {409}),
        ("sekda", move, {"move": "approve", "seen": seen}, {403}),
        ("diskominfo", f"{deciding}/enact", {"seen": seen, "signed_on": "2026-11-20", "scan_later": "1"}, {403}),
        ("hukum", f"{deciding}/enact", {"seen": seen, "signed_on": "2026-11-20", "scan_later": "1"}, {409}),
        ("hukum", f"{deciding}/enact", {"seen": seen, "signed_on": "esok", "scan_later": "1"}, {422}),
        ("hukum", f"{deciding}/scan", {"scan": (BytesIO(PDF), "a.pdf")}, {409, 404}),
        ("diskominfo", f"{deciding}/revision", {"seen": seen, "file": (BytesIO(b"PK"), "a.docx")}, {403, 422}),
        ("diskominfo", f"{deciding}/draft", {"version": "1"}, {404, 409}),
        ("diskominfo", saving, {"version": "99", "fields.place": "Anyer"}, {409}),
        ("diskominfo", saving, {"version": "x", "fields.place": "Anyer"}, {409}),
        ("diskominfo", saving, {"version": version, "fields.place": LONG}, {422}),
        ("diskominfo", saving, {"version": version, "fields.place": "Ser\x00ang"}, {422}),
        ("sekda", saving, {"version": version, "fields.place": "Anyer"}, {404}),
    ]


def test_a_wrong_form_gets_a_clear_page_and_changes_nothing(world: World, make: Maker, sit: Sit) -> None:
    draft, asked = make.document(), make.document(State.IN_REVIEW)
    readers = {name: sit(world.serang.people[name]) for name in ("diskominfo", "hukum", "sekda", "dinkes")}
    before, wrong = world.everything(), []
    for who, where, form, expected in (*wrong_openings(), *wrong_letters(), *wrong_moves(draft, asked)):
        sent = {name: str(value)[:40] for name, value in form.items()}
        answer = readers[who].post(where, form)
        if answer.status_code not in expected or "<main" not in answer.text:
            wrong.append((who, where, sent, answer.status_code))
        now = world.everything()
        if now != before:
            wrong.append((who, where, sent, [name for name in now if now[name] != before[name]]))
            before = now
    assert wrong == []


def test_a_draft_may_be_wrong_until_it_is_submitted(make: Maker, author: Reader) -> None:
    paper = make.document()
    form = {"version": str(paper.as_seen().version), "fields.effective_to": "31 Desember"}
    assert author.post(f"/documents/{paper.id}/draft", form).status_code == 303
    page = author.get(f"/documents/{paper.id}/draft").text
    assert 'value="31 Desember"' in page
    assert "1 salah" in page
    form |= {"version": str(paper.as_seen().version), "move": "submit"}
    refused = author.post(f"/documents/{paper.id}/draft", form)
    assert refused.status_code == 422
    assert "Belum dapat diajukan" in refused.text
    assert paper.state is State.DRAFT


def test_a_request_beyond_the_limit_is_refused(world: World, author: Reader) -> None:
    limit = world.app.config["MAX_CONTENT_LENGTH"]
    answer = author.post("/documents/record", {"scan": (BytesIO(b"%PDF-" + b"0" * limit), "a.pdf")})
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


def test_a_forged_form_is_refused(
    world: World, make: Maker, sit: Sit, author: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = make.document()
    other = sit(world.sekda)
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    before = world.everything()
    form = {"move": "submit", "seen": paper.seen}
    for forged in ("", "palsu", other.token()):
        answer = author.post(f"/documents/{paper.id}/move", form | {"csrf_token": forged})
        assert answer.status_code == 400
        assert "kedaluwarsa" in answer.text
        assert world.everything() == before
    assert author.post(f"/documents/{paper.id}/move", form | {"csrf_token": author.token()}).status_code == 303
    assert paper.state is State.IN_REVIEW


def test_every_form_that_changes_something_carries_the_mark(world: World, make: Maker, author: Reader) -> None:
    papers = settled(make)
    places = ["/", "/documents/new", "/documents/record", "/deadlines", "/deadlines/letter", "/inbox", "/account"]
    places += ["/calendar/links"]
    places += ["/regulations", "/regulations/uu_23_2014"]
    places += [f"/documents/{paper.id}" for paper in papers.values()] + [f"/documents/{papers[State.DRAFT].id}/draft"]
    for place in places:
        forms = author.get(place).text.split("<form")[1:]
        posted = [form.split("</form>")[0] for form in forms if 'method="post"' in form.split(">")[0]]
        assert posted, place
        assert all('name="csrf_token"' in form for form in posted), place
