"""How LibreOffice prints a decree: F4, within its margins, numbered, no heading left alone."""

import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.governance.documents import samples

pytestmark = pytest.mark.libreoffice
POINT = 25.4 / 72  # millimetres
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
LONG = "kata yang panjang sekali untuk mengisi halaman " * 40


@dataclass(frozen=True)
class Word:
    """A printed word; its box in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Page:
    """A printed page, in millimetres."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def printed(data: bytes, folder: Path) -> list[Page]:
    return pages_of(samples.converted(data, "pdf", folder), folder)


def pages_of(pdf: bytes, folder: Path) -> list[Page]:
    """What stands on each page of a PDF, and where."""
    file = folder / "naskah.pdf"
    file.write_bytes(pdf)
    return printed_file(file)


def printed_file(file: Path) -> list[Page]:
    boxes = subprocess.run(["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True, timeout=60)
    pages = []
    for part in boxes.stdout.decode().split("<page ")[1:]:
        width, height = (float(size) * POINT for size in re.findall(r'(?:width|height)="([\d.]+)"', part)[:2])
        words = [Word(*(float(side) * POINT for side in sides), text) for *sides, text in WORD.findall(part)]
        pages.append(Page(width, height, tuple(words)))
    return pages


def many_members(count: int) -> list[dict[str, str]]:
    return [{"role": "anggota", "office": f"Kepala Dinas Contoh Nomor {number}"} for number in range(count)]


DECREES = {
    "serang 2020": lambda: samples.draft("serang"),
    "jombang 2020": lambda: samples.draft("jombang"),
    "serang 2026": lambda: samples.draft("serang", date(2026, 11, 22)),
    "provinsi 2026": lambda: samples.draft("provinsi_contoh", date(2026, 11, 22)),
    "90 members": lambda: samples.draft(members=many_members(90)),
    "long texts": lambda: samples.draft(considerations=[LONG, "x" * 4000], reports=[LONG], budget=LONG),
}


@pytest.mark.parametrize("name", DECREES)
def test_the_decree_prints_on_f4_without_overflow(name: str, tmp_path: Path) -> None:
    pages = printed(DECREES[name](), tmp_path)
    assert len(pages) >= 4
    for number, page in enumerate(pages, 1):
        require_f4(page)
        require_within_margins(page)
        heading = [word.text for word in page.words if word.top < 20 and word.text != "RANCANGAN"]
        assert heading == ([] if number == 1 else ["-", str(number), "-"])
        require_not_only_a_signature(page)


def require_f4(page: Page) -> None:
    assert page.width == pytest.approx(215, abs=0.5)
    assert page.height == pytest.approx(330, abs=0.5)


def require_within_margins(page: Page) -> None:
    for word in page.words:
        assert word.left >= 25 - 0.5, word
        assert word.right <= 215 - 19 + 0.7, word
        assert word.bottom <= 330 - 22 + 1, word
        assert word.top >= 9, word


def require_not_only_a_signature(page: Page) -> None:
    """Something of the text stands above each signature."""
    body = [word for word in page.words if word.top > 20]
    assert body[0].text != "Ditetapkan"
    assert not (body[0].text == "BUPATI" and len(body) < 10)


def test_the_page_number_stands_in_the_middle(tmp_path: Path) -> None:
    page = printed(samples.draft(), tmp_path)[1]
    dashes = [word for word in page.words if word.top < 20 and word.text == "-"]
    assert (dashes[0].left + dashes[-1].right) / 2 == pytest.approx(25 + 171 / 2, abs=0.5)


def test_the_header_row_is_repeated_and_rows_are_counted(tmp_path: Path) -> None:
    pages = [page for page in printed(samples.draft(members=many_members(90)), tmp_path) if "Contoh Nomor" in page.text]
    assert len(pages) >= 3
    for page in pages:
        header = next(word for word in page.words if word.text == "Kedudukan")
        row = {word.text for word in page.words if abs(word.top - header.top) < 1}
        assert row == {"No.", "Kedudukan", "dalam", "Tim", "Jabatan"}
    assert "90." in pages[-1].text


def test_the_columns_stand_where_they_should(tmp_path: Path) -> None:
    words = printed(samples.draft(), tmp_path)[0].words
    label = next(word for word in words if word.text == "Menimbang")
    line = [word for word in words if abs(word.top - label.top) < 1]
    assert [word.text for word in line[:4]] == ["Menimbang", ":", "a.", "bahwa"]
    for word, expected in zip(line, (0, 27.5, 32.5, 42.5), strict=False):
        assert word.left - 25 == pytest.approx(expected, abs=1)


def test_annexes_begin_on_their_own_pages_at_the_upper_right(tmp_path: Path) -> None:
    pages = printed(samples.draft(), tmp_path)
    heads = [page for page in pages if any(word.text == "LAMPIRAN" for word in page.words)]
    assert len(heads) == 2
    for page in heads:
        first = next(word for word in page.words if word.top > 20)
        assert first.text == "LAMPIRAN"
        assert first.left - 25 == pytest.approx(88, abs=1)


def test_a_page_that_holds_annex_text_closes_with_a_signature(tmp_path: Path) -> None:
    whole = " ".join(page.text for page in printed(samples.draft(), tmp_path))
    assert whole.count("BUPATI SERANG,") == 4
