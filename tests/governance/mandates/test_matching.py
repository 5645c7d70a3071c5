"""A line of Mengingat is recognised by name, number and year; what is not in the register is never guessed at."""

from datetime import date

import pytest

from governance.mandates.matching import key_of
from governance.mandates.merging import merged
from tests.governance.mandates.test_merging import PERDA


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah", "uu_23_2014"),
        ("undang-undang  NOMOR 23 TAHUN 2014 tentang apa saja sebagaimana telah diubah dengan UU", "uu_23_2014"),
        ("Peraturan Pemerintah Republik Indonesia Nomor 12 Tahun 2019 tentang Pengelolaan", "pp_12_2019"),
        ("Peraturan Presiden No. 95 Tahun 2018 tentang SPBE", "perpres_95_2018"),
        ("Peraturan Menteri Dalam Negeri Nomor 80 Tahun 2015 tentang Produk Hukum", "permendagri_80_2015"),
        ("Peraturan Daerah Kabupaten Serang Nomor 3 Tahun 2024 tentang SPBE", PERDA.key),
        ("Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945", "uud_1945_18_6"),
        ("Peraturan Daerah Kabupaten Lain Nomor 3 Tahun 2024 tentang SPBE", None),
        ("Peraturan Pemerintah Nomor 23 Tahun 2014 tentang Pemerintahan Daerah", None),
        ("Undang-Undang Nomor 230 Tahun 2014", None),
        ("Surat Edaran Bupati", None),
        ("", None),
    ],
)
def test_a_line_is_recognised_or_left_alone(law, institutions, line, key):
    seen = merged(law, institutions["serang"], [PERDA], [])

    assert key_of(line, seen.regulations) == key


def test_every_citation_that_the_register_composes_is_recognised(law, institutions):
    for region in ("serang", "kota_contoh"):
        seen = merged(law, institutions[region], [], [])
        for on in (date(2020, 3, 2), date(2026, 7, 1)):
            for one in seen.mengingat("coordination_team_decree", institutions[region], on):
                if one.complete:
                    assert key_of(one.text, seen.regulations) == one.key
