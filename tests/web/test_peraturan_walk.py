"""A Peraturan in a real browser, from the draft to Berita Daerah: reviewed, not harmonised, numbered, promulgated."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.served import Desk
from tests.web.test_walk import decided, submitted, today, written

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]
LETTER = "000.1/7/TIM-SPBE/2026"
REASON = "Kantor Wilayah menyatakan tidak perlu pengharmonisasian."


def opened(author: Desk) -> str:
    author.page.goto("/documents/new")
    author.page.select_option("[name=kind]", "spbe_roadmap")
    author.page.fill("[name=year]", str(today().year))
    author.page.get_by_role("button", name="Buat dan lanjut menyusun").click()
    author.page.wait_for_url(re.compile(r"/documents/\d+/draft"))
    return author.page.url.removesuffix("/draft")


def recorded(by: Desk, address: str, **typed: str) -> None:
    """A step of others, from the home page's list to what the route says."""
    by.page.goto("/")
    by.page.locator(f'.m-wait a.btn[href^="{address[address.index("/documents") :]}"]').click()
    for name, text in typed.items():
        by.page.fill(f"form[action$='/step'] [name={name}]", text)
    by.page.get_by_role("button", name="Catat dan teruskan").click()


def test_a_peraturan_goes_from_the_draft_to_berita_daerah(desk: Open) -> None:
    author, legal = desk("diskominfo"), desk("hukum")
    address = opened(author)
    submitted(author, address)
    decided(author, address, "Bubuhkan paraf", "Diparaf")
    is_reviewed_by_the_team(author, address)
    decided(legal, address, "Bubuhkan paraf", "Diparaf")
    is_not_harmonised(legal, address)
    decided(desk("asisten"), address, "Bubuhkan paraf", "Diparaf")
    recorded(legal, address, letter_number="188/12/Biro-Huk", letter_date=today().isoformat())
    expect(legal.page.locator(".m-flash")).to_contain_text("Langkah dicatat")
    sekda = desk("sekda", width=390)
    decided(sekda, address, "Setujui konsep", "Konsep disetujui")
    is_enacted_with_the_registers_number(legal, address)
    is_promulgated_by_the_sekda(sekda, address)
    is_in_force_for_everyone(author, address)


def is_reviewed_by_the_team(author: Desk, address: str) -> None:
    author.page.goto(f"{address}/decide")
    author.picture("peraturan-reviu")
    recorded(author, address, reason="Tidak sempat")
    expect(author.page.locator("main")).to_contain_text("nomor")
    assert author.page.url.endswith("/step"), "the team's review cannot be left out"
    recorded(author, address, letter_number=LETTER, letter_date=today().isoformat())
    expect(author.page.locator(".m-flash")).to_contain_text("Langkah dicatat")
    expect(author.page.locator("main")).to_contain_text(LETTER)
    author.complaints.clear()  # The browser reports the 422 that this step provokes.


def is_not_harmonised(legal: Desk, address: str) -> None:
    recorded(legal, address, reason=REASON)
    expect(legal.page.locator(".m-flash")).to_contain_text("Langkah dicatat")
    expect(legal.page.locator("main")).to_contain_text(REASON)
    legal.picture("peraturan-tanpa-harmonisasi")


def is_enacted_with_the_registers_number(legal: Desk, address: str) -> None:
    legal.page.goto(f"{address}/enact")
    legal.page.fill("[name=signed_on]", today().isoformat())
    legal.page.fill("[name=number]", f"17 TAHUN {today().year}")
    legal.page.check("[name=scan_later]")
    legal.page.get_by_role("button", name="Catat penetapan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Penetapan dicatat")
    expect(legal.page.locator(".m-head")).to_contain_text(f"17 TAHUN {today().year}")


def is_promulgated_by_the_sekda(sekda: Desk, address: str) -> None:
    sekda.page.goto(address)
    sekda.page.get_by_role("link", name="Undangkan").first.click()
    expect(sekda.page.locator("main")).to_contain_text(f"{today().year} NOMOR 1")
    sekda.picture("undangkan")
    sekda.page.fill("[name=promulgated_on]", today().isoformat())
    sekda.page.get_by_role("button", name="Undangkan").click()
    expect(sekda.page.locator(".m-flash")).to_contain_text("berlaku sejak hari pengundangannya")


def is_in_force_for_everyone(author: Desk, address: str) -> None:
    author.page.goto(address)
    main = author.page.locator("main")
    expect(main).to_contain_text(f"{written(today())}, Berita Daerah Tahun {today().year} NOMOR 1")
    expect(main.locator("dt", has_text="Berlaku").locator("xpath=following-sibling::dd[1]")).to_contain_text(
        written(today())
    )
    expect(main.locator(".m-sheet").first).to_contain_text(f"17 TAHUN {today().year}")
    author.picture("peraturan-berlaku")
    author.page.goto("/inbox")
    expect(author.page.locator("main")).to_contain_text("diundangkan")
