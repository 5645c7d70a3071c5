"""Each rule of the form check: a document that breaks it is told so at its place, and a good one is not."""

from dataclasses import replace
from datetime import date

import pytest

from governance.documents.form import RULES
from governance.documents.form_case import Finding
from governance.documents.signer_names import Block
from governance.documents.text import Article, Chapter, Clause, Dictum, DocumentText, Item, Part
from governance.mandates.regulations import Citation
from governance.notices.form_wording import FORM_SENTENCES
from tests.governance.documents import samples
from tests.governance.documents.forms import (
    REGULATION,
    REPORT,
    Change,
    chapters,
    decree,
    found_in,
    ground,
    instead,
    line,
    moved,
    printed,
    regulation,
    regulation_ground,
    report,
    without,
)

GOOD = decree()
TITLE = GOOD.title
SEALED = replace(GOOD, number="1", date="2 Maret 2020", draft_mark=False)
CONCLUDED = GOOD.considerations[-1]
LIST = ("menyusun rencana; dan", "melaporkan hasil.")


def cited(text: str, at: int = 1) -> DocumentText:
    """The decree with one more legal basis."""
    more = Citation(key="", text=text, complete=True, how_sure="read")
    return replace(GOOD, citations=(*GOOD.citations[:at], more, *GOOD.citations[at:]))


def reasons(*texts: str) -> DocumentText:
    """The decree with these considerations before the conclusion."""
    letters = {1: "huruf a", 2: "huruf a dan huruf b"}[len(texts)]
    return replace(GOOD, considerations=(*texts, CONCLUDED.replace("huruf a, huruf b, dan huruf c", letters)))


def dictum(index: int, text: str, *items: str, label: str = "") -> DocumentText:
    """The decree with another dictum at that index."""
    one = Dictum(label or GOOD.dictums[index].label, text, items)
    return replace(GOOD, dictums=(*GOOD.dictums[:index], one, *GOOD.dictums[index + 1 :]))


def titled(title: str) -> DocumentText:
    """The decree with another title, in all its places."""
    return replace(
        GOOD,
        title=title.upper(),
        considerations=(*GOOD.considerations[:-1], f"{CONCLUDED.partition(' tentang ')[0]} tentang {title};"),
        decides=f"KEPUTUSAN BUPATI TENTANG {title}.".upper(),
    )


def articled(*clauses: Clause) -> DocumentText:
    """The regulation with a fourth article."""
    return regulation(chapters=chapters(Article("Pasal 4", clauses)))


def member(role: str, office: str) -> Change:
    """The row of a role names another office."""
    return instead(f">{office_of(role)}<", f">{office}<", after=f">{role}<")


def office_of(role: str) -> str:
    rows = GOOD.annexes[0].rows
    return next(row[1] for row in rows if row[0] == role)


# Rule -> the file that breaks it, and the place that is named.
ON_PAPER: dict[str, tuple[bytes, str]] = {
    "parts.missing": (printed(GOOD, without("MEMUTUSKAN"), without("Menetapkan")), "Naskah"),
    "parts.order": (printed(GOOD, moved(">Mengingat<", before=">Menimbang<")), "Naskah"),
    "parts.unknown": (printed(GOOD, line("Teks selundupan.", after="MEMUTUSKAN:")), "Naskah"),
    "title.annex": (printed(GOOD, instead("PEMBENTUKAN", "PERUBAHAN", after="LAMPIRAN II<")), "Lampiran II"),
    "grace.strange": (
        printed(GOOD, line("DENGAN RAHMAT TUHAN YANG MAHA ESA", style="FTentang", after="TENTANG")),
        "Kepala naskah",
    ),
    "office.comma": (printed(GOOD, instead("BUPATI SERANG,", "BUPATI SERANG", after="Ditetapkan di")), "Penutup"),
    "reasons.lettering": (printed(GOOD, instead(">b.<", ">c.<", after=">Menimbang<")), "Menimbang huruf b"),
    "bases.mark": (printed(GOOD, instead(";<", "<", after=">3.<")), "Mengingat angka 3"),
    "bases.numbering": (printed(GOOD, instead(">4.<", ">5.<", after=">Mengingat<")), "Mengingat angka 4"),
    "decided.form": (printed(GOOD, instead("MEMUTUSKAN:", "M E M U T U S K A N :")), "MEMUTUSKAN"),
    "annexes.heading": (printed(GOOD, instead("LAMPIRAN II<", "LAMPIRAN 2<")), "Lampiran"),
    "annexes.head": (printed(GOOD, instead(">TENTANG<", ">PERIHAL<", after="LAMPIRAN II<")), "Lampiran II"),
    "annexes.head_mark": (
        printed(GOOD, instead("TAHUN 2020<", "TAHUN 2020.<", after="LAMPIRAN I<")),
        "Lampiran I",
    ),
    "closing.unmarked": (
        printed(GOOD, lambda document: document.replace('<w:rStyle w:val="FPejabatPenandaTangan"/>', "")), "Penutup"),
    "annexes.closed": (printed(GOOD, instead("BUPATI SERANG,", "Kepala Dinas,", after="URAIAN TUGAS")), "Lampiran II"),
    "annexes.head_number": (
        printed(SEALED, instead(">1<", ">9<", after="LAMPIRAN I<")),
        "Lampiran I",
    ),
    "closing.rank": (printed(GOOD, line("NIP 197001011990031001", after="NAMA PEJABAT")), "Penutup"),
    "itself.other_body": (
        printed(regulation(), line("KESATU : Membentuk tim.", after=">Menetapkan<"), template=REGULATION),
        "Batang tubuh",
    ),
    "team.chair": (printed(GOOD, member("Ketua", "Asisten Administrasi Umum")), "Lampiran I"),
    "team.holder": (printed(GOOD, member("Pengarah", "Wakil Bupati Serang")), "Lampiran I"),
    "team.maximum": (printed(GOOD, instead(">Sekretaris<", ">Ketua<", after=">Ketua<")), "Lampiran I"),
}  # fmt: skip

# Rule -> the text that breaks it, and the place that is named; it is printed and read again before it is judged.
IN_WORDS: dict[str, tuple[DocumentText, str]] = {
    "parts.too_long": (dictum(3, "Tim melapor. " * 80_000), "Naskah"),
    "title.mark": (replace(GOOD, title=f"{TITLE}."), "Judul"),
    "title.capitals": (replace(GOOD, title=TITLE.title()), "Judul"),
    "title.abbreviation": (titled("Pembentukan Tim Koordinasi SPBE Tahun 2020"), "Judul"),
    "title.decided": (replace(GOOD, decides="KEPUTUSAN BUPATI TENTANG TIM LAIN."), "Menetapkan"),
    "title.concluded": (
        replace(GOOD, considerations=(*GOOD.considerations[:-1], CONCLUDED.replace("Tahun 2020", "Tahun 2021"))),
        "Menimbang huruf d",
    ),
    "title.term": (titled("Pembentukan Tim Koordinasi Pemerintah Digital Tahun 2020"), "Judul"),
    "title.terms_mixed": (
        titled("Tim Koordinasi Sistem Pemerintahan Berbasis Elektronik dan Pemerintah Digital Tahun 2020"),
        "Judul",
    ),
    "office.other": (replace(GOOD, office="BUPATI LEBAK", signer_office="BUPATI LEBAK"), "Kepala naskah"),
    "reasons.opening": (reasons("karena layanan perlu dipadukan;"), "Menimbang huruf a"),
    "reasons.mark": (reasons("bahwa layanan perlu dipadukan."), "Menimbang huruf a"),
    "reasons.sentence": (reasons("bahwa layanan belum terhubung. Layanan itu dipadukan;"), "Menimbang huruf a"),
    "reasons.letters": (
        replace(GOOD, considerations=(*GOOD.considerations[:-1], CONCLUDED.replace(", dan huruf c", ""))),
        "Menimbang huruf d",
    ),
    "reasons.conclusion": (
        replace(GOOD, considerations=(*GOOD.considerations[:-1], CONCLUDED.replace("perlu menetapkan", "dibuat"))),
        "Menimbang huruf d",
    ),
    "reasons.none": (
        replace(GOOD, considerations=(f"bahwa {CONCLUDED[CONCLUDED.index('perlu') :]}",)),
        "Menimbang",
    ),
    "reasons.only_necessary": (reasons("bahwa dipandang perlu membentuk tim;"), "Menimbang huruf a"),
    "reasons.reference": (
        reasons("bahwa layanan belum terhubung;", "bahwa keadaan sebagaimana dimaksud dalam huruf k merugikan;"),
        "Menimbang huruf b",
    ),
    "bases.order": (cited("Undang-Undang Nomor 28 Tahun 1999 tentang Penyelenggaraan Negara", 5), "Mengingat angka 6"),
    "bases.republic": (
        cited("Undang-Undang Republik Indonesia Nomor 25 Tahun 2009 tentang Pelayanan Publik"), "Mengingat angka 2"),
    "bases.article": (
        cited("Pasal 5 Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"), "Mengingat angka 2"),
    "bases.circular": (cited("Surat Edaran Menteri Dalam Negeri Nomor 1 Tahun 2019", 9), "Mengingat angka 10"),
    "bases.rank": (cited("Keputusan Bupati Serang Nomor 7 Tahun 2019 tentang Tim", 9), "Mengingat angka 10"),
    "bases.decision": (cited("Keputusan Menteri Dalam Negeri Nomor 7 Tahun 2019 tentang Tim", 9), "Mengingat angka 10"),
    "bases.double": (replace(GOOD, citations=(*GOOD.citations[:3], *GOOD.citations[2:])), "Mengingat angka 4"),
    "bases.unknown": (
        cited("Peraturan Presiden Nomor 999 Tahun 2018 tentang Karangan", 6), "Mengingat angka 7"),
    "bases.revoked": (
        cited("Peraturan Pemerintah Nomor 82 Tahun 2012 tentang Penyelenggaraan Sistem dan Transaksi Elektronik", 3),
        "Mengingat angka 4",
    ),
    "bases.not_yet": (
        cited("Peraturan Menteri Komunikasi dan Informatika Nomor 4 Tahun 2024 tentang Urusan", 9),
        "Mengingat angka 10",
    ),
    "bases.unsure": (
        cited("Undang-Undang Nomor 14 Tahun 1950 tentang Pemerintahan Daerah Kabupaten", 0), "Mengingat angka 1"),
    "bases.gazette": (
        cited("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", 1), "Mengingat angka 2"),
    "bases.local_gazette": (
        cited("Peraturan Daerah Kabupaten Serang Nomor 11 Tahun 2016 tentang Perangkat Daerah", 9),
        "Mengingat angka 10",
    ),
    "bases.wording": (
        cited("Undang-Undang Nomor 25 Tahun 2009 tentang Layanan (Lembaran Negara Republik Indonesia Tahun 2009"
              " Nomor 112, Tambahan Lembaran Negara Republik Indonesia Nomor 5038)"), "Mengingat angka 2"),
    "bases.incomplete": (cited("Peraturan Menteri X Nomor [lengkapi] Tahun 2019 tentang Y", 9), "Mengingat angka 10"),
    "decides.form": (replace(GOOD, decides=GOOD.decides.rstrip(".")), "Menetapkan"),
    "decides.kind": (replace(GOOD, decides=GOOD.decides.replace("KEPUTUSAN", "PERATURAN", 1)), "Menetapkan"),
    "dictums.order": (replace(GOOD, dictums=(GOOD.dictums[0], *GOOD.dictums[2:])), "KETIGA"),
    "dictums.double": (dictum(2, GOOD.dictums[2].text, *GOOD.dictums[2].items, label="KEDUA"), "KEDUA"),
    "dictums.first": (dictum(0, GOOD.dictums[0].text, label="PERTAMA"), "PERTAMA"),
    "dictums.empty": (dictum(3, ""), "KEEMPAT"),
    "dictums.full_stop": (dictum(3, "Tim melapor kepada Bupati"), "KEEMPAT"),
    "dictums.list_marks": (dictum(3, "Tim:", "menyusun rencana, dan", "melaporkan hasil."), "KEEMPAT huruf a"),
    "dictums.reference": (dictum(3, "Tim sebagaimana dimaksud dalam Diktum KESEPULUH melapor."), "KEEMPAT"),
    "itself.other_kind": (dictum(3, "Tim melaksanakan Peraturan Bupati ini."), "KEEMPAT"),
    "validity.start": (dictum(5, "Keputusan ini berakhir pada tanggal 31 Desember 2020."), "KEENAM"),
    "validity.end": (dictum(5, "Keputusan ini mulai berlaku pada tanggal ditetapkan."), "KEENAM"),
    "validity.end_first": (
        dictum(5, "Keputusan ini mulai berlaku pada tanggal ditetapkan dan berakhir pada tanggal 31 Januari 2020."),
        "KEENAM",
    ),
    "validity.backdated": (
        dictum(5, "Keputusan ini mulai berlaku pada tanggal 2 Januari 2020 dan berakhir pada tanggal 31 Mei 2020."),
        "KEENAM",
    ),
    "budget.year": (dictum(4, "Biaya dibebankan pada anggaran daerah Tahun Anggaran 2018."), "KELIMA"),
    "annexes.numbering": (
        replace(GOOD, annexes=(GOOD.annexes[0], replace(GOOD.annexes[1], heading="LAMPIRAN III"))), "Lampiran III"),
    "annexes.unused": (dictum(1, "Tim bertugas menurut peraturan."), "Lampiran II"),
    "annexes.reference": (dictum(3, "Tim melapor menurut Lampiran V."), "KEEMPAT"),
    "annexes.inseparable": (dictum(1, "Tugas Tim tercantum dalam Lampiran II."), "KEDUA"),
    "annexes.order": (
        replace(GOOD, dictums=(replace(GOOD.dictums[0], text=GOOD.dictums[1].text),
                               replace(GOOD.dictums[1], text=GOOD.dictums[0].text), *GOOD.dictums[2:])), "Lampiran I"),
    "annexes.title": (
        replace(GOOD, annexes=(replace(GOOD.annexes[0], title="Susunan Tim"), GOOD.annexes[1])), "Lampiran I"),
    "annexes.list_marks": (
        replace(GOOD, annexes=(GOOD.annexes[0], replace(GOOD.annexes[1], parts=(
            Part("A. Tugas", "Ketua bertugas:", ("memimpin rapat", "melaporkan hasil.")),)))),
        "Lampiran II, A. Tugas, butir 1",
    ),
    "annexes.row_twice": (
        replace(GOOD, annexes=(replace(GOOD.annexes[0], rows=GOOD.annexes[0].rows + GOOD.annexes[0].rows[-1:]),
                               GOOD.annexes[1])), "Lampiran I"),
    "closing.office": (replace(GOOD, signer_office="KEPALA DINAS"), "Penutup"),
    "closing.titles": (replace(GOOD, signer_name="Dr. NAMA PEJABAT, M.Si."), "Penutup"),
    "closing.placeless": (replace(GOOD, place=None), "Penutup"),
    "closing.nameless": (replace(GOOD, signer_name=None), "Penutup"),
    "copies.marks": (replace(GOOD, copies=("Gubernur Banten", "Yang bersangkutan.")), "Tembusan angka 1"),
    "copies.double": (replace(GOOD, copies=("Gubernur Banten;", "Gubernur Banten.")), "Tembusan"),
    "sealing.early": (replace(GOOD, number="188/1/2020"), "Judul"),
    "sealing.missing": (replace(GOOD, number="188/1/2020", draft_mark=False), "Penutup"),
    "words.wali_kota": (dictum(3, "Tim berkoordinasi dengan Walikota."), "KEEMPAT"),
    "words.number": (dictum(3, "Tim melapor dalam 5 (enam) hari kerja."), "KEEMPAT"),
    "words.day": (dictum(3, "Tim melapor mulai 02/03/2020."), "KEEMPAT"),
    "words.no_such_day": (dictum(3, "Tim melapor pada tanggal 31 Februari 2020."), "KEEMPAT"),
    "words.twice": (dictum(3, GOOD.dictums[4].text), "KELIMA"),
    "words.gap": (dictum(3, "Tim melapor kepada ........ setiap bulan."), "KEEMPAT"),
    "words.left_over": (dictum(3, "Tim melapor kepada ${head_office}."), "KEEMPAT"),
}  # fmt: skip

# The same for a Peraturan.
IN_REGULATIONS: dict[str, tuple[DocumentText, str]] = {
    "grace.missing": (regulation(grace=None), "Kepala naskah"),
    "chapters.order": (
        regulation(chapters=(replace(chapters()[0], label="BAB II"), chapters()[1])), "BAB II"),
    "chapters.filled": (regulation(chapters=(*chapters(), Chapter("BAB III", "KOSONG", ()))), "BAB III"),
    "articles.order": (
        regulation(chapters=chapters(Article("Pasal 5", (Clause("", "Cukup."),)))), "Pasal 5"),
    "articles.filled": (articled(), "Pasal 4"),
    "articles.clauses": (articled(Clause("(1)", "Satu."), Clause("(3)", "Tiga.")), "Pasal 4"),
    "articles.reference": (articled(Clause("", "Sebagaimana dimaksud dalam Pasal 2 ayat (7).")), "Pasal 4"),
    "articles.list_marks": (
        articled(Clause("", "Daerah:", (Item("satu,"), Item("dua.")))), "Pasal 4 huruf a"),
    "articles.start": (
        regulation(chapters=(chapters()[0], Chapter("BAB II", "PENUTUP", chapters()[1].articles[:1]))),
        "Batang tubuh",
    ),
    "closing.formula": (regulation(formula="Agar diketahui."), "Penutup"),
    "closing.promulgation": (regulation(promulgation=None), "Pengundangan"),
}  # fmt: skip


def findings_of(rule: str) -> tuple[Finding, ...]:
    """What the check says of the document that breaks the rule."""
    if rule == "closing.holder":
        return found_in(printed(GOOD), replace(ground(), signer=Block("Plh. BUPATI SERANG", "NAMA LAIN")))
    if rule == "team.minimum":
        later = date(2026, 11, 22)
        text = samples.text("jombang", later, members=[{"role": "ketua", "post": "setda"}])
        return found_in(printed(text), ground("jombang", later))
    if rule in ON_PAPER:
        return found_in(ON_PAPER[rule][0])
    if rule in IN_REGULATIONS:
        return found_in(printed(IN_REGULATIONS[rule][0], template=REGULATION), regulation_ground())
    return found_in(printed(IN_WORDS[rule][0]))


PLACES = {rule: place for table in (ON_PAPER, IN_WORDS, IN_REGULATIONS) for rule, (_what, place) in table.items()}
PLACES["closing.holder"] = "Penutup"
PLACES["team.minimum"] = "Lampiran I"


def test_every_rule_has_a_document_that_breaks_it_and_a_sentence() -> None:
    keys = [rule.key for rule in RULES]
    assert len(keys) == len(set(keys))
    assert set(PLACES) == set(keys)
    assert {f"form.{key}" for key in keys} == set(FORM_SENTENCES)


@pytest.mark.parametrize("rule", [rule.key for rule in RULES])
def test_a_broken_rule_is_told_at_its_place(rule: str) -> None:
    told = [finding for finding in findings_of(rule) if finding.rule == rule]
    assert PLACES[rule] in [finding.place.name for finding in told], findings_of(rule)
    for finding in told:
        assert finding.source
        assert FORM_SENTENCES[finding.wording] % Lenient(finding.params)


class Lenient(dict[str, object]):
    """A parameter a sentence has and a finding lacks shows as a dash, as it is told."""

    def __missing__(self, name: str) -> str:
        return "–"


GOOD_ONES = {
    "a Keputusan": (printed(GOOD), ground()),
    "a Keputusan that is numbered and dated": (printed(SEALED), ground()),
    "a Keputusan of which nothing is known but its day": (printed(GOOD), ground(None, kind=None)),
    "a Peraturan": (printed(regulation(), template=REGULATION), regulation_ground()),
    "a report": (printed(report(), template=REPORT), regulation_ground()),
}


@pytest.mark.parametrize("good", GOOD_ONES)
def test_a_good_document_breaks_no_rule_at_all(good: str) -> None:
    assert found_in(*GOOD_ONES[good]) == ()
