"""The desk in a real browser on a phone: decided once however often it is tapped or whatever reply is lost."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.web.served import Desk
from tests.web.test_walk import decided, initialled, opened, submitted

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]
PAGE = re.compile(rb"/Type\s*/Page\b")
MOST_BYTES = 30_000


def at_the_sekda(desk: Open) -> str:
    author = desk("diskominfo")
    address = opened(author)
    submitted(author, address)
    initialled(desk, address)
    return address


def approvals(by: Desk, address: str) -> int:
    """How often the trail says that the konsep was approved."""
    by.page.goto(f"{address}/trail")
    return by.page.locator(".m-trail b", has_text="menyetujui konsep").count()


def test_a_lost_reply_decides_once(desk: Open) -> None:
    address = at_the_sekda(desk)
    sekda = desk("sekda", width=390, java_script_enabled=False)
    sekda.page.goto("/")
    sekda.picture("meja")
    sekda.page.goto(f"{address}/decide")
    sekda.picture("putuskan-ponsel")
    expect(sekda.page.get_by_role("button", name="Setujui konsep")).to_be_in_viewport()

    def lose_the_reply(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    sekda.page.route("**/move", lose_the_reply)
    with sekda.page.expect_event("requestfailed"):
        sekda.page.get_by_role("button", name="Setujui konsep").click(no_wait_after=True)
    sekda.page.wait_for_timeout(500)  # The browser shows its own page of the failure first.
    sekda.page.unroute("**/move")
    sekda.complaints.clear()
    sekda.page.goto(f"{address}/decide")
    expect(sekda.page.locator("main")).to_contain_text("Disetujui")
    assert approvals(sekda, address) == 1


def test_a_form_sent_again_after_a_lost_reply_is_told_it_is_done(desk: Open) -> None:
    address = at_the_sekda(desk)
    sekda, twin = desk("sekda", width=390), desk("sekda", width=390)
    for one in (sekda, twin):
        one.page.goto(f"{address}/decide")
    for one in (sekda, twin):  # The second is the page as it stood before, as a phone keeps it.
        one.page.get_by_role("button", name="Setujui konsep").click()
        expect(one.page.locator(".m-flash")).to_contain_text("Konsep disetujui")
    assert approvals(sekda, address) == 1


def test_a_double_tap_decides_once(desk: Open) -> None:
    address = at_the_sekda(desk)
    sekda = desk("sekda", width=390, has_touch=True)
    sekda.page.goto(f"{address}/decide")
    sekda.page.get_by_role("button", name="Setujui konsep").dblclick(no_wait_after=True)
    expect(sekda.page.locator(".m-flash")).to_contain_text("Konsep disetujui")
    assert approvals(sekda, address) == 1


def test_the_page_to_decide_on_is_light_on_a_slow_line(desk: Open) -> None:
    address = at_the_sekda(desk)
    sekda = desk("sekda", width=390)
    for path in ("/", f"{address}/decide", f"{address}/brief"):
        with sekda.page.expect_response(lambda answer, ends=path: answer.url.endswith(ends)) as answer:
            sekda.page.goto(path)
        assert answer.value.headers["content-encoding"] in ("gzip", "br", "zstd", "deflate")
        assert answer.value.request.sizes()["responseBodySize"] <= MOST_BYTES
    decided(sekda, address, "Setujui konsep", "Konsep disetujui")


def test_what_he_typed_stands_again_when_the_paper_changed_meanwhile(desk: Open) -> None:
    author, legal = desk("diskominfo"), desk("hukum", width=390)
    address = opened(author)
    submitted(author, address)
    decided(author, address, "Bubuhkan paraf", "Diparaf")
    legal.page.goto(f"{address}/decide")
    legal.page.fill("#kembalikan [name=reason]", "Sumber dana belum disebut.")
    other = desk("hukum")
    other.page.goto(f"{address}/decide")
    other.page.get_by_role("button", name="Bubuhkan paraf").click()
    expect(other.page.locator(".m-flash")).to_contain_text("Diparaf")
    legal.page.get_by_role("button", name="Kembalikan rancangan").click()
    expect(legal.page.locator("main")).to_contain_text("Keputusan Anda dari halaman lama tidak dicatat.")
    expect(legal.page.locator("textarea")).to_have_value("Sumber dana belum disebut.")
    legal.picture("terlambat")
    legal.complaints.clear()  # The refusal itself is what the browser complains of.


def test_a_brief_and_a_pack_print_cleanly(desk: Open, tmp_path: Path) -> None:
    address = at_the_sekda(desk)
    sekda = desk("sekda")
    sekda.page.goto(f"{address}/brief")
    sekda.picture("ringkasan")
    printed = sekda.page.pdf(prefer_css_page_size=True)
    (tmp_path / "ringkasan.pdf").write_bytes(printed)
    assert len(PAGE.findall(printed)) == 1
    sekda.page.goto(f"{address}/pack")
    sekda.picture("pak")
    assert sekda.page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    with sekda.page.expect_download() as given:
        sekda.page.get_by_role("link", name="Unduh JSON untuk diperiksa").click()
    assert given.value.suggested_filename.endswith("-pak-persetujuan.json")
