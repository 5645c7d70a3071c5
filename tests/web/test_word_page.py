"""Editing in Word as people do it: take in hand, download, edit, upload, see what was read, compose anew."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.governance.documents.samples import DOCUMENT, changed, members_of, zipped
from tests.web.served import Desk, Served
from tests.web.test_walk import opened

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]
SECOND = "diskominfo.kedua"


def taken_in_hand(desk: Desk, address: str, folder: Path) -> bytes:
    """From the draft to the Word page, in hand, and the file."""
    desk.page.goto(f"{address}/draft")
    desk.page.locator("main a", has_text="Sunting di Word").first.click()
    desk.page.get_by_role("button", name="Sunting di Word").click()
    expect(desk.page.locator(".m-flash")).to_contain_text("tercatat Anda sunting")
    expect(desk.page.locator(".m-head")).to_contain_text("Sedang disunting Anda")
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="Unduh Word").click()
    file = folder / "unduhan.docx"
    download.value.save_as(file)
    return file.read_bytes()


def uploaded(desk: Desk, data: bytes, folder: Path) -> None:
    file = folder / "suntingan.docx"
    file.write_bytes(data)
    desk.page.set_input_files("[name=file]", file)
    desk.page.get_by_role("button", name="Unggah naskah").click()


def edited(data: bytes) -> bytes:
    """The place changed (a field), and a sentence no field can say."""
    place = re.compile(r"Ditetapkan di [^<]+")
    found = place.search(members_of(data)[DOCUMENT].decode())
    assert found is not None
    data = changed(data, DOCUMENT, found[0], "Ditetapkan di Anyer")
    return changed(data, DOCUMENT, "bertanggung jawab kepada Bupati", "bertanggung jawab penuh kepada Bupati", 1)


def test_a_draft_edited_in_word_comes_back_and_may_be_composed_anew(desk: Open, tmp_path: Path) -> None:
    author = desk("diskominfo")
    address = opened(author)
    data = taken_in_hand(author, address, tmp_path)
    author.picture("word-di-tangan")
    uploaded(author, edited(data), tmp_path)
    expect(author.page.locator(".m-flash")).to_contain_text("Isian yang terbaca: Tempat penetapan")
    main = author.page.locator("main")
    expect(main).to_contain_text("Berkas unggahan adalah naskah yang berlaku")
    expect(main.locator(".m-note ins")).to_contain_text("bertanggung jawab penuh kepada Bupati")
    author.picture("word-terbaca")
    author.page.get_by_role("button", name="Susun ulang dari isian").click()
    expect(author.page.locator(".m-flash")).to_contain_text("disusun lagi dari isian")
    expect(author.page.locator("#f-place")).to_have_value("Anyer")
    expect(author.page.locator("#lembar")).to_contain_text("Ditetapkan di Anyer")
    expect(author.page.locator("#lembar")).not_to_contain_text("bertanggung jawab penuh")


def test_a_second_person_sees_the_warning_and_may_take_over(desk: Open, served: Served, tmp_path: Path) -> None:
    served.appoint(SECOND, "diskominfo")
    first, second = desk("diskominfo"), desk(SECOND)
    address = opened(first)
    data = taken_in_hand(first, address, tmp_path)
    second.page.goto(f"{address}/draft")
    expect(second.page.locator("main")).to_contain_text("sedang menyunting naskah ini di Word sampai")
    second.picture("draf-sedang-disunting")
    second.page.goto(f"{address}/word")
    expect(second.page.locator(".m-head")).to_contain_text("Sedang disunting Kepala Diskominfosatik")
    second.picture("word-di-tangan-orang-lain")
    second.page.get_by_role("button", name="Ambil alih").click()
    expect(second.page.locator(".m-head")).to_contain_text("Sedang disunting Anda")
    first.page.goto(f"{address}/word")
    uploaded(first, edited(data), tmp_path)
    expect(first.page.locator(".m-flash")).to_contain_text("Berkas diterima sebagai revisi baru")


def test_what_is_refused_says_what_to_do_and_the_draft_stays(desk: Open, tmp_path: Path) -> None:
    author = desk("diskominfo")
    address = opened(author)
    author.page.goto(f"{address}/word")
    uploaded(author, zipped({"a.txt": "x"}), tmp_path)
    expect(author.page.locator("main")).to_contain_text("Simpan sebagai .docx lalu unggah lagi")
    expect(author.page.get_by_role("button", name="Unggah naskah")).to_be_visible()
    author.picture("word-ditolak")
    author.page.goto(f"{address}/word")
    expect(author.page.locator("main")).not_to_contain_text("Berkas unggahan adalah naskah yang berlaku")
    author.complaints.clear()  # The browser reports the 422 that this test provokes.
