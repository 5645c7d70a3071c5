"""The form check on whole documents: good ones pass, and a bad one is told everything."""

import re
from dataclasses import replace
from datetime import date

import pytest

from governance.documents import form, kind_files
from governance.documents.checking import check_file, check_text, counted
from governance.documents.defaults import defaults
from governance.documents.drafting import compose
from governance.documents.form_case import Severity
from governance.documents.text import Dictum
from governance.kernel.errors import BadFile
from tests.governance.documents import samples
from tests.governance.documents.forms import (
    Change,
    decree,
    found_in,
    ground,
    instead,
    line,
    printed,
    without,
)
from tests.governance.documents.samples import DOCUMENT

EVERYWHERE = ("serang", "jombang", "kota_contoh", "provinsi_contoh")
DAYS = (date(2020, 3, 2), date(2024, 9, 4), date(2026, 11, 22))
LATER = date(2026, 11, 22)


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("institution", EVERYWHERE)
def test_a_good_decree_gives_no_error(institution: str, on: date) -> None:
    by = ground(institution, on)
    text = samples.text(institution, on, signer_name="Nama Pejabat")
    for findings in (
        check_text(text, by),
        found_in(printed(text), by),
        found_in(printed(text), ground(None, on, None)),
    ):
        assert [one for one in findings if one.severity is Severity.ERROR] == []


def test_a_good_decree_without_styles_gives_no_error() -> None:
    bare = samples.members_of(printed(decree()))
    document = re.sub(r'<w:[pr]Style w:val="[^"]*"/>', "", bare[DOCUMENT].decode())
    findings = found_in(samples.zipped({**bare, DOCUMENT: document}))
    assert [one for one in findings if one.severity is Severity.ERROR] == []


PP_71, UU_11 = "Peraturan Pemerintah Nomor 71 Tahun 2019", "Undang-Undang Nomor 11 Tahun 2008"
# One decree with all of these faults at once: (rule, place, the hand that did it).
PLANTED: tuple[tuple[str, str, Change], ...] = (
    ("title.abbreviation", "Judul", instead("SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK", "SPBE")),
    ("title.decided", "Menetapkan", instead("TAHUN 2026.", "TAHUN 2025.")),
    ("title.annex", "Lampiran II", instead("PEMBENTUKAN", "PERUBAHAN", after="LAMPIRAN II<")),
    ("grace.strange", "Kepala naskah", line("DENGAN RAHMAT TUHAN YANG MAHA ESA", style="FTentang", after="TENTANG")),
    ("reasons.opening", "Menimbang huruf a", instead("bahwa untuk", "untuk")),
    ("reasons.mark", "Menimbang huruf b", instead(";<", ".<", after=">b.<")),
    ("reasons.letters", "Menimbang huruf d", instead(", dan huruf c", "")),
    ("bases.republic", "Mengingat angka 2", instead("Nomor 23 Tahun 2014", "Republik Indonesia Nomor 23 Tahun 2014")),
    ("bases.order", "Mengingat angka 6", instead(f">{PP_71}", f">{UU_11}")),
    ("bases.mark", "Mengingat angka 7", instead(";<", "<", after="Peraturan Presiden Nomor 95")),
    (
        "bases.circular",
        "Mengingat angka 9",
        instead("Peraturan Menteri Dalam Negeri Nomor 77", "Surat Edaran Nomor 77"),
    ),
    ("bases.revoked", "Mengingat angka 10", instead("Nomor 4 Tahun 2024", "Nomor 8 Tahun 2019", after=">10.<")),
    ("decided.form", "MEMUTUSKAN", instead("MEMUTUSKAN:", "M E M U T U S K A N :")),
    ("annexes.unused", "Lampiran I", instead("dalam Lampiran I ", "dalam lampiran ")),
    ("dictums.reference", "KEDUA", instead("Diktum KESATU", "Diktum KESEMBILAN")),
    ("words.number", "KETIGA huruf a", instead("10 (sepuluh)", "10 (sebelas)")),
    ("words.wali_kota", "KEEMPAT", instead("kepada Bupati,", "kepada Walikota,")),
    ("dictums.order", "KEENAM", instead(">KELIMA<", ">KEENAM<")),
    ("dictums.double", "KEENAM", lambda document: document),  # what was KELIMA is KEENAM now
    ("itself.other_kind", "KEENAM", instead("ditetapkannya Keputusan ini", "ditetapkannya Peraturan ini")),
    ("budget.year", "KEENAM", instead("Tahun Anggaran 2026", "Tahun Anggaran 2019")),
    ("validity.end_first", "KEENAM", instead("31 Desember 2026", "31 Januari 2026")),
    ("office.comma", "Penutup", instead("BUPATI SERANG,", "BUPATI SERANG", after="Ditetapkan di")),
    ("sealing.early", "Judul", instead("..............................", "188/12/2026")),
    ("team.chair", "Lampiran I", instead(">Sekretaris Daerah<", ">Asisten Pemerintahan<")),
    ("annexes.closed", "Lampiran II", instead("BUPATI SERANG,", "KEPALA DINAS", after="URAIAN TUGAS")),
)
BAD = printed(samples.text("serang", LATER), *(change for _rule, _place, change in PLANTED))


@pytest.fixture(scope="module")
def told_of_the_bad_one() -> set[tuple[str, str]]:
    return {(one.rule, one.place.name) for one in found_in(BAD, ground("serang", LATER))}


def test_at_least_twenty_faults_are_planted() -> None:
    assert len({rule for rule, _place, _change in PLANTED}) >= 20


@pytest.mark.parametrize(("rule", "place"), [planted[:2] for planted in PLANTED])
def test_each_planted_fault_is_found_with_its_place(
    rule: str, place: str, told_of_the_bad_one: set[tuple[str, str]]
) -> None:
    assert (rule, place) in told_of_the_bad_one, sorted(told_of_the_bad_one)


def test_the_most_serious_come_first() -> None:
    severities = [list(Severity).index(one.severity) for one in found_in(BAD, ground("serang", LATER))]
    assert severities == sorted(severities)
    assert set(severities) == {0, 1, 2}


def test_a_bad_decree_is_found_bad_without_knowing_institution_kind_or_day() -> None:
    found = {one.rule for one in found_in(BAD, ground(None, LATER, None))}
    assert {rule for rule, _place, _change in PLANTED} <= found


@pytest.mark.parametrize(
    ("on", "severity"),
    [(date(2020, 3, 2), "note"), (date(2024, 9, 3), "note"), (date(2024, 9, 4), "error"), (LATER, "error")],
)
def test_another_chair_than_the_sekda_is_an_error_since_4_september_2024(on: date, severity: str) -> None:
    text = samples.text("jombang", on)
    wrong = printed(text, instead(">Sekretaris Daerah<", ">Asisten Pemerintahan<"))
    told = [one for one in found_in(wrong, ground("jombang", on)) if one.rule == "team.chair"]
    assert [one.severity.value for one in told] == [severity]
    assert ("Pasal 77" in told[0].source) == (severity == "error")


def test_a_revoked_regulation_is_told_with_its_successor() -> None:
    told = next(one for one in found_in(BAD, ground("serang", LATER)) if one.rule == "bases.revoked")
    assert "Nomor 4 Tahun 2024" in told.params["successor"]


def test_what_is_right_in_2020_is_wrong_in_2026() -> None:
    text = samples.text("serang", date(2020, 3, 2))
    then, now = check_text(text, ground("serang", date(2020, 3, 2))), check_text(text, ground("serang", LATER))
    assert "bases.revoked" not in {one.rule for one in then}
    assert "bases.revoked" in {one.rule for one in now}


def test_the_day_on_the_document_goes_before_the_one_planned_and_the_one_asked_before_both() -> None:
    sealed = replace(decree(), number="1", date="2 Maret 2020", draft_mark=False)
    planned = replace(ground("serang"), on=None, planned=LATER)
    assert form.errors_in(check_text(sealed, planned)) == ()
    assert "bases.revoked" in {one.rule for one in check_text(sealed, replace(planned, on=LATER))}


def test_blanks_of_a_draft_are_notes_and_of_an_enacted_decree_errors() -> None:
    blank = replace(decree(), dictums=(Dictum("KESATU", "Tim melapor kepada ........ ."), *decree().dictums[1:]))
    sealed = replace(blank, number="1", date="2 Maret 2020", draft_mark=False)
    told = [
        [one.severity.value for one in check_text(text, ground()) if one.rule == "words.gap"]
        for text in (blank, sealed)
    ]
    assert told == [["note"], ["error"]]


@pytest.mark.parametrize(
    "text",
    [
        "Keputusan ini mulai berlaku pada tanggal ditetapkan dan berakhir pada tanggal 31 Desember 2020.",
        "Keputusan ini mulai berlaku pada tanggal 2 Maret 2020 sampai dengan tanggal 31 Desember 2020.",
        "Keputusan ini berlaku sejak tanggal 5 Maret 2020 sampai dengan 31 Desember 2020.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan untuk jangka waktu 1 (satu) tahun.",
    ],
)
def test_validity_is_understood_in_its_usual_wordings(text: str) -> None:
    last = replace(decree(), dictums=(*decree().dictums[:-1], Dictum("KEENAM", text)))
    assert [one.rule for one in check_text(last, ground()) if one.rule.startswith("validity")] == []


def test_a_revoked_older_decree_does_not_count_as_backdating() -> None:
    text = "Pada saat Keputusan ini mulai berlaku, Keputusan Bupati Serang Nomor 3 tanggal 4 Mei 2018 dicabut."
    more = replace(decree(), dictums=(*decree().dictums, Dictum("KETUJUH", text)))
    assert "validity.backdated" not in {one.rule for one in check_text(more, ground())}


@pytest.mark.parametrize(
    "text",
    [
        "Tim memperhatikan Lampiran V Peraturan Menteri Dalam Negeri Nomor 80 Tahun 2015.",
        "Tim memperhatikan Diktum KESEPULUH Keputusan Bupati Serang Nomor 5 Tahun 2019.",
    ],
)
def test_what_stands_in_another_regulation_is_not_looked_for_here(text: str) -> None:
    other = replace(decree(), dictums=(*decree().dictums[:3], Dictum("KEEMPAT", text), *decree().dictums[4:]))
    assert {one.rule for one in check_text(other, ground())} & {"annexes.reference", "dictums.reference"} == set()


def test_an_annex_alone_has_no_number() -> None:
    alone = replace(decree(), annexes=decree().annexes[:1])
    assert "annexes.numbering" in {one.rule for one in check_text(alone, ground())}
    named = replace(decree(), annexes=(replace(decree().annexes[0], heading="LAMPIRAN"),))
    assert "annexes.numbering" not in {one.rule for one in check_text(named, ground())}


def test_findings_are_counted_by_severity() -> None:
    assert counted(check_text(replace(decree(), signer_name=None), ground())) == {"error": 0, "warning": 0, "note": 1}


def test_a_missing_title_is_told_and_nothing_falls() -> None:
    found = found_in(printed(decree(), without("PEMBENTUKAN TIM")))
    assert "parts.missing" in {one.rule for one in found}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", samples.zipped({"a.txt": b"x"})])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        check_file(data, ground())


def test_practice_alone_never_refuses() -> None:
    assert [rule.key for rule in form.RULES if rule.source == form.PRACTICE and rule.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("word", "told"), [("INSPEKTORAT", False), ("BUPATI", False), ("DPUPR", True), ("TIK", True)])
def test_a_short_name_that_is_a_word_of_the_full_one_is_no_abbreviation(word: str, told: bool) -> None:
    titled = replace(decree(), title=f"TIM {word}")
    assert ("title.abbreviation" in {one.rule for one in check_text(titled, ground())}) is told


KINDS = kind_files.read_kinds(samples.FOLDER)


@pytest.mark.parametrize("institution", EVERYWHERE)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_as_it_is_shipped_gives_no_error(kind: str, institution: str) -> None:
    facts, law = samples.institutions()[institution], samples.law()
    for on in (date(2020, 3, 2), LATER):
        given = defaults(KINDS[kind], institution=facts, law=law, year=on.year, on=on)
        text = compose(KINDS[kind], given, institution=facts, law=law, on=on)
        found = check_file(samples.templates().render(kind, text), ground(institution, on, kind))
        assert [(one.rule, one.place.name) for one in found if one.severity is Severity.ERROR] == []
        assert not {one.rule for one in found if one.severity is Severity.WARNING} - {"title.term"}
