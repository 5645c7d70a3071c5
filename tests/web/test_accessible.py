"""Every page by itself: what a reader who does not see it needs, and how much a phone has to load."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.served import Desk
from tests.web.test_walk import opened, returned_and_submitted_again, submitted

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]
FAULTS = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")
KILOBYTE = 1000
FIRST_LOAD, LATER = 200 * KILOBYTE, 30 * KILOBYTE
PLACES = (
    *("/", "/documents", "/documents/new", "/documents/record"),
    *("/kinds", "/kinds/spbe_architecture", "/kinds/circular"),
    *("/working-days", "/working-days/count?start=2026-11-20&number=5"),
    *("/deadlines", "/deadlines/letter", "/inbox", "/tasks", "/deliveries", "/account", "/account/notices"),
    *("/calendar", "/year", "/calendar/links", "/board", "/board?state=late", "/my-office", "/my-indicators"),
    *("/regulations", "/regulations/uu_23_2014", "/regulations/uu_23_2014/trail"),
    "/index",
)


@pytest.fixture(scope="module")
def author(desk: Open) -> Desk:
    return desk("diskominfo")


@pytest.fixture(scope="module")
def places(author: Desk, desk: Open) -> list[str]:
    """The author's pages, one document in each state that has a page of its own."""
    draft, asked = opened(author), opened(author)
    submitted(author, asked)
    again = returned_and_submitted_again(author, desk("hukum"))
    asked_pages = [asked, f"{asked}/proofs", f"{asked}/decide", f"{asked}/trail", f"{again}/compare"]
    return [*PLACES, f"{draft}/draft", f"{draft}/review", draft, f"{draft}/trail", *asked_pages]


def test_controls_have_names_and_headings_their_order(author: Desk, places: list[str]) -> None:
    found = {}
    for place in places:
        author.page.goto(place)
        found[place] = author.page.evaluate(FAULTS)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_the_way_in_is_for_everyone_too(desk: Open) -> None:
    stranger = desk("sekda", signed_in=False)
    stranger.page.goto("/sign-in")
    assert stranger.page.evaluate(FAULTS) == []


def test_a_phone_loads_little(desk: Open, places: list[str]) -> None:
    phone = desk("diskominfo", width=390)
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Network.enable")
    loaded: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    weights = {}
    for place in ("/", *places):
        loaded.clear()
        phone.page.goto(place, wait_until="networkidle")
        weights[place if weights else "first load"] = round(sum(loaded))
    assert weights.pop("first load") <= FIRST_LOAD, weights
    assert {place: weight for place, weight in weights.items() if weight > LATER} == {}
