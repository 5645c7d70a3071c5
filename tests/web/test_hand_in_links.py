"""Handing in without an account: a link made by either office, used once, and what it says when it opens nothing."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from governance.documents.lifecycle import State as Drafting
from governance.documents.models import Secrecy
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotAllowed, NotFound
from governance.tasks import queries, sheets
from governance.tasks.lifecycle import Move, State
from governance.tasks.models import Source
from tests.web.reader import Reader
from tests.web.test_task_pages import APPS
from tests.world import NOW, Maker, World
from workflows import answering, asking, hand_in_links
from workflows.answering import TaskMove
from workflows.asking import NewAssignment
from workflows.hand_in_links import ByLink
from workflows.handing import Handed
from workflows.signing_in import digest

ROW = {"name": "SIMPUS", "state": "beroperasi"}


def asked(world: World, **more: object) -> int:
    """A task of Dinas Kesehatan that wants a table."""
    units = (world.dinkes.actor.unit_id or 0,)
    due = clock.day_in("Asia/Jakarta", clock.now()) + timedelta(days=9)
    new = NewAssignment(Source.CIRCULAR, "mengisi daftar", units, **({"why": "Pasal 33", "wants": (APPS,)} | more))  # type: ignore[arg-type]
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    world.change("UPDATE task SET due_on = :due", due=due.isoformat())
    return queries.tasks_of_unit(world.dinkes.actor)[0].id


def secret_of(page: str) -> str:
    found = re.search(r"/h/([0-9a-f]{32})<", page)
    assert found
    return found[1]


def made(reader: Reader, task_id: int, days: str = "7") -> str:
    answer = reader.post(f"/tasks/{task_id}/links", {"days": days})
    assert answer.status_code == 200, answer.text
    return secret_of(answer.text)


def table() -> tuple[BytesIO, str]:
    return BytesIO(sheets.template(APPS, [ROW])), "aplikasi.xlsx"


def test_a_stranger_hands_in_once_and_the_story_says_by_whom_and_whose_link_it_was(world: World) -> None:
    task_id = asked(world)
    asker, stranger = Reader(world.app, world.diskominfo), Reader(world.app, None)
    door = f"/h/{made(asker, task_id)}"
    page = stranger.get(door)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Mengisi daftar" in page.text
    assert "Dinas Kesehatan" in page.text
    assert "Pejabat" not in page.text, "no person's name"
    form = stranger.get(f"{door}/sheet?table=apps")
    assert sheets.read(APPS, form.data).problems == []
    before = world.everything()
    refused = stranger.post(door, {"name": "", "apps.0.name": "SIMPUS", "apps.0.state": "rusak"})
    assert refused.status_code == 422
    assert "Tulis nama dan jabatan" in refused.text
    assert "B2 (Keadaan)" in refused.text, "all at once"
    assert stranger.post(door, {"name": "Ani\x07", "apps.0.name": "SIMPUS"}).status_code == 422
    assert world.everything() == before
    refused = stranger.post(door, {"name": "Ani", "apps.0.name": "SIMPUS", "apps.0.state": "rusak"})
    assert "B2 (Keadaan): &#34;rusak&#34; bukan pilihan" in refused.text
    assert 'value="Ani"' in refused.text
    assert world.everything() == before
    assert stranger.post(door, {"name": "Ani, Kasubag Program", "apps.sheet": table()}).status_code == 303
    assert "Sudah diserahkan" in stranger.get(door).text
    assert stranger.post(door, {"name": "Ani", "apps.sheet": table()}).status_code == 200
    story = queries.steps(world.diskominfo.actor, task_id)
    assert [(step.move, step.by_title) for step in story] == [
        (Move.HAND_IN, f"Ani, Kasubag Program, melalui tautan {world.diskominfo.actor.title}")
    ]
    assert story[0].tables == {"apps": [ROW]}
    assert queries.task(world.diskominfo.actor, task_id).state is State.HANDED_IN
    assert world.inbox(world.diskominfo)[-1] == "task.handed_in"
    assert not any("Ani" in line for line in world.trail()), "the trail names no person"
    assert "sudah dipakai" in asker.get(f"/tasks/{task_id}/links").text


def test_a_link_that_opens_nothing_says_why(world: World) -> None:
    task_id = asked(world)
    office, stranger = Reader(world.app, world.dinkes), Reader(world.app, None)
    for wrong in ("a" * 32, "x", "A" * 32, "0" * 4000):
        answer = stranger.get(f"/h/{wrong}")
        assert answer.status_code == 404
        assert "tidak dikenal" in answer.text
    revoked, old, open_one = (made(office, task_id) for _one in range(3))
    listed = office.get(f"/tasks/{task_id}/links").text
    assert office.post(re.findall(r'action="(/tasks/links/\d+/revoke)"', listed)[-1]).status_code == 303
    world.change("UPDATE hand_in_link SET expires_at = '2020-01-02 00:00:00+00:00' WHERE digest = :it", it=digest(old))
    version = queries.task(world.dinkes.actor, task_id).version
    for token, words in ((revoked, "sudah dicabut"), (old, "sudah kedaluwarsa")):
        answer = stranger.get(f"/h/{token}")
        assert (answer.status_code, words in answer.text) == (410, True)
        assert stranger.post(f"/h/{token}", {"name": "Ani", "apps.sheet": table()}).status_code == 410
        assert stranger.get(f"/h/{token}/sheet").status_code == 404
    answering.move(
        TaskMove(task_id, Move.DECLINE, version, "Bukan urusan kami"), by=world.dinkes.actor, now=clock.now()
    )
    answer = stranger.get(f"/h/{open_one}")
    assert answer.status_code == 410
    assert "tidak menerima penyerahan lagi" in answer.text
    assert queries.task(world.dinkes.actor, task_id).version == version + 1


def test_the_address_stands_in_no_row_and_no_log(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    task_id = asked(world)
    token = made(Reader(world.app, world.dinkes), task_id)
    Reader(world.app, None).get(f"/h/{token}")
    assert not any(token in str(row) for rows in world.everything().values() for row in rows)
    said = capfd.readouterr()
    assert token not in said.out + said.err


def test_only_the_two_offices_make_and_see_links(world: World) -> None:
    task_id = asked(world)
    made(Reader(world.app, world.dinkes), task_id)
    listed = Reader(world.app, world.dinkes).get(f"/tasks/{task_id}/links").text
    revoke = re.findall(r'action="(/tasks/links/\d+/revoke)"', listed)[0]
    before = world.everything()
    for someone in world.everyone:
        if someone in (world.dinkes, world.diskominfo):
            continue
        reader = Reader(world.app, someone)
        assert reader.get(f"/tasks/{task_id}/links").status_code in (403, 404)
        assert reader.post(f"/tasks/{task_id}/links", {"days": "7"}).status_code in (403, 404)
        assert reader.post(revoke).status_code in (403, 404)
    assert world.everything()["hand_in_link"] == before["hand_in_link"]


def test_too_many_links_odd_days_and_closed_documents_are_refused(world: World, make: Maker) -> None:
    task_id = asked(world)
    office = world.dinkes.actor
    for days in (0, 8, -1, 10**6):
        with pytest.raises(Invalid):
            hand_in_links.make_link(task_id, days, by=office, now=NOW)
    for _one in range(hand_in_links.MOST_IN_USE):
        hand_in_links.make_link(task_id, 1, by=office, now=NOW)
    with pytest.raises(Invalid):
        hand_in_links.make_link(task_id, 1, by=office, now=NOW)
    hand_in_links.make_link(task_id, 1, by=office, now=NOW + timedelta(days=2))
    paper = make.document(Drafting.DRAFT, secrecy=Secrecy.RAHASIA)
    secret = asked(world, document_id=paper.id)
    secret = max(one.id for one in queries.tasks_of_unit(office))
    with pytest.raises(NotAllowed):
        hand_in_links.make_link(secret, 7, by=office, now=NOW)
    with pytest.raises(NotFound):
        hand_in_links.make_link(task_id, 7, by=world.kota.diskominfo.actor, now=NOW)


def test_a_link_is_not_carried_over_to_another_office(world: World) -> None:
    task_id = asked(world)
    secret = hand_in_links.make_link(task_id, 7, by=world.dinkes.actor, now=NOW)
    wish = TaskMove(task_id, Move.REASSIGN, 1, unit_id=world.disdik.actor.unit_id)
    answering.move(wish, by=world.diskominfo.actor, now=NOW)
    came = ByLink(digest(secret), "Ani", Handed(task_id, 0, tables={"apps": [ROW]}))
    with pytest.raises(NotAllowed):
        hand_in_links.hand_in(came, now=NOW, library=world.library)
