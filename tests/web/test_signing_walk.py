"""The electronic way in a real browser: number first, signed on a telephone, checked by a stranger with his file."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from tests.web.served import Desk, Served
from tests.web.test_accessible import FAULTS
from tests.web.test_walk import Open, decided, initialled, opened, submitted, today

pytestmark = [pytest.mark.chromium, pytest.mark.libreoffice]
NOT_ELECTRONIC = "bukan tanda tangan elektronik: tidak ada tanda tangan elektronik di dalamnya"


@pytest.fixture(scope="module")
def surroundings(national_service: Service) -> dict[str, str]:
    """With the signing service's client set."""
    return national_service.environment


def test_from_the_reserved_number_to_a_strangers_check(
    desk: Open, national_service: Service, served: Served, tmp_path: Path
) -> None:
    author, legal = desk("diskominfo"), desk("hukum")
    address = opened(author)
    submitted(author, address)
    initialled(desk, address)
    decided(desk("sekda"), address, "Setujui konsep", "Konsep disetujui")
    number = prepares(legal, address)
    signs_on_a_phone(desk("bupati", width=390), address, national_service, number)
    file = reads_the_document(author, address, tmp_path)
    passes_pdfsig(file)
    a_stranger_checks(desk("siapa pun", width=390, signed_in=False), author, address, file)
    nothing_secret_stays(served)


def prepares(legal: Desk, address: str) -> str:
    legal.page.goto(f"{address}/enact")
    legal.picture("catat-penetapan-tiga-cara")
    legal.page.get_by_role("link", name="Siapkan tanda tangan elektronik").click()
    legal.picture("siapkan-tanda-tangan")
    assert legal.page.evaluate(FAULTS) == []
    legal.page.check("#f-way-national")
    legal.page.get_by_role("button", name="Cadangkan nomor dan siapkan PDF").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Nomor dicadangkan")
    expect(legal.page.get_by_role("link", name="Unduh PDF untuk ditandatangani")).to_be_visible(timeout=60_000)
    legal.picture("menunggu-tanda-tangan")
    assert legal.page.evaluate(FAULTS) == []
    return legal.page.locator(".m-head .m-number").inner_text()


def signs_on_a_phone(signer: Desk, address: str, service: Service, number: str) -> None:
    signer.page.goto("/")
    expect(signer.page.locator("main")).to_contain_text("Diminta: tanda tangan elektronik Anda.")
    signer.page.locator(".m-wait a.btn", has_text="Baca dan tanda tangani").click()
    expect(signer.page.locator(".m-head")).to_contain_text(number)
    expect(signer.page.locator(".m-stamp").first).to_have_text(re.compile("Belum ditandatangani", re.IGNORECASE))
    signer.picture("tanda-tangani")
    assert signer.page.evaluate(FAULTS) == []
    name = signer.page.locator(".m-sheet").first.inner_text().splitlines()
    assert name
    service.signer = signers.official(signer.page.locator("form[autocomplete=off] span[lang=id]").first.inner_text())
    signer.page.fill("[name=nik]", NIK)
    signer.page.fill("[name=passphrase]", "keliru-sekali")
    signer.page.get_by_role("button", name="Tanda tangani dan tetapkan").click()
    expect(signer.page.locator(".m-errors")).to_contain_text("Frasa sandi salah menurut layanan")
    expect(signer.page.locator("[name=nik]")).to_have_value("")
    signer.picture("tanda-tangani-ditolak")
    signer.complaints.clear()  # The refusal itself is a 409.
    signer.page.fill("[name=nik]", NIK)
    signer.page.fill("[name=passphrase]", PASSPHRASE)
    signer.page.get_by_role("button", name="Tanda tangani dan tetapkan").dblclick()
    expect(signer.page.locator(".m-flash")).to_contain_text("Ditandatangani secara elektronik", timeout=30_000)
    assert service.signed == 1


def reads_the_document(author: Desk, address: str, folder: Path) -> Path:
    author.page.goto(address)
    expect(author.page.locator("#h-ttd")).to_be_visible()
    expect(author.page.locator(".m-way")).to_contain_text("layanan nasional")
    author.picture("dokumen-bertanda-tangan-elektronik")
    assert author.page.evaluate(FAULTS) == []
    with author.page.expect_download() as download:
        author.page.get_by_role("link", name="PDF bertanda tangan elektronik").click()
    place = folder / "bertanda-tangan.pdf"
    download.value.save_as(place)
    return place


def passes_pdfsig(file: Path) -> None:
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said, said
    assert "Total document signed" in said, said
    pages = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert "Ditandatangani secara elektronik oleh" in pages


def a_stranger_checks(stranger: Desk, author: Desk, address: str, file: Path) -> None:
    link = author.page.get_by_role("link", name="Halaman pemeriksaan untuk umum").get_attribute("href") or ""
    stranger.page.goto(link)
    assert "berlaku" in stranger.heading()
    expect(stranger.page.locator("main")).to_contain_text("Ya: Tanda tangan elektronik lewat layanan nasional.")
    stranger.picture("periksa-dokumen")
    assert stranger.page.evaluate(FAULTS) == []
    checks(stranger, file, "Sama persis dengan PDF bertanda tangan elektronik yang dicatat.")
    stranger.picture("periksa-berkas-sama")
    assert stranger.page.evaluate(FAULTS) == []
    changed = file.with_name("berubah.pdf")
    changed.write_bytes(signers.backdated(file.read_bytes()))
    checks(stranger, changed, "isi berkas berubah sesudah ditandatangani")
    stranger.picture("periksa-berkas-berubah")
    plain = file.with_name("hanya-qr.pdf")
    plain.write_bytes(signers.page("QR"))
    checks(stranger, plain, NOT_ELECTRONIC)
    stranger.picture("periksa-hanya-qr")
    stranger.page.goto(f"/v/{'0' * 32}")
    assert stranger.heading() == "Tidak ada dokumen dengan kode ini"
    stranger.picture("kode-tidak-dikenal")
    stranger.complaints.clear()  # The unknown code itself is a 404.


def checks(stranger: Desk, file: Path, said: str) -> None:
    stranger.page.set_input_files("[name=file]", file)
    stranger.page.get_by_role("button", name="Bandingkan").click()
    expect(stranger.page.locator("#hasil")).to_contain_text(said)


def nothing_secret_stays(served: Served) -> None:
    """Database, logs, files and whatever else the running program has written."""
    kept = [path for path in served.folder.rglob("*") if path.is_file()]
    assert any(path.name == "said" for path in kept)
    for path in kept:
        data = path.read_bytes()
        assert NIK.encode() not in data, path.name
        assert PASSPHRASE.encode() not in data, path.name


def test_a_pdf_signed_elsewhere_comes_back_by_its_page(desk: Open, tmp_path: Path) -> None:
    author, legal = desk("diskominfo"), desk("hukum")
    address = opened(author)
    submitted(author, address)
    initialled(desk, address)
    decided(desk("sekda"), address, "Setujui konsep", "Konsep disetujui")
    legal.page.goto(f"{address}/signing")
    legal.page.check("#f-way-pdf")
    legal.page.fill("[name=signed_on]", today().isoformat())
    legal.page.get_by_role("button", name="Cadangkan nomor dan siapkan PDF").click()
    ready = legal.page.get_by_role("link", name="Unduh PDF untuk ditandatangani")
    expect(ready).to_be_visible(timeout=60_000)
    legal.picture("unggah-bertanda-tangan")
    with legal.page.expect_download() as download:
        ready.click()
    prepared = tmp_path / "siap.pdf"
    download.value.save_as(prepared)
    legal.page.reload()
    legal.page.set_input_files("[name=file]", prepared)
    legal.page.get_by_role("button", name="Periksa dan tetapkan").click()
    expect(legal.page.locator(".m-errors")).to_contain_text("Tidak ada tanda tangan elektronik dalam PDF ini.")
    legal.picture("unggah-ditolak")
    legal.complaints.clear()  # The refusal itself is a 422.
    name = legal.page.locator("#h-berkas + div > p span[lang=id]").first.inner_text().rpartition(", ")[2]
    signed = tmp_path / "bertanda-tangan.pdf"
    signed.write_bytes(signers.signed(prepared.read_bytes(), signers.official(name), box=(60, 60, 200, 120)))
    legal.page.set_input_files("[name=file]", signed)
    legal.page.get_by_role("button", name="Periksa dan tetapkan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("diperiksa dan sah")
    expect(legal.page.locator(".m-way")).to_contain_text("dalam PDF yang diunggah")
    passes_pdfsig(signed)
