"""Lists over the API: newest first, page by page, each thing once; filtered; and never more SQL for more rows."""

from typing import Any

import pytest
import sqlalchemy as sa

from governance.documents.lifecycle import State
from governance.documents.models import Document, WorkingCopy
from governance.kernel.db import db, transaction
from governance.notices.models import Notice
from tests.web.api.asking import ApiOf
from tests.world import KIND, NOW, Api, Maker, Someone, World

WHO_ASKS, CONTENT = 3, 4


def pages(ask: Api, path: str) -> list[list[dict[str, Any]]]:
    """Every page of a list, followed by its `next`."""
    found, after = [], ""
    while True:
        answer = ask("GET", f"{path}{after}").json or {}
        found.append(answer["items"])
        if answer["next"] is None:
            return found
        after = f"{'&' if '?' in path else '?'}after={answer['next']}"


def many_drafts(world: World, count: int) -> None:
    """Rows as `open_document` writes them, many at once."""
    by = world.diskominfo.actor
    with transaction():
        for number in range(count):
            paper = Document(institution_id=by.institution_id, kind=KIND, year=2026, title=f"Draf {number}")
            paper.initiating_unit_id, paper.created_at, paper.changed_at = by.unit_id, NOW, NOW
            db.session.add(paper)
            db.session.flush()
            copy = WorkingCopy(institution_id=by.institution_id, document_id=paper.id, fields={}, saved_at=NOW)
            db.session.add(copy)


def many_notices(someone: Someone, count: int) -> None:
    with transaction():
        for number in range(count):
            notice = Notice(institution_id=someone.actor.institution_id, person_id=someone.actor.person_id)
            notice.cause, notice.key, notice.created_at = f"uji:{number}", "document.enacted", NOW
            db.session.add(notice)


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 120])
def test_a_list_of_documents_is_walked_page_by_page_newest_first(world: World, api: ApiOf, count: int) -> None:
    many_drafts(world, count)
    found = pages(api(world.diskominfo), "/documents")
    ids = [one["id"] for page in found for one in page]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids) == count
    assert all(len(page) <= 50 for page in found)


def test_the_inbox_is_walked_page_by_page(world: World, api: ApiOf) -> None:
    many_notices(world.dinkes, 101)
    ids = [one["id"] for page in pages(api(world.dinkes), "/notices") for one in page]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids) == 101


def test_what_arrives_while_paging_moves_no_page(world: World, api: ApiOf) -> None:
    many_drafts(world, 60)
    first = api(world.diskominfo)("GET", "/documents").json or {}
    many_drafts(world, 5)
    second = api(world.diskominfo)("GET", f"/documents?after={first['next']}").json or {}
    assert len(second["items"]) == 10
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}


def test_a_list_is_filtered_by_state_and_kind(world: World, make: Maker, api: ApiOf) -> None:
    for state in State:
        make.document(state)
    ask = api(world.diskominfo)
    for state in State:
        items = (ask("GET", f"/documents?state={state.value}&kind={KIND}").json or {})["items"]
        assert [one["state"] for one in items] == [state.value]
    assert len((ask("GET", f"/documents?kind={KIND}").json or {})["items"]) == len(State)


def test_a_document_says_all_that_the_next_move_needs(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.IN_REVIEW)
    told = api(world.diskominfo)("GET", f"/documents/{paper.id}").json or {}
    assert {"id", "kind", "year", "title", "state", "seen", "number", "waiting_for", "moves"} <= set(told)
    assert (told["number"], told["waiting_for"], told["moves"]) == (
        None,
        ["diskominfo"],
        ["initial", "return", "withdraw", "decline", "forward"],
    )


def test_a_document_with_its_own_title_keeps_it(world: World, api: ApiOf) -> None:
    body = {"kind": KIND, "year": 2026, "title": "Judul sendiri", "fields": {}}
    assert (api(world.diskominfo)("POST", "/documents", json=body).json or {})["title"] == "Judul sendiri"


@pytest.mark.parametrize("secrecy", ["biasa", "terbatas", "rahasia"])
def test_the_secrecy_class_is_kept(world: World, api: ApiOf, secrecy: str) -> None:
    body = {"kind": KIND, "year": 2026, "secrecy": secrecy, "fields": {}}
    assert (api(world.diskominfo)("POST", "/documents", json=body).json or {})["secrecy"] == secrecy


def statements(ask: Api, path: str) -> int:
    """How many SELECTs one request sends."""
    heard: list[str] = []

    def listen(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        heard.append(sql)

    engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        assert ask("GET", path).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)
    return sum(sql.lstrip().upper().startswith(("SELECT", "WITH")) for sql in heard)


@pytest.mark.parametrize("office", ["diskominfo", "sekda", "dinkes", "hukum"])
def test_no_list_asks_more_of_the_database_for_more_rows(world: World, make: Maker, api: ApiOf, office: str) -> None:
    paper = make.document(State.ENACTED)
    make.document(State.IN_REVIEW)
    ask = api(world.serang.people[office])
    paths = (
        "/documents",
        f"/documents/{paper.id}",
        "/notices",
        "/tasks",
        "/obligations?year=2026",
        f"/documents/{paper.id}/file",
    )
    few = {path: statements(ask, path) for path in paths}
    many_drafts(world, 45)
    for _ in range(3):
        make.document(State.IN_REVIEW)
    many_notices(world.serang.people[office], 45)
    assert {path: statements(ask, path) for path in paths} == few
    assert max(few.values()) <= WHO_ASKS + CONTENT, few
