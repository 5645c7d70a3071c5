"""One regulation over time: when it is in force, when that is not known, and how it is cited."""

from datetime import date

import pytest

DAY_BY_DAY = [
    ("perpres_95_2018", date(2018, 10, 4), False),
    ("perpres_95_2018", date(2018, 10, 5), True),
    ("permenpan_59_2020", date(2020, 12, 31), False),  # promulgated in September, in force from 1 January
    ("permenpan_59_2020", date(2021, 1, 1), True),
    ("permenpan_59_2020", date(2026, 6, 4), True),
    ("permenpan_59_2020", date(2026, 6, 5), False),
    ("permendagri_77_2020", date(2019, 12, 31), False),  # no regulation binds before its own year
    ("permendagri_77_2020", date(2020, 6, 1), None),
    ("permendagri_77_2020", date(2020, 12, 31), True),
    ("permenkominfo_8_2019", date(2019, 6, 1), None),
    ("permenkominfo_8_2019", date(2020, 3, 2), True),
    ("permendagri_54_2009", date(2022, 12, 31), True),  # its successor is of 2023
    ("permendagri_54_2009", date(2023, 6, 1), None),
    ("permendagri_54_2009", date(2024, 1, 1), False),
    ("permendagri_13_2006", date(2019, 12, 31), True),
    ("permendagri_13_2006", date(2020, 3, 2), None),
    ("uu_kabupaten_serang_2024", date(2023, 12, 31), False),
    ("uu_kabupaten_serang_2024", date(2026, 7, 1), None),
    ("uu_pembentukan_daerah", date(2026, 7, 1), None),
]


@pytest.mark.parametrize(("key", "on", "expected"), DAY_BY_DAY)
def test_a_regulation_is_in_force_not_in_force_or_not_known(law, key, on, expected):
    assert law.regulations[key].in_force_on(on) is expected


def test_a_regulation_without_gazette_number_is_not_complete_and_says_what_to_fill_in(law):
    architecture = law.regulations["perpres_132_2022"]

    assert architecture.citation_on(date(2026, 7, 1)) is None
    cited = architecture.cited_on(date(2026, 7, 1))
    assert not cited.complete
    assert cited.text.endswith("Nasional ([lengkapi: Lembaran Negara])")


def test_the_gap_of_an_amended_law_stands_before_its_amendment(law):
    text = law.regulations["uu_14_1950"].cited_on(date(2026, 7, 1)).text

    assert "Djawa Barat ([lengkapi: Lembaran Negara dan Tambahan Lembaran Negara]) sebagaimana telah diubah" in text
    assert text.endswith("Nomor 2851)")


def test_an_amendment_without_gazette_number_leaves_a_gap_of_its_own(law):
    text = law.regulations["permendagri_13_2006"].cited_on(date(2019, 7, 1)).text

    assert text.count("lengkapi") == 2
    assert text.endswith("([lengkapi: Berita Negara])")


def test_while_an_amendment_may_already_bind_the_citation_warns(law):
    cited = law.regulations["permendagri_80_2015"].cited_on(date(2019, 3, 1))

    assert cited.complete
    assert cited.how_sure == "unknown"
    assert "Nomor 120 Tahun 2018" in cited.note
    assert "120" not in cited.text


def test_a_gazette_number_from_memory_is_marked_once_it_is_cited(law):
    assert law.regulations["permendagri_80_2015"].cited_on(date(2017, 3, 1)).how_sure == "read"
    assert law.regulations["permendagri_80_2015"].cited_on(date(2020, 3, 2)).how_sure == "memory"


def test_a_date_from_memory_asks_to_be_checked(law):
    cited = law.regulations["perpres_95_2018"].cited_on(date(2020, 3, 2))

    assert "ingatan" in cited.note


def test_outside_its_wordings_a_regulation_has_no_citation(law):
    assert law.regulations["pp_82_2012"].citation_on(date(2020, 3, 2)) is None


def test_every_entry_keeps_how_sure_it_is(law):
    for regulation in law.regulations.values():
        assert regulation.dates_status in {"read", "secondary", "memory", "unknown"}
        if regulation.status != "local":
            assert regulation.in_force_from or regulation.in_force_latest
