"""The law as one institution sees it: its own regulations in their place, and what it found of others."""

from dataclasses import replace
from datetime import date

from governance.mandates.entries import EVERY, Entry, Fact, Relation
from governance.mandates.merging import merged
from governance.mandates.regulations import Gazette

KIND = "coordination_team_decree"
ON = date(2026, 7, 1)
PERDA = Entry(
    key="serang:perda_3_2024", type="Perda", title="Penyelenggaraan Sistem Pemerintahan Berbasis Elektronik",
    issuer="Peraturan Daerah Kabupaten Serang", number=3, year=2024, area="Kabupaten Serang",
    gazette=Gazette("LD", 2024, 3, 12), promulgated=date(2024, 2, 1), in_force_from=date(2024, 2, 1), kinds=(KIND,),
)  # fmt: skip
PERBUP = replace(
    PERDA, key="serang:perkada_2_2023", type="Perkada", issuer="Peraturan Bupati Serang", number=2, year=2023,
    gazette=None, promulgated=date(2023, 1, 5), in_force_from=date(2023, 1, 5), title="Tata Kelola",
)  # fmt: skip
CHANGING = replace(PERDA, key="serang:perda_5_2025", number=5, year=2025, title="Perubahan atas Peraturan Daerah"
    " Nomor 3 Tahun 2024", gazette=Gazette("LD", 2025, 5, 20), promulgated=date(2025, 6, 1),
    in_force_from=date(2025, 6, 1), kinds=())  # fmt: skip
REVOKED = Fact(PERDA.key, Relation.REVOKED, "Pasal 40", by=CHANGING.key, since=date(2025, 6, 1))
AMENDED = replace(REVOKED, relation=Relation.AMENDED)


def cited(law, institution, on=ON):
    return {one.key: one for one in law.mengingat(KIND, institution, on)}


def test_own_regulations_stand_in_mengingat_by_rank_and_then_by_date(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [PERBUP, PERDA], [])

    keys = list(cited(seen, serang))

    assert keys[-2:] == [PERDA.key, PERBUP.key]
    assert set(keys[:-2]) == set(cited(law, serang)), "the national ones are as they were"
    assert PERDA.key not in cited(seen, serang, date(2024, 1, 31))


def test_an_own_citation_is_composed_as_the_law_prescribes_and_gaps_are_marked(law, institutions):
    serang = institutions["serang"]
    found = cited(merged(law, serang, [PERBUP, PERDA], []), serang)

    assert found[PERDA.key].complete
    assert found[PERDA.key].text == (
        "Peraturan Daerah Kabupaten Serang Nomor 3 Tahun 2024 tentang Penyelenggaraan Sistem Pemerintahan Berbasis"
        " Elektronik (Lembaran Daerah Kabupaten Serang Tahun 2024 Nomor 3, Tambahan Lembaran Daerah Kabupaten Serang"
        " Nomor 12)"
    )
    assert not found[PERBUP.key].complete
    assert found[PERBUP.key].text.endswith("tentang Tata Kelola ([lengkapi: Berita Daerah])")


def test_an_unknown_first_day_is_asked_and_never_cited(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [replace(PERDA, in_force_from=None)], [])

    assert PERDA.key not in cited(seen, serang)
    assert PERDA.key in [one.key for one in seen.questions(KIND, serang, ON)]
    assert PERDA.key not in [one.key for one in seen.questions(KIND, serang, date(2024, 1, 31))]


def test_what_is_in_preparation_is_neither_cited_nor_asked(law, institutions):
    serang = institutions["serang"]
    prepared = replace(PERDA, number=None, gazette=None, promulgated=None, in_force_from=None, in_preparation=True)
    seen = merged(law, serang, [prepared], [])

    assert PERDA.key not in cited(seen, serang)
    assert PERDA.key not in [one.key for one in seen.questions(KIND, serang, ON)]


def test_an_entry_that_completes_the_national_register_is_cited_in_its_place(law, institutions):
    serang = institutions["serang"]
    forming = Entry(
        key="uu_kabupaten_serang_2024", type="UU", title="Kabupaten Serang di Provinsi Banten", issuer="Undang-Undang",
        number=999, year=2024, gazette=Gazette("LN", 2024, 300, 7000), in_force_from=date(2024, 12, 30), kinds=(EVERY,),
    )  # fmt: skip
    seen = merged(law, serang, [forming], [])

    found = cited(seen, serang)["uu_kabupaten_serang_2024"]

    assert found.complete
    assert "Nomor 999 Tahun 2024" in found.text
    assert "lengkapi" in cited(law, serang)["uu_kabupaten_serang_2024"].text


def test_an_entry_that_completes_the_file_takes_the_place_of_the_question(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [replace(PERDA, key="serang:perda_spbe")], [])

    assert [one.key for one in seen.questions(KIND, serang, ON)] == ["serang:perda_perangkat_daerah"]
    assert cited(seen, serang)["serang:perda_spbe"].complete


def test_a_closed_entry_is_cited_before_its_closing_alone_and_stays_to_be_read(law, institutions):
    serang = institutions["serang"]
    closed = replace(PERDA, closed_on=date(2025, 1, 1), closed_reason="Masuk daftar nasional")
    seen = merged(law, serang, [closed], [])

    assert PERDA.key in cited(seen, serang, date(2024, 12, 31))
    assert PERDA.key not in cited(seen, serang, date(2025, 1, 1))
    assert PERDA.key in seen.regulations


def test_a_closed_completion_gives_the_place_back_to_what_it_completed(law, institutions):
    serang = institutions["serang"]
    closed = replace(PERDA, key="serang:perda_spbe", closed_on=date(2025, 1, 1), closed_reason="Keliru")
    seen = merged(law, serang, [closed], [])

    assert "serang:perda_spbe" in [one.key for one in seen.questions(KIND, serang, ON)]


def test_a_revocation_ends_a_regulation_and_leaves_the_national_register_as_it_is(law, institutions):
    serang = institutions["serang"]
    fact = Fact("permendagri_80_2015", Relation.REVOKED, "JDIH", by="permendagri_77_2020", since=date(2026, 2, 1))
    seen = merged(law, serang, [], [fact])

    assert "permendagri_80_2015" in cited(seen, serang, date(2026, 1, 31))
    assert "permendagri_80_2015" not in cited(seen, serang, date(2026, 2, 1))
    assert "permendagri_80_2015" in cited(law, serang, date(2026, 2, 1))
    assert "permendagri_80_2015" in cited(merged(law, serang, [], [replace(fact, closed_on=ON)]), serang)


def test_a_revocation_without_a_day_asks_from_the_first_day_on_which_it_can_be(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [PERDA, CHANGING], [replace(REVOKED, since=None)])

    assert PERDA.key in cited(seen, serang, date(2025, 5, 31))
    assert PERDA.key not in cited(seen, serang, ON)
    question = next(one for one in seen.questions(KIND, serang, ON) if one.key == PERDA.key)
    assert "berakhirnya" in question.note


def test_an_amendment_grows_the_citation_from_its_day_on(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [PERDA, CHANGING], [AMENDED])

    before, after = (cited(seen, serang, on)[PERDA.key] for on in (date(2025, 5, 31), date(2025, 6, 1)))

    assert "sebagaimana telah diubah" not in before.text
    assert after.complete
    assert after.text.endswith(
        "Nomor 12) sebagaimana telah diubah dengan Peraturan Daerah Kabupaten Serang Nomor 5 Tahun 2025 tentang"
        " Perubahan atas Peraturan Daerah Nomor 3 Tahun 2024 (Lembaran Daerah Kabupaten Serang Tahun 2025 Nomor 5,"
        " Tambahan Lembaran Daerah Kabupaten Serang Nomor 20)"
    )


def test_a_second_amendment_names_the_last_alone(law, institutions):
    serang = institutions["serang"]
    law_9 = Entry(
        key="serang:uu_7_2026", type="UU", title="Perubahan Ketiga", issuer="Undang-Undang", number=7, year=2026,
        gazette=Gazette("LN", 2026, 50, 7100), in_force_from=date(2026, 5, 1),
    )  # fmt: skip
    fact = Fact("uu_23_2014", Relation.AMENDED, "LN", by=law_9.key, since=date(2026, 5, 1))
    seen = merged(law, serang, [law_9], [fact])

    text = cited(seen, serang)["uu_23_2014"].text

    assert text.count("sebagaimana telah diubah") == 1
    assert "sebagaimana telah diubah beberapa kali, terakhir dengan Undang-Undang Nomor 7 Tahun 2026" in text
    assert cited(seen, serang, date(2026, 4, 30))["uu_23_2014"] == cited(law, serang, date(2026, 4, 30))["uu_23_2014"]


def test_an_amendment_without_a_day_leaves_the_wording_and_raises_a_doubt(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [PERDA, CHANGING], [replace(AMENDED, since=None)])

    found = cited(seen, serang)[PERDA.key]

    assert "sebagaimana" not in found.text
    assert found.how_sure == "unknown"
    assert "Nomor 5 Tahun 2025" in found.note


def test_a_regulation_may_be_cited_in_further_kinds_from_a_day_on(law, institutions):
    serang = institutions["serang"]
    seen = merged(law, serang, [], [Fact("uu_28_1999", Relation.CITED, "kebiasaan", kinds=(KIND,), since=ON)])

    assert "uu_28_1999" in cited(seen, serang)
    assert "uu_28_1999" not in cited(seen, serang, date(2026, 6, 30))
    assert seen.kinds_citing("uu_28_1999", serang, ON) == (KIND,)


def test_the_release_names_the_national_data_and_the_rows(law, institutions):
    serang = institutions["serang"]

    assert merged(law, serang, [], []).release == law.release
    assert len({merged(law, serang, [row], []).release for row in (PERDA, PERBUP)} | {law.release}) == 3
