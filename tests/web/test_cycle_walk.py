"""A year's assessment in a browser, from its setting up to its closing: who works on it, and what it comes to."""

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from config.settings import ROOT
from tests.web.conftest import Open
from tests.web.served import Desk, Served
from workflows.seeding_cycle import one_page

pytestmark = pytest.mark.chromium

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
INSTRUMENT = "permenpanrb-59-2020"
AT_THREE = {*map(str, range(11, 21)), *map(str, range(42, 47))}  # they weigh 40 of 100: with the rest at 2, 2.40
ASSESSOR, ANSWERABLE = "hukum", "asisten"
HREFS = "all => all.map(one => one.getAttribute('href'))"
# Five offices: the level that each offers for, and why the assessor gives it back; "" where it is accepted.
OFFERS = {
    "bappeda": (1, ""),
    "inspektorat": (1, ""),
    "bkpsdm": (1, "wrong_object"),
    "organisasi": (1, "not_uploaded"),
    "diskominfo": (2, "lower_level_open"),
}


def test_a_cycle_from_its_opening_to_its_closing(desk: Open, served: Served, tmp_path: Path) -> None:
    runs = desk("diskominfo")
    cycle = set_up(runs)
    names_the_parts(runs, cycle)
    opens(runs, cycle)
    items: dict[str, str] = {}
    for username in OFFERS:
        items[username] = offers(desk(username), cycle, set(items.values()), tmp_path)
    judges(desk(ASSESSOR), cycle, items)
    mends(desk("bkpsdm"), cycle, items["bkpsdm"], tmp_path)
    accepts(desk(ASSESSOR), cycle)
    rates(desk(ASSESSOR), cycle)
    sees_the_index_and_the_path(runs, cycle)
    drafts_the_report(runs, cycle)
    takes_the_zip(runs, cycle, items, tmp_path)
    open_form = desk(ASSESSOR)
    open_form.page.goto(f"{cycle}/scores?enter=self")  # Still open when the cycle is closed.
    hands_on(runs, cycle)
    is_held_up(desk(ANSWERABLE), cycle)
    records_what_was_signed(runs, cycle, tmp_path)
    closes(desk(ANSWERABLE, width=390), cycle)
    finds_it_closed(open_form, runs, cycle, tmp_path)
    nobody_changes_it(served, cycle)


def set_up(runs: Desk) -> str:
    """From what is known of the year; the usual shares and seats come by themselves. The cycle's address."""
    page = runs.page
    page.goto("/cycles/new")
    page.select_option("[name=instrument]", INSTRUMENT)
    page.select_option("[name=round]", "evaluasi")
    page.fill("[name=target]", "2,60")
    page.fill("[name=ready_by]", (TODAY + timedelta(days=30)).isoformat())
    runs.picture("cycle-new")
    page.get_by_role("button", name="Siapkan penilaian").click()
    page.wait_for_url(re.compile(r"/cycles/\d+$"))
    expect(page.locator("main h1")).to_contain_text("sedang disiapkan")
    address = page.url
    for _ in range(40):
        if not page.get_by_text("sedang disusun; muat ulang").count():
            break
        page.wait_for_timeout(500)
        page.goto(address)
    expect(page.locator("main")).not_to_contain_text("Belum ada indikator yang dibagi")
    return address


def names_the_parts(runs: Desk, cycle: str) -> None:
    """An assistant of the Sekda answers for it, and one post rates all of it."""
    page = runs.page
    page.goto(f"{cycle}/seats")
    page.select_option("[name=answerable]", label="Asda I")
    for box in page.locator("[name=assessor]").all():
        box.uncheck()
    page.select_option("[name=add]", label="Kepala Bagian Hukum")
    page.get_by_role("button", name="Simpan peran").click()
    expect(page.locator(".m-flash")).to_be_visible()


def opens(runs: Desk, cycle: str) -> None:
    """The offices get their tasks, and who takes a part is told."""
    page = runs.page
    page.goto(cycle)
    runs.picture("cycle-prepared")
    page.get_by_role("button", name="Buka dan kirim tugas").click()
    expect(page.locator("main h1")).to_contain_text("sedang berjalan")


def offers(office: Desk, cycle: str, taken: set[str], folder: Path) -> str:
    """A file for the first of the office's indicators that is free, laid before the assessors; its key."""
    level = OFFERS[office.username][0]
    item = first_item(office, cycle, taken)
    upload(office, cycle, item, level, folder)
    page = office.page
    page.goto(f"{cycle}/evidence")
    page.get_by_role("button", name=re.compile(r"Ajukan \d+ draf")).click()
    expect(page.locator(".m-flash")).to_be_visible()
    return item


def first_item(office: Desk, cycle: str, taken: set[str]) -> str:
    """From the office's own page, which its tasks lead to, to an indicator of its own."""
    page = office.page
    for _ in range(40):
        page.goto("/my-indicators")
        links = page.locator(f'main a[href*="{cycle[cycle.index("/cycles") :]}/items/"]')
        keys = [one.split("/items/")[1].split("/")[0].split("?")[0] for one in links.evaluate_all(HREFS)]
        if free := [key for key in keys if key not in taken]:
            return str(free[0])
        page.wait_for_timeout(500)
    raise AssertionError(f"{office.username} has no indicator")


def upload(office: Desk, cycle: str, item: str, level: int, folder: Path) -> None:
    """One file, its page and what it shows."""
    file = folder / f"{office.username}-{item}-{level}-{len(list(folder.iterdir()))}.pdf"
    file.write_bytes(one_page(f"{file.stem}: bukti"))
    page = office.page
    page.goto(f"{cycle}/items/{item}/evidence?level={level}&code=I{item}-L{level}-01")
    page.set_input_files("[name=file]", file)
    page.fill("[name=pointer]", "hlm. 1")
    page.fill("[name=explanation]", f"Bukti indikator {item} tingkat {level}")
    page.get_by_role("button", name="Simpan sebagai draf").click()
    expect(page.locator(".m-flash")).to_contain_text("draf")


def judges(assessor: Desk, cycle: str, items: dict[str, str]) -> None:
    """Two accepted, three given back, each for a reason of its own; each office reads why."""
    page = assessor.page
    page.goto(f"{cycle}/evidence")
    expect(page.locator("#antrean article")).to_have_count(len(OFFERS))
    assessor.picture("cycle-queue")
    for username, (level, reason) in OFFERS.items():
        page.goto(f"{cycle}/evidence")
        offered = page.locator("#antrean article").filter(has_text=f"{username}-{items[username]}-{level}-")
        offered.get_by_role("link", name=re.compile("^Lihat")).click()
        if not reason:
            page.get_by_role("button", name=re.compile("^Terima")).click()
        else:
            page.locator(f"[name=reason][value={reason}]").check()
            page.locator("#nilai [name=words]").fill(f"Perbaiki: {reason}")
            page.locator("#nilai").get_by_role("button", name=re.compile("^Kembalikan")).click()
        expect(page.locator(".m-flash")).to_be_visible()
    page.goto(f"{cycle}/evidence")
    expect(page.locator("#antrean article")).to_have_count(0)


def mends(office: Desk, cycle: str, item: str, folder: Path) -> None:
    """The office reads in its inbox what was wrong, and offers another file."""
    page = office.page
    page.goto("/inbox")
    expect(page.locator("main")).to_contain_text("Perbaiki: wrong_object")
    upload(office, cycle, item, 1, folder)
    page.goto(f"{cycle}/evidence")
    page.get_by_role("button", name=re.compile(r"Ajukan \d+ draf")).click()
    expect(page.locator(".m-flash")).to_be_visible()


def accepts(assessor: Desk, cycle: str) -> None:
    page = assessor.page
    page.goto(f"{cycle}/evidence")
    page.locator("#antrean article").get_by_role("button", name=re.compile("^Terima")).click()
    expect(page.locator(".m-flash")).to_be_visible()


def rates(assessor: Desk, cycle: str) -> None:
    """The self-assessment of all 47 indicators, in one form."""
    page = assessor.page
    page.goto(f"{cycle}/scores?enter=self")
    values = page.locator("#isi-nilai input[name$='.value']")
    for field in values.all():
        key = (field.get_attribute("name") or "").removesuffix(".value")
        field.fill("3" if key in AT_THREE else "2")
    assert values.count() == 47
    page.get_by_role("button", name="Catat nilai").click()
    expect(page.locator(".m-flash")).to_be_visible()
    assessor.picture("cycle-scores")


def sees_the_index_and_the_path(runs: Desk, cycle: str) -> None:
    """2.40 is provisional and 0.20 short; the cheapest path reaches the target, and says that this is a simulation."""
    page = runs.page
    page.goto("/index")
    expect(page.locator("main h1")).to_contain_text("Kurang 0,20 menuju target")
    expect(page.locator("main")).to_contain_text("2,40")
    runs.picture("cycle-index")
    page.goto(f"{cycle}/path")
    expect(page.locator("main .m-stamp").first).to_contain_text(re.compile("simulasi", re.IGNORECASE))
    reached = re.search(r"eksak (\d+)/(\d+)", page.locator("#h-jalur ~ div").inner_text())
    assert reached is not None
    assert Fraction(int(reached[1]), int(reached[2])) >= Fraction(13, 5)
    assert page.locator(".m-steps li").count() >= 1
    runs.picture("cycle-path")


def drafts_the_report(runs: Desk, cycle: str) -> None:
    """The self-assessment report, from the cycle's own data."""
    page = runs.page
    page.goto(f"{cycle}/papers")
    page.locator("button[value=self_assessment_report]").click()
    page.wait_for_url(re.compile(r"/documents/\d+/draft"))
    expect(page.locator("#lembar")).to_contain_text("2,40")
    page.goto(f"{cycle}/papers")
    expect(page.locator("main")).to_contain_text("Sama dengan data siklus sekarang")
    runs.picture("cycle-papers")


def takes_the_zip(runs: Desk, cycle: str, items: dict[str, str], folder: Path) -> None:
    """What was accepted, each file named by its code, with the words that explain it."""
    page = runs.page
    page.goto(f"{cycle}/portal")
    runs.picture("cycle-portal")
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh zip").click()
    target = folder / "portal.zip"
    download.value.save_as(target)
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    for username in ("bappeda", "inspektorat", "bkpsdm"):
        assert any(f"I{items[username]}-L1-01" in name and name.endswith(".pdf") for name in names), names
    assert not any(f"I{items['organisasi']}-L1-01" in name and name.endswith(".pdf") for name in names)


def hands_on(runs: Desk, cycle: str) -> None:
    page = runs.page
    page.goto(cycle)
    expect(page.locator("#kurang")).to_contain_text("Laporan hasil Penilaian Mandiri belum ditetapkan")
    page.locator("#f-words-report").fill("Siap diperiksa")
    page.get_by_role("button", name="Serahkan kepada penanggung jawab").click()
    expect(page.locator("main h1")).to_contain_text("menunggu penanggung jawab")
    runs.picture("cycle-handed-on")


def is_held_up(answers: Desk, cycle: str) -> None:
    """What the instrument asks is not signed yet: the way to close is not offered, and why is said."""
    page = answers.page
    page.goto("/inbox")
    expect(page.locator("main")).to_contain_text("Siap diperiksa")
    page.goto(cycle)
    for paper in ("Berita Acara Penilaian Mandiri", "Pernyataan Persetujuan Publikasi"):
        expect(page.locator("#kurang")).to_contain_text(f"{paper} belum ada")
    expect(page.get_by_role("button", name="Tutup dan bekukan")).to_have_count(0)


def records_what_was_signed(runs: Desk, cycle: str, folder: Path) -> None:
    """The minutes and the consent were signed on paper: both are recorded with their scans and linked."""
    page = runs.page
    scan = folder / "pindaian.pdf"
    scan.write_bytes(one_page("Berita acara bertanda tangan"))
    for place, kind in enumerate(("self_assessment_minutes", "publication_consent"), 1):
        page.goto(f"/documents/record?kind={kind}")
        page.fill("[name=title]", f"Naskah penilaian {place}")
        page.fill("[name=number]", f"{place}/BA/{TODAY.year}")
        page.fill("[name=signed_on]", TODAY.isoformat())
        page.set_input_files("[name=scan]", scan)
        page.get_by_role("button", name="Catat dokumen").click()
        expect(page.locator(".m-flash")).to_be_visible()
        page.goto(f"{cycle}/papers")
        choice = page.locator("[name=document] option").filter(has_text=f"Naskah penilaian {place}")
        page.select_option("[name=document]", value=choice.get_attribute("value"))
        page.get_by_role("button", name="Tautkan ke siklus ini").click()
        expect(page.locator(".m-flash")).to_contain_text("ditautkan")


def closes(answers: Desk, cycle: str) -> None:
    """On a phone."""
    page = answers.page
    page.goto(cycle)
    page.locator("#f-words-close").fill("Selesai")
    page.get_by_role("button", name="Tutup dan bekukan").click()
    expect(page.locator("main h1")).to_contain_text("sudah ditutup")
    answers.picture("cycle-closed")


def finds_it_closed(open_form: Desk, runs: Desk, cycle: str, folder: Path) -> None:
    """A form from before is refused with its reason; the page offers no move, and its file says all of it."""
    page = open_form.page
    page.locator("#isi-nilai input[name='1.value']").fill("5")
    page.get_by_role("button", name="Catat nilai").click()
    expect(page.locator("main")).to_contain_text("sudah ditutup")
    open_form.complaints.clear()  # The refusal itself is a 409.
    page = runs.page
    page.goto(cycle)
    expect(page.locator("main button")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh berkas (JSON)").click()
    file = folder / "beku.json"
    download.value.save_as(file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["computed"]["present"]["index_exact"] == "12/5"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in page.locator("main").inner_text()


def nobody_changes_it(served: Served, cycle: str) -> None:
    """Not by a statement either; and read again it is whole."""
    number = int(cycle.rsplit("/", 1)[1])
    with closing(sqlite3.connect(served.folder / "mandat.db", timeout=30)) as database:
        for statement in (
            f"UPDATE cycle SET target = '3/1' WHERE id = {number}",  # noqa: S608
            f"DELETE FROM score WHERE cycle_id = {number}",  # noqa: S608
            f"UPDATE evidence_use SET state = 'accepted' WHERE cycle_id = {number}",  # noqa: S608
        ):
            with pytest.raises(sqlite3.IntegrityError, match="closed"):
                database.execute(statement)
            database.rollback()
    words = ["cycle", "verify", str(TODAY.year), "--institution", "serang"]
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=served.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.rstrip().endswith("utuh")
