"""Signing in by the page: one way in, a fresh number each time, and headers that keep strangers out."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from governance.documents.lifecycle import State
from tests.web.reader import Reader
from tests.world import PASSWORD, Maker, Someone, World

Sit = Callable[[Someone | None], Reader]
FOREIGN = (
    *("https://jahat.example/", "//jahat.example/", "/\\jahat.example", "\\\\jahat.example", "javascript:alert(1)"),
    *("jahat.example", "https:jahat.example", "/\t/jahat.example", "http:///jahat.example", " //jahat.example"),
)
HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


def entered(reader: Reader, going_to: str = "/", password: str = PASSWORD) -> TestResponse:
    """The Sekda's sign-in, sent."""
    return reader.post("/sign-in", {"username": "sekda", "password": password, "next": going_to})


@pytest.mark.parametrize("foreign", FOREIGN)
def test_nobody_is_led_away_after_signing_in(sit: Sit, foreign: str) -> None:
    assert entered(sit(None), foreign).location == "/"
    assert sit(None).post("/language", {"lang": "en", "next": foreign}).location == "/"
    page = sit(None).get("/sign-in", query_string={"next": foreign}).text.partition("<main")[2].partition("</main>")[0]
    assert foreign not in page


def test_the_way_leads_on_to_what_was_asked_for(sit: Sit) -> None:
    assert entered(sit(None), "/deadlines?year=2027").location == "/deadlines?year=2027"


def test_the_session_changes_at_every_sign_in(sit: Sit) -> None:
    reader = sit(None)
    reader.get("/sign-in")
    numbers = []
    for _ in range(2):
        assert entered(reader).status_code == 303
        with reader.client.session_transaction() as session:
            numbers.append(session["session"])
    assert len(set(numbers)) == 2


def test_a_planted_session_is_worth_nothing(sit: Sit) -> None:
    reader = sit(None)
    with reader.client.session_transaction() as session:
        session["session"] = "ditanam"
    assert reader.get("/").status_code == 302
    entered(reader)
    with reader.client.session_transaction() as session:
        assert session["session"] != "ditanam"


def test_after_signing_out_the_old_cookie_is_dead(world: World, sit: Sit) -> None:
    reader = sit(world.sekda)
    cookie = reader.client.get_cookie("session")
    assert cookie is not None
    assert reader.post("/sign-out").status_code == 303
    reader.client.set_cookie("session", cookie.value)
    answer = reader.get("/")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_a_wrong_password_says_so_and_forgets_nothing_typed(sit: Sit) -> None:
    answer = entered(sit(None), password="bukan ini")
    assert answer.status_code == 403
    assert 'value="sekda"' in answer.text
    assert "bukan ini" not in answer.text
    assert "kata sandi salah" in answer.text


def test_the_cookie_is_for_the_browser_alone(sit: Sit) -> None:
    cookie = entered(sit(None)).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_every_answer_has_the_guarding_headers(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.ENACTED)
    reader = sit(world.sekda)
    for path in ("/", "/documents", f"/documents/{paper.id}/file", "/tidak-ada", "/documents/999", "/api/v1/documents"):
        answer = reader.get(path)
        assert {name: answer.headers[name][: len(said)] for name, said in HEADERS.items()} == HEADERS, path


def test_signing_in_again_leads_home(world: World, sit: Sit) -> None:
    answer = sit(world.sekda).get("/sign-in")
    assert answer.status_code == 302
    assert answer.location == "/"
