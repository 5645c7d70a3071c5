"""One decree through a real government in a real browser: parallel initials, a return, a Plh. Sekda, an electronic
signature, publication, a stranger's check, and the decree that ends it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.esign_service import Service
from tests.web.served import Desk
from tests.web.test_accessible import FAULTS
from tests.web.test_signing_walk import passes_pdfsig, prepares, reads_the_document, signs_on_a_phone
from tests.web.test_walk import KIND, SCAN, Open, decided, opened, submitted, today

pytestmark = [pytest.mark.chromium, pytest.mark.libreoffice]
NOTES = "Sebut sumber anggarannya dengan tahunnya."


@pytest.fixture(scope="module")
def surroundings(national_service: Service) -> dict[str, str]:
    """With the signing service's client set."""
    return national_service.environment


def test_a_decree_from_parallel_initials_to_the_one_that_revokes_it(
    desk: Open, national_service: Service, tmp_path: Path
) -> None:
    author, legal = desk("diskominfo"), desk("hukum")
    lays_a_route_with_two_at_once(legal)
    address = opened(author)
    submitted(author, address)
    initialled_by_all(desk, address)
    returned_with_notes(desk("sekda"), address)
    is_told_that_his_initial_is_void(desk("organisasi"))
    revises(author, address)
    initialled_by_all(desk, address)
    appoints_a_plh(desk("bkpsdm"))
    approves_as_plh_on_a_phone(desk("wabup", width=390), address)
    decides_nothing_meanwhile(desk("sekda"))
    number = prepares(legal, address)
    signs_on_a_phone(desk("bupati", width=390), address, national_service, number)
    passes_pdfsig(reads_the_document(author, address, tmp_path))
    publishes(legal, address)
    code = reads_as_a_stranger(desk("siapa pun", width=390, signed_in=False), author, address, number)
    revokes_it_by_a_new_one(desk, number, tmp_path)
    is_called_revoked(desk("siapa pun", width=390, signed_in=False), code)


def lays_a_route_with_two_at_once(legal: Desk) -> None:
    legal.page.goto(f"/kinds/{KIND}/route/edit")
    legal.page.select_option("[name='steps.1.asked']", "initial.coordination")
    legal.page.select_option("[name='steps.1.who.1']", "post:organisasi")
    legal.picture("rute-dua-paraf-koordinasi")
    legal.page.get_by_role("button", name="Simpan rute").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Rute disimpan")
    expect(legal.page.locator("main")).to_contain_text("Paraf koordinasi")
    assert legal.page.evaluate(FAULTS) == []


def initialled_by_all(desk: Open, address: str) -> None:
    """Bagian Organisasi before Bagian Hukum: two who are asked at once may come in any order."""
    for username in ("diskominfo", "organisasi", "hukum", "asisten"):
        decided(desk(username), address, "Bubuhkan paraf", "Diparaf")


def returned_with_notes(sekda: Desk, address: str) -> None:
    sekda.page.goto(f"{address}/decide")
    sekda.page.fill("#kembalikan [name=reason]", NOTES)
    sekda.page.get_by_role("button", name="Kembalikan rancangan").click()
    expect(sekda.page.locator(".m-flash")).to_contain_text("Dikembalikan")


def is_told_that_his_initial_is_void(signer: Desk) -> None:
    signer.page.goto("/inbox")
    told = signer.page.locator(".m-inbox li", has_text=NOTES)
    expect(told).to_contain_text("Paraf yang sudah ada gugur")
    signer.picture("paraf-gugur-diberitahukan")


def revises(author: Desk, address: str) -> None:
    author.page.goto(f"{address}/draft")
    author.unfold("budget")
    author.page.fill("#f-budget", f"Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran {today().year}")
    expect(author.page.locator("#tersimpan")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))
    submitted(author, address)


def appoints_a_plh(keeper: Desk) -> None:
    keeper.page.goto("/people")
    keeper.picture("pejabat")
    assert keeper.page.evaluate(FAULTS) == []
    keeper.page.get_by_role("link", name="Sekretaris Daerah", exact=True).click()
    person = keeper.page.locator("#f-person option", has_text="(wabup)").get_attribute("value") or ""
    keeper.page.select_option("#f-person", person)
    keeper.page.select_option("#f-manner", "plh")
    keeper.page.fill("#f-from_on", today().isoformat())
    keeper.page.fill("#f-to_on", (today() + timedelta(days=3)).isoformat())
    keeper.page.fill("#f-letter", "800.1.3.3/1207/BKPSDM")
    keeper.page.get_by_role("button", name="Catat pemegang").click()
    expect(keeper.page.locator(".m-flash")).to_contain_text("Pemegang jabatan dicatat")
    expect(keeper.page.locator("main")).to_contain_text("Pelaksana harian (Plh.)")
    keeper.picture("jabatan-dengan-plh")
    assert keeper.page.evaluate(FAULTS) == []


def approves_as_plh_on_a_phone(acting: Desk, address: str) -> None:
    acting.page.goto("/")
    expect(acting.page.locator(".m-acting")).to_contain_text("Plh. Sekretaris Daerah")
    decided(acting, address, "Setujui konsep", "Konsep disetujui")
    acting.page.goto(address)
    expect(acting.page.locator("main")).to_contain_text("Plh. Sekretaris Daerah")


def decides_nothing_meanwhile(sekda: Desk) -> None:
    sekda.page.goto("/")
    expect(sekda.page.locator("main")).to_contain_text("sedang dijalankan seorang Plh.")
    sekda.picture("beranda-sekda-digantikan")


def publishes(legal: Desk, address: str) -> None:
    legal.page.goto(f"{address}/publication")
    legal.page.get_by_role("button", name="Umumkan di JDIH").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Diumumkan di JDIH")
    legal.picture("diumumkan")


def reads_as_a_stranger(stranger: Desk, author: Desk, address: str, number: str) -> str:
    """Finds it in public, then follows its QR code; returns where that leads."""
    stranger.page.goto("/jdih/serang")
    stranger.page.get_by_role("link", name=re.compile("Tim Koordinasi")).first.click()
    expect(stranger.page.locator("main")).to_contain_text(number)
    author.page.goto(address)
    code = author.page.get_by_role("link", name="Halaman pemeriksaan untuk umum").get_attribute("href") or ""
    stranger.page.goto(code)
    assert "berlaku" in stranger.heading()
    expect(stranger.page.locator("main")).to_contain_text("Tanda tangan elektronik lewat layanan nasional")
    return code


def revokes_it_by_a_new_one(desk: Open, number: str, folder: Path) -> None:
    """The next decree of the kind proposes the dictum by itself; recorded as signed with ink, it ends the first."""
    author, legal = desk("diskominfo"), desk("hukum")
    address = opened(author)
    author.unfold("closing")
    expect(author.page.locator("#lembar")).to_contain_text(number)
    expect(author.page.locator("#lembar")).to_contain_text("dicabut dan dinyatakan tidak berlaku")
    submitted(author, address)
    initialled_by_all(desk, address)
    decided(desk("wabup", width=390), address, "Setujui konsep", "Konsep disetujui")
    scan = folder / "bertanda-tangan.pdf"
    scan.write_bytes(SCAN)
    legal.page.goto(f"{address}/enact")
    legal.page.fill("#f-signed_on", today().isoformat())
    legal.page.set_input_files("[name=scan]", scan)
    legal.page.get_by_role("button", name="Catat penetapan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Penetapan dicatat")
    expect(legal.page.locator("main")).to_contain_text("Mencabut")
    legal.picture("mencabut-yang-lama")


def is_called_revoked(stranger: Desk, code: str) -> None:
    stranger.page.goto(code)
    assert "dicabut" in stranger.heading().lower()
    stranger.picture("periksa-dicabut")
    stranger.page.goto("/jdih/serang")
    expect(stranger.page.locator("main")).to_contain_text("Dicabut")
