"""Guided drafting in a real browser: last year's document opens the new one, only what is missing is asked, a signer's
comment is answered where it belongs, and the draft goes back."""

import re

from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.served import Desk

COMMENT = "Sebut sumber pendanaan lain yang sah."
ANSWER = "Sudah ditambahkan pada Biaya."


def opened(author: Desk, year: int) -> str:
    """A new draft of the coordination team's decree; its address."""
    author.page.goto("/documents/new?kind=coordination_team_decree")
    author.page.fill("[name=year]", str(year))
    author.page.get_by_role("button", name="Buat dan lanjut menyusun").click()
    author.page.wait_for_url(re.compile(r"/documents/\d+/draft"))
    return author.page.url.removesuffix("/draft")


def initialled(by: Desk, address: str) -> None:
    by.page.goto(f"{address}/decide")
    by.page.get_by_role("button", name="Bubuhkan paraf").click()
    expect(by.page.locator(".m-flash")).to_contain_text("Diparaf")


def test_a_new_draft_from_last_years_document_to_its_second_submission(desk: Open) -> None:
    author, legal = desk("diskominfo"), desk("hukum")
    first = opened(author, 2027)
    changes_the_meetings(author)
    second = opened(author, 2028)
    sees_where_values_come_from(author)
    fills_in_what_is_missing(author)
    looks_it_through_and_submits(author, second)
    initialled(author, second)
    comments_and_returns(legal, second)
    answers_and_submits_again(author, second)
    initialled(author, second)
    reads_the_answer(legal, second)
    assert first != second


def changes_the_meetings(author: Desk) -> None:
    author.page.locator("#bagian-work > summary").click()
    author.page.locator("[name='fields.meetings.0']").fill("Tim rapat setiap awal bulan.")
    expect(author.page.locator("#tersimpan")).to_contain_text(re.compile(r"Tersimpan \d\d"))
    expect(author.page.locator("#f-meetings-s")).to_have_text("Diisi sendiri")


def sees_where_values_come_from(author: Desk) -> None:
    """The carried section is folded, with its value and its source; what is missing is open and comes first."""
    work = author.page.locator("#bagian-work")
    expect(work).not_to_have_attribute("open", "")
    expect(work.locator("summary")).to_contain_text("Tim rapat setiap awal bulan, dan 2 lagi")
    expect(work.locator("summary")).to_contain_text("Rancangan terakhir jenis ini tahun 2027")
    expect(work.locator("[name='fields.meetings.0']")).to_be_hidden()
    author.picture("draf-yang-kurang")


def fills_in_what_is_missing(author: Desk) -> None:
    author.page.locator("#bagian-budget > summary").focus()
    author.page.keyboard.press("Enter")
    author.page.locator("[name='fields.budget']").fill("")
    author.page.get_by_role("button", name="Simpan draf").last.click()
    budget = author.page.locator("section#bagian-budget")
    expect(budget).to_contain_text("Sumber anggaran belum diisi")
    author.picture("draf-kurang-anggaran")
    author.page.locator("[name='fields.budget']").fill("APBD Tahun Anggaran 2028")
    author.page.get_by_role("button", name="Simpan draf").last.click()
    expect(author.page.locator("details#bagian-budget summary")).to_contain_text("APBD Tahun Anggaran 2028")
    expect(author.page.locator("details#bagian-budget summary")).to_contain_text("Diisi sendiri")


def looks_it_through_and_submits(author: Desk, address: str) -> None:
    author.page.goto(f"{address}/review")
    expect(author.page.get_by_role("heading", level=1)).to_have_text("Telaah sebelum diajukan")
    expect(author.page.locator("main")).to_contain_text("Nama penanda tangan kosong")
    author.picture("telaah")
    author.page.get_by_role("button", name="Ajukan").click()
    expect(author.page.locator(".m-flash")).to_contain_text("Diajukan")


def comments_and_returns(legal: Desk, address: str) -> None:
    legal.page.goto(f"{address}/decide")
    legal.page.get_by_label("Bagian", exact=True).select_option("dictums.KELIMA")
    legal.page.get_by_label("Komentar", exact=True).fill(COMMENT)
    legal.page.get_by_role("button", name="Beri komentar").click()
    expect(legal.page.locator("#komentar")).to_contain_text(COMMENT)
    legal.picture("komentar-pemaraf")
    legal.page.locator("#kembalikan [name=reason]").fill("Lihat komentar pada KELIMA.")
    legal.page.get_by_role("button", name="Kembalikan rancangan").click()
    expect(legal.page.locator(".m-flash")).to_contain_text("Dikembalikan")


def answers_and_submits_again(author: Desk, address: str) -> None:
    author.page.goto(f"{address}/draft")
    budget = author.page.locator("section#bagian-budget")
    expect(budget).to_contain_text(COMMENT)
    author.page.get_by_role("button", name="Ajukan").click()
    expect(author.page.locator(".m-errors")).to_contain_text("pada KELIMA belum dijawab")
    author.complaints = [one for one in author.complaints if "422" not in one]
    author.picture("draf-komentar")
    author.page.locator("section#bagian-budget").get_by_label("Jawaban Anda").fill(ANSWER)
    author.page.get_by_role("button", name="Simpan jawaban").click()
    expect(author.page.locator("#bagian-budget")).to_contain_text(ANSWER)
    author.page.get_by_role("button", name="Ajukan").click()
    expect(author.page.locator(".m-flash")).to_contain_text("Draf diajukan")


def reads_the_answer(legal: Desk, address: str) -> None:
    legal.page.goto(f"{address}/decide")
    expect(legal.page.locator("#komentar")).to_contain_text(ANSWER)
    expect(legal.page.locator("#komentar")).to_contain_text("revisi 1")
