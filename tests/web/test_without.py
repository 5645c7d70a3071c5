"""The main acts without a mouse, and without JavaScript."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.web.served import Desk
from tests.web.test_walk import initialled, opened, submitted

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]


def test_the_sekda_signs_in_and_approves_by_keyboard_alone(desk: Open) -> None:
    author = desk("diskominfo")
    address = opened(author)
    submitted(author, address)
    initialled(desk, address)
    sekda = desk("sekda", signed_in=False)
    sekda.page.goto(address)
    keys = sekda.page.keyboard
    sekda.tab_to("username")
    keys.type("sekda")
    keys.press("Tab")
    keys.type(sekda.served.password("sekda"))
    keys.press("Enter")
    expect(sekda.page).to_have_url(address)  # Signing in leads on to what was asked for.
    sekda.tab_to("Baca dan putuskan")
    keys.press("Enter")
    sekda.page.wait_for_url("**/decide")
    sekda.tab_to("Setujui konsep")
    keys.press("Enter")
    expect(sekda.page.locator(".m-flash")).to_contain_text("Konsep disetujui")


def test_everything_works_without_javascript(desk: Open) -> None:
    author = desk("diskominfo", java_script_enabled=False, signed_in=False)
    author.sign_in()
    address = opened(author)
    fills_in(author, address)
    submitted(author, address)
    initialled(desk, address)
    sekda = desk("sekda", java_script_enabled=False)
    sekda.page.goto(f"{address}/decide")
    sekda.page.get_by_role("button", name="Setujui konsep").click()
    expect(sekda.page.locator(".m-flash")).to_contain_text("Konsep disetujui")
    enacted_without_scan(desk("hukum", java_script_enabled=False), address)
    office = desk("dishub", java_script_enabled=False)
    task = office.page.locator(".m-wait a.btn", has_text="Buka tugas")
    for _ in range(60):
        office.page.goto("/tasks")
        if task.count():
            break
        office.page.wait_for_timeout(500)
    task.first.click()
    office.page.get_by_role("button", name="Terima tugas").click()
    expect(office.page.locator(".m-flash")).to_contain_text("Tugas dinyatakan diterima")


def fills_in(author: Desk, address: str) -> None:
    """A saved field, a member added who stands in no list, and one taken out."""
    page = author.page
    author.unfold("closing")
    page.fill("#f-place", "Cinangka")
    page.get_by_role("button", name="Simpan draf").last.click()
    expect(page.locator("#lembar")).to_contain_text("Ditetapkan di Cinangka")
    rows = page.locator("#f-members .m-rows > li")
    before = rows.count()
    author.unfold("members")
    page.get_by_role("button", name="Tambah anggota").click()
    expect(rows).to_have_count(before + 1)
    new = f"#f-members-{before}"
    page.select_option(f"{new}-role", "anggota")
    page.fill(f"{new}-office", "Direktur Rumah Sakit Umum Daerah")
    page.get_by_role("button", name="Simpan draf").last.click()
    expect(page.locator("#lembar")).to_contain_text("Direktur Rumah Sakit Umum Daerah")
    author.unfold("members")
    page.get_by_role("button", name=f"Hapus Susunan keanggotaan {before}").click()
    expect(rows).to_have_count(before)
    assert page.url.startswith(f"{address}/draft")


def enacted_without_scan(legal: Desk, address: str) -> None:
    legal.page.goto(f"{address}/enact")
    legal.page.fill("[name=signed_on]", datetime.now(ZoneInfo("Asia/Jakarta")).date().isoformat())
    legal.page.check("[name=scan_later]")
    legal.page.get_by_role("button", name="Catat penetapan").click()
    expect(legal.page.locator(".m-head")).to_contain_text("Pindaian menyusul")


def test_a_second_writer_is_told_and_nothing_is_lost(desk: Open) -> None:
    first, second = desk("diskominfo"), desk("diskominfo")
    address = opened(first)
    second.page.goto(f"{address}/draft")
    first.unfold("closing")
    first.page.fill("#f-place", "Anyer")
    expect(first.page.locator("#lembar")).to_contain_text("Anyer")
    second.unfold("closing")
    second.page.fill("#f-place", "Carita")
    expect(second.page.locator("#bentrok")).to_be_visible()
    expect(second.page.locator("#f-place")).to_have_value("Carita")
    second.page.get_by_role("button", name="Tetap pakai isian saya").click()
    expect(second.page.locator("#lembar")).to_contain_text("Carita")
    second.complaints.clear()  # The browser reports the 409 that this test provokes.


def test_whoever_keeps_guessing_is_stopped(desk: Open) -> None:
    stranger = desk("sekda", signed_in=False)
    for _ in range(11):
        stranger.page.goto("/sign-in")
        stranger.page.fill("[name=username]", "sekda")
        stranger.page.fill("[name=password]", "salah")
        stranger.page.click("main button[type=submit]")
    assert stranger.heading() == "Terlalu sering"
    assert "Tunggu beberapa menit" in stranger.main()
    stranger.complaints.clear()  # The browser reports each 403, and the 429 that is asked for.
