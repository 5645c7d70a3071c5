"""What a composed decree says: the prescribed parts, the law of its date, and only that."""

from datetime import date

import pytest

from governance.documents.drafting import compose
from governance.documents.phrases import counted, dictum_label, letter, letters_named, roman, spelled
from tests.governance.documents import samples

DAYS = (date(2020, 3, 2), date(2022, 1, 10), date(2024, 9, 3), date(2024, 9, 4), date(2026, 11, 22))
EVERYWHERE = ("serang", "jombang", "kota_contoh", "provinsi_contoh")


@pytest.mark.parametrize("institution", ["serang", "jombang"])
def test_a_decree_of_2020_cites_only_the_law_of_its_date(institution: str) -> None:
    on = date(2020, 3, 2)
    text = samples.text(institution, on)
    example = {"serang": "uu_23_2000", "jombang": "uu_12_1950"}[institution]
    assert [citation.key for citation in text.citations] == [
        example, "uu_23_2014", "uu_30_2014", "pp_12_2019", "pp_71_2019", "perpres_95_2018", "permendagri_80_2015",
        "permenpan_5_2018", "permenkominfo_8_2019",
    ]  # fmt: skip
    for citation in text.citations:
        assert samples.law().regulations[citation.key].in_force_on(on) is True
    whole = repr(text)
    for later in ("Tahun 2021", "Tahun 2022", "Tahun 2023", "Tahun 2024", "Pasal 77"):
        assert later not in whole


def test_the_duty_of_pasal_77_is_the_reason_since_it_is_in_force() -> None:
    before, since = (samples.text(on=day).considerations[0] for day in (date(2024, 9, 3), date(2024, 9, 4)))
    assert "Pasal 61 ayat (1) Peraturan Presiden Nomor 95 Tahun 2018" in before
    assert "Pasal 77 ayat (1) Peraturan Menteri Komunikasi dan Informatika Nomor 4 Tahun 2024" in since


def test_the_duties_are_the_laws_own_terms_since_2024() -> None:
    annex = samples.text(on=date(2026, 11, 22)).annexes[1]
    lawful = samples.law().team_minimum(samples.KIND, date(2026, 11, 22))
    for role, part in zip(lawful, annex.parts, strict=False):
        assert [item.rstrip(";.").removesuffix("; dan") for item in part.items] == list(role.duties)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_the_last_reason_names_exactly_the_letters_before_it(count: int) -> None:
    text = samples.text(considerations=[f"bahwa alasan {number};" for number in range(count)])
    assert len(text.considerations) == count + 1
    last = text.considerations[-1]
    named = [word for word in "abcdefg" if f"huruf {word}" in last]
    assert named == list("abcdefg"[:count])
    assert last.endswith("perlu menetapkan Keputusan Bupati tentang " + samples.fields()["title"] + ";")


def test_each_reason_opens_with_bahwa_and_ends_with_one_semicolon() -> None:
    text = samples.text(considerations=["tim diperlukan.", "Bahwa rakyat dilayani; ", "bahwa hukum mengaturnya"])
    assert text.considerations[:3] == (
        "bahwa tim diperlukan;",
        "bahwa rakyat dilayani;",
        "bahwa hukum mengaturnya;",
    )


def test_the_dictums_stand_in_their_order() -> None:
    text = samples.text(revokes="Keputusan Bupati Serang Nomor 1 Tahun 2019 tentang Tim.")
    openings = [
        "Membentuk Tim",
        "Tim sebagaimana",
        "Setiap anggota",
        "Tim dalam",
        "Biaya",
        "Pada saat",
        "Keputusan ini",
    ]
    assert [dictum.label for dictum in text.dictums] == [
        "KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH"
    ]  # fmt: skip
    for dictum, opening in zip(text.dictums, openings, strict=True):
        assert dictum.text.startswith(opening)
    assert text.dictums[-1].text.endswith("berlaku pada tanggal ditetapkan dan berakhir pada tanggal 31 Desember 2020.")
    assert "Nomor 1 Tahun 2019 tentang Tim dicabut" in text.dictums[5].text


def test_each_annex_is_referred_to_by_a_dictum() -> None:
    text = samples.text()
    body = " ".join(dictum.text for dictum in text.dictums)
    for annex in text.annexes:
        assert f"Lampiran {annex.heading.split()[1]} yang merupakan bagian tidak terpisahkan" in body


def test_the_members_tasks_say_what_and_by_when() -> None:
    text = samples.text(unit_tasks=[{"what": "melapor;", "working_days": 5}])
    assert [(task.dictum, task.what, task.working_days) for task in text.unit_tasks] == [("KETIGA", "melapor", 5)]
    assert "melapor, paling lambat 5 (lima) hari kerja" in text.dictums[2].text
    more = samples.text()
    assert [task.dictum for task in more.unit_tasks] == ["KETIGA huruf a", "KETIGA huruf b"]
    assert len(more.dictums[2].items) == 2


def test_the_members_are_offices_in_the_order_of_the_roles() -> None:
    members = samples.text(on=date(2026, 11, 22)).member_posts
    assert [member.role for member in members[:4]] == ["pengarah", "ketua", "sekretaris", "anggota"]
    assert [member.post for member in members[:3]] == ["bupati", "setda", "diskominfo"]
    assert len({member.post for member in members}) == len(members)


@pytest.mark.parametrize(
    ("institution", "office", "province"),
    [
        ("serang", "BUPATI SERANG", "PROVINSI BANTEN"),
        ("kota_contoh", "WALI KOTA CONTOH", "PROVINSI CONTOH"),
        ("provinsi_contoh", "GUBERNUR CONTOH", None),
    ],
)
def test_each_kind_of_region_speaks_in_its_own_office(institution: str, office: str, province: str | None) -> None:
    text = samples.text(institution, date(2026, 11, 22))
    assert (text.office, text.province_line) == (office, province)
    assert text.instrument_line == f"KEPUTUSAN {office}"
    assert text.decides.startswith(f"KEPUTUSAN {samples.institutions()[institution].head_office.upper()} TENTANG ")
    if institution != "serang":
        assert "Bupati" not in repr(text)


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("institution", EVERYWHERE)
def test_every_region_has_a_decree_on_every_date(institution: str, on: date) -> None:
    text = samples.text(institution, on)
    assert text.considerations
    assert text.citations
    assert len(text.annexes) == 2
    assert text.annexes[0].rows
    assert "SPBE" not in text.title
    assert "${" not in repr(text)


def test_an_empty_draft_is_all_blanks_and_no_error() -> None:
    serang = samples.institutions()["serang"]
    text = compose(samples.kind(), {}, institution=serang, law=samples.law(), on=date(2026, 11, 22))
    assert (text.number, text.date, text.place, text.signer_name) == (None, None, None, None)
    assert "....." in text.dictums[-1].text


def test_numbers_and_letters_are_written_as_legal_texts_write_them() -> None:
    assert [spelled(number) for number in (0, 10, 11, 15, 20, 25, 100, 114, 365)] == [
        "nol", "sepuluh", "sebelas", "lima belas", "dua puluh", "dua puluh lima", "seratus", "seratus empat belas",
        "tiga ratus enam puluh lima",
    ]  # fmt: skip
    assert counted(10, "hari kerja") == "10 (sepuluh) hari kerja"
    assert [letter(index) for index in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]
    assert letters_named(2) == "huruf a dan huruf b"
    assert [roman(number) for number in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]
    assert [dictum_label(index) for index in (0, 10, 11)] == ["KESATU", "KESEBELAS", "KEDUA BELAS"]
