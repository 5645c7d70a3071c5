"""A circular to forty offices in a browser: every state a copy can have, the chase list, a sheet, a link."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.web.conftest import Open
from tests.web.served import Desk, Served

pytestmark = pytest.mark.chromium

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
DUE, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=21)
MORE = 23  # beside the seventeen that the demonstration has: forty are asked


def written(served: Served, *statements: str) -> None:
    """What no page does: more offices, and time that has passed."""
    with closing(sqlite3.connect(served.folder / "mandat.db", timeout=30)) as database, database:
        for statement in statements:
            database.execute(statement)


def forty_offices(served: Served) -> None:
    for number in range(1, MORE + 1):
        key, name = f"opd{number:02}", f"Dinas Contoh {number:02}"
        unit = f"SELECT id, '{key}', '{name}', '{name}' FROM institution WHERE key = 'serang'"  # noqa: S608
        post = f"SELECT institution_id, id, '{key}', 'Kepala {name}', 'service' FROM unit WHERE key = '{key}'"  # noqa: S608
        written(
            served,
            f"INSERT INTO unit (institution_id, key, name, short) {unit}",
            f"INSERT INTO post (institution_id, unit_id, key, title, role) {post}",
        )


def opened(desk: Desk) -> Page:
    """The office's task, which is read by that."""
    desk.page.goto("/tasks")
    desk.page.get_by_role("link", name=re.compile("Mengisi daftar aplikasi")).first.click()
    expect(desk.page.locator("main h1")).to_contain_text("Mengisi daftar aplikasi")
    return desk.page


def states(asker: Desk, round_: str) -> dict[str, int]:
    """How many copies stand where, as the round's page shows it."""
    asker.page.goto(round_)
    shown = asker.page.locator("tbody .m-state").evaluate_all("all => all.map(one => one.dataset.state)")
    return {state: shown.count(state) for state in set(shown)}


def copy_of(asker: Desk, round_: str, office: str) -> Page:
    asker.page.goto(round_)
    asker.page.get_by_role("link", name=office, exact=True).click()
    return asker.page


def filled_in(form: Path, *rows: tuple[str, ...]) -> Path:
    book = load_workbook(form)
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            book["Isian"].cell(number, place).value = value
    book.save(form)
    return form


def test_a_circular_to_forty_offices(desk: Open, served: Served, tmp_path: Path) -> None:
    forty_offices(served)
    asker = desk("diskominfo")
    round_ = asked_of_all(asker)
    assert states(asker, round_) == {"received": 40}
    declined_and_passed_on(desk, asker, round_)
    given_time(desk, asker, round_)
    by_sheet(desk, asker, round_, tmp_path)
    by_link(desk, asker, round_)
    page = copy_of(asker, round_, "Dinas Contoh 02")
    page.get_by_text("Alihkan, tetap minta, atau batalkan").click()
    page.fill("#f-words-alih", "Sudah digabung dengan dinas lain")
    page.get_by_role("button", name="Batalkan").click()
    found = states(asker, round_)
    assert found == {"received": 35, "accepted": 1, "declined": 1, "verified": 1, "handed_in": 1, "cancelled": 1}
    chased(served, asker)
    assert states(asker, round_)["late"] == 35


def asked_of_all(asker: Desk) -> str:
    page = asker.page
    page.goto("/tasks/new?source=circular&place=angka+2")
    page.fill("[name=what]", "mengisi daftar aplikasi")
    page.fill("[name=why]", "Surat Edaran Sekretaris Daerah Nomor 5")
    page.fill("[name=due_on]", DUE.isoformat())
    page.get_by_label("Aplikasi", exact=True).check()
    page.get_by_label("Semua perangkat daerah (40)").check()
    asker.picture("circular-new")
    page.get_by_role("button", name="Kirim permintaan").click()
    page.wait_for_url(re.compile(r"/tasks/asked/\d+$"))
    expect(page.locator("main h1")).to_contain_text("Mengisi daftar aplikasi")
    asker.picture("circular-asked")
    return page.url


def declined_and_passed_on(desk: Open, asker: Desk, round_: str) -> None:
    page = opened(desk("dinkes"))
    expect(page.locator(".m-facts .m-state")).to_have_attribute("data-state", "read")
    assert states(asker, round_) == {"received": 39, "read": 1}
    page.get_by_text("Minta perpanjangan atau tolak").click()
    page.locator("details[open] [name=words]").fill("Aplikasi kami dikelola pihak lain")
    page.get_by_role("button", name="Tolak tugas").click()
    expect(page.locator(".m-facts .m-state")).to_have_attribute("data-state", "declined")
    asker.page.goto("/inbox")
    expect(asker.page.locator("main")).to_contain_text("Aplikasi kami dikelola pihak lain")


def given_time(desk: Open, asker: Desk, round_: str) -> None:
    office = desk("disdik", width=390)
    page = opened(office)
    page.get_by_role("button", name="Terima tugas").click()
    page.get_by_text("Minta perpanjangan atau tolak").click()
    page.locator("details[open] [name=until]").fill(LATER.isoformat())
    page.locator("details[open] [name=words]").fill("Menunggu data dari sekolah")
    page.get_by_role("button", name="Minta perpanjangan").click()
    expect(page.locator("main")).to_contain_text("diminta dan belum dijawab")
    follow = copy_of(asker, round_, "Dinas Pendidikan dan Kebudayaan")
    follow.get_by_role("button", name="Beri perpanjangan").click()
    expect(follow.locator(".m-flash")).to_contain_text("Perpanjangan diberikan")
    page.goto("/inbox")
    expect(page.locator("main")).to_contain_text("memberi waktu sampai")


def by_sheet(desk: Open, asker: Desk, round_: str, folder: Path) -> None:
    office = desk("dishub")
    page = opened(office)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Unduh templat Excel")).click()
    form = folder / "aplikasi.xlsx"
    download.value.save_as(form)
    filled_in(form, ("SIPKB", "Uji berkala", "khusus", "hidup"), ("E-Parkir", "", "khusus", "beroperasi"))
    page.locator("[name='applications.sheet']").set_input_files(form)
    page.get_by_role("button", name="Serahkan", exact=True).click()
    errors = page.locator(".m-errors")
    for cell in ('D2 (Keadaan): "hidup"', "H2 (Kode sumber dimiliki) kosong", "B3 (Kegunaan) kosong"):
        expect(errors).to_contain_text(cell)
    expect(page.locator("[name='applications.0.name']")).to_have_value("SIPKB")
    office.complaints.clear()  # The refusal itself is a 422.
    office.picture("circular-sheet-wrong")
    right = ("beroperasi", "", "", "", "ya", "tidak")
    filled_in(form, ("SIPKB", "Uji berkala", "khusus", *right), ("E-Parkir", "Retribusi", "khusus", *right))
    page.locator("[name='applications.sheet']").set_input_files(form)
    page.get_by_role("button", name="Serahkan", exact=True).click()
    expect(page.locator(".m-facts .m-state")).to_have_attribute("data-state", "handed_in")
    follow = copy_of(asker, round_, "Dinas Perhubungan")
    expect(follow.locator("main")).to_contain_text("Aplikasi: 2 baris")
    follow.fill("#f-words-periksa", "Lengkapi pembuatnya")
    follow.get_by_role("button", name="Kembalikan").click()
    assert states(asker, round_)["returned"] == 1
    page.reload()
    expect(page.locator("main")).to_contain_text("Lengkapi pembuatnya")
    page.fill("[name='applications.0.maker']", "Vendor")
    page.get_by_role("button", name="Serahkan", exact=True).click()
    follow = copy_of(asker, round_, "Dinas Perhubungan")
    follow.get_by_role("button", name="Nyatakan lengkap").click()
    assert states(asker, round_)["verified"] == 1


def by_link(desk: Open, asker: Desk, round_: str) -> None:
    page = copy_of(asker, round_, "Dinas Contoh 01")
    page.get_by_role("link", name="Buat tautan penyerahan").click()
    page.get_by_role("button", name="Buat tautan").click()
    asker.picture("circular-link-made")
    address = page.locator(".m-hash").first.inner_text()
    stranger = desk("siapa pun", width=390, signed_in=False)
    door = stranger.page
    door.goto(address[address.index("/h/") :])
    stranger.picture("circular-link")
    door.fill("[name=name]", "Ani, Kasubag Program")
    door.fill("[name='applications.0.name']", "SIMPEG")
    door.get_by_role("button", name="Serahkan", exact=True).click()
    expect(door.locator(".m-errors")).to_contain_text("B2 (Kegunaan) kosong")
    stranger.complaints.clear()
    door.fill("[name='applications.0.function']", "Kepegawaian")
    choices = {"kind": "umum", "state": "beroperasi", "source_kept": "ya", "integrated": "tidak"}
    for name, word in choices.items():
        door.select_option(f"[name='applications.0.{name}']", word)
    door.get_by_role("button", name="Serahkan", exact=True).click()
    expect(door.locator("main h1")).to_have_text("Sudah diserahkan")
    stranger.picture("circular-link-used")
    follow = copy_of(asker, round_, "Dinas Contoh 01")
    expect(follow.locator("main")).to_contain_text("Ani, Kasubag Program, melalui tautan")


def chased(served: Served, asker: Desk) -> None:
    """Two weeks later by the database's clock: who still has something to do is late, and nobody else."""
    past = (TODAY - timedelta(days=7)).isoformat()
    written(served, f"UPDATE task SET due_on = '{past}' WHERE due_on = '{DUE.isoformat()}'")  # noqa: S608
    page = asker.page
    page.goto("/tasks/late")
    expect(page.locator("main h1")).to_have_text("35 tugas terlambat")
    expect(page.locator("main")).not_to_contain_text("Dinas Pendidikan dan Kebudayaan")
    asker.picture("circular-late")
    page.get_by_role("button", name="Ingatkan semua di daftar ini").click()
    expect(page.locator(".m-flash")).to_contain_text("35 yang terlambat diingatkan")
    page.select_option("[name=unit]", label="Dinas Contoh 07")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator("main h1")).to_have_text("1 tugas terlambat")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Unduh Excel").click()
    rows = list(
        load_workbook(BytesIO(sheet.value.path().read_bytes())).worksheets[0].iter_rows(min_row=2, values_only=True)
    )
    assert [row[0] for row in rows] == ["Dinas Contoh 07"]
