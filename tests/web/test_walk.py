"""The whole walk in a real browser, from the first draft to every office's inbox; pictures stay in instance/walk/."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.web.served import Desk

pytestmark = pytest.mark.chromium

Open = Callable[..., Desk]
KIND = "coordination_team_decree"
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
REASON = "Sumber anggaran belum menyebut tahun."
# One act of each further group, as a region has them on paper.
ON_PAPER = {
    "2": "spbe_roadmap",
    "3": "spbe_architecture",
    "4": "audit_team_decree",
    "5": "self_assessment_report",
}
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def today() -> date:
    """The institution's day."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def written(day: date) -> str:
    """A day as pages write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def opened(author: Desk) -> str:
    """A new draft; its address."""
    author.page.goto("/documents/new")
    author.page.select_option("[name=kind]", KIND)
    author.page.fill("[name=year]", str(today().year))
    author.page.get_by_role("button", name="Buat dan lanjut menyusun").click()
    author.page.wait_for_url(re.compile(r"/documents/\d+/draft"))
    return author.page.url.removesuffix("/draft")


def submitted(author: Desk, address: str) -> None:
    author.page.goto(f"{address}/draft")
    author.page.get_by_role("button", name="Ajukan", exact=True).click()
    expect(author.page.locator(".m-flash")).to_contain_text("Draf diajukan")


def decided(by: Desk, address: str, button: str, said: str) -> None:
    """From the list on the home page to the decision."""
    by.page.goto("/")
    by.page.locator(f'.m-wait a.btn[href^="{address[address.index("/documents") :]}"]').click()
    by.page.get_by_role("button", name=button).click()
    expect(by.page.locator(".m-flash")).to_contain_text(said)


def initialled(desk: Open, address: str) -> None:
    """By everyone before the Sekda."""
    for username in ("diskominfo", "hukum", "asisten"):
        decided(desk(username), address, "Bubuhkan paraf", "Diparaf")


@pytest.mark.parametrize("mode", ["embedded", "production"], indirect=True, scope="module")
def test_from_the_law_to_every_offices_inbox(desk: Open, tmp_path: Path) -> None:
    author = desk("diskominfo")
    author.picture("beranda-diskominfo")
    address = drafts_with_autosave(author)
    submitted(author, address)
    author.picture("dokumen-diajukan")
    decided(author, address, "Bubuhkan paraf", "Diparaf")
    legal = desk("hukum")
    legal_initials(legal, address)
    second = returned_and_submitted_again(author, legal)
    compares_the_revisions(author, second)
    decided(desk("asisten"), address, "Bubuhkan paraf", "Diparaf")
    approves_on_a_phone(desk("sekda", width=390), address)
    number = enacts_with_a_scan(legal, address, tmp_path)
    acknowledges(desk("dinkes"), number)
    sees_the_receipt(author, address)
    enters_the_letter(author, tmp_path)
    records_what_is_on_paper(author)
    sees_five_groups(desk("bupati"))
    reads_the_trail(author, address, second)
    sees_the_other_pages(author)


def drafts_with_autosave(author: Desk) -> str:
    author.page.goto("/documents/new")
    author.picture("dokumen-baru")
    address = opened(author)
    author.picture("draf")
    author.unfold("validity")
    author.page.fill("#f-effective_to", f"{today().year + 1}-12-31")
    author.unfold("closing")
    author.page.fill("#f-place", "Anyer")
    expect(author.page.locator("#tersimpan")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))
    expect(author.page.locator("#lembar")).to_contain_text("Ditetapkan di Anyer")
    author.page.reload()
    expect(author.page.locator("#f-place")).to_have_value("Anyer")
    return address


def legal_initials(legal: Desk, address: str) -> None:
    legal.page.goto(f"{address}/decide")
    expect(legal.page.locator(".m-sheet").first).to_contain_text("Ditetapkan di Anyer")
    legal.picture("putuskan-hukum")
    decided(legal, address, "Bubuhkan paraf", "Diparaf")


def returned_and_submitted_again(author: Desk, legal: Desk) -> str:
    address = opened(author)
    submitted(author, address)
    decided(author, address, "Bubuhkan paraf", "Diparaf")
    legal.page.goto(f"{address}/decide")
    legal.page.fill("[name=reason]", REASON)
    legal.page.get_by_role("button", name="Kembalikan rancangan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Dikembalikan")
    author.page.goto("/inbox")
    expect(author.page.locator("main")).to_contain_text(REASON)
    author.page.goto(f"{address}/draft")
    expect(author.page.locator("main")).to_contain_text(REASON)
    author.picture("draf-dikembalikan")
    author.unfold("budget")
    author.page.fill("#f-budget", "Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran berjalan")
    expect(author.page.locator("#tersimpan")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))
    submitted(author, address)
    return address


def compares_the_revisions(author: Desk, address: str) -> None:
    author.page.goto(address)
    author.page.get_by_role("link", name="Bandingkan revisi").click()
    older, newer = (author.page.locator(f"li[data-fate=changed] .m-cmp-{side}") for side in ("old", "new"))
    expect(older).to_be_visible()
    expect(newer.locator("ins").first).to_contain_text("berjalan")
    expect(newer.locator("del").first).to_be_hidden()
    author.picture("perbandingan")
    author.page.get_by_label("Tampilan").select_option("inline")
    author.page.get_by_role("button", name="Bandingkan", exact=True).click()
    expect(older).to_be_hidden()
    expect(newer.locator("del").first).to_be_visible()
    with author.page.expect_download() as download:
        author.page.get_by_role("link", name="Unduh dengan perubahan terlacak").click()
    assert download.value.suggested_filename.endswith("-r1-r2-terlacak.docx")


def approves_on_a_phone(sekda: Desk, address: str) -> None:
    sekda.page.goto("/")
    assert sekda.heading() == "Satu hal menunggu Anda"
    sekda.picture("beranda-sekda")
    sekda.page.goto(f"{address}/decide")
    sekda.picture("putuskan-sekda")
    bar = sekda.page.locator(".m-bar.is-sticky")
    expect(bar).to_be_in_viewport()
    decided(sekda, address, "Setujui konsep", "Konsep disetujui")
    sekda.page.goto("/")
    expect(sekda.page.locator("main a[href$='/decide']")).to_have_count(0)
    sekda.picture("beranda-sekda-kosong")


def enacts_with_a_scan(legal: Desk, address: str, folder: Path) -> str:
    scan = folder / "bertanda-tangan.pdf"
    scan.write_bytes(SCAN)
    legal.page.goto(f"{address}/enact")
    legal.picture("catat-penetapan")
    legal.page.fill("[name=signed_on]", today().isoformat())
    legal.page.set_input_files("[name=scan]", scan)
    legal.page.get_by_role("button", name="Catat penetapan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Penetapan dicatat")
    number = f"656.1/Kep. 1-Huk.Diskominfo/{today().year}"
    expect(legal.page.locator(".m-head")).to_contain_text(number)
    expect(legal.page.locator(".m-sheet").first).to_contain_text(number)
    expect(legal.page.locator(".m-sheet[data-mark]")).to_have_count(0)
    legal.picture("ditetapkan")
    return number


def acknowledges(office: Desk, number: str) -> None:
    notice = office.page.locator(".m-inbox a", has_text=number).filter(has_text="kantor Anda diminta")
    for _ in range(60):
        office.page.goto("/inbox")
        if notice.count():
            break
        office.page.wait_for_timeout(500)
    office.picture("kotak-masuk-dinkes")
    notice.first.click()
    expect(office.page).to_have_url(re.compile(r"/tasks/\d+$"))
    expect(office.page.locator("main")).to_contain_text(number)
    office.picture("tugas")
    office.page.get_by_role("button", name="Terima tugas").click()
    expect(office.page.locator(".m-story")).to_contain_text("diterima")
    office.picture("tugas-diterima")
    office.page.goto("/")
    office.picture("beranda-dinkes")


def sees_the_receipt(author: Desk, address: str) -> None:
    author.page.goto(address)
    expect(receipts(author)).to_have_count(1)
    author.picture("dokumen-tanda-terima")
    author.page.goto("/tasks")
    expect(receipts(author)).to_have_count(1)
    author.picture("tugas-diskominfo")


def receipts(author: Desk) -> Locator:
    """The tasks that Dinas Kesehatan has acknowledged."""
    return author.page.locator("tr", has_text="Dinas Kesehatan").locator("[data-state=accepted]")


def enters_the_letter(author: Desk, folder: Path) -> None:
    scan = folder / "surat.pdf"
    scan.write_bytes(SCAN)
    year, begins, ends = today().year, today() + timedelta(10), today() + timedelta(20)
    author.page.goto(f"/deadlines?year={year}")
    expect(author.page.locator("main tbody")).to_contain_text("Perkiraan")
    author.picture("tenggat-perkiraan")
    author.page.get_by_role("link", name="Catat surat evaluasi").first.click()
    author.picture("surat-evaluasi")
    author.page.get_by_label("Evaluasi", exact=True).check()
    author.page.fill("[name=number]", "B/117/M.SM.04/2026")
    author.page.fill("[name=date]", today().isoformat())
    author.page.set_input_files("[name=scan]", scan)
    for field in author.page.locator("[name^='stage.']:not([name*='.again.'])").all():
        last = (field.get_attribute("name") or "").endswith("end")
        field.fill((ends if last else begins).isoformat())
    author.page.get_by_role("button", name="Catat surat").click()
    expect(author.page.locator(".m-flash")).to_contain_text("Surat dicatat")
    expect(author.page.locator("main")).to_contain_text("B/117/M.SM.04/2026")
    moved = stages(author).filter(has_text=f"{written(begins)} sampai {written(ends)}")
    for _ in range(60):  # The dates follow the letter by a job of the worker's.
        if moved.count():
            break
        author.page.wait_for_timeout(500)
        author.page.reload()
    expect(moved).to_have_count(1)
    expect(moved).not_to_contain_text("Perkiraan")
    author.picture("tenggat")
    reports_a_stage(author)


def stages(author: Desk) -> Locator:
    """The row of the evaluation's first stage with a window; what else the law asks stands around it."""
    return author.page.locator("main tbody tr").filter(has_text="Penilaian mandiri")


def reports_a_stage(author: Desk) -> None:
    stages(author).get_by_role("link", name="Penilaian mandiri", exact=True).click()
    author.page.fill("[name=how]", "Surat pengantar 400/12")
    author.page.get_by_role("button", name="Laporkan terpenuhi").click()
    expect(author.page.locator("main")).to_contain_text("Surat pengantar 400/12")
    expect(author.page.locator("main [data-state=met]").first).to_be_visible()


def records_what_is_on_paper(author: Desk) -> None:
    author.page.goto("/documents/record")
    author.picture("catat-yang-sudah-ada")
    for group, kind in ON_PAPER.items():
        author.page.goto(f"/documents/record?kind={kind}")
        author.page.fill("[name=title]", f"Dokumen kelompok {group}")
        author.page.fill("[name=number]", f"{group}/Kep. {group}/2026")
        author.page.fill("[name=signed_on]", today().isoformat())
        author.page.get_by_role("button", name="Catat dokumen").click()
        expect(author.page.locator(".m-flash")).to_contain_text("dihitung dalam lima kelompok")


def sees_five_groups(head: Desk) -> None:
    head.page.goto("/")
    groups = head.page.locator(".m-groups > section")
    expect(groups).to_have_count(5)
    for group in groups.all():
        expect(group.locator("[data-state=in_force]").first).to_contain_text("Berlaku")
    expect(groups.nth(1)).to_contain_text("Pilihan, tidak wajib")
    head.picture("beranda-bupati")


def reads_the_trail(author: Desk, address: str, second: str) -> None:
    author.page.goto(f"{address}/trail")
    lines = "\n".join(reversed(author.page.locator(".m-trail li b").all_inner_texts()))
    steps = ("membuka draf", "menyimpan draf", "mengajukan", "memaraf", "memaraf", "memaraf", "menyetujui konsep")
    assert re.search(".*".join((*steps, "mencatat penetapan", "membagikan tugas")), lines, re.DOTALL), lines
    author.picture("jejak")
    author.page.goto(f"{second}/trail")
    expect(author.page.locator("main")).to_contain_text(f"mengembalikan: {REASON}")


def sees_the_other_pages(author: Desk) -> None:
    for name, where in {"dokumen": "/documents", "kotak-masuk": "/inbox", "akun": "/account"}.items():
        author.page.goto(where)
        author.picture(name)
    author.page.get_by_role("button", name="English").click()
    author.page.goto("/")
    author.picture("beranda-inggris")
    author.page.get_by_role("button", name="Bahasa Indonesia").click()
