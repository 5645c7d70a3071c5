"""Documents for the tests of the form check: good ones, and what changes one of their lines on paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from governance.documents.checking import Ground, check_file
from governance.documents.form_case import Finding
from governance.documents.text import (
    Annex,
    Article,
    Chapter,
    Clause,
    DocumentText,
    Form,
    Item,
    Part,
    Promulgation,
)
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT

PLANNED = date(2020, 3, 2)
REGULATION = "spbe_governance_regulation"
REPORT = "ict_audit_internal"
Change = Callable[[str], str]
PARAGRAPH = r"<w:p>(?:(?!</w:p>).)*?</w:p>"


def ground(institution: str | None = "serang", on: date = PLANNED, kind: str | None = samples.KIND) -> Ground:
    """What a document of that institution and day is judged by."""
    return Ground(samples.law(), samples.institutions()[institution] if institution else None, kind, on)


def decree(**changes: Any) -> DocumentText:
    """A good decree of Serang in 2020, with some of its parts replaced."""
    text = samples.text(on=PLANNED, signer_name="Nama Pejabat")
    return replace(text, **changes)


def printed(text: DocumentText, *changes: Change, template: str = samples.KIND) -> bytes:
    """The Word file of a text, its document changed by hand."""
    members = samples.members_of(samples.templates().render(template, text))
    document = members[DOCUMENT].decode()
    for change in changes:
        document = change(document)
    return samples.zipped({**members, DOCUMENT: document})


def instead(old: str, new: str, *, after: str = "") -> Change:
    """The first `old` behind the first `after` becomes `new`; it must be there."""

    def change(document: str) -> str:
        at = document.index(after) + len(after) if after else 0
        found = document.index(old, at)
        return document[:found] + new + document[found + len(old) :]

    return change


def without(text: str) -> Change:
    """The first paragraph that holds the text is taken out."""
    return lambda document: document.replace(paragraph_with(document, text), "", 1)


def moved(text: str, *, before: str) -> Change:
    """The first paragraph that holds the text is put before the first one that holds `before`."""

    def change(document: str) -> str:
        taken = paragraph_with(document, text)
        document = document.replace(taken, "", 1)
        target = paragraph_with(document, before)
        return document.replace(target, taken + target, 1)

    return change


def line(text: str, *, style: str = "", after: str) -> Change:
    """A paragraph of its own behind the first one that holds `after`."""

    def change(document: str) -> str:
        target = paragraph_with(document, after)
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return document.replace(target, f"{target}<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>", 1)

    return change


def paragraph_with(document: str, text: str) -> str:
    """The first paragraph that holds the text."""
    found = next(one for one in re.finditer(PARAGRAPH, document, re.DOTALL) if text in one[0])
    return found[0]


def found_in(data: bytes, by: Ground | None = None) -> tuple[Finding, ...]:
    """The findings of a file."""
    return check_file(data, by or ground())


def regulation(**changes: Any) -> DocumentText:
    """A good Peraturan with one annex."""
    title = "PENYELENGGARAAN SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK"
    reason = "bahwa untuk menyatukan layanan pemerintahan, perlu pengaturan yang berlaku bagi semua Perangkat Daerah;"
    concluded = (
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Bupati tentang"
        " Penyelenggaraan Sistem Pemerintahan Berbasis Elektronik;"
    )
    text = DocumentText(
        form=Form.REGULATION,
        office="BUPATI SERANG",
        province_line="PROVINSI BANTEN",
        instrument_line="PERATURAN BUPATI SERANG",
        number=None,
        title=title,
        considerations=(reason, concluded),
        citations=samples.text(on=PLANNED).citations,
        decides=f"PERATURAN BUPATI TENTANG {title}.",
        dictums=(),
        place="Ciruas",
        date=None,
        signer_office="BUPATI SERANG",
        signer_name="NAMA PEJABAT",
        grace="DENGAN RAHMAT TUHAN YANG MAHA ESA",
        chapters=chapters(),
        formula="Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Bupati ini dengan penempatannya"
        " dalam Berita Daerah Kabupaten Serang.",
        promulgation=Promulgation(
            "Ciruas", None, "SEKRETARIS DAERAH KABUPATEN SERANG", None, "BERITA DAERAH KABUPATEN SERANG TAHUN", None
        ),
        annexes=(Annex("LAMPIRAN", "PETA RENCANA", parts=(Part("A. Program", "Program disusun tiap tahun."),)),),
    )
    return replace(text, **changes)


def chapters(*more: Article) -> tuple[Chapter, ...]:
    """Two chapters with three articles, and more articles at the end."""
    meant = Clause("", "Dalam Peraturan Bupati ini yang dimaksud dengan:", (Item("Daerah; dan"), Item("Bupati.")))
    annexed = Clause("(1)", "Peta rencana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari"
                            " Peraturan Bupati ini.")  # fmt: skip
    referring = Clause("(2)", "Peta rencana sebagaimana dimaksud pada ayat (1) ditinjau menurut Pasal 3.")
    start = Clause("", "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.")
    return (
        Chapter("BAB I", "KETENTUAN UMUM", (Article("Pasal 1", (meant,)),)),
        Chapter(
            "BAB II", "PENUTUP", (Article("Pasal 2", (annexed, referring)), Article("Pasal 3", (start,)), *more)
        ),
    )  # fmt: skip


def regulation_ground() -> Ground:
    """What the regulation is judged by."""
    return ground(kind=None)


def report(**changes: Any) -> DocumentText:
    """A good report: a paper that is neither Keputusan nor Peraturan."""
    text = DocumentText(
        form=Form.PAPER,
        office="INSPEKTORAT DAERAH",
        province_line=None,
        instrument_line="LAPORAN HASIL AUDIT",
        number=None,
        title="AUDIT APLIKASI LAYANAN",
        considerations=(),
        citations=(),
        decides="",
        dictums=(),
        place="Ciruas",
        date=None,
        signer_office="INSPEKTUR DAERAH",
        signer_name="NAMA PEJABAT",
        letterhead=("PEMERINTAH KABUPATEN SERANG", "INSPEKTORAT DAERAH"),
        parts=(Part("A. Lingkup", "Audit mencakup 2 (dua) aplikasi layanan."), Part("B. Hasil", "Layanan berjalan.")),
    )
    return replace(text, **changes)
