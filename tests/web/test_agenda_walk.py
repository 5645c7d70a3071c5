"""The register of acts in a browser: two decrees at once, one ends the other; a gap is made void, a series is set."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.served import Desk

pytestmark = pytest.mark.chromium

KIND = "coordination_team_decree"
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()


def number(count: int) -> str:
    return f"656.1/Kep. {count}-Huk.Diskominfo/{TODAY.year}"


def recorded(hukum: Desk, count: int, title: str, day: str) -> None:
    hukum.page.goto("/documents/record")
    hukum.page.select_option("[name=kind]", KIND)
    hukum.page.fill("[name=title]", title)
    hukum.page.fill("[name=number]", number(count))
    hukum.page.fill("[name=signed_on]", day)
    hukum.page.get_by_role("button", name="Catat dokumen").click()
    hukum.page.wait_for_url(re.compile(r"/documents/\d+$"))


def test_two_decrees_at_once_are_warned_of_and_the_way_out_is_taken(desk: Open) -> None:
    hukum = desk("hukum")
    recorded(hukum, 3, "Pembentukan Tim Koordinasi Sistem Pemerintahan Berbasis Elektronik", TODAY.isoformat())
    recorded(hukum, 7, "Perubahan Susunan Tim Koordinasi", TODAY.isoformat())
    newer = hukum.page.url
    hukum.picture("act-together")
    expect(hukum.page.locator("main")).to_contain_text("berlaku bersamaan")

    hukum.page.goto("/")
    hukum.picture("home-together")
    hukum.page.get_by_role("link", name="Lihat keduanya").click()
    expect(hukum.page.locator(".m-agenda tbody tr")).to_have_count(2)

    hukum.page.goto(newer)
    hukum.page.get_by_role("link", name="Catat hubungan").click()
    hukum.page.select_option("[name=relation]", "replaces")
    hukum.page.locator("[name=other]").select_option(index=1)
    hukum.picture("relate")
    hukum.page.get_by_role("button", name="Catat hubungan").click()
    expect(hukum.page.locator("#hubungan")).to_contain_text("Mencabut dan mengganti")
    hukum.picture("act-replaces")

    hukum.page.goto("/register")
    hukum.picture("register")
    expect(hukum.page.locator(".m-agenda tbody tr").nth(1)).to_contain_text("Dicabut")
    hukum.page.goto("/")
    assert "Lihat keduanya" not in hukum.main()
    hukum.page.goto("/register")
    with hukum.page.expect_download() as sheet:
        hukum.page.get_by_role("link", name="Unduh Excel").click()
    assert sheet.value.suggested_filename.endswith(".xlsx")
    hukum.page.get_by_role("link", name="Tampilan cetak").click()
    hukum.picture("register-print")


def test_skipped_numbers_are_seen_and_made_void_and_a_series_is_set(desk: Open) -> None:
    hukum = desk("hukum")
    hukum.page.goto("/numbers")
    hukum.picture("numbers")
    hukum.page.get_by_role("link", name="keputusan", exact=True).click()
    expect(hukum.page.locator("main")).to_contain_text("terlewat")
    hukum.page.fill("[name=first]", "1")
    hukum.page.fill("[name=last]", "2")
    hukum.page.fill("[name=reason]", "Dipakai buku lama sebelum Mandat")
    hukum.page.get_by_role("button", name="Batalkan nomor").click()
    expect(hukum.page.locator("main")).to_contain_text("Dipakai buku lama sebelum Mandat")
    hukum.picture("series")

    hukum.page.get_by_role("link", name="Ubah pengaturan").click()
    hukum.page.fill("[name=pattern]", "{classification}/{number}/KPTS/{year}")
    hukum.page.get_by_role("button", name="Lihat contoh dahulu").click()
    expect(hukum.page.locator(".m-number-next").first).to_have_text(f"656.1/8/KPTS/{TODAY.year}")
    hukum.picture("series-settings")
    hukum.page.fill("[name=pattern]", "tanpa nomor")
    hukum.page.get_by_role("button", name="Simpan pengaturan").click()
    expect(hukum.page.locator(".m-errors")).to_contain_text("{number}")
    hukum.complaints.clear()  # The refusal itself is a 422.
    hukum.page.fill("[name=pattern]", "{classification}/{number}/KPTS/{year}")
    hukum.page.get_by_role("button", name="Simpan pengaturan").click()
    expect(hukum.page.locator(".m-flash")).to_contain_text("tidak berubah")
    hukum.page.get_by_role("link", name="Jejak").click()
    hukum.picture("series-trail")
