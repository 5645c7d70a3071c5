"""What a decree cites on a day: the law of that day, in the prescribed order, and never more than is known."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from config.settings import ROOT
from governance.kernel.errors import NotFound
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts

KIND = "coordination_team_decree"
LAW = Law.read(ROOT / "config" / "law")

OF_2020 = [
    "uu_23_2014",
    "uu_30_2014",
    "pp_12_2019",
    "pp_71_2019",
    "perpres_95_2018",
    "permendagri_80_2015",
    "permenpan_5_2018",
    "permenkominfo_8_2019",
]
OF_2026 = [
    "pp_12_2019",
    "pp_71_2019",
    "perpres_95_2018",
    "permendagri_80_2015",
    "permendagri_77_2020",
    "permenkominfo_4_2024",
    "permenpan_8_2026",
]
EXAMPLES = [
    ("serang", date(2020, 3, 2), ["uu_23_2000", *OF_2020]),
    ("jombang", date(2020, 3, 2), ["uu_12_1950", *OF_2020]),
    (
        "serang",
        date(2026, 7, 1),
        ["uu_23_2000", "uu_23_2014", "uu_30_2014", "uu_kabupaten_serang_2024", *OF_2026],
    ),
    ("jombang", date(2026, 7, 1), ["uu_12_1950", "uu_23_2014", "uu_30_2014", *OF_2026]),
]


@pytest.mark.parametrize(("region", "on", "expected"), EXAMPLES)
def test_a_decree_cites_exactly_the_law_of_its_day(law, institutions, region, on, expected):
    assert [citation.key for citation in law.mengingat(KIND, institutions[region], on)] == expected


def test_the_regional_government_law_is_cited_in_2020_with_its_amendment_of_2015(law, institutions):
    cited = {one.key: one.text for one in law.mengingat(KIND, institutions["serang"], date(2020, 3, 2))}

    assert cited["uu_23_2014"].endswith(
        "sebagaimana telah diubah beberapa kali, terakhir dengan Undang-Undang Nomor 9 Tahun 2015 tentang Perubahan"
        " Kedua atas Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah (Lembaran Negara Republik Indonesia"
        " Tahun 2015 Nomor 58, Tambahan Lembaran Negara Republik Indonesia Nomor 5679)"
    )


def test_no_citation_ends_with_a_semicolon_or_names_an_article(law, institutions):
    for region, on, _ in EXAMPLES:
        for citation in law.mengingat(KIND, institutions[region], on):
            assert not citation.text.endswith((";", ".", " "))
            assert "Pasal" not in citation.text


def test_serangs_law_of_2024_shows_as_to_be_completed_in_2026(law, institutions):
    cited = {one.key: one for one in law.mengingat(KIND, institutions["serang"], date(2026, 7, 1))}

    shown = cited["uu_kabupaten_serang_2024"]
    assert not shown.complete
    assert "lengkapi" in shown.text
    assert shown.how_sure == "unknown"
    assert shown.note
    assert all(one.complete for key, one in cited.items() if key != "uu_kabupaten_serang_2024")


def test_a_decree_of_2020_neither_cites_nor_asks_about_serangs_law_of_2024(law, institutions):
    on = date(2020, 3, 2)
    named = [*law.mengingat(KIND, institutions["serang"], on), *law.questions(KIND, institutions["serang"], on)]

    assert "uu_kabupaten_serang_2024" not in [one.key for one in named]


def test_the_finance_guideline_of_december_2020_is_asked_about_and_not_cited_before_its_last_possible_day(
    law, institutions
):
    asked = law.questions(KIND, institutions["serang"], date(2020, 3, 2))

    question = next(one for one in asked if one.key == "permendagri_77_2020")
    assert not question.complete
    assert "31 Desember 2020" in question.note


def test_serangs_own_regulations_without_a_number_are_asked_about_and_not_cited(law, institutions):
    on = date(2026, 7, 1)

    assert not [one for one in law.mengingat(KIND, institutions["serang"], on) if one.key.startswith("serang:")]
    asked = [one.key for one in law.questions(KIND, institutions["serang"], on)]
    assert asked == ["serang:perda_perangkat_daerah", "serang:perda_spbe"]


def test_the_regulation_on_digital_government_of_serang_is_no_question_before_the_council_agreed_to_it(
    law, institutions
):
    asked = [one.key for one in law.questions(KIND, institutions["serang"], date(2020, 3, 2))]

    assert "serang:perda_spbe" not in asked


def test_a_citys_own_regulations_follow_the_national_ones_and_say_what_is_missing(law, institutions):
    cited = law.mengingat(KIND, institutions["kota_contoh"], date(2026, 7, 1))

    assert [one.key for one in cited[-2:]] == ["kota_contoh:perda_contoh", "kota_contoh:perwali_contoh"]
    assert cited[-2].complete
    assert not cited[-1].complete
    assert "lengkapi" in cited[-1].text
    assert "kota_contoh:perda_contoh" not in [
        one.key for one in law.mengingat(KIND, institutions["kota_contoh"], date(2025, 1, 1))
    ]


def test_a_region_without_a_forming_law_is_asked_for_it(law, institutions):
    asked = law.questions(KIND, institutions["provinsi_contoh"], date(2026, 7, 1))

    assert asked[0].key == "uu_pembentukan_daerah"
    assert "lengkapi" in asked[0].text


def test_the_electronic_systems_regulation_changes_on_10_october_2019(law, institutions):
    before = [one.key for one in law.mengingat(KIND, institutions["serang"], date(2019, 10, 9))]
    after = [one.key for one in law.mengingat(KIND, institutions["serang"], date(2019, 10, 10))]

    assert "pp_82_2012" in before
    assert "pp_71_2019" not in before
    assert "pp_71_2019" in after
    assert "pp_82_2012" not in after


@pytest.mark.parametrize(
    ("last_day", "old", "new"),
    [
        (date(2020, 12, 31), "permenpan_5_2018", "permenpan_59_2020"),
        (date(2024, 9, 3), "permenkominfo_8_2019", "permenkominfo_4_2024"),
        (date(2026, 6, 4), "permenpan_59_2020", "permenpan_8_2026"),
    ],
)
def test_a_revoked_regulation_is_cited_up_to_its_last_day_and_its_successor_from_the_next(
    law, institutions, last_day, old, new
):
    next_day = date.fromordinal(last_day.toordinal() + 1)
    keys = {day: [one.key for one in law.mengingat(KIND, institutions["jombang"], day)] for day in (last_day, next_day)}

    assert (old in keys[last_day], new in keys[last_day]) == (True, False)
    assert (old in keys[next_day], new in keys[next_day]) == (False, True)


def test_a_kind_that_is_not_in_the_law_is_refused(law, institutions):
    with pytest.raises(NotFound) as refusal:
        law.mengingat("surat_cinta", institutions["serang"], date(2026, 7, 1))

    assert refusal.value.key == "law.unknown_kind"


def test_a_forming_law_that_is_not_in_the_register_is_refused(law):
    stray = InstitutionFacts(
        key="x", name="X", region="Kota X", region_kind="kota", province="Y", head_office="Wali Kota",
        timezone="Asia/Jakarta", bases=({"key": "a", "regulation": "uu_karangan", "how_sure": "read"},),
    )  # fmt: skip

    with pytest.raises(NotFound) as refusal:
        law.mengingat(KIND, stray, date(2026, 7, 1))

    assert refusal.value.key == "law.unknown_regulation"


@settings(deadline=None, max_examples=150)
@given(
    on=some.dates(date(2016, 1, 1), date(2030, 12, 31)),
    kind=some.sampled_from([key for key, mandate in LAW.mandates.items() if mandate.cites]),
)
def test_on_any_day_every_citation_is_in_force_in_order_and_of_no_later_year(institutions, on, kind):
    cited = LAW.mengingat(kind, institutions["serang"], on)

    places = [(LAW.regulations[one.key].rank, LAW.regulations[one.key].order_date) for one in cited]
    assert places == sorted(places)
    for one in cited:
        regulation = LAW.regulations[one.key]
        assert regulation.year <= on.year
        assert regulation.in_force_on(on) is not False
        assert one.complete is (regulation.in_force_on(on) is True and "lengkapi" not in one.text)
        assert one.how_sure in {"read", "secondary", "memory", "unknown"}
