"""Reading a Word file back: by style, then by words, and nothing that can be seen is left out."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from governance.documents.drafting import DocumentText
from governance.documents.reading import read_document
from governance.kernel.errors import BadFile
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT

BOX = "<w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent>"
EVERYWHERE = ("serang", "jombang", "kota_contoh", "provinsi_contoh")


def as_read(text: DocumentText) -> DocumentText:
    """What a file can tell of a composed decree: no keys, no tasks, no posts."""
    citations = tuple(replace(citation, key="", how_sure="unknown", note="") for citation in text.citations)
    return replace(text, citations=citations, unit_tasks=(), member_posts=())


@pytest.mark.parametrize("on", [date(2020, 3, 2), date(2026, 11, 22)])
@pytest.mark.parametrize("institution", EVERYWHERE)
def test_what_was_written_is_read(institution: str, on: date) -> None:
    text = samples.text(institution, on, signer_name="Nama Pejabat", revokes="Keputusan Nomor 1")
    assert read_document(samples.templates().render(samples.KIND, text)) == as_read(text)


def test_a_decree_whose_styles_are_gone_is_read_by_its_words() -> None:
    text = samples.text()
    bare = samples.members_of(samples.draft())
    document = re.sub(r'<w:pStyle w:val="[^"]*"/>|<w:rStyle w:val="[^"]*"/>', "", bare[DOCUMENT].decode())
    read = read_document(samples.zipped({**bare, DOCUMENT: document}))
    for part in (
        "office",
        "province_line",
        "instrument_line",
        "title",
        "considerations",
        "decides",
        "dictums",
        "place",
    ):
        assert getattr(read, part) == getattr(text, part), part
    assert [citation.text for citation in read.citations] == [citation.text for citation in text.citations]
    assert read.copies == text.copies
    assert [annex.heading for annex in read.annexes] == ["LAMPIRAN I", "LAMPIRAN II"]
    assert read.annexes[0].rows == text.annexes[0].rows
    assert read.unread == ()


@pytest.mark.parametrize(
    "line", ["pada tanggal 5 Mei 2031", "Ditetapkan di Mars", "NOMOR 99", "Tembusan rahasia", "LAMPIRAN IX"]
)
@pytest.mark.parametrize("after", ["NOMOR", "Ditetapkan di", "Tembusan:", "SUSUNAN KEANGGOTAAN"])
def test_a_line_said_twice_is_shown_twice(line: str, after: str) -> None:
    document = samples.members_of(samples.draft())[DOCUMENT].decode()
    at = document.index("</w:p>", document.index(after)) + len("</w:p>")
    added = f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
    data = samples.zipped({**samples.members_of(samples.draft()), DOCUMENT: document[:at] + added + document[at:]})
    shown = line.removeprefix("pada tanggal ").removeprefix("Ditetapkan di ").removeprefix("NOMOR ")
    assert shown in repr(read_document(data))


def visible_words(data: bytes) -> set[str]:
    document = samples.members_of(data)[DOCUMENT].decode()
    return set(re.findall(r"\w{3,}", " ".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", document))))


@pytest.mark.parametrize("style", ["FDiktum", "FMenimbang", "FPenutup", "FLampiran", "FTidakAda", "FJudulLampiran"])
@pytest.mark.parametrize("after", ["MEMUTUSKAN:", "KESATU", "Tembusan:", "LAMPIRAN II", "SUSUNAN KEANGGOTAAN"])
def test_a_paragraph_added_anywhere_is_shown(style: str, after: str) -> None:
    document = samples.members_of(samples.draft())[DOCUMENT].decode()
    at = document.index("</w:p>", document.index(after)) + len("</w:p>")
    added = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>selundupan tersembunyi</w:t></w:r></w:p>'
    smuggled = samples.zipped({**samples.members_of(samples.draft()), DOCUMENT: document[:at] + added + document[at:]})
    assert "selundupan tersembunyi" in repr(read_document(smuggled))


def test_every_visible_word_is_read() -> None:
    data = samples.draft(on=date(2026, 11, 22))
    shown = set(re.findall(r"\w{3,}", repr(read_document(data))))
    expected = visible_words(data) - {"RANCANGAN", "tempat", "lambang", "negara"}
    labels = {"NOMOR", "TENTANG", "MEMUTUSKAN", "Menimbang", "Mengingat", "Menetapkan", "Ditetapkan", "pada", "tanggal"}
    assert expected - shown - labels - {"Tembusan"} == set()


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("MEMUTUSKAN:</w:t>", f"MEMUTUSKAN:</w:t>{BOX}", "kotak"),
        ("MEMUTUSKAN:</w:t>", "MEMUTUSKAN:</w:t><w:pict/>", "[gambar]"),
        ("MEMUTUSKAN:", "MEMUTUSKAN: kecuali", "MEMUTUSKAN: kecuali"),
        ("Ditetapkan di", "Dibuat di", "Dibuat di"),
    ],
)  # fmt: skip
def test_what_is_no_part_stands_in_the_remainder(old: str, new: str, shown: str) -> None:
    remainder = read_document(samples.changed(samples.draft(), DOCUMENT, old, new, 1)).remainder
    assert any(shown in text for text in remainder)


def test_headers_and_notes_are_shown_too() -> None:
    header = samples.changed(samples.draft(), "word/header1.xml", "RANCANGAN", "SANGAT RAHASIA")
    assert "SANGAT RAHASIA" in read_document(header).remainder


def test_deleted_text_is_skipped_and_inserted_text_is_seen() -> None:
    run = '<w:r><w:t xml:space="preserve">'
    changes = f"<w:del>{run}HAPUS</w:t></w:r></w:del><w:ins>{run}SISIP</w:t></w:r></w:ins>{run}MEMUTUSKAN:"
    read = read_document(samples.changed(samples.draft(), DOCUMENT, f"{run}MEMUTUSKAN:", changes, 1))
    assert "HAPUS" not in repr(read)
    assert "SISIP" in repr(read)


def test_controls_do_not_hide_text() -> None:
    document = samples.members_of(samples.draft())[DOCUMENT].decode()
    start = document.index("<w:p>", document.index("MEMUTUSKAN:"))
    end = document.index("</w:p>", start) + len("</w:p>")
    wrapped = f"<w:sdt><w:sdtContent>{document[start:end]}</w:sdtContent></w:sdt>"
    data = samples.zipped(
        {**samples.members_of(samples.draft()), DOCUMENT: document[:start] + wrapped + document[end:]}
    )
    assert read_document(data) == read_document(samples.draft())


def test_columns_made_of_a_table_are_read() -> None:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = (("Menimbang", ":", "a.", "bahwa satu;"), ("", "", "b.", "bahwa dua;"))
    table = "".join(f"<w:tr>{''.join(cell(text) for text in row)}</w:tr>" for row in rows)
    document = samples.members_of(samples.draft())[DOCUMENT].decode()
    start = document.rindex("<w:p>", 0, document.index("Menimbang"))
    end = document.rindex("<w:p>", 0, document.index("Mengingat"))
    made = f"{document[:start]}<w:tbl>{table}</w:tbl>{document[end:]}"
    read = read_document(samples.zipped({**samples.members_of(samples.draft()), DOCUMENT: made}))
    assert read.considerations == ("bahwa satu;", "bahwa dua;")
    assert len(read.citations) == 9


def test_what_is_missing_is_said_and_never_guessed() -> None:
    bare = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body/></w:document>"
    read = read_document(samples.zipped({DOCUMENT: bare}))
    assert set(read.unread) == {"instrument_line", "title", "considerations", "citations", "decides", "dictums"}


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", samples.zipped({"a.txt": "x"})])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        read_document(data)


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    text = samples.text(on=date(2026, 11, 22))
    saved = samples.converted(samples.templates().render(samples.KIND, text), "docx:MS Word 2007 XML", tmp_path)
    assert read_document(saved) == as_read(text)
