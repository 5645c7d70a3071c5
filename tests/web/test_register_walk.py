"""The register in a real browser: Bagian Hukum enters a Perda and a revocation; who cites it finds the way there."""

import pytest

from tests.web.conftest import Open

pytestmark = pytest.mark.chromium


def test_bagian_hukum_keeps_the_register_and_who_cites_it_is_led_there(desk: Open) -> None:
    author = desk("diskominfo")
    author.page.goto("/documents/new?kind=coordination_team_decree")
    author.page.locator("main button[type=submit]").last.click()
    author.page.wait_for_url("**/draft")

    hukum = desk("hukum")
    hukum.page.goto("/regulations")
    hukum.picture("regulations")
    hukum.page.click("text=Tambah peraturan")
    hukum.picture("regulation-new")
    hukum.page.click("text=Simpan butir")
    assert "Wajib diisi" in hukum.main()
    hukum.complaints.clear()  # The refusal itself is a 422.
    hukum.page.select_option("[name=type]", "Perda")
    hukum.page.fill("[name=number]", "3")
    hukum.page.fill("[name=year]", "2024")
    hukum.page.fill("[name=title]", "Penyelenggaraan Sistem Pemerintahan Berbasis Elektronik")
    hukum.page.fill("[name=in_force_from]", "2024-02-01")
    hukum.page.check("#f-kind-all")
    hukum.page.click("text=Simpan butir")
    assert hukum.heading() == "Peraturan Daerah Kabupaten Serang Nomor 3 Tahun 2024"
    assert "[lengkapi: Lembaran Daerah]" in hukum.main()
    hukum.picture("regulation-own")

    hukum.page.goto("/regulations/permendagri_80_2015")
    hukum.page.click("text=Catat pencabutan")
    hukum.picture("regulation-fact")
    hukum.page.select_option("[name=by]", "permendagri_77_2020")
    hukum.page.fill("[name=since]", "2026-01-02")
    hukum.page.fill("[name=source]", "Pasal penutup, contoh untuk uji coba")
    hukum.page.click("text=Simpan catatan")
    assert "sudah dicabut sejak 2 Januari 2026" in hukum.main()
    assert "Perlu ditinjau" in hukum.page.locator("#tinjau").inner_text()
    hukum.picture("regulation-revoked")
    hukum.page.click("main >> text=Jejak")
    hukum.page.go_back()

    inbox = author.page
    for _ in range(100):  # The clock process tells of it within seconds.
        inbox.goto("/inbox")
        if inbox.locator("text=dicabut dengan").count():
            break
        inbox.wait_for_timeout(200)
    inbox.click("text=dicabut dengan")
    assert "/regulations/permendagri_80_2015#tinjau" in inbox.url
    assert "Tambah peraturan" not in author.main()


def test_a_reader_finds_a_regulation_by_words_type_and_day(desk: Open) -> None:
    reader = desk("dinkes")
    reader.page.goto("/regulations")
    reader.page.fill("[name=q]", "pemerintahan daerah")
    reader.page.select_option("[name=type]", "UU")
    reader.page.click("text=Terapkan")
    assert "q=pemerintahan+daerah" in reader.page.url
    reader.page.click("text=Undang-Undang Nomor 23 Tahun 2014")
    reader.page.fill("[name=on]", "2015-01-01")
    reader.page.click("text=Tampilkan")
    assert "belum" not in reader.page.locator("#h-kutipan + div").inner_text()
    reader.picture("regulation-national")
    reader.page.goto("/regulations/permendagri_77_2020?on=2020-12-30")
    assert "31 Desember 2020" in reader.main()
    reader.picture("regulation-unknown")
