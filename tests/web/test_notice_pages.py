"""What one wishes of e-mail, the live count, where each notice leads, and which views can be shared."""

import html
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from tests.mailing import remind, tell
from tests.web.reader import Reader
from tests.world import NOW, PASSWORD, Maker, Someone, World
from workflows import jobs

Sit = Callable[[Someone | None], Reader]
CHOICES = "/account/notices"
AS_IT_IS = {"way": "at_once", "digest_at": "7", "quiet": "house", "quiet_from": "20", "quiet_to": "6"}
NOON = {"quiet": "own", "quiet_from": "12", "quiet_to": "13"}
KEPT = "SELECT digest_at, quiet_from, quiet_to, off FROM notice_setting"
SHARE = re.compile(r'href="(https://wa\.me/[^"]+)"')


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


def shared(page: str) -> str | None:
    """What a share link would say, or None where a page has none."""
    found = SHARE.search(page)
    return parse_qs(urlsplit(html.unescape(found[1])).query)["text"][0] if found else None


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        (AS_IT_IS | {"mail": ["course", "comments"]}, (None, None, None, "")),
        (AS_IT_IS | {"way": "digest", "digest_at": "16", "mail": ["course"]}, (16, None, None, ",comments,")),
        (AS_IT_IS | {"quiet": "none"}, (None, 0, 0, ",comments,course,")),
        (
            AS_IT_IS | {"quiet": "own", "quiet_from": "12", "quiet_to": "13", "mail": ["comments"]},
            (None, 12, 13, ",course,"),
        ),
    ],
)
def test_what_is_chosen_is_kept_and_shown_again(world: World, sit: Sit, form: dict[str, str], kept: tuple[int]) -> None:
    reader = sit(world.sekda)
    assert reader.post(CHOICES, form).status_code == 303
    assert world.rows(KEPT) == [kept]
    assert world.trail()[-1].count("person.notices_chosen") == 1
    page = reader.get(CHOICES).text
    assert ("Satu ringkasan sehari, pukul 16.00" in page) is (form["way"] == "digest")
    again = {name: value for name, value in form.items() if name != "mail"} | {"mail": form.get("mail", [])}
    assert reader.post(CHOICES, again).status_code == 303
    assert world.rows(KEPT) == [kept], "saved twice is saved once"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"way": "digest", "digest_at": "24"}, "Jam tidak dikenal"),
        ({"way": "digest", "digest_at": "tujuh"}, "bilangan"),
        ({"way": "digest", "digest_at": ""}, "wajib"),
        ({"way": "digest", "digest_at": "22"}, "Jam ringkasan jatuh dalam jam tenang"),
        (
            {"way": "digest", "digest_at": "3", "quiet": "own", "quiet_from": "1", "quiet_to": "5"},
            "jatuh dalam jam tenang",
        ),
        ({"quiet": "own", "quiet_from": "99", "quiet_to": "5"}, "Jam tidak dikenal"),
        ({"quiet": "own", "quiet_from": "-1", "quiet_to": "5"}, "bilangan"),
    ],
)
def test_a_wrong_hour_is_said_at_its_place_and_nothing_changes(
    world: World, sit: Sit, form: dict[str, str], says: str
) -> None:
    reader = sit(world.sekda)
    before = world.everything()
    answer = reader.post(CHOICES, AS_IT_IS | form)
    assert answer.status_code == 422
    assert says in answer.text
    assert world.everything() == before


def test_a_compulsory_topic_cannot_be_switched_off_by_any_form(world: World, sit: Sit) -> None:
    reader = sit(world.sekda)
    page = reader.get(CHOICES).text
    assert set(re.findall(r'name="mail" id="[^"]+" value="(\w+)"', page)) == {"course", "comments"}
    assert reader.post(CHOICES, AS_IT_IS | {"mail": "reminders", "off": "reminders"}).status_code == 303
    assert world.value("SELECT off FROM notice_setting") == ",comments,course,"


def test_who_has_no_address_is_told_that_only_the_inbox_has_it(world: World, sit: Sit) -> None:
    world.change("UPDATE person SET email = NULL WHERE username = 'sekda'")
    assert "Pemberitahuan Anda hanya di kotak masuk" in sit(world.sekda).get(CHOICES).text


def test_the_count_is_sent_only_when_it_changed(world: World, sit: Sit) -> None:
    reader = sit(world.sekda)
    first = reader.get("/inbox/count")
    assert first.json == {"unread": 0, "said": "Kotak masuk, 0 belum dibaca"}
    known = {"If-None-Match": first.headers["ETag"]}
    assert reader.get("/inbox/count", headers=known).status_code == 304
    remind(world.sekda)
    second = reader.get("/inbox/count", headers=known)
    assert (second.status_code, second.json["unread"]) == (200, 1)
    assert sit(None).get("/inbox/count").status_code == 302


def test_the_count_stands_in_the_head_and_in_the_title(world: World, sit: Sit) -> None:
    reader = sit(world.sekda)
    assert "<title>Kotak masuk · Mandat</title>" in reader.get("/inbox").text
    remind(world.sekda)
    page = reader.get("/inbox").text
    assert "<title>(1) Kotak masuk · Mandat</title>" in page
    assert 'aria-label="Kotak masuk, 1 belum dibaca"' in page


def test_every_link_of_an_email_lands_on_the_very_thing_after_signing_in(world: World, make: Maker, sit: Sit) -> None:
    make.document(State.ENACTED)
    make.document(State.IN_REVIEW)
    remind(world.diskominfo)
    tell(world.diskominfo, "holding.entered", name="Budi", title="Plh.", from_on="2026-11-20", post=1)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    addresses = "SELECT notice.id, username, key FROM notice JOIN person ON person.id = person_id"
    rows = world.rows(f"{addresses} WHERE notice.institution_id = :id", id=world.serang.id)
    assert len({key for *_, key in rows}) > 6
    for notice, username, key in rows:
        reader = sit(None)
        asked = reader.get(f"/notices/{notice}")
        assert asked.status_code == 302
        form = {"username": username, "password": PASSWORD, "next": parse_qs(urlsplit(asked.location).query)["next"][0]}
        entered = reader.post("/sign-in", form)
        assert (entered.status_code, entered.location) == (303, f"/notices/{notice}")
        landed = reader.get(entered.location)
        assert landed.location not in ("/", "/inbox"), key
        assert reader.get(landed.location).status_code == 200, key


def test_a_view_can_be_shared_by_its_title_and_address(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.ENACTED)
    reader = sit(world.sekda)
    remind(world.sekda)
    title = paper.as_seen().title
    said = shared(reader.get(f"/documents/{paper.id}?dari=surat&b=%22%3E").text)
    assert said is not None
    name, address = said.split("\n")
    assert title in name
    assert not name.startswith("("), "how many are unread is nobody else's business"
    assert address == f"http://localhost/documents/{paper.id}?dari=surat&b=%22%3E"
    for path in ("/", "/documents?tahun=2026", "/deadlines", "/tasks", "/regulations", "/inbox"):
        assert (shared(reader.get(path).text) or "").endswith(path), path


@pytest.mark.parametrize("secrecy", [Secrecy.TERBATAS, Secrecy.RAHASIA])
def test_no_view_of_a_restricted_document_can_be_shared(world: World, make: Maker, sit: Sit, secrecy: Secrecy) -> None:
    paper = make.document(State.ENACTED, secrecy=secrecy)
    while jobs.run_due(now=NOW, library=world.library):
        pass
    places = [f"/documents/{paper.id}{place}" for place in ("", "/trail", "/deliveries")]
    places += [f"/tasks/{key}" for (key,) in world.rows("SELECT id FROM task ORDER BY id LIMIT 1")]
    places += [f"/tasks/asked/{key}" for (key,) in world.rows("SELECT id FROM assignment ORDER BY id LIMIT 1")]
    seen = 0
    for someone in (world.diskominfo, world.hukum):
        reader = sit(someone)
        for place in places:
            page = reader.get(place)
            seen += page.status_code == 200
            assert "wa.me" not in page.text, place
    assert seen >= 4


def test_pages_with_secrets_and_refusals_cannot_be_shared(world: World, make: Maker, sit: Sit) -> None:
    reader = sit(world.sekda)
    token = reader.post("/account/tokens", {"name": "program"})
    assert "Salin sekarang" in token.text
    for page in (token, reader.get("/account"), reader.get(CHOICES), sit(None).get("/sign-in"), reader.get("/tak-ada")):
        assert "wa.me" not in page.text


def test_what_everyone_may_see_can_be_shared_by_everyone(world: World, sit: Sit) -> None:
    assert (shared(sit(None).get("/jdih").text) or "").endswith("http://localhost/jdih")
