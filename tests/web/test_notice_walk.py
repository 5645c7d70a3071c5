"""Notices in a real browser: the count that changes by itself, what is chosen of e-mail, a letter that is opened."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.mailing import body
from tests.web.served import WIDTHS, Desk
from tests.web.test_walk import opened, submitted

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]
PATIENCE_SECONDS = 30
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def letters_of(folder: Path, to: str) -> list[Message]:
    """What lies in the mail folder for that person, the newest last."""
    files = sorted((folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime)
    found = [message_from_bytes(path.read_bytes()) for path in files]
    return [letter for letter in found if str(letter["To"]).startswith(f"{to}@")]


def letter_about(folder: Path, to: str, words: str) -> Message:
    """The newest letter with these words, as soon as it is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for letter in reversed(letters_of(folder, to)):
            if words in body(letter):
                return letter
        time.sleep(0.2)
    raise TimeoutError(f"no letter to {to} with {words}")


def all_read(reader: Desk) -> None:
    reader.page.goto("/inbox")
    if reader.page.get_by_role("button", name="Tandai semua dibaca").count():
        reader.page.get_by_role("button", name="Tandai semua dibaca").click()
    expect(reader.page.locator("h1")).to_have_text("Semua pemberitahuan sudah dibaca")


def test_the_choices_are_made_and_shown_without_javascript(desk: Open) -> None:
    sekda = desk("sekda", java_script_enabled=False)
    sekda.page.goto("/account")
    sekda.page.get_by_role("link", name="Atur surel pemberitahuan").click()
    sekda.picture("surel-saat-itu")
    sekda.page.get_by_label("Satu ringkasan sehari").check()
    sekda.page.get_by_label("Jam ringkasan").select_option("16.00")
    sekda.page.get_by_label("Kirim surel: Komentar dan tanggapan").uncheck()
    sekda.page.get_by_role("button", name="Simpan pilihan").click()
    assert sekda.heading() == "Satu ringkasan sehari, pukul 16.00"
    expect(sekda.page.get_by_label("Kirim surel: Komentar dan tanggapan")).not_to_be_checked()
    sekda.page.get_by_label("Jam ringkasan").select_option("22.00")
    with sekda.page.expect_response("**/account/notices"):
        sekda.page.get_by_role("button", name="Simpan pilihan").click()
    expect(sekda.page.locator(".m-errors")).to_contain_text("Jam ringkasan jatuh dalam jam tenang")
    sekda.picture("surel-salah")
    sekda.complaints = [one for one in sekda.complaints if "422" not in one]


def test_the_count_changes_without_a_reload_and_costs_nothing_while_it_stands(desk: Open) -> None:
    watching, author = desk("diskominfo"), desk("diskominfo")
    all_read(author)
    statuses: list[int] = []
    watching.page.on("response", lambda one: statuses.append(one.status) if "/inbox/count" in one.url else None)
    watching.page.goto("/deadlines")
    bell = watching.page.locator("[data-count]")
    expect(bell).to_have_attribute("aria-label", "Kotak masuk, 0 belum dibaca")
    submitted(author, opened(author))
    watching.page.evaluate(LOOK)
    expect(bell).to_have_attribute("aria-label", "Kotak masuk, 1 belum dibaca")
    expect(bell.locator(".m-count")).to_have_text("1")
    expect(watching.page).to_have_title(re.compile(r"^\(1\) .+ · Mandat"))
    with watching.page.expect_response("**/inbox/count"):
        watching.page.evaluate(LOOK)
    author.page.goto("/inbox")
    author.picture("kotak-masuk")
    all_read(author)
    watching.page.evaluate(LOOK)
    expect(watching.page).to_have_title(re.compile(r"^[^(]+ · Mandat"))
    expect(bell.locator(".m-count")).to_be_hidden()
    assert statuses == [200, 304, 200]


def test_a_letter_is_read_on_a_phone_and_its_button_lands_on_the_very_thing(desk: Open) -> None:
    author = desk("diskominfo")
    author.page.goto("/account/notices")
    author.page.get_by_label("Tidak ada: surel juga malam hari").check()
    author.page.get_by_role("button", name="Simpan pilihan").click()
    address = opened(author)
    submitted(author, address)
    letter = letter_about(author.served.folder, "diskominfo", "Baca naskahnya")
    stranger = desk("diskominfo", width=390, signed_in=False)
    asked: list[str] = []
    stranger.page.on("request", lambda one: asked.append(one.url))
    stranger.page.set_content(body(letter, "html"))
    stranger.picture("surat")
    assert [url for url in asked if not url.startswith(("about:", "data:"))] == [], "nothing is fetched"
    stranger.page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
    stranger.page.get_by_role("link", name="Buka di Mandat").click()
    stranger.page.fill("[name=username]", "diskominfo")
    stranger.page.fill("[name=password]", stranger.served.password("diskominfo"))
    stranger.page.click("main button[type=submit]")
    assert stranger.page.url == address
