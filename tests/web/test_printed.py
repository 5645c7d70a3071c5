"""PDFs in a real browser, printed by LibreOffice in the clock process: they appear by themselves, or by a reload."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.web.served import Desk
from tests.web.test_walk import decided, initialled, opened, submitted
from tests.web.test_without import enacted_without_scan

pytestmark = [pytest.mark.chromium, pytest.mark.libreoffice]

Open = Callable[..., Desk]
PATIENCE = 60_000  # milliseconds


def test_a_pdf_appears_while_the_reader_writes_elsewhere_on_the_page(desk: Open, tmp_path: Path) -> None:
    author = desk("diskominfo")
    address = opened(author)
    author.page.goto(address)
    expect(author.page.locator("#cetakan")).not_to_contain_text("PDF")
    submitted(author, address)
    author.page.goto(address)
    author.page.get_by_role("button", name="Buat PDF").click()
    author.page.get_by_text("Tarik dengan alasan").click()
    author.page.fill("#f-withdraw", "Alasan yang sedang ditulis")
    link = author.page.get_by_role("link", name="Naskah (PDF)")
    expect(link).to_be_visible(timeout=PATIENCE)
    expect(author.page.locator("#f-withdraw")).to_have_value("Alasan yang sedang ditulis")
    assert downloaded(author, link, tmp_path).startswith(b"%PDF-")
    author.picture("pdf-naskah")


def test_the_copy_is_made_and_read_without_javascript(desk: Open, tmp_path: Path) -> None:
    author = desk("diskominfo")
    address = opened(author)
    submitted(author, address)
    initialled(desk, address)
    decided(desk("sekda"), address, "Setujui konsep", "Konsep disetujui")
    legal = desk("hukum", java_script_enabled=False)
    enacted_without_scan(legal, address)
    legal.page.get_by_role("button", name="Buat salinan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Salinan sudah dibuat")
    legal.picture("salinan-menunggu")
    office = desk("dishub", java_script_enabled=False)
    link = office.page.get_by_role("link", name="Salinan (PDF)")
    for _ in range(120):
        office.page.goto(address)
        if link.count():
            break
        office.page.wait_for_timeout(500)
    assert downloaded(office, link, tmp_path).startswith(b"%PDF-")
    assert downloaded(office, office.page.get_by_role("link", name="Salinan (Word)"), tmp_path).startswith(b"PK")
    expect(office.page.get_by_role("button", name="salinan")).to_have_count(0)
    office.picture("salinan")
    legal.page.goto(address)
    legal.picture("salinan-hukum")


def downloaded(by: Desk, link: Locator, folder: Path) -> bytes:
    with by.page.expect_download() as given:
        link.click()
    place = folder / given.value.suggested_filename
    given.value.save_as(place)
    return place.read_bytes()
